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
#include "miscadmin.h"
#include "parser/parse_target.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "compat.h"
#include "engine/unfinished.h"
#include "script/script.h"
#include "util/spi.h"

typedef struct Reader
{
	MemoryContext context;
	List *statements;
} Reader;

static bool is_created(const IndexStmt *statement, const char *object);
static Oid made_index(const IndexStmt *statement, const char *object);
static bool is_valid(Oid index);
static bool is_dropped(const DropStmt *statement);
static AlterTableCmd *detach_command(const AlterTableStmt *statement);
static Oid detached_table(const AlterTableStmt *statement);
static bool is_detached(const AlterTableStmt *statement);
static List *reindex_remains(const ReindexStmt *statement);
static void add_drop(const Datum *values, const bool *isnull, void *arg);
static List *drop_invalid_database(const char *name);
static char *qualified_name(Oid relation);
static bool is_partitioned(const RangeVar *relation);

bool
zm_effect_is_there(Node *statement, const char *object)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return is_created((IndexStmt *) statement, object);
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
zm_remains(Node *statement, const char *object)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
		{
			Oid index = made_index((IndexStmt *) statement, object);

			if (!OidIsValid(index) || is_valid(index))
				return NIL;
			return list_make1(
				psprintf("DROP INDEX CONCURRENTLY %s", qualified_name(index)));
		}
		case T_AlterTableStmt:
		{
			Oid table = detached_table((AlterTableStmt *) statement);

			if (!OidIsValid(table) || !PartitionHasPendingDetach(table))
				return NIL;
			return list_make1(
				psprintf("ALTER TABLE %s DETACH PARTITION %s FINALIZE",
						 qualified_name(get_partition_parent(table, true)),
						 qualified_name(table)));
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
zm_left_nothing(Node *statement, const char *object)
{
	if (IsA(statement, CallStmt))
		return false;
	if (IsA(statement, IndexStmt))
		return !OidIsValid(made_index((IndexStmt *) statement, object));
	return !zm_effect_is_there(statement, object) &&
		   zm_remains(statement, object) == NIL;
}

char *
zm_choose_index_name(const IndexStmt *statement)
{
	Oid table = RangeVarGetRelid(statement->relation, NoLock, true);
	StringInfoData columns;
	ListCell *lc;

	if (!OidIsValid(table))
		return NULL;
	initStringInfo(&columns);
	foreach (lc, statement->indexParams)
	{
		const IndexElem *element = lfirst_node(IndexElem, lc);

		if (columns.len > 0)
			appendStringInfoChar(&columns, '_');
		appendStringInfoString(
			&columns,
			element->name ? element->name : FigureIndexColname(element->expr));
	}
	return ChooseRelationName(get_rel_name(table), columns.data, "idx",
							  get_rel_namespace(table), false);
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
is_created(const IndexStmt *statement, const char *object)
{
	Oid index = made_index(statement, object);

	return OidIsValid(index) && is_valid(index);
}

/* The index of that name, if it is one of that table. */
static Oid
made_index(const IndexStmt *statement, const char *object)
{
	const char *name = statement->idxname ? statement->idxname : object;
	Oid table = RangeVarGetRelid(statement->relation, NoLock, true);
	Oid index;

	if (!OidIsValid(table) || name == NULL)
		return InvalidOid;
	index = get_relname_relid(name, get_rel_namespace(table));
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
	Oid relation = InvalidOid;
	Oid schema = InvalidOid;

	if (!zm_is_concurrent((Node *) unconstify(ReindexStmt *, statement)))
		return NIL;
	if (statement->relation)
	{
		relation = RangeVarGetRelid(statement->relation, NoLock, true);
		if (get_rel_relkind(relation) == RELKIND_INDEX)
			relation = IndexGetRelation(relation, true);
	}
	else if (statement->kind == REINDEX_OBJECT_SCHEMA)
		schema = get_namespace_oid(statement->name, true);
	zm_param_add(&params, OIDOID, ObjectIdGetDatum(relation));
	zm_param_add(&params, OIDOID, ObjectIdGetDatum(schema));

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
		"  AND (c.relname OPERATOR(pg_catalog.~~) '%\\_ccnew%'"
		"   OR c.relname OPERATOR(pg_catalog.~~) '%\\_ccold%')"
		"  AND ($1 OPERATOR(pg_catalog.=) 0::pg_catalog.oid"
		"   OR $1 OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, o.oid]))"
		"  AND ($2 OPERATOR(pg_catalog.=) 0::pg_catalog.oid"
		"   OR $2 OPERATOR(pg_catalog.=) ANY"
		"    (ARRAY[t.relnamespace, o.relnamespace]))",
		&params, add_drop, &reader);
	SPI_finish();
	PopActiveSnapshot();
	return reader.statements;
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

static char *
qualified_name(Oid relation)
{
	return quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(relation)),
		get_rel_name(relation));
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
