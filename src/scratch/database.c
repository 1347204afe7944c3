/*
 * database.c
 *
 * Making and dropping scratch databases.
 *
 * Nobody but the builder gets into one: dumps and monitors of all databases
 * would trip over it.  The relations are copied through the log, page by page
 * (the strategy WAL_LOG), since the other way takes two checkpoints.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_database.h"
#include "catalog/pg_tablespace.h"
#include "commands/comment.h"
#include "commands/dbcommands.h"
#include "commands/tablespace.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_node.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "compat.h"
#include "scratch/scratch_internal.h"

static List *add_text(List *options, char *name, const char *value);
static List *add_locale(List *options, HeapTuple tuple);
static char *text_attribute(HeapTuple tuple, AttrNumber attribute);
static List *add_tablespace(List *options, Oid tablespace);

List *
zm_database_options(void)
{
	HeapTuple tuple =
		SearchSysCache1(DATABASEOID, ObjectIdGetDatum(MyDatabaseId));
	Form_pg_database form;
	List *options = NIL;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for database %u", MyDatabaseId);
	form = (Form_pg_database) GETSTRUCT(tuple);
	options = add_text(options, "template", "template0");
	options = add_text(options, "strategy", "wal_log");
	options = add_text(options, "encoding", GetDatabaseEncodingName());
	options = add_locale(options, tuple);
	options = add_tablespace(options, form->dattablespace);
	options = lappend(options, makeDefElem("allow_connections",
										   (Node *) makeBoolean(false), -1));
	ReleaseSysCache(tuple);
	return options;
}

Oid
zm_database_create(const char *name)
{
	CreatedbStmt *statement = makeNode(CreatedbStmt);
	Oid database;

	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	statement->dbname = pstrdup(name);
	statement->options = zm_database_options();
	database = createdb(make_parsestate(NULL), statement);
	CreateSharedComments(database, DatabaseRelationId,
						 "zishu_migrate builds a schema here and drops the "
						 "database when done");
	PopActiveSnapshot();
	CommitTransactionCommand();
	return database;
}

/*
 * One that was left behind can belong to anybody, who may have lost CREATEDB
 * or the role's membership since.
 */
void
zm_database_drop(const char *name)
{
	Oid user;
	int security_context;

	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID,
						   security_context | SECURITY_LOCAL_USERID_CHANGE);
	dropdb(name, true, true);
	SetUserIdAndSecContext(user, security_context);
	PopActiveSnapshot();
	CommitTransactionCommand();
}

static List *
add_text(List *options, char *name, const char *value)
{
	if (value == NULL)
		return options;
	return lappend(options,
				   makeDefElem(name, (Node *) makeString(pstrdup(value)), -1));
}

static List *
add_locale(List *options, HeapTuple tuple)
{
	Form_pg_database form = (Form_pg_database) GETSTRUCT(tuple);
	char *locale = text_attribute(tuple, ZM_DATABASE_LOCALE);

	options = add_text(options, "lc_collate",
					   text_attribute(tuple, Anum_pg_database_datcollate));
	options = add_text(options, "lc_ctype",
					   text_attribute(tuple, Anum_pg_database_datctype));
	switch (form->datlocprovider)
	{
		case COLLPROVIDER_ICU:
			options = add_text(options, "locale_provider", "icu");
			options = add_text(options, "icu_locale", locale);
			return add_text(options, "icu_rules",
							text_attribute(tuple, ZM_DATABASE_ICU_RULES));
		case COLLPROVIDER_LIBC:
			return add_text(options, "locale_provider", "libc");
		default:
			options = add_text(options, "locale_provider", "builtin");
			return add_text(options, "builtin_locale", locale);
	}
}

/* NULL for a null, and for an attribute that this server does not have. */
static char *
text_attribute(HeapTuple tuple, AttrNumber attribute)
{
	bool isnull = true;
	Datum value = (Datum) 0;

	if (AttributeNumberIsValid(attribute))
		value = SysCacheGetAttr(DATABASEOID, tuple, attribute, &isnull);
	return isnull ? NULL : TextDatumGetCString(value);
}

/*
 * An object in the database's own tablespace is in none by name, so it should
 * be the same one; but that is not worth a refusal.
 */
static List *
add_tablespace(List *options, Oid tablespace)
{
	if (!zm_may_create_in_tablespace(tablespace, GetUserId()))
		return options;
	return add_text(options, "tablespace", get_tablespace_name(tablespace));
}
