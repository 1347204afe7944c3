/*
 * run_script.c
 *
 * Running scripts at top level.
 *
 * For its author a script is one transaction, and most of it can be.  Where
 * it cannot, commits must not show: what lasts until the end of a transaction
 * lasts until the end of the script.
 *
 * Rule: an error leaves everything as it is, for it ends the process.
 */
#include "postgres.h"

#include "access/twophase.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "utils/memutils.h"

#include "script/context.h"
#include "script/wrap.h"
#include "worker/run_script.h"
#include "worker/statement.h"

/* The part of the server's lock table that a transaction may fill. */
#define LOCK_SHARE 8

typedef struct Run
{
	ZmScriptContext place;
	MemoryContext context;			 /* current outside of transactions */
	MemoryContext statement_context; /* for one statement */
	ZmWrapping wrapping;
	bool in_transaction;
	int locks; /* that it holds, about */
} Run;

static void run_statement(Run *run, const ZmStatement *statement);
static void refuse_copy(const char *command);
static void execute(Run *run, const ZmStatement *statement);
static int most_locks(void);
static void begin(Run *run);
static void commit(Run *run);

void
zm_run_script(const char *label, ZmScript *script)
{
	MemoryContext saved = CurrentMemoryContext;
	Run run = {.place = {.label = label, .script = script}};
	ZmSplitter *splitter;
	ZmStatement statement;

	run.context = AllocSetContextCreate(saved, "zishu_migrate script",
										ALLOCSET_DEFAULT_SIZES);
	run.statement_context = AllocSetContextCreate(
		run.context, "zishu_migrate statement", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(run.context);
	splitter = zm_splitter_create(script);

	zm_script_context_push(&run.place);
	while (zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		run.place.statement = &statement;
		run_statement(&run, &statement);
		run.place.statement = NULL;
		MemoryContextSwitchTo(run.context);
		MemoryContextReset(run.statement_context);
	}
	zm_wrapping_end(run.wrapping);
	commit(&run);
	zm_script_context_pop(&run.place);

	zm_session_reset();
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(run.context);
}

static void
run_statement(Run *run, const ZmStatement *statement)
{
	const char *command;
	RawStmt *raw;
	ZmStatementClass class;

	MemoryContextSwitchTo(run->statement_context);
	class = zm_classify(statement->text, &command, &raw);
	zm_wrapping_follow(&run->wrapping, statement->number, raw);
	switch (class)
	{
		case ZM_TRANSACTIONAL:
			if (run->locks > most_locks())
				commit(run);
			execute(run, statement);
			run->locks += zm_lock_estimate(raw);
			if (zm_adds_enum_value(raw->stmt))
				commit(run);
			break;
		case ZM_TOP_LEVEL:
			commit(run);
			execute(run, statement);
			commit(run);
			break;
		case ZM_COPY_CLIENT:
			refuse_copy(command);
			break;
		case ZM_TRANSACTION_BEGIN:
		case ZM_TRANSACTION_COMMIT:
		case ZM_TRANSACTION_OTHER:
			break;
	}
}

static void
refuse_copy(const char *command)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s is not possible in a script", command),
			 errdetail("A script runs inside the server, where there is no "
					   "client to copy from or to."),
			 errhint("Write INSERT ... VALUES, or COPY from a file on the "
					 "server (pg_dump --inserts makes the former)."),
			 errposition(1)));
}

static void
execute(Run *run, const ZmStatement *statement)
{
	bool again;

	do
	{
		CHECK_FOR_INTERRUPTS();
		begin(run);
		MemoryContextSwitchTo(run->statement_context);
		again =
			zm_statement_run_text(statement->text) > 0 && statement->repeat;
		if (again)
			commit(run);
	} while (again);
}

static int
most_locks(void)
{
	return max_locks_per_xact * (MaxBackends + max_prepared_xacts) /
		   LOCK_SHARE;
}

static void
begin(Run *run)
{
	if (run->in_transaction)
		return;
	StartTransactionCommand();
	MemoryContextSwitchTo(run->context);
	run->in_transaction = true;
}

static void
commit(Run *run)
{
	if (!run->in_transaction)
		return;
	CommitTransactionCommand();
	MemoryContextSwitchTo(run->context);
	run->in_transaction = false;
	run->locks = 0;
}
