/*
 * ledger_read.c
 *
 * Reading another tool's table.
 *
 * Rule: the table is the caller's business.  It is found by the caller's
 * search_path and read with the caller's rights, row security included; only
 * its name comes into the query, and quoted.  Whoever can create a table there
 * must not get code of his own run by that.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"

#include "engine/ledger.h"
#include "import/import.h"
#include "util/arrays.h"
#include "util/spi.h"

typedef struct Reader
{
	MemoryContext context;
	bool has_made;
	List *entries;
} Reader;

typedef struct Place
{
	const ZmLedger *ledger;
	const char *table;
} Place;

static Oid find_relation(const ZmLedger *ledger, const char *relation,
						 const char *tenant);
static void check_shape(const ZmLedger *ledger, Oid relid, const char *table);
static void check_types(const ZmLedger *ledger, Oid relid, const char *table);
static void check_type(Oid relid, AttrNumber number, const char *table);
static void check_owner(Oid relid, const char *table);
static void read_entry(const Datum *values, const bool *isnull, void *arg);
static void add_context(void *arg);

List *
zm_ledger_read(const ZmLedger *ledger, const char *relation,
			   const char *tenant, Oid *relid)
{
	char *schema;
	char *table;
	char *beside = NULL;
	Reader reader = {CurrentMemoryContext, ledger->by_time, NIL};
	Place place = {.ledger = ledger};
	ErrorContextCallback context = {error_context_stack, add_context, &place};
	int level;

	*relid = find_relation(ledger, relation, tenant);
	schema = get_namespace_name(get_rel_namespace(*relid));
	table = quote_qualified_identifier(schema, get_rel_name(*relid));
	if (ledger->beside)
		beside = quote_qualified_identifier(schema, ledger->beside);
	place.table = table;
	check_shape(ledger, *relid, table);
	check_types(ledger, *relid, table);
	if (relation == NULL || strchr(relation, '.') == NULL)
		check_owner(*relid, table);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	level = NewGUCNestLevel();
	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET,
							 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	error_context_stack = &context;
	zm_spi_each(psprintf(ledger->query, table, beside), NULL, read_entry,
				&reader);
	error_context_stack = context.previous;
	AtEOXact_GUC(false, level);
	SPI_finish();
	return reader.entries;
}

static Oid
find_relation(const ZmLedger *ledger, const char *relation, const char *tenant)
{
	const char *name = relation ? relation : ledger->relation;
	RangeVar *range = makeRangeVarFromNameList(
		textToQualifiedNameList(cstring_to_text(name)));
	Oid relid;

	if (relation == NULL && range->schemaname == NULL && tenant[0] != '\0')
		range->schemaname = pstrdup(tenant);
	relid = RangeVarGetRelid(range, NoLock, true);
	if (!OidIsValid(relid))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
						errmsg("the ledger of %s does not exist: there is no "
							   "relation %s",
							   ledger->tool,
							   quote_qualified_identifier(range->schemaname,
														  range->relname)),
						errhint("Say where it is: zishu_adopt(%s, "
								"'schema.table').",
								quote_literal_cstr(ledger->tool))));
	return relid;
}

/* Which column is missing says more than what the query would. */
static void
check_shape(const ZmLedger *ledger, Oid relid, const char *table)
{
	char kind = get_rel_relkind(relid);

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE &&
		kind != RELKIND_VIEW && kind != RELKIND_MATVIEW &&
		kind != RELKIND_FOREIGN_TABLE)
		ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
						errmsg("%s is neither a table nor a view", table)));
	for (int i = 0; ledger->columns[i]; i++)
	{
		if (get_attnum(relid, ledger->columns[i]) == InvalidAttrNumber)
			ereport(
				ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not the ledger of %s", table, ledger->tool),
				 errdetail("It has no column \"%s\".", ledger->columns[i])));
	}
	if (ledger->beside && !OidIsValid(get_relname_relid(
							  ledger->beside, get_rel_namespace(relid))))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not the ledger of %s", table, ledger->tool),
				 errdetail("There is no table \"%s\" beside it.",
						   ledger->beside)));
	if (ledger->foreign_column &&
		get_attnum(relid, ledger->foreign_column) != InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not the ledger of %s", table, ledger->tool),
				 errdetail("Another tool's has a column \"%s\".",
						   ledger->foreign_column)));
}

/*
 * A cast to text of a type that somebody has made runs somebody's function,
 * with the caller's rights.
 */
static void
check_types(const ZmLedger *ledger, Oid relid, const char *table)
{
	Oid beside;

	for (int i = 0; ledger->columns[i]; i++)
		check_type(relid, get_attnum(relid, ledger->columns[i]), table);
	if (ledger->beside == NULL)
		return;
	beside = get_relname_relid(ledger->beside, get_rel_namespace(relid));
	for (AttrNumber number = 1; get_attname(beside, number, true); number++)
		check_type(beside, number, get_rel_name(beside));
}

static void
check_type(Oid relid, AttrNumber number, const char *table)
{
	Oid type = get_atttype(relid, number);

	if (OidIsValid(type) && getBaseType(type) >= FirstGenbkiObjectId)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not the ledger of a tool", table),
				 errdetail("Its column \"%s\" has the type %s, which is none "
						   "of the server's own.",
						   get_attname(relid, number, false),
						   format_type_be(type))));
}

/*
 * So does a view, or a policy, that is found instead of the table only since
 * its schema is in the search_path.
 */
static void
check_owner(Oid relid, const char *table)
{
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Form_pg_class form;
	Oid owner;
	bool is_plain;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", relid);
	form = (Form_pg_class) GETSTRUCT(tuple);
	owner = form->relowner;
	is_plain = (form->relkind == RELKIND_RELATION ||
				form->relkind == RELKIND_PARTITIONED_TABLE) &&
			   !form->relrowsecurity;
	ReleaseSysCache(tuple);
	if (!is_plain && !superuser_arg(owner) &&
		!is_member_of_role_nosuper(GetUserId(), owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("%s is not a plain table, and belongs to \"%s\"",
						table, GetUserNameFromId(owner, false)),
				 errdetail("What it calls would run with your rights."),
				 errhint("If it is the one you mean, name it with its "
						 "schema.")));
}

static void
read_entry(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmLedgerEntry *entry = palloc0(sizeof(ZmLedgerEntry));

	entry->entry = isnull[0] ? "(null)" : TextDatumGetCString(values[0]);
	if (!isnull[1])
	{
		int n;
		char **ids = zm_strings(values[1], &n, "ids", true);

		entry->ids = ids;
		for (int i = 0; i < n; i++)
		{
			if (ids[i] == NULL)
				continue;
			entry->ids[entry->nids++] = zm_legal_id(ids[i]);
		}
	}
	entry->has_at = !isnull[2];
	if (entry->has_at)
		entry->at = DatumGetTimestampTz(values[2]);
	if (!isnull[3])
		entry->fault = TextDatumGetCString(values[3]);
	entry->below = !isnull[4] && DatumGetBool(values[4]);
	if (!isnull[5])
		entry->checksum = TextDatumGetCString(values[5]);
	entry->has_made = reader->has_made && !isnull[6];
	if (entry->has_made)
		entry->made = DatumGetTimestampTz(values[6]);
	reader->entries = lappend(reader->entries, entry);
	MemoryContextSwitchTo(saved);
}

static void
add_context(void *arg)
{
	const Place *place = arg;

	errcontext("ledger of %s in %s", place->ledger->tool, place->table);
}
