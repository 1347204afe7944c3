/*
 * footprint.c
 *
 * What a statement leaves behind in the session: settings, temporary objects.
 *
 * The engine undoes both between one script and the next.  Scripts that are
 * written out for plain psql have to do it themselves, if there is a need.
 *
 * Rule: what a function or a DO block does inside cannot be seen here, so
 * DO, CALL and a SELECT that calls anything count as doing both; undoing too
 * much does no harm.  The server's walker knows expressions and the five
 * statements that have a plan, and raises an error on any other; it gets only
 * these.
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "nodes/nodeFuncs.h"

#include "script/script.h"

static bool runs_code(Node *statement);
static bool calls_function(Node *node, void *context);
static Node *plannable(Node *statement);
static bool calls_set_config(Node *node, void *context);
static bool is_set_config(Node *node);
static bool is_temporary(const RangeVar *relation);
static bool is_temporary_name(List *name);
static RangeVar *select_into(SelectStmt *select);

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

	if (runs_code(statement))
		return true;
	query = plannable(statement);
	return query && calls_set_config(query, NULL);
}

bool
zm_only_changes_settings(RawStmt *parsetree)
{
	SelectStmt *select = (SelectStmt *) parsetree->stmt;
	ListCell *lc;

	if (!IsA(select, SelectStmt))
		return (IsA(select, VariableSetStmt) || IsA(select, DiscardStmt)) &&
			   zm_changes_settings(parsetree);
	if (select->targetList == NIL || select->fromClause != NIL ||
		select->intoClause || select->withClause)
		return false;
	foreach (lc, select->targetList)
	{
		if (!is_set_config(lfirst_node(ResTarget, lc)->val))
			return false;
	}
	return true;
}

bool
zm_makes_temporary(RawStmt *parsetree)
{
	Node *statement = parsetree->stmt;

	if (runs_code(statement))
		return true;
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

/* May it do anything at all? */
static bool
runs_code(Node *statement)
{
	Node *query;

	if (IsA(statement, DoStmt) || IsA(statement, CallStmt) ||
		IsA(statement, ExecuteStmt))
		return true;
	query = plannable(statement);
	return query && IsA(query, SelectStmt) && calls_function(query, NULL);
}

static bool
calls_function(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, FuncCall))
		return true;
	return raw_expression_tree_walker(node, calls_function, context);
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
	if (is_set_config(node))
		return true;
	return raw_expression_tree_walker(node, calls_set_config, context);
}

static bool
is_set_config(Node *node)
{
	return IsA(node, FuncCall) &&
		   strcmp(strVal(llast(((FuncCall *) node)->funcname)),
				  "set_config") == 0;
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
