/*
 * rewrites.c
 *
 * One statement for all columns of a table that get another type.
 *
 * Each has one of its own at first, and each of these might write the whole
 * table anew.  The first one takes along the others, also those that come after
 * what else there is to say of the columns in between.  The server then reads
 * checks and indexes over several of them again when all are what they become.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "emit/emitters.h"

static ZmStatementOut *to_join(const ZmEmit *emit, List *statements,
							   const ZmStatementOut *next);
static bool can_join(const ZmStatementOut *first, const ZmStatementOut *next);
static bool lets_pass(const ZmEmit *emit, const ZmStatementOut *statement,
					  const ZmStatementOut *next);
static const ZmObject *column_of(const ZmObject *object);
static void join(ZmStatementOut *first, const ZmStatementOut *next);

void
zm_join_rewrites(ZmEmit *emit)
{
	List *statements = NIL;
	ListCell *lc;

	foreach (lc, emit->statements)
	{
		ZmStatementOut *statement = lfirst(lc);
		ZmStatementOut *first =
			statement->retypes ? to_join(emit, statements, statement) : NULL;

		if (first)
			join(first, statement);
		else
			statements = lappend(statements, statement);
	}
	emit->statements = statements;
}

/* The statement before that this one can become a part of. */
static ZmStatementOut *
to_join(const ZmEmit *emit, List *statements, const ZmStatementOut *next)
{
	for (int i = list_length(statements) - 1; i >= 0; i--)
	{
		ZmStatementOut *statement = list_nth(statements, i);

		if (can_join(statement, next))
			return statement;
		if (!lets_pass(emit, statement, next))
			return NULL;
	}
	return NULL;
}

static bool
can_join(const ZmStatementOut *first, const ZmStatementOut *next)
{
	return first->retypes && next->retypes && first->locked == next->locked &&
		   !first->commit_after;
}

/* What is about another column of the table, or its sequence, does not matter to
 * the type of this one, but for what frees it: a column that goes, or that is
 * generated from this one no more. */
static bool
lets_pass(const ZmEmit *emit, const ZmStatementOut *statement,
		  const ZmStatementOut *next)
{
	const ZmObject *column = column_of(statement->object);
	const ZmObject *before;

	if (statement->top_level || column == NULL ||
		strcmp(column->parent->identity, next->locked->identity) != 0 ||
		strcmp(column->name, next->object->name) == 0)
		return false;
	if (column != statement->object)
		return true;
	before = zm_new_twin(emit->diff, column);
	return column->parent == next->locked &&
		   (before == NULL || zm_get(before, "generated") == NULL);
}

static const ZmObject *
column_of(const ZmObject *object)
{
	if (object && zm_is_kind(object, ZM_KIND_SEQUENCE))
		return zm_sequence_column(object);
	return object && zm_is_kind(object, ZM_KIND_COLUMN) ? object : NULL;
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
