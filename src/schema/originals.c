/*
 * originals.c
 *
 * Definitions that hold queries, told so that they say nothing of where columns
 * stand: of views, of rules, of policies, and of functions whose bodies are kept
 * as queries.
 *
 * Where the server's text goes by places (see placeless.c), the definition is
 * that of a query that does not.  The server's text is kept beside, as the
 * original: where columns stand in the same order, it is what the object is
 * made from.
 *
 * A body that gives the rows of a table as they are is told as one that gives
 * each as a whole (see whole_row.c).
 *
 * A body that uses an argument without a name is told so, too, if other
 * arguments have names: the server prints an empty name, which nobody can read.
 *
 * Rule: a text that is put together here is one that the server prints, but
 * for queries in it.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_policy.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_rewrite.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parsetree.h"
#include "rewrite/rewriteHandler.h"
#include "rewrite/rewriteManip.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "schema/column_list.h"
#include "schema/placeless.h"
#include "schema/reading.h"
#include "schema/settled.h"
#include "schema/whole_row.h"
#include "util/arrays.h"

/* Of what is in no text. */
#define NO_NAME "\001"

/* How the server begins the condition of a query. */
#define WHERE "\n  WHERE "

/* Beside the definition of what is read. */
typedef struct Told
{
	bool unreadable; /* what the server prints */
	List *row;		 /* the columns of a whole row; NIL: it gives none */
} Told;

static void read_original(ZmReading *reading, const ZmReadObject *read,
						  const char *attribute);
static int beside(const ZmReadObject *read, const char *attribute,
				  const char *what);
static const char *text_of(const ZmReadObject *read, const char *attribute,
						   Told *told);
static char *text_of_view(const ZmReadObject *read, const char *printed,
						  Told *told);
static const char *text_of_rule(const ZmReadObject *read, const char *printed,
								Told *told);
static const char *with_condition(const char *text, const List *actions,
								  Node *condition);
static char *text_of_condition(const List *actions, Node *condition);
static char *text_of_policy(const ZmReadObject *read, const char *attribute,
							const char *printed, Told *told);
static Node *policy_tree(Oid policy, int attribute);
static char *text_of_routine(const ZmReadObject *read, const char *printed,
							 Told *told);
static bool all_named(const ZmArguments *arguments);
static Query *last_statement(void *tree);
static char *body_of(void *tree, const ZmArguments *arguments, bool whole);
static char *result_of(const Query *query, const ZmArguments *arguments);
static void have_qualified(Query *query);
static void hide_names(Query *query);
static void hide_names_of(List *entries);
static void hide_names_of_arms(const Query *query, Node *node);
static char *text_of_query(Query *query, const ZmArguments *arguments);
static void *stored_tree(int cache, HeapTuple tuple, int attribute);
static char *replaced(const char *text, const char *part, const char *with);
static void name_columns(Query *query, TupleDesc names);
static void name_arms(Query *query, Node *node, TupleDesc names);

void
zm_read_originals(ZmReading *reading)
{
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		const ZmReadObject *read = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		switch (zm_kind_id(read->object->kind))
		{
			case ZM_KIND_FUNCTION:
			case ZM_KIND_PROCEDURE:
				if (zm_is(read->object, "body form", "atomic"))
					read_original(reading, read, "definition");
				break;
			case ZM_KIND_VIEW:
			case ZM_KIND_MATERIALIZED_VIEW:
			case ZM_KIND_RULE:
				read_original(reading, read, "definition");
				break;
			case ZM_KIND_POLICY:
				read_original(reading, read, "using");
				read_original(reading, read, "check");
				break;
			default:
				break;
		}
	}
}

static void
read_original(ZmReading *reading, const ZmReadObject *read,
			  const char *attribute)
{
	char **attributes = read->object->attributes;
	MemoryContext context;
	MemoryContext caller;
	Told told = {0};
	const char *text;

	/* It is not there if it was dropped meanwhile. */
	if (zm_get(read->object, attribute) == NULL)
		return;
	context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate original", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(context);
	text = text_of(read, attribute, &told);
	if (text)
	{
		MemoryContextSwitchTo(reading->context);
		if (told.row != NIL)
			zm_set(read->object, "whole row", zm_text_list_out(told.row));
		if (!told.unreadable)
			attributes[beside(read, attribute, ZM_ORIGINAL)] =
				unconstify(char *, zm_spelled(read->object, attribute));
		zm_set(read->object, attribute,
			   zm_settled(pstrdup(text),
						  &attributes[beside(read, attribute, ZM_SPELLING)]));
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
}

/* The attribute that tells this of another one. */
static int
beside(const ZmReadObject *read, const char *attribute, const char *what)
{
	char name[NAMEDATALEN];

	snprintf(name, sizeof(name), "%s%s", attribute, what);
	return zm_attribute_index(read->object->kind, name);
}

/* NULL: what is printed is one already, or nothing else can be. */
static const char *
text_of(const ZmReadObject *read, const char *attribute, Told *told)
{
	const char *printed = zm_get(read->object, attribute);

	switch (zm_kind_id(read->object->kind))
	{
		case ZM_KIND_RULE:
			return text_of_rule(read, printed, told);
		case ZM_KIND_POLICY:
			return text_of_policy(read, attribute, printed, told);
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
			return text_of_routine(read, printed, told);
		default:
			return text_of_view(read, printed, told);
	}
}

static char *
text_of_view(const ZmReadObject *read, const char *printed, Told *told)
{
	Relation relation =
		try_relation_open(read->address.objectId, AccessShareLock);
	const Query *query;
	char *text = NULL;

	if (relation == NULL)
		return NULL;
	query = get_view_query(relation);
	if (zm_goes_by_place(query, printed))
	{
		Query *turned = (Query *) zm_placeless((const Node *) query);

		told->unreadable = zm_forgets_names(query);
		name_columns(turned, RelationGetDescr(relation));
		text = psprintf("%s;", text_of_query(turned, NULL));
	}
	relation_close(relation, AccessShareLock);
	return text;
}

/* Its condition and its actions stand in it as they are printed by
 * themselves. */
static const char *
text_of_rule(const ZmReadObject *read, const char *printed, Told *told)
{
	HeapTuple tuple =
		SearchSysCache2(RULERELNAME, ObjectIdGetDatum(read->parent.objectId),
						CStringGetDatum(read->object->name));
	Node *condition;
	List *actions;
	List *tree;
	const char *text;
	ListCell *lc;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	condition = stored_tree(RULERELNAME, tuple, Anum_pg_rewrite_ev_qual);
	actions = stored_tree(RULERELNAME, tuple, Anum_pg_rewrite_ev_action);
	ReleaseSysCache(tuple);
	tree = list_make2(condition, actions);
	if (!zm_goes_by_place(tree, printed))
		return NULL;
	told->unreadable = zm_forgets_names(tree);
	text = with_condition(printed, actions, condition);
	foreach (lc, actions)
	{
		Query *query = lfirst(lc);
		Query *turned;

		if (text == NULL)
			break;
		if (query->commandType == CMD_UTILITY ||
			query->commandType == CMD_NOTHING)
			continue;
		turned = (Query *) zm_placeless((const Node *) query);
		text = replaced(
			text, zm_settled(text_of_query(copyObject(query), NULL), NULL),
			text_of_query(turned, NULL));
	}
	return text;
}

static const char *
with_condition(const char *text, const List *actions, Node *condition)
{
	char *old;

	if (condition == NULL)
		return text;
	old = text_of_condition(actions, condition);
	return old ? replaced(text, zm_settled(old, NULL),
						  text_of_condition(actions, zm_placeless(condition)))
			   : NULL;
}

/* As that of a query of the same tables, which the server takes from the first
 * action, and prints it as far to the right. */
static char *
text_of_condition(const List *actions, Node *condition)
{
	Query *query =
		copyObject(getInsertSelectQuery(linitial_node(Query, actions), NULL));
	Query *held = makeNode(Query);
	char *text;

	held->commandType = CMD_SELECT;
	held->rtable = query->rtable;
	held->jointree =
		makeFromExpr(query->jointree ? query->jointree->fromlist : NIL,
					 copyObject(condition));
	held->hasSubLinks = true;
	text = strstr(text_of_query(held, NULL), WHERE);
	return text ? text + strlen(WHERE) : NULL;
}

static char *
text_of_policy(const ZmReadObject *read, const char *attribute,
			   const char *printed, Told *told)
{
	Oid table = read->parent.objectId;
	Relation relation;
	Node *tree;
	char *said = NULL;

	if (strstr(printed, "SELECT") == NULL)
		return NULL;
	relation = try_relation_open(table, AccessShareLock);
	if (relation == NULL)
		return NULL;
	tree =
		policy_tree(read->address.objectId, strcmp(attribute, "using") == 0
												? Anum_pg_policy_polqual
												: Anum_pg_policy_polwithcheck);
	if (tree && zm_goes_by_place(tree, printed))
	{
		told->unreadable = zm_forgets_names(tree);
		said = zm_without_marks(
			TextDatumGetCString(DirectFunctionCall2(
				pg_get_expr,
				CStringGetTextDatum(nodeToString(zm_placeless(tree))),
				ObjectIdGetDatum(table))),
			NULL);
	}
	relation_close(relation, AccessShareLock);
	return said;
}

/* There is no cache of policies, and few have queries in them. */
static Node *
policy_tree(Oid policy, int attribute)
{
	Relation catalog = table_open(PolicyRelationId, AccessShareLock);
	Node *tree = NULL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_policy_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(policy));
	scan = systable_beginscan(catalog, PolicyOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Datum values[Natts_pg_policy];
		bool nulls[Natts_pg_policy];

		heap_deform_tuple(tuple, RelationGetDescr(catalog), values, nulls);
		if (!nulls[attribute - 1])
			tree = stringToNode(TextDatumGetCString(values[attribute - 1]));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return tree;
}

/* The body stands at the end. */
static char *
text_of_routine(const ZmReadObject *read, const char *printed, Told *told)
{
	HeapTuple tuple =
		SearchSysCache1(PROCOID, ObjectIdGetDatum(read->address.objectId));
	ZmArguments arguments = {.function = read->object->name};
	Query *last;
	void *tree;
	Oid result;
	bool whole;
	Oid *types;
	char *modes;
	char *old;
	char *new;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	tree = stored_tree(PROCOID, tuple, Anum_pg_proc_prosqlbody);
	arguments.count =
		get_func_arg_info(tuple, &types, &arguments.names, &modes);
	if (arguments.names == NULL)
		arguments.count = 0;
	result = ((Form_pg_proc) GETSTRUCT(tuple))->prorettype;
	ReleaseSysCache(tuple);
	if (tree == NULL)
		return NULL;
	last = last_statement(tree);
	whole = last && zm_gives_whole_rows(last, result);
	if (whole)
		told->row = zm_row_columns(result);
	told->unreadable =
		zm_forgets_names(tree) ||
		(!all_named(&arguments) && strstr(printed, "\"\"") != NULL);
	if (!told->unreadable && !whole && !zm_goes_by_place(tree, printed))
		return NULL;
	old = TextDatumGetCString(DirectFunctionCall1(
		pg_get_function_sqlbody, ObjectIdGetDatum(read->address.objectId)));
	new = body_of(tree, &arguments, whole);
	return new ? replaced(printed, zm_settled(old, NULL), new) : NULL;
}

static bool
all_named(const ZmArguments *arguments)
{
	for (int i = 0; i < arguments->count; i++)
	{
		if (arguments->names[i][0] == '\0')
			return false;
	}
	return true;
}

/* What a function returns is what its last statement gives. */
static Query *
last_statement(void *tree)
{
	List *statements;

	if (IsA(tree, Query))
		return NULL;
	statements = linitial_node(List, castNode(List, tree));
	return statements == NIL ? NULL : llast_node(Query, statements);
}

/* As the server prints it: a list of statements in lines, or RETURN and an
 * expression without line breaks.  whole: it gives rows of a table as they are. */
static char *
body_of(void *tree, const ZmArguments *arguments, bool whole)
{
	const Query *last = last_statement(tree);
	StringInfoData text;
	ListCell *lc;

	if (IsA(tree, Query))
		return result_of(tree, arguments);
	initStringInfo(&text);
	appendStringInfoString(&text, "BEGIN ATOMIC\n");
	foreach (lc, linitial_node(List, castNode(List, tree)))
	{
		const Query *query = lfirst(lc);
		Query *turned;

		if (query->commandType == CMD_UTILITY)
			return NULL;
		turned = (Query *) zm_placeless((const Node *) query);
		if (query == last && whole)
			zm_say_whole_rows(turned);
		hide_names(turned);
		have_qualified(turned);
		appendStringInfo(&text, "%s;\n",
						 zm_indented(text_of_query(turned, arguments)));
	}
	appendStringInfoString(&text, "END");
	return text.data;
}

static char *
result_of(const Query *query, const ZmArguments *arguments)
{
	Query *turned = (Query *) zm_placeless((const Node *) query);
	char *text;

	/* Within another query, columns are qualified. */
	text = deparse_expression(
		(Node *) linitial_node(TargetEntry, turned->targetList)->expr,
		deparse_context_for(NO_NAME, RelationRelationId), false, true);
	return psprintf("RETURN %s", zm_without_marks(text, arguments));
}

/* A query that is none of a function's may leave out the name of its one table:
 * not if it has something else besides. */
static void
have_qualified(Query *query)
{
	RangeTblEntry *entry;

	if (list_length(query->rtable) != 1)
		return;
	entry = makeNode(RangeTblEntry);
	entry->rtekind = RTE_RESULT;
	entry->eref = makeAlias(NO_NAME, NIL);
	query->rtable = lappend(query->rtable, entry);
}

/* Nobody sees what the columns of a statement in a body are called: names that
 * are none are not printed. */
static void
hide_names(Query *query)
{
	hide_names_of(query->targetList);
	hide_names_of(query->returningList);
	if (query->setOperations)
		hide_names_of_arms(query, query->setOperations);
}

static void
hide_names_of(List *entries)
{
	ListCell *lc;

	foreach (lc, entries)
	{
		TargetEntry *entry = lfirst(lc);

		if (entry->resname && strcmp(entry->resname, "?column?") == 0)
			entry->resname = NULL;
	}
}

static void
hide_names_of_arms(const Query *query, Node *node)
{
	check_stack_depth();
	if (IsA(node, RangeTblRef))
		hide_names(rt_fetch(((RangeTblRef *) node)->rtindex, query->rtable)
					   ->subquery);
	else
	{
		hide_names_of_arms(query, castNode(SetOperationStmt, node)->larg);
		hide_names_of_arms(query, castNode(SetOperationStmt, node)->rarg);
	}
}

/* The server works on the query while it prints. */
static char *
text_of_query(Query *query, const ZmArguments *arguments)
{
	return zm_without_marks(pg_get_querydef(query, false), arguments);
}

static void *
stored_tree(int cache, HeapTuple tuple, int attribute)
{
	bool isnull;
	Datum value = SysCacheGetAttr(cache, tuple, attribute, &isnull);

	return isnull ? NULL : stringToNode(TextDatumGetCString(value));
}

/* NULL: it is not in there. */
static char *
replaced(const char *text, const char *part, const char *with)
{
	const char *at = strstr(text, part);

	return at ? psprintf("%.*s%s%s", (int) (at - text), text, with,
						 at + strlen(part))
			  : NULL;
}

/* As the view's own columns are called now. */
static void
name_columns(Query *query, TupleDesc names)
{
	int number = 0;
	ListCell *lc;

	foreach (lc, query->targetList)
	{
		TargetEntry *entry = lfirst(lc);

		if (!entry->resjunk && number < names->natts)
			entry->resname =
				pstrdup(NameStr(TupleDescAttr(names, number++)->attname));
	}
	if (query->setOperations)
		name_arms(query, query->setOperations, names);
}

static void
name_arms(Query *query, Node *node, TupleDesc names)
{
	check_stack_depth();
	if (IsA(node, RangeTblRef))
		name_columns(
			rt_fetch(((RangeTblRef *) node)->rtindex, query->rtable)->subquery,
			names);
	else
	{
		name_arms(query, castNode(SetOperationStmt, node)->larg, names);
		name_arms(query, castNode(SetOperationStmt, node)->rarg, names);
	}
}
