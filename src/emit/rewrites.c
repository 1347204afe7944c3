/*
 * rewrites.c
 *
 * One rewrite of a table for all columns that get another type.
 *
 * Each has a statement of its own at first, and each of these might write the
 * whole table anew.  Where one does, it takes along those beside it.
 */
#include "postgres.h"

#include "emit/emitters.h"

static bool can_join(const ZmStatementOut *first, const ZmStatementOut *next);
static void join(ZmStatementOut *first, const ZmStatementOut *next);

void
zm_join_rewrites(ZmEmit *emit)
{
	List *statements = NIL;
	ZmStatementOut *last = NULL;
	ListCell *lc;

	foreach (lc, emit->statements)
	{
		ZmStatementOut *statement = lfirst(lc);

		if (last && can_join(last, statement))
		{
			join(last, statement);
			continue;
		}
		statements = lappend(statements, statement);
		last = statement;
	}
	emit->statements = statements;
}

static bool
can_join(const ZmStatementOut *first, const ZmStatementOut *next)
{
	return first->retypes && next->retypes && first->locked == next->locked &&
		   ((first->hazards | next->hazards) & ZM_HAZARD_REWRITE) != 0 &&
		   !first->commit_after;
}

/* What the next one means for the rows goes for both. */
static void
join(ZmStatementOut *first, const ZmStatementOut *next)
{
	if (first->columns == NIL)
		first->columns = list_make1(unconstify(ZmObject *, first->object));
	first->columns =
		lappend(first->columns, unconstify(ZmObject *, next->object));
	first->object = first->locked;
	first->statement =
		psprintf("%s,\n    %s", first->statement, next->retypes);
	first->hazards |= next->hazards;
	first->notes = list_concat(first->notes, next->notes);
	first->commit_after = next->commit_after;
}
