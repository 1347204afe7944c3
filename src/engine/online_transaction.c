/*
 * online_transaction.c
 *
 * The transactions of a revision on its way.
 *
 * Rule: what a transaction has done and the row that tells of it become true
 * together.  The ledger is written as the session's role, whatever role the
 * script has taken meanwhile, and under its search_path.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "engine/online_internal.h"
#include "engine/unfinished.h"
#include "util/fault.h"

typedef struct Ledger
{
	Oid user;
	int security_context;
	int guc_level;
} Ledger;

static void take_back_start(ZmPassage *passage, const ErrorData *error);
static bool may_have_left(const ZmPassage *passage, const ErrorData *error);
static void ledger_begin(Ledger *ledger);
static void ledger_end(const Ledger *ledger);
static void end_transaction(ZmPassage *passage);
static int64 elapsed(const ZmPassage *passage);

void
zm_passage_begin(ZmPassage *passage)
{
	if (passage->in_transaction)
		return;
	StartTransactionCommand();
	MemoryContextSwitchTo(passage->context);
	passage->in_transaction = true;
}

void
zm_passage_commit(ZmPassage *passage, const char *state)
{
	Ledger ledger;

	zm_passage_begin(passage);
	passage->current.state = state;
	ledger_begin(&ledger);
	zm_store_set_progress(passage->run->tenant, &passage->current);
	ledger_end(&ledger);
	zm_fault_point();
	end_transaction(passage);
	passage->committed = passage->current;
	passage->stored = true;
	passage->tries = 0;
	zm_fault_point();
}

void
zm_passage_commit_nothing(ZmPassage *passage)
{
	if (passage->in_transaction)
		end_transaction(passage);
}

void
zm_passage_finish(ZmPassage *passage)
{
	const char *tenant = passage->run->tenant;
	ZmStep *step = passage->step;
	ZmEvent *event = &passage->event;
	Ledger ledger;

	zm_passage_begin(passage);
	ledger_begin(&ledger);
	step->elapsed = event->elapsed = elapsed(passage);
	step->finished_at = event->at = GetCurrentTimestamp();
	zm_store_change_versions(tenant, passage->nremoved, passage->removed,
							 passage->nadded, passage->added);
	zm_store_add_events(tenant, zm_action_name(passage->run->up), 1, event);
	if (passage->stored)
		zm_store_delete_progress(tenant);
	ledger_end(&ledger);
	zm_fault_point();
	end_transaction(passage);
	passage->finished = true;
	zm_fault_point();
}

void
zm_passage_advance(ZmPassage *passage, const ZmStatement *statement)
{
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	zm_statement_digest(statement, passage->current.digest);
	passage->current.statement = statement->number + 1;
	passage->current.rows = -1;
	passage->current.object = NULL;
	MemoryContextSwitchTo(passage->context);
}

/*
 * The event in any case; the row if it is needed to go on.  What the row says
 * of the place stays.
 */
void
zm_passage_record_failure(ZmPassage *passage, const ErrorData *error)
{
	const char *tenant = passage->run->tenant;
	ZmProgress *progress = &passage->committed;
	Ledger ledger;

	/* Whoever cancels twice wants the work to stop, not its record. */
	HOLD_CANCEL_INTERRUPTS();
	zm_passage_begin(passage);
	ledger_begin(&ledger);
	take_back_start(passage, error);
	progress->sqlstate = unpack_sql_state(error->sqlerrcode);
	progress->error = error->message;
	if (passage->stored)
		zm_store_set_progress(tenant, progress);
	zm_store_add_failure(tenant, progress->action, progress->revision,
						 progress->statement - 1, elapsed(passage),
						 progress->sqlstate, progress->error);
	ledger_end(&ledger);
	end_transaction(passage);
	RESUME_CANCEL_INTERRUPTS();
}

/* One that failed before it did anything is as if it had not been begun. */
static void
take_back_start(ZmPassage *passage, const ErrorData *error)
{
	ZmProgress *progress = &passage->committed;

	if (passage->started == NULL ||
		strcmp(progress->state, ZM_PROGRESS_STARTED) != 0 ||
		may_have_left(passage, error))
		return;
	progress->state = ZM_PROGRESS_READY;
	progress->object = NULL;
	if (progress->statement > 1)
		return;
	zm_store_delete_progress(passage->run->tenant);
	passage->stored = false;
}

/* What no catalog shows is told of until the statement has been done. */
static bool
may_have_left(const ZmPassage *passage, const ErrorData *error)
{
	if ((passage->resumed || error->sqlerrcode == ERRCODE_QUERY_CANCELED) &&
		zm_online_outside_hint(passage->started))
		return true;
	return !zm_left_nothing(passage->started);
}

static void
ledger_begin(Ledger *ledger)
{
	PushActiveSnapshot(GetTransactionSnapshot());
	GetUserIdAndSecContext(&ledger->user, &ledger->security_context);
	SetUserIdAndSecContext(zm_worker_role(), ledger->security_context);
	/* Tables of other tools' are found as the session finds them. */
	ledger->guc_level = NewGUCNestLevel();
	(void) set_config_option(
		"search_path", GetConfigOptionResetString("search_path"), PGC_USERSET,
		PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

static void
ledger_end(const Ledger *ledger)
{
	AtEOXact_GUC(false, ledger->guc_level);
	SetUserIdAndSecContext(ledger->user, ledger->security_context);
	PopActiveSnapshot();
}

static void
end_transaction(ZmPassage *passage)
{
	CommitTransactionCommand();
	MemoryContextSwitchTo(passage->context);
	passage->in_transaction = false;
	passage->commit_is_due = false;
}

static int64
elapsed(const ZmPassage *passage)
{
	instr_time now;

	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, passage->start);
	return INSTR_TIME_GET_MICROSEC(now);
}
