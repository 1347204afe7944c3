/*
 * placeless.c
 *
 * Queries whose text says nothing of where columns stand.
 *
 * The server prints lists of column names where names of the query are not, or
 * are no longer, those of the tables: where the query gives names, "t x(a, b)"
 * or "(t JOIN u ON ...) j(a, b)", where a column that USING merges has another
 * name or another column has its name, and for all functions that give rows of
 * a type.  Such a list names all columns by their order, which the text of a
 * view should not depend on: the same list on a table whose columns stand
 * otherwise means other columns.
 *
 * Another query means the same: joins have conditions instead of USING, and no
 * names, so that everything is said by the names that the columns have in
 * their tables, and no list is needed.
 *
 * A row of a join as a whole, and functions side by side in ROWS FROM, can be
 * said with lists only: there is no such query for them.
 *
 * Rule: nothing here writes SQL; the server prints the query.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"
#include "rewrite/rewriteManip.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "schema/column_list.h"
#include "schema/placeless.h"

/* What there is in a query that lists may come from. */
typedef struct Causes
{
	bool renamed;  /* names of a table's columns, or of what USING merges */
	bool joins;	   /* named ones */
	bool row_type; /* a function that gives rows of a type */
} Causes;

/* A query while it is turned into the other one. */
typedef struct Turning
{
	List *queries; /* Query *, as they were; the innermost first */
	bool fails;
} Turning;

static bool find_causes(Node *node, void *context);
static void note_causes(const RangeTblEntry *entry, Causes *causes);
static Oid row_type(const RangeTblEntry *entry);
static Node *turn(Node *node, void *context);
static Node *turn_query(Query *query, Turning *turning);
static Node *turn_var(Var *var, Turning *turning);
static Node *turn_param(Param *param, const Turning *turning);
static Node *turn_join(JoinExpr *join, Turning *turning);
static void say_cast(Node *node);
static void split_columns(Query *query, Node *node, int *merged);
static void split_join(Query *query, const JoinExpr *join, int *merged);
static int index_of(const Node *side);
static List *moved_numbers(const Query *query, const int *merged, int child,
						   List *numbers);
static int moved_number(const Query *query, const int *merged, int child,
						int number);
static void take_names(RangeTblEntry *entry);
static Alias *table_name(const RangeTblEntry *entry);
static void mark_columns(RangeTblEntry *entry);

bool
zm_goes_by_place(const void *tree, const char *printed)
{
	Causes causes = {0};

	(void) find_causes(unconstify(void *, tree), &causes);
	return causes.row_type || ((causes.renamed || causes.joins) &&
							   zm_has_column_list(printed, causes.joins));
}

Query *
zm_placeless(const Query *query)
{
	Turning turning = {0};
	Node *turned = turn((Node *) copyObject(query), &turning);

	return turning.fails ? NULL : castNode(Query, turned);
}

static bool
find_causes(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeTblEntry))
	{
		note_causes((RangeTblEntry *) node, context);
		return false;
	}
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, find_causes, context,
								 QTW_EXAMINE_RTES_BEFORE);
	return expression_tree_walker(node, find_causes, context);
}

static void
note_causes(const RangeTblEntry *entry, Causes *causes)
{
	switch (entry->rtekind)
	{
		case RTE_RELATION:
			if (entry->alias && entry->alias->colnames != NIL)
				causes->renamed = true;
			break;
		case RTE_JOIN:
			if (entry->alias)
				causes->joins = true;
			if (entry->joinmergedcols > 0)
				causes->renamed = true;
			break;
		case RTE_FUNCTION:
			if (OidIsValid(row_type(entry)))
				causes->row_type = true;
			break;
		default:
			break;
	}
}

/* The one that the rows of a function are of, if a list can be left out. */
static Oid
row_type(const RangeTblEntry *entry)
{
	const RangeTblFunction *function = linitial(entry->functions);
	Oid type = getBaseType(exprType(function->funcexpr));

	if (list_length(entry->functions) > 1 ||
		get_typtype(type) != TYPTYPE_COMPOSITE)
		return InvalidOid;
	/* The name that the number of a row has would stand twice. */
	if (entry->funcordinality &&
		get_attnum(get_typ_typrelid(type), ZM_ORDINALITY) != InvalidAttrNumber)
		return InvalidOid;
	return type;
}

static Node *
turn(Node *node, void *context)
{
	if (node == NULL)
		return NULL;
	if (IsA(node, Query))
		return turn_query((Query *) node, context);
	if (IsA(node, Var))
		return turn_var((Var *) node, context);
	if (IsA(node, Param))
		return turn_param((Param *) node, context);
	if (IsA(node, JoinExpr))
		return turn_join((JoinExpr *) node, context);
	return expression_tree_mutator(node, turn, context);
}

static Node *
turn_query(Query *query, Turning *turning)
{
	int *merged = palloc0(sizeof(int) * (list_length(query->rtable) + 1));
	Query *turned;
	ListCell *lc;

	turning->queries = lcons(query, turning->queries);
	turned = query_tree_mutator(query, turn, turning, QTW_IGNORE_JOINALIASES);
	turning->queries = list_delete_first(turning->queries);
	split_columns(turned, (Node *) turned->jointree, merged);
	foreach (lc, turned->rtable)
		take_names(lfirst(lc));
	return (Node *) turned;
}

/* What a join gives becomes what it comes from. */
static Node *
turn_var(Var *var, Turning *turning)
{
	Query *query = list_nth(turning->queries, var->varlevelsup);
	const RangeTblEntry *entry = rt_fetch(var->varno, query->rtable);
	Node *meaning;

	check_stack_depth();
	if (entry->rtekind != RTE_JOIN)
	{
		var = copyObject(var);
		var->varnosyn = var->varno;
		var->varattnosyn = var->varattno;
		return (Node *) var;
	}
	if (var->varattno <= 0)
	{
		turning->fails = true;
		return (Node *) var;
	}
	meaning = copyObject(list_nth(entry->joinaliasvars, var->varattno - 1));
	say_cast(meaning);
	if (var->varlevelsup > 0)
		IncrementVarSublevelsUp(meaning, var->varlevelsup, 0);
	return turn(meaning, turning);
}

/* An argument of the function that this is in; where there are tables, the
 * server writes it with the function's name. */
static Node *
turn_param(Param *param, const Turning *turning)
{
	bool tables = false;
	ListCell *lc;

	param = copyObject(param);
	foreach (lc, turning->queries)
	{
		if (((const Query *) lfirst(lc))->rtable != NIL)
			tables = true;
	}
	if (param->paramkind == PARAM_EXTERN)
		param->paramid = zm_marked_argument(param->paramid, tables);
	return (Node *) param;
}

static Node *
turn_join(JoinExpr *join, Turning *turning)
{
	JoinExpr *turned =
		(JoinExpr *) expression_tree_mutator((Node *) join, turn, turning);

	turned->isNatural = false;
	turned->usingClause = NIL;
	turned->join_using_alias = NULL;
	turned->alias = NULL;
	return (Node *) turned;
}

/* USING casts silently; by itself, the column would have its own type. */
static void
say_cast(Node *node)
{
	CoercionForm *form;

	switch (nodeTag(node))
	{
		case T_FuncExpr:
			form = &((FuncExpr *) node)->funcformat;
			break;
		case T_RelabelType:
			form = &((RelabelType *) node)->relabelformat;
			break;
		case T_CoerceViaIO:
			form = &((CoerceViaIO *) node)->coerceformat;
			break;
		case T_ArrayCoerceExpr:
			form = &((ArrayCoerceExpr *) node)->coerceformat;
			break;
		case T_CoerceToDomain:
			form = &((CoerceToDomain *) node)->coercionformat;
			break;
		default:
			return;
	}
	if (*form == COERCE_IMPLICIT_CAST)
		*form = COERCE_EXPLICIT_CAST;
}

/*
 * Joins without USING merge nothing: they have each side's columns.  Merged
 * ones stand first; as the left side's they stay there, as the right side's
 * they come before its others.
 */
static void
split_columns(Query *query, Node *node, int *merged)
{
	check_stack_depth();
	if (IsA(node, FromExpr))
	{
		ListCell *lc;

		foreach (lc, ((FromExpr *) node)->fromlist)
			split_columns(query, lfirst(lc), merged);
	}
	else if (IsA(node, JoinExpr))
	{
		JoinExpr *join = (JoinExpr *) node;

		split_columns(query, join->larg, merged);
		split_columns(query, join->rarg, merged);
		split_join(query, join, merged);
	}
}

static void
split_join(Query *query, const JoinExpr *join, int *merged)
{
	RangeTblEntry *entry = rt_fetch(join->rtindex, query->rtable);
	int count = entry->joinmergedcols;
	int left = list_length(entry->joinleftcols);
	List *names = list_copy_head(entry->eref->colnames, left);
	List *columns = list_copy_head(entry->joinaliasvars, left);

	names = list_concat(names, list_copy_head(names, count));
	columns = list_concat(columns, list_copy_head(columns, count));
	names = list_concat(names, list_copy_tail(entry->eref->colnames, left));
	columns = list_concat(columns, list_copy_tail(entry->joinaliasvars, left));
	entry->eref = makeAlias(entry->eref->aliasname, names);
	entry->joinaliasvars = columns;
	entry->joinleftcols = moved_numbers(query, merged, index_of(join->larg),
										entry->joinleftcols);
	entry->joinrightcols = moved_numbers(query, merged, index_of(join->rarg),
										 entry->joinrightcols);
	entry->joinmergedcols = 0;
	merged[join->rtindex] = count;
}

static int
index_of(const Node *side)
{
	return IsA(side, RangeTblRef) ? ((const RangeTblRef *) side)->rtindex
								  : ((const JoinExpr *) side)->rtindex;
}

static List *
moved_numbers(const Query *query, const int *merged, int child, List *numbers)
{
	List *moved = NIL;
	ListCell *lc;

	foreach (lc, numbers)
		moved = lappend_int(
			moved, moved_number(query, merged, child, lfirst_int(lc)));
	return moved;
}

/* The number that a column of a join has now. */
static int
moved_number(const Query *query, const int *merged, int child, int number)
{
	const RangeTblEntry *entry = rt_fetch(child, query->rtable);

	if (merged[child] == 0 || number <= list_length(entry->joinleftcols))
		return number;
	return number + merged[child];
}

/* Away with the names that the query gives: columns have those that they have
 * in their tables. */
static void
take_names(RangeTblEntry *entry)
{
	if (entry->rtekind == RTE_RELATION && entry->alias)
		entry->alias = table_name(entry);
	else if (entry->rtekind == RTE_JOIN)
		entry->alias = NULL;
	else if (entry->rtekind == RTE_FUNCTION && OidIsValid(row_type(entry)))
		mark_columns(entry);
}

/* Its own name is said only where a list has to stand behind it. */
static Alias *
table_name(const RangeTblEntry *entry)
{
	const char *name = entry->alias->aliasname;

	if (strcmp(name, get_rel_name(entry->relid)) == 0)
		return NULL;
	return makeAlias(name, NIL);
}

/* The server prints a list of the columns of a function in any case: it is
 * found, and left out, by marks on the names in it. */
static void
mark_columns(RangeTblEntry *entry)
{
	TupleDesc columns = lookup_rowtype_tupdesc(row_type(entry), -1);
	const RangeTblFunction *function = linitial(entry->functions);
	List *names = NIL;

	for (int i = 0; i < function->funccolcount; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		names = lappend(
			names, makeString(column->attisdropped
								  ? ""
								  : zm_marked_name(NameStr(column->attname))));
	}
	if (entry->funcordinality)
		names = lappend(names, makeString(zm_marked_name(ZM_ORDINALITY)));
	entry->alias = makeAlias(entry->eref->aliasname, names);
	ReleaseTupleDesc(columns);
}
