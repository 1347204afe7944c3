/*
 * check.c
 *
 * Looking at all scripts of a run before the first one runs.
 *
 * Rule: whatever can be known to fail from the scripts alone fails here, when
 * nothing has been touched yet: syntax, statements that have no place in a
 * transaction, missing downgrades, scripts that are not what was applied.
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

/*
 * Scripts are kept between checking and running while they are small and few;
 * the others are read again.
 */
#define LARGEST_KEPT_SCRIPT (1024 * 1024)
#define MOST_KEPT_BYTES (32 * 1024 * 1024)

typedef struct Checker
{
	ZmRun *run;
	MemoryContext context; /* of the run */
	ZmEvent *applied;	   /* what was applied, by step; downgrade only */
	int next;			   /* step that the next row is about */
	Size kept;			   /* bytes of scripts kept so far */
	int64 locks;		   /* estimated entries in the lock table */
} Checker;

static void check_step(ZmStoredRevision *revision, void *arg);
static void take_digests(ZmStep *step, ZmStoredRevision *revision);
static void check_unchanged(const Checker *checker, const ZmStep *step);
static void keep_script(Checker *checker, ZmStep *step,
						const ZmScript *script);
static void warn_of_locks(const Checker *checker);
static char **step_ids(const ZmRun *run);

void
zm_run_check(ZmRun *run)
{
	Checker checker = {.run = run, .context = CurrentMemoryContext};
	char **ids = step_ids(run);

	if (run->nsteps == 0)
		return;
	if (!run->up)
	{
		checker.applied = palloc_extended(run->nsteps * sizeof(ZmEvent),
										  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
		zm_store_applied_digests(run->tenant, run->nsteps, ids,
								 checker.applied);
	}
	zm_store_each_revision(run->nsteps, ids, check_step, &checker);
	if (checker.next != run->nsteps)
		elog(ERROR, "revision \"%s\" disappeared", ids[checker.next]);
	warn_of_locks(&checker);
}

static void
check_step(ZmStoredRevision *revision, void *arg)
{
	Checker *checker = arg;
	ZmStep *step = &checker->run->steps[checker->next];
	ZmScript *script =
		checker->run->up ? revision->upgrade : revision->downgrade;
	ZmInspection inspection;

	CHECK_FOR_INTERRUPTS();
	if (strcmp(step->node->id, revision->id) != 0)
		elog(ERROR, "revision \"%s\" disappeared", step->node->id);
	take_digests(step, revision);
	if (!checker->run->up)
		check_unchanged(checker, step);
	if (script == NULL)
		zm_refuse_irreversible(step->node->id);
	keep_script(checker, step, script);
	zm_inspect_script(script, zm_action_name(checker->run->up),
					  step->node->id, step->node->message, ZM_INSPECT_RUN,
					  &inspection);
	step->statements = inspection.statements;
	checker->locks += inspection.locks;
	checker->next++;
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
		zm_token_digest(revision->upgrade, revision->downgrade,
						step->digests.tokens);
}

static void
check_unchanged(const Checker *checker, const ZmStep *step)
{
	const ZmEvent *applied = &checker->applied[checker->next];

	if (!applied->has_digests ||
		memcmp(step->digests.tokens, applied->digests.tokens,
			   PG_SHA256_DIGEST_LENGTH) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_SCRIPT_CHANGED),
			 errmsg("the scripts of revision \"%s\" are not the ones that "
					"were applied",
					step->node->id),
			 errdetail("They were changed in the table, not by the "
					   "functions; more than layout and comments differ."),
			 errhint("SELECT * FROM zishu_validate() lists such revisions; "
					 "load the original file again.")));
}

static void
keep_script(Checker *checker, ZmStep *step, const ZmScript *script)
{
	MemoryContext saved;

	if (script->length > LARGEST_KEPT_SCRIPT ||
		checker->kept + script->length > MOST_KEPT_BYTES)
		return;
	saved = MemoryContextSwitchTo(checker->context);
	step->script = zm_script_from_cstring(script->text, script->length);
	checker->kept += script->length;
	MemoryContextSwitchTo(saved);
}

/*
 * A full lock table fails this run when most of it is done, and other
 * sessions' DDL with it: say so before.
 */
static void
warn_of_locks(const Checker *checker)
{
	int64 room =
		(int64) max_locks_per_xact * (MaxBackends + max_prepared_xacts);

	if (checker->locks <= room)
		return;
	ereport(WARNING,
			(errmsg("this run needs about %lld locks, and the server's lock "
					"table is made for %lld",
					(long long) checker->locks, (long long) room),
			 errhint("%s", ZM_HINT_FEWER_LOCKS)));
}

static char **
step_ids(const ZmRun *run)
{
	char **ids = palloc_extended(sizeof(char *) * (run->nsteps + 1),
								 MCXT_ALLOC_HUGE);

	for (int i = 0; i < run->nsteps; i++)
		ids[i] = run->steps[i].node->id;
	return ids;
}
