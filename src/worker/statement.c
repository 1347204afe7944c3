/*
 * statement.c
 *
 * Running one statement of a script at top level.
 *
 * SPI tells a command that it is not at top level, and CREATE INDEX
 * CONCURRENTLY and its like refuse.
 */
#include "postgres.h"

#include "access/xact.h"
#include "parser/analyze.h"
#include "pgstat.h"
#include "tcop/dest.h"
#include "tcop/pquery.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "worker/statement.h"
#include "worker/worker.h"

static void report_activity(const char *text);
static uint64 changed_rows(const QueryCompletion *completion);
static List *plan(RawStmt *statement, const char *text);
static bool is_passed_over(Node *statement);
static void let_last(Node *statement);
static bool wants_transaction_block(Node *statement);

static const char *title = NULL;

uint64
zm_statement_run(RawStmt *statement, const char *text, bool top_level)
{
	Portal portal;
	QueryCompletion completion = {0};

	debug_query_string = text;
	SetCurrentStatementStartTimestamp();
	report_activity(text);

	portal = CreatePortal("", true, true);
	portal->visible = false;
	PortalDefineQuery(portal, NULL, text, CreateCommandTag(statement->stmt),
					  plan(statement, text), NULL);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	(void) zm_portal_run(portal, FETCH_ALL, top_level, None_Receiver,
						 None_Receiver, &completion);
	PortalDrop(portal, false);
	CommandCounterIncrement();

	debug_query_string = NULL;
	return changed_rows(&completion);
}

void
zm_statement_title(const char *text)
{
	title = text;
}

static void
report_activity(const char *text)
{
	if (title)
	{
		int room = pgstat_track_activity_query_size;

		/* No more is shown, and a text can be large. */
		text = psprintf("%s\n%.*s", title, room, text);
	}
	pgstat_report_activity(STATE_RUNNING, text);
}

static uint64
changed_rows(const QueryCompletion *completion)
{
	switch (completion->commandTag)
	{
		case CMDTAG_INSERT:
		case CMDTAG_UPDATE:
		case CMDTAG_DELETE:
		case CMDTAG_MERGE:
			return completion->nprocessed;
		default:
			return 0;
	}
}

/* Parsed anew: analysis may have left its marks, and it may warn this time. */
uint64
zm_statement_run_text(const char *text)
{
	/* One that is repeated must not add up. */
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate run", ALLOCSET_DEFAULT_SIZES);
	MemoryContext saved = MemoryContextSwitchTo(context);
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));
	uint64 rows = 0;

	if (!is_passed_over(raw->stmt))
	{
		let_last(raw->stmt);
		rows =
			zm_statement_run(raw, text, !wants_transaction_block(raw->stmt));
	}
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(context);
	return rows;
}

bool
zm_adds_enum_value(Node *statement)
{
	return IsA(statement, AlterEnumStmt) &&
		   ((AlterEnumStmt *) statement)->oldVal == NULL;
}

/* DISCARD ALL leaves the role to RESET ROLE. */
void
zm_session_reset(void)
{
	static const char *const statements[] = {"DISCARD ALL", "RESET ROLE"};
	MemoryContext saved = CurrentMemoryContext;

	for (int i = 0; i < lengthof(statements); i++)
	{
		StartTransactionCommand();
		MemoryContextSwitchTo(saved);
		(void) zm_statement_run(
			linitial_node(RawStmt, pg_parse_query(statements[i])),
			statements[i], true);
		CommitTransactionCommand();
		MemoryContextSwitchTo(saved);
	}
	zm_worker_assume_role();
}

static List *
plan(RawStmt *statement, const char *text)
{
	bool needs_snapshot = analyze_requires_snapshot(statement);
	List *queries;
	List *plans;

	if (needs_snapshot)
		PushActiveSnapshot(GetTransactionSnapshot());
	queries =
		pg_analyze_and_rewrite_fixedparams(statement, text, NULL, 0, NULL);
	plans = pg_plan_queries(queries, text, CURSOR_OPT_PARALLEL_OK, NULL);
	if (needs_snapshot)
		PopActiveSnapshot();
	return plans;
}

/* Scripts are text in the database's encoding, and messages must be. */
static bool
is_passed_over(Node *statement)
{
	return IsA(statement, VariableSetStmt) &&
		   ((VariableSetStmt *) statement)->name != NULL &&
		   strcmp(((VariableSetStmt *) statement)->name, "client_encoding") ==
			   0;
}

static void
let_last(Node *statement)
{
	VariableSetStmt *set = (VariableSetStmt *) statement;

	if (IsA(statement, VariableSetStmt) && set->kind != VAR_SET_MULTI)
		set->is_local = false;
}

/* At top level these would refuse or complain, for want of a BEGIN. */
static bool
wants_transaction_block(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_ConstraintsSetStmt:
		case T_DeclareCursorStmt:
		case T_LockStmt:
		case T_VariableSetStmt:
			return true;
		default:
			return false;
	}
}
