/*
 * execute.c
 *
 * Running scripts at top level, as a client would send them.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "compat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "parser/analyze.h"
#include "nodes/parsenodes.h"
#include "pgstat.h"
#include "tcop/pquery.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"

#include "script/script.h"
#include "worker/execute.h"
#include "worker/worker.h"

/* A script while it runs. */
typedef struct Execution
{
	const char *label;
	ZmScript *script;
	const ZmStatement *statement; /* NULL: between two */
	bool open;					  /* a transaction is */
} Execution;

static void run_all(Execution *execution);
static void run_one(Execution *execution, const ZmStatement *statement,
					MemoryContext context);
static void open_transaction(Execution *execution);
static void close_transaction(Execution *execution);
static bool adds_label(const RawStmt *parsetree);
static void run_parsetree(RawStmt *parsetree, const char *text,
						  bool top_level);
static void tell_place(void *arg);
static void start_settings(void);

void
zm_execute_script(const char *label, const char *script)
{
	Execution execution = {.label = label};
	ErrorContextCallback callback = {.previous = error_context_stack,
									 .callback = tell_place,
									 .arg = &execution};

	start_settings();
	execution.script = zm_script_from_cstring(script, strlen(script));
	error_context_stack = &callback;
	run_all(&execution);
	error_context_stack = callback.previous;
	zm_script_free(execution.script);
}

void
zm_execute_alone(const char *statement)
{
	MemoryContext saved = CurrentMemoryContext;
	List *parsetrees;

	zm_worker_begin();
	zm_worker_become_caller();
	parsetrees = pg_parse_query(statement);
	run_parsetree(linitial_node(RawStmt, parsetrees), statement, true);
	zm_worker_commit();
	MemoryContextSwitchTo(saved);
}

static void
run_all(Execution *execution)
{
	/* What the splitter holds outlives the transactions. */
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate script", ALLOCSET_DEFAULT_SIZES);
	MemoryContext saved = MemoryContextSwitchTo(context);
	ZmSplitter *splitter;
	ZmStatement statement;

	open_transaction(execution);
	zm_worker_become_caller();
	MemoryContextSwitchTo(context);
	splitter = zm_splitter_create(execution->script);
	while (zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		execution->statement = &statement;
		run_one(execution, &statement, context);
		execution->statement = NULL;
		MemoryContextSwitchTo(context);
	}
	close_transaction(execution);
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(context);
}

static void
run_one(Execution *execution, const ZmStatement *statement,
		MemoryContext context)
{
	MemoryContext parse_context = AllocSetContextCreate(
		context, "zishu_migrate statement", ALLOCSET_DEFAULT_SIZES);
	const char *command;
	RawStmt *parsetree;
	ZmStatementClass class;

	/* Parsing needs a transaction, as everything does; the tree outlives
	 * it where the statement is to run in one of its own. */
	open_transaction(execution);
	MemoryContextSwitchTo(parse_context);
	class = zm_classify(statement->text, &command, &parsetree);
	switch (class)
	{
		case ZM_TRANSACTIONAL:
			run_parsetree(parsetree, statement->text, false);
			if (adds_label(parsetree))
				close_transaction(execution);
			break;
		case ZM_TOP_LEVEL:
			close_transaction(execution);
			open_transaction(execution);
			run_parsetree(parsetree, statement->text, true);
			close_transaction(execution);
			break;
		case ZM_TRANSACTION_BEGIN:
		case ZM_TRANSACTION_COMMIT:
			close_transaction(execution);
			break;
		case ZM_TRANSACTION_OTHER:
		case ZM_COPY_CLIENT:
			ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
							errmsg("%s cannot be run here", command)));
	}
	MemoryContextDelete(parse_context);
}

static void
open_transaction(Execution *execution)
{
	if (execution->open)
		return;
	zm_worker_begin();
	execution->open = true;
}

static void
close_transaction(Execution *execution)
{
	if (!execution->open)
		return;
	zm_worker_commit();
	execution->open = false;
}

static bool
adds_label(const RawStmt *parsetree)
{
	return IsA(parsetree->stmt, AlterEnumStmt) &&
		   castNode(AlterEnumStmt, parsetree->stmt)->oldVal == NULL;
}

/* As the server's main loop does it for a simple query. */
static void
run_parsetree(RawStmt *parsetree, const char *text, bool top_level)
{
	MemoryContext caller = CurrentMemoryContext;
	CommandTag tag = CreateCommandTag(parsetree->stmt);
	QueryCompletion completion;
	DestReceiver *receiver = CreateDestReceiver(DestNone);
	bool needs_snapshot = analyze_requires_snapshot(parsetree);
	List *queries;
	List *plans;
	Portal portal;

	pgstat_report_activity(STATE_RUNNING, text);
	SetCurrentStatementStartTimestamp();
	if (needs_snapshot)
		PushActiveSnapshot(GetTransactionSnapshot());
	queries =
		pg_analyze_and_rewrite_fixedparams(parsetree, text, NULL, 0, NULL);
	plans = pg_plan_queries(queries, text, CURSOR_OPT_PARALLEL_OK, NULL);
	if (needs_snapshot)
		PopActiveSnapshot();
	portal = CreatePortal("", true, true);
	portal->visible = false;
	PortalDefineQuery(portal, NULL, text, tag, plans, NULL);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	(void) zm_portal_run(portal, FETCH_ALL, top_level, receiver, receiver,
						 &completion);
	PortalDrop(portal, false);
	receiver->rDestroy(receiver);
	if (!top_level)
		CommandCounterIncrement();
	MemoryContextSwitchTo(caller);
	pgstat_report_activity(STATE_IDLE, NULL);
}

/* The place in the script, instead of that in the statement. */
static void
tell_place(void *arg)
{
	const Execution *execution = arg;
	const ZmStatement *statement = execution->statement;
	int position = geterrposition();

	if (statement == NULL)
	{
		errcontext("%s", execution->label);
		return;
	}
	if (position > 0)
	{
		errposition(0);
		internalerrposition(
			position +
			pg_mbstrlen_with_len(execution->script->text, statement->start));
		internalerrquery(execution->script->text);
	}
	errcontext("%s, statement %d, line %d", execution->label,
			   statement->number, statement->line);
}

/* Every script starts with the same; nothing here waits for a disk. */
static void
start_settings(void)
{
	ResetAllOptions();
	SetConfigOption("synchronous_commit", "off", PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("lock_timeout", "0", PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("client_min_messages", "warning", PGC_USERSET,
					PGC_S_SESSION);
}
