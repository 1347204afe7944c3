/*
 * whole_row.c
 *
 * Bodies of functions that give the rows of a table as they are.
 *
 *	   CREATE FUNCTION f() RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END
 *
 * The server keeps the columns that there were, one by one.  They fit the row
 * type only where they stand in the same order; where they do not, the row as a
 * whole does, "SELECT t.*::t", and means the same.
 *
 * Rule: nothing here writes SQL; the server prints the query.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "compat.h"
#include "schema/whole_row.h"

static bool arms_give(const Query *query, const Node *node, Oid type);
static void say_in_arms(const Query *query, const Node *node);
static bool says_one_row_each(const Query *query);
static List *items_of(const Query *query);
static const Var *column_of(const Query *query, const TargetEntry *item);
static bool are_all(const Query *query, TupleDesc columns, int entry);
static int by_name(const ListCell *left, const ListCell *right);

bool
zm_gives_whole_rows(const Query *query, Oid type)
{
	const List *items = items_of(query);
	const Var *first;
	const RangeTblEntry *entry;
	TupleDesc columns;
	bool all;

	check_stack_depth();
	if (query->setOperations)
		return query->sortClause == NIL &&
			   arms_give(query, query->setOperations, type);
	first = items == NIL || !says_one_row_each(query)
				? NULL
				: column_of(query, linitial(items));
	if (first == NULL)
		return false;
	entry = rt_fetch(first->varno, query->rtable);
	if (entry->rtekind != RTE_RELATION ||
		get_rel_type_id(entry->relid) != type)
		return false;
	columns = lookup_rowtype_tupdesc(type, -1);
	all = are_all(query, columns, first->varno);
	ReleaseTupleDesc(columns);
	return all;
}

/* What the rows are sorted by is still there, unseen. */
void
zm_say_whole_rows(Query *query)
{
	RangeTblEntry *table;
	List *items;
	int number;
	ListCell *lc;

	check_stack_depth();
	if (query->setOperations)
	{
		say_in_arms(query, query->setOperations);
		return;
	}
	number = column_of(query, linitial(items_of(query)))->varno;
	table = rt_fetch(number, query->rtable);
	items = list_make1(
		makeTargetEntry((Expr *) makeWholeRowVar(table, number, 0, false), 1,
						table->eref->aliasname, false));
	foreach (lc, items_of(query))
	{
		TargetEntry *item = lfirst(lc);

		if (item->ressortgroupref == 0)
			continue;
		item->resjunk = true;
		items = lappend(items, item);
		item->resno = list_length(items);
	}
	if (query->commandType == CMD_SELECT)
		query->targetList = items;
	else
		query->returningList = items;
}

List *
zm_row_columns(Oid type)
{
	TupleDesc columns = lookup_rowtype_tupdesc(type, -1);
	List *names = NIL;

	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (!column->attisdropped)
			names = lappend(names, pstrdup(NameStr(column->attname)));
	}
	ReleaseTupleDesc(columns);
	list_sort(names, by_name);
	return names;
}

/* Other arms than those of UNION ALL compare rows. */
static bool
arms_give(const Query *query, const Node *node, Oid type)
{
	const SetOperationStmt *arms;

	check_stack_depth();
	if (IsA(node, RangeTblRef))
		return zm_gives_whole_rows(
			rt_fetch(((const RangeTblRef *) node)->rtindex, query->rtable)
				->subquery,
			type);
	arms = (const SetOperationStmt *) node;
	return arms->op == SETOP_UNION && arms->all &&
		   arms_give(query, arms->larg, type) &&
		   arms_give(query, arms->rarg, type);
}

static void
say_in_arms(const Query *query, const Node *node)
{
	check_stack_depth();
	if (IsA(node, RangeTblRef))
		zm_say_whole_rows(
			rt_fetch(((const RangeTblRef *) node)->rtindex, query->rtable)
				->subquery);
	else
	{
		say_in_arms(query, ((const SetOperationStmt *) node)->larg);
		say_in_arms(query, ((const SetOperationStmt *) node)->rarg);
	}
}

/* Grouped rows, and those that are compared as wholes, are others. */
static bool
says_one_row_each(const Query *query)
{
	return query->setOperations == NULL && query->groupClause == NIL &&
		   query->groupingSets == NIL && query->distinctClause == NIL &&
		   !query->hasAggs && query->havingQual == NULL;
}

static List *
items_of(const Query *query)
{
	return query->commandType == CMD_SELECT ? query->targetList
											: query->returningList;
}

/* Through joins; NULL: it is none of a table. */
static const Var *
column_of(const Query *query, const TargetEntry *item)
{
	const Node *node = (const Node *) item->expr;

	while (IsA(node, Var) && ((const Var *) node)->varlevelsup == 0)
	{
		const Var *var = (const Var *) node;
		const RangeTblEntry *entry = rt_fetch(var->varno, query->rtable);

		if (entry->rtekind != RTE_JOIN)
			return ZM_IS_OF_ROW(var) ? var : NULL;
		if (var->varattno <= 0)
			return NULL;
		node = list_nth(entry->joinaliasvars, var->varattno - 1);
	}
	return NULL;
}

static bool
are_all(const Query *query, TupleDesc columns, int entry)
{
	int next = 0;
	ListCell *lc;

	foreach (lc, items_of(query))
	{
		const TargetEntry *item = lfirst(lc);
		const Var *var = column_of(query, item);

		if (item->resjunk)
			continue;
		if (var == NULL || var->varno != entry)
			return false;
		if (var->varattno == InvalidAttrNumber && next == 0)
		{
			next = columns->natts;
			continue;
		}
		while (next < columns->natts &&
			   TupleDescAttr(columns, next)->attisdropped)
			next++;
		if (next == columns->natts || var->varattno != next + 1)
			return false;
		next++;
	}
	while (next < columns->natts && TupleDescAttr(columns, next)->attisdropped)
		next++;
	return next == columns->natts;
}

static int
by_name(const ListCell *left, const ListCell *right)
{
	return strcmp(lfirst(left), lfirst(right));
}
