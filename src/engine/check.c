/*
 * check.c
 *
 * Looking at all scripts of a run before the first one runs.
 *
 * Rule: whatever can be known to fail from the scripts alone fails here, when
 * nothing has been touched yet: syntax, statements that have no place in a
 * transaction, missing downgrades, scripts that are not what was applied, a
 * version table of Alembic's that somebody has changed.
 * Scripts are read in one pass and parsed a statement at a time.
 */
#include "postgres.h"

#include "access/twophase.h"
#include "miscadmin.h"
#include "storage/lock.h"

#include "engine/inspect.h"
#include "engine/refuse.h"
#include "engine/run.h"
#include "errors.h"
#include "store/alembic_table.h"

/*
 * Scripts are kept between checking and running while they are small and few;
 * the others are read again.
 */
#define LARGEST_KEPT_SCRIPT (1024 * 1024)
#define MOST_KEPT_BYTES (32 * 1024 * 1024)

typedef struct Reader
{
	ZmRun *run;
	MemoryContext context; /* of the run */
	int count;			   /* steps read so far */
	Size kept;			   /* bytes of scripts kept so far */
} Reader;

static void read_scripts(ZmRun *run, char **ids);
static void read_step(ZmStoredRevision *revision, void *arg);
static void take_digests(ZmStep *step, ZmStoredRevision *revision);
static void keep_script(Reader *reader, ZmStep *step, const ZmScript *script);
static void check_unchanged(const ZmRun *run, char **ids);
static int64 check_scripts(ZmRun *run);
static void warn_of_locks(int64 locks, bool up);
static char **step_ids(const ZmRun *run);

void
zm_run_check(ZmRun *run)
{
	char **ids = step_ids(run);

	if (run->nsteps == 0)
		return;
	if (run->tenant[0] == '\0')
		zm_alembic_table_check(run->nstored_rows, run->stored_rows);
	read_scripts(run, ids);
	if (!run->up)
		check_unchanged(run, ids);
	warn_of_locks(check_scripts(run), run->up);
}

static void
read_scripts(ZmRun *run, char **ids)
{
	Reader reader = {.run = run, .context = CurrentMemoryContext};

	zm_store_each_revision(run->nsteps, ids, read_step, &reader);
	if (reader.count != run->nsteps)
		elog(ERROR, "%d revisions of the plan disappeared",
			 run->nsteps - reader.count);
}

/* Called between the store's own statements: nothing of a script is looked
 * at here but its bytes. */
static void
read_step(ZmStoredRevision *revision, void *arg)
{
	Reader *reader = arg;
	ZmStep *step = &reader->run->steps[revision->index];
	ZmScript *script =
		reader->run->up ? revision->upgrade : revision->downgrade;

	CHECK_FOR_INTERRUPTS();
	take_digests(step, revision);
	step->missing = script == NULL;
	if (script)
		keep_script(reader, step, script);
	reader->count++;
}

/*
 * The digests of the scripts as they are, whatever the row says of them: a
 * row may have been changed behind our back.  Tokens are only counted anew
 * where that is so.
 */
static void
take_digests(ZmStep *step, ZmStoredRevision *revision)
{
	zm_digest(revision->upgrade, revision->downgrade, step->digests.exact);
	if (revision->has_digests &&
		memcmp(step->digests.exact, revision->digests.exact,
			   PG_SHA256_DIGEST_LENGTH) == 0)
		memcpy(step->digests.tokens, revision->digests.tokens,
			   PG_SHA256_DIGEST_LENGTH);
	else
	{
		zm_token_digest(revision->upgrade, revision->downgrade,
						step->digests.tokens);
		step->row_differs =
			revision->has_digests &&
			memcmp(step->digests.tokens, revision->digests.tokens,
				   PG_SHA256_DIGEST_LENGTH) != 0;
	}
}

static void
keep_script(Reader *reader, ZmStep *step, const ZmScript *script)
{
	MemoryContext saved;

	if (script->length > LARGEST_KEPT_SCRIPT ||
		reader->kept + script->length > MOST_KEPT_BYTES)
		return;
	saved = MemoryContextSwitchTo(reader->context);
	step->script = zm_script_from_cstring(script->text, script->length);
	reader->kept += script->length;
	MemoryContextSwitchTo(saved);
}

static void
check_unchanged(const ZmRun *run, char **ids)
{
	ZmEvent *applied = palloc_extended(run->nsteps * sizeof(ZmEvent),
									   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	zm_store_applied_digests(run->tenant, run->nsteps, ids, applied);
	for (int i = 0; i < run->nsteps; i++)
	{
		/* Below a stamped revision only the row can tell. */
		if (applied[i].has_digests ? memcmp(run->steps[i].digests.tokens,
											applied[i].digests.tokens,
											PG_SHA256_DIGEST_LENGTH) == 0
								   : !run->steps[i].row_differs)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_ZM_SCRIPT_CHANGED),
				 errmsg("the scripts of revision \"%s\" are not the ones "
						"that were applied",
						ids[i]),
				 errdetail("They were changed in the table, not by the "
						   "functions; more than layout and comments "
						   "differ."),
				 errhint("SELECT * FROM zishu_validate() lists such "
						 "revisions; load the original file again.")));
	}
	pfree(applied);
}

/* Returns the estimated number of locks that a transaction of it takes. */
static int64
check_scripts(ZmRun *run)
{
	int64 locks = 0;

	for (int i = 0; i < run->nsteps; i++)
	{
		ZmStep *step = &run->steps[i];
		ZmScript *script = step->script;
		ZmInspection inspection;

		CHECK_FOR_INTERRUPTS();
		if (step->missing)
			zm_refuse_irreversible(step->node->id);
		if (script == NULL)
			script = zm_store_script(step->node->id, run->up);
		zm_inspect_script(script, zm_action_name(run->up), step->node->id,
						  step->node->message,
						  run->online ? ZM_INSPECT_ONLINE : ZM_INSPECT_RUN,
						  &inspection);
		step->statements = inspection.statements;
		locks = run->online ? Max(locks, inspection.locks)
							: locks + inspection.locks;
		if (step->script == NULL)
			zm_script_free(script);
	}
	return locks;
}

static void
warn_of_locks(int64 locks, bool up)
{
	int64 room =
		(int64) max_locks_per_xact * (MaxBackends + max_prepared_xacts);

	if (locks <= room)
		return;
	ereport(WARNING,
			(errmsg("this run needs about %lld locks, and the server's lock "
					"table is made for %lld",
					(long long) locks, (long long) room),
			 errhint("%s", zm_hint_fewer_locks(up))));
}

static char **
step_ids(const ZmRun *run)
{
	char **ids =
		palloc_extended(sizeof(char *) * (run->nsteps + 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < run->nsteps; i++)
		ids[i] = run->steps[i].node->id;
	return ids;
}
