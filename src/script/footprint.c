/*
 * footprint.c
 *
 * What a statement leaves behind besides what it is for: settings, temporary
 * objects, locks.
 *
 * A script for plain psql must undo for the next script what the engine
 * undoes between them; and a long run is told beforehand that the server's
 * lock table will not hold it.
 *
 * Rule: these look at one raw parse tree and at no catalog, so they guess,
 * and a wrong guess must do no harm.  The generic walker knows expressions
 * and the five statements with a plan, and raises an error on others: only
 * these are given to it.
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "mb/pg_wchar.h"
#include "nodes/nodeFuncs.h"

#include "script/script.h"

/*
 * Locks of objects whose parts the statement does not name: a table with its
 * TOAST table and index and a primary key; with an index and a sequence more.
 */
#define PARTS_OF_TABLE 4
#define PARTS_OF_DROPPED_TABLE 6

/* A row as wide as this is stored out of line (TOAST_TUPLE_THRESHOLD). */
#define WIDE_ROW 2000

static Node *plannable(Node *statement);
static bool calls_set_config(Node *node, void *context);
static bool is_temporary(const RangeVar *relation);
static bool is_temporary_name(List *name);
static RangeVar *select_into(SelectStmt *select);
static int locks_of_utility(Node *statement);
static int locks_of_table(const CreateStmt *table);
static int locks_of_column(const ColumnDef *column, int *width);
static int locks_of_constraint(const Constraint *constraint);
static int column_width(const TypeName *type);
static int locks_of_query(Node *query);
static bool count_relations(Node *node, void *context);

bool
zm_changes_settings(RawStmt *parsetree)
{
	Node *statement = parsetree->stmt;
	Node *query;

	if (IsA(statement, VariableSetStmt))
	{
		VariableSetStmt *set = (VariableSetStmt *) statement;

		/* SET TRANSACTION ends with the transaction. */
		return set->kind != VAR_SET_MULTI ||
			   strncmp(set->name, "TRANSACTION", 11) != 0;
	}
	if (IsA(statement, DiscardStmt))
		return ((DiscardStmt *) statement)->target == DISCARD_ALL;

	query = plannable(statement);
	return query && calls_set_config(query, NULL);
}

bool
zm_makes_temporary(RawStmt *parsetree)
{
	Node *statement = parsetree->stmt;

	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			return is_temporary(((CreateStmt *) statement)->relation);
		case T_CreateTableAsStmt:
			return is_temporary(((CreateTableAsStmt *) statement)->into->rel);
		case T_SelectStmt:
			return is_temporary(select_into((SelectStmt *) statement));
		case T_ViewStmt:
			return is_temporary(((ViewStmt *) statement)->view);
		case T_CreateSeqStmt:
			return is_temporary(((CreateSeqStmt *) statement)->sequence);
		case T_CompositeTypeStmt:
			return is_temporary(((CompositeTypeStmt *) statement)->typevar);
		case T_CreateEnumStmt:
			return is_temporary_name(((CreateEnumStmt *) statement)->typeName);
		case T_CreateRangeStmt:
			return is_temporary_name(
				((CreateRangeStmt *) statement)->typeName);
		case T_CreateDomainStmt:
			return is_temporary_name(
				((CreateDomainStmt *) statement)->domainname);
		case T_CreateFunctionStmt:
			return is_temporary_name(
				((CreateFunctionStmt *) statement)->funcname);
		case T_DefineStmt:
			return is_temporary_name(((DefineStmt *) statement)->defnames);
		default:
			return false;
	}
}

int
zm_lock_estimate(RawStmt *parsetree)
{
	Node *query = plannable(parsetree->stmt);

	if (query)
		return locks_of_query(query) +
			   (query == parsetree->stmt ? 0
										 : locks_of_utility(parsetree->stmt));
	return locks_of_utility(parsetree->stmt);
}

/* The statement, or the one it runs at once, if the walker knows it. */
static Node *
plannable(Node *statement)
{
	if (IsA(statement, CreateTableAsStmt))
		statement = ((CreateTableAsStmt *) statement)->query;
	else if (IsA(statement, ExplainStmt))
		statement = ((ExplainStmt *) statement)->query;

	switch (nodeTag(statement))
	{
		case T_SelectStmt:
		case T_InsertStmt:
		case T_UpdateStmt:
		case T_DeleteStmt:
		case T_MergeStmt:
			return statement;
		default:
			return NULL;
	}
}

static bool
calls_set_config(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, FuncCall) &&
		strcmp(strVal(llast(((FuncCall *) node)->funcname)), "set_config") ==
			0)
		return true;
	return raw_expression_tree_walker(node, calls_set_config, context);
}

static bool
is_temporary(const RangeVar *relation)
{
	if (relation == NULL)
		return false;
	return relation->relpersistence == RELPERSISTENCE_TEMP ||
		   (relation->schemaname &&
			strcmp(relation->schemaname, "pg_temp") == 0);
}

static bool
is_temporary_name(List *name)
{
	return list_length(name) > 1 &&
		   strcmp(strVal(linitial(name)), "pg_temp") == 0;
}

/* INTO belongs to the first of several SELECTs. */
static RangeVar *
select_into(SelectStmt *select)
{
	while (select->larg)
		select = select->larg;
	return select->intoClause ? select->intoClause->rel : NULL;
}

static int
locks_of_utility(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			return locks_of_table((CreateStmt *) statement);
		case T_CreateForeignTableStmt:
			return locks_of_table(
				&((CreateForeignTableStmt *) statement)->base);
		case T_CreateTableAsStmt:
			return 3;
		case T_IndexStmt:
			return 1;
		case T_DropStmt:
			return list_length(((DropStmt *) statement)->objects) *
				   PARTS_OF_DROPPED_TABLE;
		case T_TruncateStmt:
			return list_length(((TruncateStmt *) statement)->relations) *
				   PARTS_OF_TABLE;
		default:
			return 1;
	}
}

static int
locks_of_table(const CreateStmt *table)
{
	ListCell *lc;
	int width = 0;
	int locks = 1 + list_length(table->inhRelations);

	foreach (lc, table->tableElts)
	{
		Node *element = lfirst(lc);

		if (IsA(element, ColumnDef))
			locks += locks_of_column((ColumnDef *) element, &width);
		else if (IsA(element, Constraint))
			locks += locks_of_constraint((Constraint *) element);
	}
	if (width > WIDE_ROW && table->partspec == NULL)
		locks += 2;
	return locks;
}

static int
locks_of_column(const ColumnDef *column, int *width)
{
	ListCell *lc;
	int locks = 0;

	if (column->typeName)
		*width += column_width(column->typeName);
	foreach (lc, column->constraints)
		locks += locks_of_constraint(lfirst_node(Constraint, lc));
	return locks;
}

static int
locks_of_constraint(const Constraint *constraint)
{
	switch (constraint->contype)
	{
		case CONSTR_PRIMARY:
		case CONSTR_UNIQUE:
		case CONSTR_EXCLUSION:
		case CONSTR_FOREIGN:
		case CONSTR_IDENTITY:
			return 1;
		default:
			return 0;
	}
}

static int
column_width(const TypeName *type)
{
	return WIDE_ROW;
}

static int
locks_of_query(Node *query)
{
	int relations = 0;

	(void) count_relations(query, &relations);
	return relations;
}

static bool
count_relations(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeVar))
		++*(int *) context;
	return raw_expression_tree_walker(node, count_relations, context);
}
