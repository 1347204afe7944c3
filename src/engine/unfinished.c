/*
 * unfinished.c
 *
 * What became of a statement that no transaction could hold.
 *
 * Rule: the catalogs decide, and only on what has one answer.  Whatever is
 * left to doubt is run again, and the server says what is wrong with that.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_index.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_subscription.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "commands/defrem.h"
#include "commands/tablespace.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_target.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "compat.h"
#include "engine/unfinished.h"
#include "script/script.h"
#include "util/spi.h"

typedef struct Reader
{
	MemoryContext context;
	List *statements;
} Reader;

static bool is_created(const IndexStmt *statement);
static bool is_valid(Oid index);
static bool is_name_taken(const IndexStmt *statement);
static char *name_index(IndexStmt *statement);
static char *name_dropped(DropStmt *statement);
static void set_dropped(DropStmt *statement, char *schema, char *name);
static RangeVar *name_from(const char *object);
static char *column_names(const IndexStmt *statement);
static char *unlike_others(const char *name, List *others);
static const char *column_name(const IndexElem *element);
static bool is_dropped(const DropStmt *statement);
static AlterTableCmd *detach_command(const AlterTableStmt *statement);
static Oid detached_table(const AlterTableStmt *statement);
static bool is_detached(const AlterTableStmt *statement);
static List *reindex_remains(const ReindexStmt *statement);
static bool add_reindexed(ZmParams *params, const ReindexStmt *statement);
static void add_drop(const Datum *values, const bool *isnull, void *arg);
static List *drop_invalid_database(const char *name);
static bool is_partitioned(const RangeVar *relation);

bool
zm_effect_is_there(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return is_created((IndexStmt *) statement);
		case T_DropStmt:
			return is_dropped((DropStmt *) statement);
		case T_AlterTableStmt:
			return is_detached((AlterTableStmt *) statement);
		case T_CreatedbStmt:
		{
			Oid database =
				get_database_oid(((CreatedbStmt *) statement)->dbname, true);

			return OidIsValid(database) && !database_is_invalid_oid(database);
		}
		case T_DropdbStmt:
			return !OidIsValid(
				get_database_oid(((DropdbStmt *) statement)->dbname, true));
		case T_CreateTableSpaceStmt:
			return OidIsValid(get_tablespace_oid(
				((CreateTableSpaceStmt *) statement)->tablespacename, true));
		case T_DropTableSpaceStmt:
			return !OidIsValid(get_tablespace_oid(
				((DropTableSpaceStmt *) statement)->tablespacename, true));
		case T_CreateSubscriptionStmt:
			return OidIsValid(get_subscription_oid(
				((CreateSubscriptionStmt *) statement)->subname, true));
		case T_DropSubscriptionStmt:
			return !OidIsValid(get_subscription_oid(
				((DropSubscriptionStmt *) statement)->subname, true));
		default:
			return false;
	}
}

List *
zm_remains(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
		{
			Oid index = zm_made_index((IndexStmt *) statement);

			if (!OidIsValid(index) || is_valid(index))
				return NIL;
			return list_make1(psprintf("DROP INDEX CONCURRENTLY %s",
									   zm_qualified_name(index)));
		}
		case T_AlterTableStmt:
		{
			Oid table = detached_table((AlterTableStmt *) statement);

			if (!OidIsValid(table) || !PartitionHasPendingDetach(table))
				return NIL;
			return list_make1(
				psprintf("ALTER TABLE %s DETACH PARTITION %s FINALIZE",
						 zm_qualified_name(get_partition_parent(table, true)),
						 zm_qualified_name(table)));
		}
		case T_ReindexStmt:
			return reindex_remains((ReindexStmt *) statement);
		case T_CreatedbStmt:
			return drop_invalid_database(((CreatedbStmt *) statement)->dbname);
		default:
			return NIL;
	}
}

bool
zm_left_nothing(Node *statement)
{
	if (IsA(statement, CallStmt))
		return false;
	if (IsA(statement, IndexStmt))
		return !OidIsValid(zm_made_index((IndexStmt *) statement));
	return !zm_effect_is_there(statement) && zm_remains(statement) == NIL;
}

/*
 * What the catalogs show before the first start is not of our making, whether
 * it is whole or not.
 */
bool
zm_is_there_already(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return is_name_taken((IndexStmt *) statement);
		case T_AlterTableStmt:
			return zm_effect_is_there(statement) ||
				   zm_remains(statement) != NIL;
		case T_CreatedbStmt:
			return OidIsValid(
				get_database_oid(((CreatedbStmt *) statement)->dbname, true));
		default:
			return zm_effect_is_there(statement);
	}
}

char *
zm_name_object(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return name_index((IndexStmt *) statement);
		case T_DropStmt:
			return name_dropped((DropStmt *) statement);
		default:
			return NULL;
	}
}

void
zm_take_up_object(Node *statement, const char *object)
{
	RangeVar *name;

	if (object == NULL)
		return;
	name = name_from(object);
	if (IsA(statement, IndexStmt))
		((IndexStmt *) statement)->idxname = name->relname;
	else if (IsA(statement, DropStmt))
		set_dropped((DropStmt *) statement, name->schemaname, name->relname);
}

List *
zm_object_remains(const char *object)
{
	Oid index;

	if (object == NULL)
		return NIL;
	index = RangeVarGetRelid(name_from(object), NoLock, true);
	if (!OidIsValid(IndexGetRelation(index, true)) || is_valid(index))
		return NIL;
	return list_make1(psprintf("DROP INDEX CONCURRENTLY %s", object));
}

char *
zm_qualified_name(Oid relation)
{
	return quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(relation)),
		get_rel_name(relation));
}

bool
zm_may_commit(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CallStmt:
			return true;
		case T_ReindexStmt:
			return is_partitioned(((ReindexStmt *) statement)->relation);
		case T_RepackStmt: /* also CLUSTER */
			return is_partitioned(zm_repack_relation(statement));
		default:
			return false;
	}
}

/*
 * DETACH PARTITION CONCURRENTLY is none of them: its second half wants the
 * partition for itself.
 */
bool
zm_waits_harmlessly(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
		case T_DropStmt:
		case T_ReindexStmt:
			return zm_is_concurrent(statement);
		default:
			return false;
	}
}

static bool
is_created(const IndexStmt *statement)
{
	Oid index = zm_made_index(statement);

	return OidIsValid(index) && is_valid(index);
}

Oid
zm_made_index(const IndexStmt *statement)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, true);
	Oid index;

	if (!OidIsValid(table))
		return InvalidOid;
	index = get_relname_relid(statement->idxname, get_rel_namespace(table));
	if (!OidIsValid(index) || IndexGetRelation(index, true) != table)
		return InvalidOid;
	return index;
}

static bool
is_valid(Oid index)
{
	HeapTuple tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
	Form_pg_index form;
	bool valid;

	if (!HeapTupleIsValid(tuple))
		return false;
	form = (Form_pg_index) GETSTRUCT(tuple);
	valid = form->indisvalid && form->indisready && form->indislive;
	ReleaseSysCache(tuple);
	return valid;
}

static bool
is_name_taken(const IndexStmt *statement)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, true);

	return OidIsValid(table) &&
		   OidIsValid(get_relname_relid(statement->idxname,
										get_rel_namespace(table)));
}

/* The name that the server would choose, if it has none. */
static char *
name_index(IndexStmt *statement)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, true);

	if (!OidIsValid(table))
		return NULL;
	if (statement->idxname == NULL)
		statement->idxname =
			ChooseRelationName(get_rel_name(table), column_names(statement),
							   "idx", get_rel_namespace(table), false);
	return quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(table)), statement->idxname);
}

/* Once it is gone, its name could mean one in another schema. */
static char *
name_dropped(DropStmt *statement)
{
	Oid index = RangeVarGetRelid(
		makeRangeVarFromNameList(linitial(statement->objects)), NoLock, true);

	if (!OidIsValid(index))
		return NULL;
	set_dropped(statement, get_namespace_name(get_rel_namespace(index)),
				get_rel_name(index));
	return zm_qualified_name(index);
}

static void
set_dropped(DropStmt *statement, char *schema, char *name)
{
	statement->objects =
		list_make1(list_make2(makeString(schema), makeString(name)));
}

static RangeVar *
name_from(const char *object)
{
	return makeRangeVarFromNameList(
		textToQualifiedNameList(cstring_to_text(object)));
}

/* As the server joins them: those that are only included, too, and each name
 * once. */
static char *
column_names(const IndexStmt *statement)
{
	List *elements = list_concat_copy(statement->indexParams,
									  statement->indexIncludingParams);
	List *names = NIL;
	StringInfoData joined;
	ListCell *lc;

	initStringInfo(&joined);
	foreach (lc, elements)
	{
		char *name = unlike_others(column_name(lfirst(lc)), names);

		names = lappend(names, makeString(name));
		if (joined.len > 0)
			appendStringInfoChar(&joined, '_');
		appendStringInfoString(&joined, name);
	}
	return joined.data;
}

/* With a number if another one has the name. */
static char *
unlike_others(const char *name, List *others)
{
	char *unlike = pstrdup(name);

	for (int i = 1; list_member(others, makeString(unlike)); i++)
	{
		char *number = psprintf("%d", i);
		int length =
			pg_mbcliplen(name, strlen(name), NAMEDATALEN - 1 - strlen(number));

		unlike = psprintf("%.*s%s", length, name, number);
	}
	return unlike;
}

static const char *
column_name(const IndexElem *element)
{
	const char *name = element->indexcolname;

	if (name == NULL && element->name)
		name = element->name;
	if (name == NULL && element->expr)
		name = FigureIndexColname(element->expr);
	return name ? name : "expr";
}

/* Only one index can be dropped concurrently. */
static bool
is_dropped(const DropStmt *statement)
{
	RangeVar *name = makeRangeVarFromNameList(linitial(statement->objects));

	return !OidIsValid(RangeVarGetRelid(name, NoLock, true));
}

static AlterTableCmd *
detach_command(const AlterTableStmt *statement)
{
	AlterTableCmd *command = linitial_node(AlterTableCmd, statement->cmds);

	return command->subtype == AT_DetachPartition ? command : NULL;
}

static Oid
detached_table(const AlterTableStmt *statement)
{
	AlterTableCmd *command = detach_command(statement);

	if (command == NULL)
		return InvalidOid;
	return RangeVarGetRelid(castNode(PartitionCmd, command->def)->name, NoLock,
							true);
}

static bool
is_detached(const AlterTableStmt *statement)
{
	Oid table = detached_table(statement);

	return OidIsValid(table) && !get_rel_relispartition(table);
}

/*
 * Interrupted, it leaves copies of indexes: new ones that are not valid yet,
 * or old ones that are no longer.
 */
static List *
reindex_remains(const ReindexStmt *statement)
{
	Reader reader = {CurrentMemoryContext, NIL};
	ZmParams params = {0};

	if (!zm_is_concurrent((Node *) unconstify(ReindexStmt *, statement)) ||
		!add_reindexed(&params, statement))
		return NIL;
	PushActiveSnapshot(GetTransactionSnapshot());
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	zm_spi_each(
		"SELECT n.nspname, c.relname"
		" FROM pg_catalog.pg_index i"
		" JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=)"
		"  i.indexrelid"
		" JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=)"
		"  c.relnamespace"
		" JOIN pg_catalog.pg_class t ON t.oid OPERATOR(pg_catalog.=)"
		"  i.indrelid"
		" LEFT JOIN pg_catalog.pg_class o ON o.reltoastrelid"
		"  OPERATOR(pg_catalog.=) t.oid"
		" WHERE NOT i.indisvalid"
		"  AND pg_catalog.rtrim(c.relname::pg_catalog.text, '0123456789')"
		"   OPERATOR(pg_catalog.~) '_cc(new|old)$'"
		"  AND ($1 IS NULL"
		"   OR COALESCE(o.oid, t.oid) OPERATOR(pg_catalog.=) ANY"
		"    (SELECT p.relid FROM pg_catalog.pg_partition_tree($1) p"
		"     UNION ALL SELECT $1))"
		"  AND ($2 IS NULL"
		"   OR COALESCE(o.relnamespace, t.relnamespace)"
		"    OPERATOR(pg_catalog.=) $2)"
		" ORDER BY n.nspname, c.relname",
		&params, add_drop, &reader);
	SPI_finish();
	PopActiveSnapshot();
	return reader.statements;
}

/*
 * Adds the table and the schema whose indexes are built anew, NULL for any.
 * Returns false if what the statement names is not there.
 */
static bool
add_reindexed(ZmParams *params, const ReindexStmt *statement)
{
	Oid object = InvalidOid;

	if (statement->relation)
	{
		object = RangeVarGetRelid(statement->relation, NoLock, true);
		if (get_rel_relkind(object) == RELKIND_INDEX ||
			get_rel_relkind(object) == RELKIND_PARTITIONED_INDEX)
			object = IndexGetRelation(object, true);
		zm_param_add(params, REGCLASSOID, ObjectIdGetDatum(object));
		zm_param_add_null(params, OIDOID);
		return OidIsValid(object);
	}
	zm_param_add_null(params, REGCLASSOID);
	if (statement->kind != REINDEX_OBJECT_SCHEMA)
	{
		zm_param_add_null(params, OIDOID);
		return true;
	}
	object = get_namespace_oid(statement->name, true);
	zm_param_add(params, OIDOID, ObjectIdGetDatum(object));
	return OidIsValid(object);
}

static void
add_drop(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);

	reader->statements = lappend(
		reader->statements, psprintf("DROP INDEX CONCURRENTLY IF EXISTS %s",
									 quote_qualified_identifier(
										 NameStr(*DatumGetName(values[0])),
										 NameStr(*DatumGetName(values[1])))));
	MemoryContextSwitchTo(saved);
}

/* The server marks one whose making was interrupted. */
static List *
drop_invalid_database(const char *name)
{
	Oid database = get_database_oid(name, true);

	if (!OidIsValid(database) || !database_is_invalid_oid(database))
		return NIL;
	return list_make1(psprintf("DROP DATABASE %s", quote_identifier(name)));
}

static bool
is_partitioned(const RangeVar *relation)
{
	char kind;

	if (relation == NULL)
		return false;
	kind = get_rel_relkind(RangeVarGetRelid(relation, NoLock, true));
	return kind == RELKIND_PARTITIONED_TABLE ||
		   kind == RELKIND_PARTITIONED_INDEX;
}
