/*
 * statement.c
 *
 * Running one statement at top level.
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
#include "utils/portal.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "worker/statement.h"

static List *plan(RawStmt *statement, const char *text);

uint64
zm_statement_run(RawStmt *statement, const char *text, bool top_level)
{
	Portal portal;
	QueryCompletion completion = {0};

	debug_query_string = text;
	SetCurrentStatementStartTimestamp();
	pgstat_report_activity(STATE_RUNNING, text);

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
	return completion.nprocessed;
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
