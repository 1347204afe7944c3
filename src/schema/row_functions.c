/*
 * row_functions.c
 *
 * Functions in FROM that give rows of a type, and the names of their columns.
 *
 * The server prints a list of the columns of functions in any case.  Without
 * one, they have the names that the type gives them, or the function.  Where
 * two columns of functions side by side have one name, and one of the two is
 * used, no query says it without a list.  Another one means the same:
 *
 *	   ROWS FROM (f(), g()) x
 *
 *	   ( SELECT x_1.id, x_1.n, x_2.id AS id_1
 *		   FROM f() WITH ORDINALITY x_1
 *		   FULL JOIN g() WITH ORDINALITY x_2 ON x_1.ordinality = x_2.ordinality
 *		  ORDER BY COALESCE(x_1.ordinality, x_2.ordinality)) x
 *
 * Rule: nothing here writes SQL; the server prints the query.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "parser/parse_relation.h"
#include "rewrite/rewriteManip.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "compat.h"
#include "schema/column_list.h"
#include "schema/row_functions.h"

/* What a query uses of one of its entries. */
typedef struct Usage
{
	int entry;
	int level; /* of queries within the query */
	Bitmapset *columns;
} Usage;

/* The query that is told instead, while it is put together. */
typedef struct Side
{
	Query *query;
	Node *joined;	/* those that were, */
	List *names;	/* their columns' names, */
	List *columns;	/* these columns (Var), */
	List *numbers;	/* and of each the number of its row (Var) */
	List *by_place; /* Var of all columns, as they are numbered outside */
} Side;

static List *names_of(const RangeTblEntry *entry);
static bool add_names(List **names, const RangeTblFunction *function);
static bool add_scalar_name(List **names, Node *function);
static bool is_of_type(const RangeTblFunction *function);
static bool one_is_of_type(const RangeTblEntry *entry);
static bool has_inner_twins(const RangeTblEntry *entry, const List *names);
static bool has_twin(const List *names, int index);
static bool is_named(const List *names, const char *name);
static void take_list(Query *query, int number);
static bool note_columns(Node *node, void *context);
static bool uses_twin(const Usage *usage, const List *names);
static Alias *marked(const char *name, const List *names);
static void say_as_query(RangeTblEntry *entry, const List *names,
						 const Usage *usage);
static void add_function(Side *side, const RangeTblEntry *entry,
						 const RangeTblFunction *function);
static Node *join(Side *side, Node *right, List *names, List *columns);
static List *count_up(int count);
static Expr *row_number(List *numbers);
static List *items_of(const Side *side, const List *names, const Usage *usage);
static int by_name(const ListCell *left, const ListCell *right);
static void sort_rows(Side *side);

bool
zm_gives_rows_of_type(const RangeTblEntry *entry)
{
	const List *names = names_of(entry);

	return names != NIL && one_is_of_type(entry) &&
		   !has_inner_twins(entry, names);
}

bool
zm_has_own_names(const RangeTblEntry *entry)
{
	const List *names = names_of(entry);

	for (int i = 0; i < list_length(names); i++)
	{
		const char *name = strVal(list_nth(names, i));

		if (name[0] != '\0' &&
			(has_twin(names, i) ||
			 strcmp(name, strVal(list_nth(entry->eref->colnames, i))) != 0))
			return false;
	}
	return true;
}

List *
zm_unique_names(const List *names)
{
	List *unique = NIL;
	ListCell *lc;

	foreach (lc, names)
	{
		char *name = strVal(lfirst(lc));
		char *chosen = name;

		for (int i = 1;
			 name[0] != '\0' &&
			 (is_named(unique, chosen) || (i > 1 && is_named(names, chosen)));
			 i++)
			chosen = psprintf("%s_%d", name, i);
		unique = lappend(unique, makeString(chosen));
	}
	return unique;
}

void
zm_take_lists_of_functions(Query *query)
{
	for (int i = 1; i <= list_length(query->rtable); i++)
		take_list(query, i);
}

/* NIL: they are not known. */
static List *
names_of(const RangeTblEntry *entry)
{
	List *names = NIL;
	ListCell *lc;

	foreach (lc, entry->functions)
	{
		if (!add_names(&names, lfirst(lc)))
			return NIL;
	}
	if (entry->funcordinality)
		names = lappend(names, makeString(ZM_ORDINALITY));
	return names;
}

static bool
add_names(List **names, const RangeTblFunction *function)
{
	TupleDesc columns;

	if (function->funccolnames != NIL)
	{
		*names = list_concat(*names, function->funccolnames);
		return true;
	}
	switch (get_expr_result_type(function->funcexpr, NULL, &columns))
	{
		case TYPEFUNC_COMPOSITE:
		case TYPEFUNC_COMPOSITE_DOMAIN:
			break;
		case TYPEFUNC_SCALAR:
			return add_scalar_name(names, function->funcexpr);
		default:
			return false;
	}
	for (int i = 0; i < function->funccolcount; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		*names = lappend(*names,
						 makeString(column->attisdropped
										? ""
										: pstrdup(NameStr(column->attname))));
	}
	return true;
}

/* That of its one argument that is handed out, or its own. */
static bool
add_scalar_name(List **names, Node *function)
{
	const FuncExpr *call = (const FuncExpr *) function;
	char *name;

	if (!IsA(function, FuncExpr) || call->funcformat != COERCE_EXPLICIT_CALL)
		return false;
	name = get_func_result_name(call->funcid);
	*names =
		lappend(*names, makeString(name ? name : get_func_name(call->funcid)));
	return true;
}

static bool
is_of_type(const RangeTblFunction *function)
{
	return get_typtype(getBaseType(exprType(function->funcexpr))) ==
		   TYPTYPE_COMPOSITE;
}

static bool
one_is_of_type(const RangeTblEntry *entry)
{
	ListCell *lc;

	foreach (lc, entry->functions)
	{
		if (is_of_type(lfirst(lc)))
			return true;
	}
	return false;
}

/* Names within one function are different, but for that of the rows' numbers. */
static bool
has_inner_twins(const RangeTblEntry *entry, const List *names)
{
	bool numbered = entry->funcordinality || list_length(entry->functions) > 1;
	int count = list_length(names) - (entry->funcordinality ? 1 : 0);

	return numbered && is_named(list_copy_head(names, count), ZM_ORDINALITY);
}

static bool
has_twin(const List *names, int index)
{
	const char *name = strVal(list_nth(names, index));
	ListCell *lc;

	foreach (lc, names)
	{
		if (foreach_current_index(lc) != index && name[0] != '\0' &&
			strcmp(strVal(lfirst(lc)), name) == 0)
			return true;
	}
	return false;
}

static bool
is_named(const List *names, const char *name)
{
	ListCell *lc;

	foreach (lc, names)
	{
		if (strcmp(strVal(lfirst(lc)), name) == 0)
			return true;
	}
	return false;
}

static void
take_list(Query *query, int number)
{
	RangeTblEntry *entry = list_nth(query->rtable, number - 1);
	Usage usage = {.entry = number};
	List *names;

	if (entry->rtekind != RTE_FUNCTION || !zm_gives_rows_of_type(entry))
		return;
	names = names_of(entry);
	(void) query_tree_walker(query, note_columns, &usage,
							 QTW_IGNORE_JOINALIASES);
	if (uses_twin(&usage, names))
		say_as_query(entry, names, &usage);
	else
		entry->alias = marked(entry->eref->aliasname, names);
}

static bool
note_columns(Node *node, void *context)
{
	Usage *usage = context;

	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		const Var *var = (const Var *) node;

		if (var->varno == usage->entry && var->varlevelsup == usage->level &&
			var->varattno > 0)
			usage->columns = bms_add_member(usage->columns, var->varattno - 1);
		return false;
	}
	if (IsA(node, Query))
	{
		usage->level++;
		(void) query_tree_walker((Query *) node, note_columns, context,
								 QTW_IGNORE_JOINALIASES);
		usage->level--;
		return false;
	}
	return expression_tree_walker(node, note_columns, context);
}

static bool
uses_twin(const Usage *usage, const List *names)
{
	int index = -1;

	while ((index = bms_next_member(usage->columns, index)) >= 0)
	{
		if (has_twin(names, index))
			return true;
	}
	return false;
}

/* A list in which the names have marks is found and left out. */
static Alias *
marked(const char *name, const List *names)
{
	List *with_marks = NIL;
	ListCell *lc;

	foreach (lc, names)
	{
		char *column = strVal(lfirst(lc));

		with_marks = lappend(
			with_marks,
			makeString(column[0] == '\0' ? column : zm_marked_name(column)));
	}
	return makeAlias(name, with_marks);
}

/* Outside, its columns keep their numbers. */
static void
say_as_query(RangeTblEntry *entry, const List *names, const Usage *usage)
{
	Side side = {.query = makeNode(Query)};
	char *name = entry->eref->aliasname;
	List *outside = zm_unique_names(names);
	ListCell *lc;

	foreach (lc, entry->functions)
		add_function(&side, entry, lfirst(lc));
	if (entry->funcordinality)
		side.by_place = lappend(side.by_place, row_number(side.numbers));
	side.query->commandType = CMD_SELECT;
	side.query->canSetTag = true;
	side.query->jointree = makeFromExpr(list_make1(side.joined), NULL);
	side.query->targetList = items_of(&side, outside, usage);
	sort_rows(&side);
	entry->rtekind = RTE_SUBQUERY;
	entry->subquery = side.query;
	entry->functions = NIL;
	entry->funcordinality = false;
	entry->alias = makeAlias(name, NIL);
	entry->eref = makeAlias(name, outside);
}

static void
add_function(Side *side, const RangeTblEntry *entry,
			 const RangeTblFunction *function)
{
	RangeTblEntry *one = makeNode(RangeTblEntry);
	RangeTblRef *reference = makeNode(RangeTblRef);
	char *name = entry->eref->aliasname;
	List *names;
	List *columns;

	one->rtekind = RTE_FUNCTION;
	one->functions =
		list_make1(copyObject(unconstify(RangeTblFunction *, function)));
	IncrementVarSublevelsUp((Node *) one->functions, 1, 0);
	one->funcordinality = true;
	one->inFromCl = true;
	names = names_of(one);
	one->eref = makeAlias(name, names);
	one->alias =
		is_of_type(function) ? marked(name, names) : makeAlias(name, names);
	side->query->rtable = lappend(side->query->rtable, one);
	reference->rtindex = list_length(side->query->rtable);
	zm_expand_entry(one, reference->rtindex, &columns);
	side->numbers = lappend(side->numbers, llast(columns));
	side->by_place = list_concat(
		side->by_place, list_copy_head(columns, list_length(columns) - 1));
	side->joined = side->joined
					   ? join(side, (Node *) reference, names, columns)
					   : (Node *) reference;
	side->names = list_concat(side->names, names);
	side->columns = list_concat(side->columns, columns);
}

/* With what was joined before; the number of the row is the last one there. */
static Node *
join(Side *side, Node *right, List *names, List *columns)
{
	const TypeCacheEntry *type = lookup_type_cache(INT8OID, TYPECACHE_EQ_OPR);
	List *before =
		list_copy_head(side->numbers, list_length(side->numbers) - 1);
	JoinExpr *joined = makeNode(JoinExpr);
	RangeTblEntry *entry = makeNode(RangeTblEntry);

	entry->rtekind = RTE_JOIN;
	entry->jointype = JOIN_FULL;
	entry->joinaliasvars = list_concat_copy(side->columns, columns);
	entry->joinleftcols = count_up(list_length(side->columns));
	entry->joinrightcols = count_up(list_length(columns));
	entry->eref =
		makeAlias("unnamed_join", list_concat_copy(side->names, names));
	entry->inFromCl = true;
	side->query->rtable = lappend(side->query->rtable, entry);
	joined->jointype = JOIN_FULL;
	joined->larg = side->joined;
	joined->rarg = right;
	joined->quals = (Node *) make_opclause(
		type->eq_opr, BOOLOID, false, row_number(before), llast(side->numbers),
		InvalidOid, InvalidOid);
	joined->rtindex = list_length(side->query->rtable);
	return (Node *) joined;
}

static List *
count_up(int count)
{
	List *numbers = NIL;

	for (int i = 1; i <= count; i++)
		numbers = lappend_int(numbers, i);
	return numbers;
}

/* Of the longest. */
static Expr *
row_number(List *numbers)
{
	CoalesceExpr *first;

	if (list_length(numbers) == 1)
		return linitial(numbers);
	first = makeNode(CoalesceExpr);
	first->coalescetype = INT8OID;
	first->args = numbers;
	first->location = -1;
	return (Expr *) first;
}

/* By their names; with the numbers by which they are known outside. */
static List *
items_of(const Side *side, const List *names, const Usage *usage)
{
	List *items = NIL;
	int index = -1;

	while ((index = bms_next_member(usage->columns, index)) >= 0)
		items = lappend(
			items,
			makeTargetEntry(copyObject(list_nth(side->by_place, index)),
							index + 1, strVal(list_nth(names, index)), false));
	list_sort(items, by_name);
	return items;
}

static int
by_name(const ListCell *left, const ListCell *right)
{
	return strcmp(lfirst_node(TargetEntry, left)->resname,
				  lfirst_node(TargetEntry, right)->resname);
}

static void
sort_rows(Side *side)
{
	const TypeCacheEntry *type =
		lookup_type_cache(INT8OID, TYPECACHE_EQ_OPR | TYPECACHE_LT_OPR);
	SortGroupClause *sort = makeNode(SortGroupClause);
	TargetEntry *item =
		makeTargetEntry(copyObject(row_number(side->numbers)),
						list_length(side->by_place) + 1, NULL, true);

	item->ressortgroupref = 1;
	sort->tleSortGroupRef = 1;
	sort->eqop = type->eq_opr;
	sort->sortop = type->lt_opr;
	side->query->targetList = lappend(side->query->targetList, item);
	side->query->sortClause = list_make1(sort);
}
