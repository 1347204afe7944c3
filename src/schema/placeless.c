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
 * The row of a join, or of functions that the query gives names, as a whole is
 * said by a query of its own that gives its columns their names, in the order
 * of these: what is made from it tells the same of it.
 *
 * Rule: nothing here writes SQL; the server prints the query.
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "rewrite/rewriteManip.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "schema/column_list.h"
#include "schema/placeless.h"
#include "schema/row_functions.h"

/* What there is in a query that lists may come from. */
typedef struct Causes
{
	bool renamed;  /* names of a table's columns, or of what USING merges */
	bool joins;	   /* named ones */
	bool row_type; /* a function that gives rows of a type */
	bool unsaid;   /* names of XMLTABLE's columns, which the server forgets */
} Causes;

/* A query while it is turned into the other one. */
typedef struct Turning
{
	List *queries; /* Query *, as they were; the innermost first */
} Turning;

/* A column of a join or of functions, while their row is put together. */
typedef struct Field
{
	char *name;
	const Node *value;
} Field;

static bool find_causes(Node *node, void *context);
static void note_causes(const RangeTblEntry *entry, Causes *causes);
static Node *turn(Node *node, void *context);
static Node *turn_query(Query *query, Turning *turning);
static Node *turn_var(Var *var, Turning *turning);
static bool gives_named_row(const Var *var, const RangeTblEntry *entry);
static Node *meaning_of(const Var *var, const Node *value, Turning *turning);
static Node *row_of(const Var *var, const Query *query, Turning *turning);
static List *fields_of(const RangeTblEntry *entry, int number);
static bool is_there(const Node *value);
static int by_name(const ListCell *left, const ListCell *right);
static Query *query_of_columns(List *columns);
static Query *query_of_row(char *name, Query *columns);
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
static void say_paths(const TableFunc *function, const List *names);
static Alias *table_name(const RangeTblEntry *entry);

bool
zm_forgets_names(const void *tree)
{
	Causes causes = {0};

	(void) find_causes(unconstify(void *, tree), &causes);
	return causes.unsaid;
}

bool
zm_goes_by_place(const void *tree, const char *printed)
{
	Causes causes = {0};

	(void) find_causes(unconstify(void *, tree), &causes);
	return causes.row_type || causes.unsaid ||
		   ((causes.renamed || causes.joins) &&
			zm_has_column_list(printed, causes.joins));
}

Node *
zm_placeless(const Node *tree)
{
	Turning turning = {0};

	return turn(copyObject(unconstify(Node *, tree)), &turning);
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
			if (zm_gives_rows_of_type(entry))
				causes->row_type = true;
			break;
		case RTE_TABLEFUNC:
			if (!equal(entry->tablefunc->colnames, entry->eref->colnames))
				causes->unsaid = true;
			break;
		default:
			break;
	}
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
	zm_take_lists_of_functions(turned);
	return (Node *) turned;
}

/* What a join gives becomes what it comes from. */
static Node *
turn_var(Var *var, Turning *turning)
{
	const Query *query;
	const RangeTblEntry *entry;

	check_stack_depth();
	/* Of what an expression is about that has queries in it. */
	if (var->varlevelsup >= list_length(turning->queries))
		return copyObject((Node *) var);
	query = list_nth(turning->queries, var->varlevelsup);
	entry = rt_fetch(var->varno, query->rtable);
	if (var->varattno == 0 && gives_named_row(var, entry))
		return row_of(var, query, turning);
	if (entry->rtekind != RTE_JOIN)
	{
		var = copyObject(var);
		var->varnosyn = var->varno;
		var->varattnosyn = var->varattno;
		return (Node *) var;
	}
	return meaning_of(var, list_nth(entry->joinaliasvars, var->varattno - 1),
					  turning);
}

/* One whose fields have names that only the query says? */
static bool
gives_named_row(const Var *var, const RangeTblEntry *entry)
{
	return entry->rtekind == RTE_JOIN ||
		   (entry->rtekind == RTE_FUNCTION && var->vartype == RECORDOID &&
			zm_gives_rows_of_type(entry) && !zm_has_own_names(entry));
}

static Node *
meaning_of(const Var *var, const Node *value, Turning *turning)
{
	Node *meaning = copyObject(unconstify(Node *, value));

	say_cast(meaning);
	if (var->varlevelsup > 0)
		IncrementVarSublevelsUp(meaning, var->varlevelsup, 0);
	return turn(meaning, turning);
}

/* ( SELECT j FROM ( SELECT a.id AS id, ...) j) */
static Node *
row_of(const Var *var, const Query *query, Turning *turning)
{
	const RangeTblEntry *entry = rt_fetch(var->varno, query->rtable);
	SubLink *row = makeNode(SubLink);
	List *columns = NIL;
	ListCell *lc;

	foreach (lc, fields_of(entry, var->varno))
	{
		const Field *field = lfirst(lc);
		Node *value = meaning_of(var, field->value, turning);

		IncrementVarSublevelsUp(value, 2, 0);
		columns = lappend(
			columns, makeTargetEntry((Expr *) value, list_length(columns) + 1,
									 pstrdup(field->name), false));
	}
	row->subLinkType = EXPR_SUBLINK;
	row->subselect = (Node *) query_of_row(entry->eref->aliasname,
										   query_of_columns(columns));
	row->location = -1;
	return (Node *) row;
}

/* By their names.  Two that have the same one have others once the server has
 * read what it printed. */
static List *
fields_of(const RangeTblEntry *entry, int number)
{
	List *values = entry->joinaliasvars;
	List *names = NIL;
	List *fields = NIL;
	ListCell *name;
	ListCell *value;

	if (entry->rtekind == RTE_FUNCTION)
		zm_expand_entry(unconstify(RangeTblEntry *, entry), number, &values);
	forboth (name, entry->eref->colnames, value, values)
		names = lappend(names, is_there(lfirst(value)) ? lfirst(name)
													   : makeString(""));
	forboth (name, zm_unique_names(names), value, values)
	{
		Field *field;

		if (!is_there(lfirst(value)))
			continue;
		field = palloc0(sizeof(Field));
		field->name = strVal(lfirst(name));
		field->value = lfirst(value);
		fields = lappend(fields, field);
	}
	list_sort(fields, by_name);
	return fields;
}

/* Or was dropped, and is nothing, or the null that a function gives? */
static bool
is_there(const Node *value)
{
	return value &&
		   !(IsA(value, Const) && ((const Const *) value)->constisnull);
}

static int
by_name(const ListCell *left, const ListCell *right)
{
	return strcmp(((const Field *) lfirst(left))->name,
				  ((const Field *) lfirst(right))->name);
}

static Query *
query_of_columns(List *columns)
{
	Query *query = makeNode(Query);

	query->commandType = CMD_SELECT;
	query->canSetTag = true;
	query->targetList = columns;
	query->jointree = makeFromExpr(NIL, NULL);
	return query;
}

static Query *
query_of_row(char *name, Query *columns)
{
	RangeTblEntry *entry = makeNode(RangeTblEntry);
	RangeTblRef *reference = makeNode(RangeTblRef);
	Var *row = makeVar(1, 0, RECORDOID, -1, InvalidOid, 0);
	Query *query = query_of_columns(
		list_make1(makeTargetEntry((Expr *) row, 1, name, false)));
	List *names = NIL;
	ListCell *lc;

	foreach (lc, columns->targetList)
		names =
			lappend(names, makeString(lfirst_node(TargetEntry, lc)->resname));
	entry->rtekind = RTE_SUBQUERY;
	entry->subquery = columns;
	entry->alias = makeAlias(name, NIL);
	entry->eref = makeAlias(name, names);
	entry->inFromCl = true;
	reference->rtindex = 1;
	query->rtable = list_make1(entry);
	query->jointree->fromlist = list_make1(reference);
	return query;
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
	else if (entry->rtekind == RTE_TABLEFUNC)
	{
		say_paths(entry->tablefunc, entry->eref->colnames);
		entry->tablefunc->colnames = copyObject(entry->eref->colnames);
	}
}

/* A column that has no path is found by its name: not by another one. */
static void
say_paths(const TableFunc *function, const List *names)
{
	ListCell *path;
	ListCell *own;
	ListCell *name;

	forthree(path, function->colexprs, own, function->colnames, name, names)
	{
		if (lfirst(path) == NULL && !equal(lfirst(own), lfirst(name)) &&
			foreach_current_index(path) != function->ordinalitycol)
			lfirst(path) = makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
									 CStringGetTextDatum(strVal(lfirst(own))),
									 false, false);
	}
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
