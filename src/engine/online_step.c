/*
 * online_step.c
 *
 * One revision of an online run.
 *
 * A script is run in as few transactions as can be: what can share one does,
 * and the last one takes the ledger along.  After an error the passage stands
 * where the last commit left it; if the error is one that time cures, it goes
 * on from there, else the next call does.
 *
 * Rule: what is kept between two statements is what is needed to do the next
 * one again, from the script and the row that tells where it stands.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "engine/activity.h"
#include "engine/environment.h"
#include "engine/lock.h"
#include "engine/online_internal.h"
#include "engine/refuse.h"
#include "engine/unfinished.h"
#include "errors.h"
#include "guc.h"
#include "util/fault.h"
#include "worker/statement.h"

static void passage_start(ZmPassage *passage, ZmRun *run, int i, ZmRows *rows);
static void plan_ledger(ZmPassage *passage, ZmRows *rows);
static void find_place(ZmPassage *passage);
static void check_done_part(const ZmPassage *passage);
static void set_up_session(ZmPassage *passage);
static void mend_session(ZmPassage *passage);
static void run_to_end(ZmPassage *passage);
static ErrorData *try_to_end(ZmPassage *passage);
static void run_from_committed(ZmPassage *passage);
static void pass_over(ZmPassage *passage, const ZmStatement *statement);
static void run_statement(ZmPassage *passage, const ZmStatement *statement);
static void run_with_others(ZmPassage *passage, const ZmStatement *statement,
							const RawStmt *raw);
static void run_repeatedly(ZmPassage *passage, const ZmStatement *statement);
static void tell_statement(const ZmPassage *passage,
						   const ZmStatement *statement);
static void tell_end(ZmPassage *passage);
static void add_way_out(const ZmPassage *passage, ErrorData *error);
static void add_hint(ErrorData *error, const char *hint);

void
zm_online_step(ZmRun *run, int i, ZmRows *rows)
{
	MemoryContext saved = CurrentMemoryContext;
	ZmPassage *passage = palloc0(sizeof(ZmPassage));

	passage_start(passage, run, i, rows);
	MemoryContextSwitchTo(passage->context);
	if (zm_echo)
		zm_echo_tell(run->echo, zm_step_title(run, passage->step));
	set_up_session(passage);
	run_to_end(passage);
	tell_end(passage);
	zm_session_reset();

	passage->step->script = NULL;
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(passage->context);
	pfree(passage);
}

static void
passage_start(ZmPassage *passage, ZmRun *run, int i, ZmRows *rows)
{
	MemoryContext saved = CurrentMemoryContext;
	ZmStep *step = &run->steps[i];

	INSTR_TIME_SET_CURRENT(passage->start);
	passage->run = run;
	passage->step = step;
	passage->number = i + 1;
	passage->context = AllocSetContextCreate(saved, "zishu_migrate passage",
											 ALLOCSET_DEFAULT_SIZES);
	passage->attempt_context = AllocSetContextCreate(
		passage->context, "zishu_migrate attempt", ALLOCSET_DEFAULT_SIZES);
	passage->statement_context = AllocSetContextCreate(
		passage->context, "zishu_migrate statement", ALLOCSET_DEFAULT_SIZES);

	MemoryContextSwitchTo(passage->context);
	zm_passage_begin(passage);
	passage->script =
		step->script ? step->script : zm_store_script(step->node->id, run->up);
	plan_ledger(passage, rows);
	find_place(passage);
	zm_passage_commit_nothing(passage);

	passage->place.label = zm_script_label(
		zm_action_name(run->up), step->node->id, step->node->message);
	if (run->tenant[0] != '\0')
		passage->place.label =
			psprintf("%s, tenant \"%s\"", passage->place.label, run->tenant);
	passage->place.script = passage->script;
	passage->place.statements = step->statements;
	MemoryContextSwitchTo(saved);
}

/* The lists that a step of the rows gives are good until the next one. */
static void
plan_ledger(ZmPassage *passage, ZmRows *rows)
{
	const ZmRun *run = passage->run;
	ZmRevs removed;
	ZmRevs added;

	zm_rows_step(rows, passage->step->rev, run->up, &removed, &added);
	passage->nremoved = removed.count;
	passage->removed = zm_run_revision_ids(run, &removed);
	passage->nadded = added.count;
	passage->added = zm_run_revision_ids(run, &added);
	zm_run_fill_event(&passage->event, run, passage->step, rows,
					  passage->number == run->nsteps);
}

/* Where an earlier run has left the revision, or its beginning. */
static void
find_place(ZmPassage *passage)
{
	ZmProgress *progress = &passage->committed;

	if (passage->number == 1 && passage->run->progress)
	{
		*progress = *passage->run->progress;
		passage->stored = true;
		passage->replays = true;
		check_done_part(passage);
	}
	else
	{
		progress->revision = passage->step->node->id;
		progress->action = zm_action_name(passage->run->up);
		progress->statement = 1;
		progress->state = ZM_PROGRESS_READY;
		progress->rows = -1;
	}
	progress->started_at = GetCurrentTimestamp();
	progress->statements = passage->step->statements;
	progress->pid = MyProcPid;
	progress->sqlstate = NULL;
	progress->error = NULL;
}

/* What is to come may have been edited since; what was done may not. */
static void
check_done_part(const ZmPassage *passage)
{
	const ZmProgress *progress = &passage->committed;
	uint8 digest[PG_SHA256_DIGEST_LENGTH] = {0};

	if (zm_script_prefix_digest(passage->script, progress->statement - 1,
								digest) &&
		memcmp(digest, progress->digest, PG_SHA256_DIGEST_LENGTH) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_SCRIPT_CHANGED),
			 errmsg("the part of revision \"%s\" that is done was changed",
					progress->revision),
			 errdetail("Its %s was interrupted at statement %d; statements "
					   "before that differ from those that were run.",
					   progress->action, progress->statement),
			 errhint("Restore these statements, or accept the script as it "
					 "is: SELECT zishu_repair(%s).",
					 quote_literal_cstr(progress->revision))));
}

/* For the script, and the same again if it is tried again. */
static void
set_up_session(ZmPassage *passage)
{
	StartTransactionCommand();
	MemoryContextSwitchTo(passage->context);
	passage->environment =
		zm_set_environment(passage->run->tenant, GUC_ACTION_SET);
	CommitTransactionCommand();
	MemoryContextSwitchTo(passage->context);
}

static void
mend_session(ZmPassage *passage)
{
	zm_passage_begin(passage);
	zm_mend_environment(passage->environment);
}

static void
run_to_end(ZmPassage *passage)
{
	ErrorData *error;

	while ((error = try_to_end(passage)) != NULL)
	{
		zm_echo_flush(passage->run->echo);
		if (passage->finished)
			ReThrowError(error);
		if (zm_online_retry(passage, error))
			continue;
		zm_passage_record_failure(passage, error);
		add_way_out(passage, error);
		ReThrowError(error);
	}
}

/* Returns NULL, or the error that ended the try, and with it its
 * transaction. */
static ErrorData *
try_to_end(ZmPassage *passage)
{
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		zm_online_pause(passage);
		run_from_committed(passage);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(passage->context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	if (error == NULL)
		return NULL;

	AbortCurrentTransaction();
	MemoryContextSwitchTo(passage->context);
	passage->in_transaction = false;
	passage->commit_is_due = false;
	zm_relock_for_worker(passage->run->tenant);
	zm_passage_begin(passage);
	zm_online_be_impatient(passage);
	zm_passage_commit_nothing(passage);
	return error;
}

static void
run_from_committed(ZmPassage *passage)
{
	ZmSplitter *splitter;
	ZmStatement statement;

	MemoryContextReset(passage->attempt_context);
	MemoryContextSwitchTo(passage->attempt_context);
	splitter = zm_splitter_create(passage->script);
	MemoryContextSwitchTo(passage->context);
	passage->current = passage->committed;
	passage->started = NULL;

	zm_script_context_push(&passage->place);
	while (zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		passage->place.statement = &statement;
		MemoryContextSwitchTo(passage->statement_context);
		if (statement.number < passage->committed.statement)
			pass_over(passage, &statement);
		else
			run_statement(passage, &statement);
		passage->place.statement = NULL;
		MemoryContextSwitchTo(passage->context);
		MemoryContextReset(passage->statement_context);
	}
	zm_online_clear_up_edited(passage, NULL);
	zm_passage_finish(passage);
	zm_script_context_pop(&passage->place);
}

/* Settings are of the process, and it may be another one by now. */
static void
pass_over(ZmPassage *passage, const ZmStatement *statement)
{
	const char *command;
	RawStmt *raw;

	if (!passage->replays)
		return;
	(void) zm_classify(statement->text, &command, &raw);
	if (zm_only_changes_settings(raw))
	{
		zm_passage_begin(passage);
		MemoryContextSwitchTo(passage->statement_context);
		(void) zm_statement_run_text(statement->text);
		mend_session(passage);
	}
	else if (zm_makes_temporary(raw) && !IsA(raw->stmt, SelectStmt) &&
			 !IsA(raw->stmt, DoStmt) && !IsA(raw->stmt, CallStmt))
		ereport(WARNING,
				(errmsg("the temporary object that statement %d made is gone",
						statement->number),
				 errdetail("It went with the session that the run was "
						   "interrupted in.")));
}

static void
run_statement(ZmPassage *passage, const ZmStatement *statement)
{
	const char *command;
	RawStmt *raw;
	ZmStatementClass class;

	if (passage->replays)
	{
		zm_passage_commit_nothing(passage);
		passage->replays = false;
	}
	if (passage->commit_is_due)
		zm_passage_commit(passage, ZM_PROGRESS_READY);
	zm_fault_point();
	MemoryContextSwitchTo(passage->statement_context);
	tell_statement(passage, statement);
	class = zm_classify(statement->text, &command, &raw);
	if (class != ZM_TRANSACTIONAL && class != ZM_TOP_LEVEL)
		zm_refuse_statement(ERROR, class, command);
	zm_online_clear_up_edited(passage, statement);
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	if (class == ZM_TOP_LEVEL || zm_may_commit(raw->stmt))
		zm_online_run_alone(passage, statement, raw);
	else
		run_with_others(passage, statement, raw);
	passage->started = NULL;
	MemoryContextSwitchTo(passage->statement_context);
	mend_session(passage);
	zm_passage_advance(passage, statement);
	zm_fault_point();
}

/* A value that is added to an enum can be used after the commit. */
static void
run_with_others(ZmPassage *passage, const ZmStatement *statement,
				const RawStmt *raw)
{
	bool adds_value = zm_adds_enum_value(raw->stmt);

	if (statement->repeat)
		run_repeatedly(passage, statement);
	else
		(void) zm_statement_run_text(statement->text);
	passage->commit_is_due = adds_value;
}

/* Each round commits with the number of rows so far. */
static void
run_repeatedly(ZmPassage *passage, const ZmStatement *statement)
{
	TimestampTz told = GetCurrentTimestamp();
	uint64 rows;

	if (passage->current.rows < 0)
		passage->current.rows = 0;
	while ((rows = zm_statement_run_text(statement->text)) > 0)
	{
		CHECK_FOR_INTERRUPTS();
		passage->current.rows += rows;
		zm_passage_commit(passage, ZM_PROGRESS_READY);
		if (TimestampDifferenceExceeds(told, GetCurrentTimestamp(),
									   ZM_TELL_INTERVAL))
		{
			told = GetCurrentTimestamp();
			ereport(NOTICE,
					(errmsg("statement %d of %d: " INT64_FORMAT " rows so far",
							statement->number, passage->step->statements,
							passage->current.rows)));
		}
		zm_fault_point();
		zm_passage_begin(passage);
		MemoryContextSwitchTo(passage->statement_context);
	}
}

static void
tell_statement(const ZmPassage *passage, const ZmStatement *statement)
{
	const ZmActivity activity = {.revision = passage->step->node->id,
								 .step = passage->number,
								 .steps = passage->run->nsteps,
								 .statement = statement->number,
								 .statements = passage->step->statements};

	zm_activity_report(&activity);
	zm_statement_title(psprintf("-- %s, step %d of %d, statement %d of %d",
								passage->place.label, passage->number,
								passage->run->nsteps, statement->number,
								passage->step->statements));
}

static void
tell_end(ZmPassage *passage)
{
	zm_statement_title(NULL);
	zm_activity_end();
	if (zm_echo)
		zm_echo_tell(passage->run->echo,
					 psprintf("Finished %s of %s in %.3f s",
							  zm_action_name(passage->run->up),
							  passage->step->node->id,
							  passage->step->elapsed / 1000000.0));
}

static void
add_way_out(const ZmPassage *passage, ErrorData *error)
{
	const ZmProgress *progress = &passage->committed;

	if (passage->started && passage->resumed)
		add_hint(error, zm_online_outside_hint(passage->started));
	if (passage->stored)
		add_hint(error,
				 psprintf("CALL zishu_%s_online() goes on at statement %d of "
						  "revision \"%s\".",
						  zm_action_name(passage->run->up),
						  progress->statement, progress->revision));
}

static void
add_hint(ErrorData *error, const char *hint)
{
	if (hint)
		error->hint =
			error->hint ? psprintf("%s %s", error->hint, hint) : pstrdup(hint);
}
