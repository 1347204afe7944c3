/*
 * online_alone.c
 *
 * Statements that take transactions of their own.
 *
 * Rule: before such a statement a row is committed that says it has started,
 * and its last transaction takes the row along that says it is done.  Where
 * only the first is found, the catalogs tell what became of it.
 */
#include "postgres.h"

#include "storage/proc.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "engine/online_internal.h"
#include "guc.h"
#include "util/fault.h"
#include "worker/statement.h"

static bool is_resumed(const ZmPassage *passage);

bool
zm_needs_top_level(ZmStatementClass class, Node *statement)
{
	return class == ZM_TOP_LEVEL || IsA(statement, CallStmt);
}

void
zm_online_run_alone(ZmPassage *passage, const ZmStatement *statement,
					RawStmt *raw)
{
	if (!is_resumed(passage))
		zm_passage_commit(passage, ZM_PROGRESS_STARTED);
	else
		zm_passage_commit_nothing(passage);
	zm_passage_begin(passage);
	MemoryContextSwitchTo(passage->statement_context);
	zm_fault_point();
	(void) zm_statement_run_text(statement->text);
	passage->commit_is_due = true;
}

static bool
is_resumed(const ZmPassage *passage)
{
	return passage->stored &&
		   passage->committed.statement == passage->current.statement &&
		   strcmp(passage->committed.state, ZM_PROGRESS_STARTED) == 0;
}
