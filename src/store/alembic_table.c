/*
 * alembic_table.c
 *
 * The version table that an Alembic beside us reads.
 *
 * It belongs to whoever uses Alembic, so it is looked up, made and written
 * with the caller's rights and search_path.  Rule: it holds the version rows
 * of the default tenant, and is only ever moved from the rows before a change
 * to those after it.  Holding anything else it was changed behind our back,
 * and which of the two tells the truth is for people to say.
 *
 * Names in statements are quoted, operators and types are qualified: nothing
 * is found by search_path but the table.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/varlena.h"

#include "compat.h"
#include "errors.h"
#include "guc.h"
#include "store/alembic_table.h"
#include "store/store.h"
#include "util/arrays.h"
#include "util/spi.h"

/* So many ids are named in a message. */
#define MAX_NAMED 10

typedef struct VersionTable
{
	Oid relid;
	char *name; /* as statements have to write it */
	int limit;	/* characters an id can have there; -1: any number */
} VersionTable;

typedef struct RowReader
{
	MemoryContext context;
	List *rows; /* of char * */
} RowReader;

static RangeVar *configured_name(void);
static bool find_table(const RangeVar *name, VersionTable *table);
static void create_table(const RangeVar *name);
static void check_shape(VersionTable *table);
static void lock_table(const VersionTable *table);
static char **read_rows(const VersionTable *table, int *n);
static void read_row(const Datum *values, const bool *isnull, void *arg);
static char **rows_before(int nnow, char **now, int nremoved, char **removed,
						  int nadded, char **added, int *n);
static bool same_rows(int na, char **a, int nb, char **b);
static void write_rows(const VersionTable *table, int nfound, char **found,
					   int nnow, char **now);
static void change(const VersionTable *table, const char *sql, int expected,
				   int n, char **ids);
static void check_length(const VersionTable *table, const char *id);
pg_noreturn static void refuse(const VersionTable *table, int nfound,
							   char **found, int nexpected, char **expected);
static char *list_ids(int n, char **ids);
static void add_context(void *arg);

void
zm_alembic_table_follow(int nremoved, char **removed, int nadded, char **added,
						bool prevails)
{
	ErrorContextCallback context = {.callback = add_context};
	RangeVar *name = configured_name();
	VersionTable table;
	char **now;
	char **before;
	char **found;
	int nnow;
	int nbefore;
	int nfound;

	if (name == NULL)
		return;
	now = zm_store_versions("", &nnow);
	before =
		rows_before(nnow, now, nremoved, removed, nadded, added, &nbefore);

	context.previous = error_context_stack;
	error_context_stack = &context;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (!find_table(name, &table))
	{
		create_table(name);
		if (!find_table(name, &table))
			elog(ERROR, "the table that was made is not found");
		prevails = true;
	}
	lock_table(&table);
	found = read_rows(&table, &nfound);
	if (!same_rows(nfound, found, nnow, now))
	{
		if (!prevails && !same_rows(nfound, found, nbefore, before))
			refuse(&table, nfound, found, nbefore, before);
		write_rows(&table, nfound, found, nnow, now);
	}
	SPI_finish();
	error_context_stack = context.previous;
}

void
zm_alembic_table_check(int nrows, char **rows)
{
	ErrorContextCallback context = {.callback = add_context};
	RangeVar *name = configured_name();
	VersionTable table;

	context.previous = error_context_stack;
	error_context_stack = &context;
	if (name && find_table(name, &table))
	{
		char **found;
		int nfound;

		if (SPI_connect() != SPI_OK_CONNECT)
			elog(ERROR, "SPI_connect failed");
		found = read_rows(&table, &nfound);
		if (!same_rows(nfound, found, nrows, rows))
			refuse(&table, nfound, found, nrows, rows);
		SPI_finish();
	}
	error_context_stack = context.previous;
}

Oid
zm_alembic_table_relid(void)
{
	RangeVar *name = configured_name();

	return name ? RangeVarGetRelid(name, NoLock, true) : InvalidOid;
}

/* NULL: there is none.  The setting was checked when it was made. */
static RangeVar *
configured_name(void)
{
	List *names;

	if (!SplitIdentifierString(pstrdup(zm_alembic_version_table), '.',
							   &names) ||
		names == NIL)
		return NULL;
	if (list_length(names) == 1)
		return makeRangeVar(NULL, linitial(names), -1);
	return makeRangeVar(linitial(names), lsecond(names), -1);
}

static bool
find_table(const RangeVar *name, VersionTable *table)
{
	table->relid = RangeVarGetRelid(name, NoLock, true);
	if (!OidIsValid(table->relid))
		return false;
	table->name = quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(table->relid)),
		get_rel_name(table->relid));
	check_shape(table);
	return true;
}

/* As Alembic makes it. */
static void
create_table(const RangeVar *name)
{
	char *key = psprintf("%s_pkc", name->relname);

	zm_spi_execute(
		psprintf("CREATE TABLE %s (version_num pg_catalog.varchar(32)"
				 " NOT NULL, CONSTRAINT %s PRIMARY KEY (version_num))",
				 quote_qualified_identifier(name->schemaname, name->relname),
				 quote_identifier(key)),
		SPI_OK_UTILITY, NULL);
	CommandCounterIncrement();
}

static void
check_shape(VersionTable *table)
{
	char kind = get_rel_relkind(table->relid);
	AttrNumber column = get_attnum(table->relid, "version_num");
	Oid type = InvalidOid;
	Oid collation;
	int32 typmod;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
						errmsg("%s is not a table", table->name)));
	if (column > 0)
		get_atttypetypmodcoll(table->relid, column, &type, &typmod,
							  &collation);
	if (type != VARCHAROID && type != TEXTOID)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not a version table of Alembic", table->name),
				 errdetail("It has no column \"version_num\" of type "
						   "character varying.")));
	table->limit = typmod > VARHDRSZ ? typmod - VARHDRSZ : -1;
}

/*
 * An Alembic that is at work has changed the table or will: it is waited for
 * as scripts wait for a lock, and what it leaves is seen.
 */
static void
lock_table(const VersionTable *table)
{
	int level = NewGUCNestLevel();

	if (zm_lock_timeout > 0)
		(void) set_config_option(
			"lock_timeout", psprintf("%d", zm_lock_timeout), PGC_USERSET,
			PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	zm_spi_execute(
		psprintf("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", table->name),
		SPI_OK_UTILITY, NULL);
	AtEOXact_GUC(false, level);
}

static char **
read_rows(const VersionTable *table, int *n)
{
	RowReader reader = {CurrentMemoryContext, NIL};
	ListCell *lc;
	char **rows;

	zm_spi_each(
		psprintf("SELECT version_num::pg_catalog.text FROM %s", table->name),
		NULL, read_row, &reader);
	rows = palloc(sizeof(char *) * (list_length(reader.rows) + 1));
	*n = 0;
	foreach (lc, reader.rows)
		rows[(*n)++] = lfirst(lc);
	return rows;
}

static void
read_row(const Datum *values, const bool *isnull, void *arg)
{
	RowReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);

	if (!isnull[0])
		reader->rows = lappend(reader->rows, TextDatumGetCString(values[0]));
	MemoryContextSwitchTo(saved);
}

static char **
rows_before(int nnow, char **now, int nremoved, char **removed, int nadded,
			char **added, int *n)
{
	char **kept = zm_strings_minus(nnow, now, nadded, added, n);
	char **rows = palloc(sizeof(char *) * (*n + nremoved + 1));

	memcpy(rows, kept, sizeof(char *) * *n);
	for (int i = 0; i < nremoved; i++)
		rows[(*n)++] = removed[i];
	return rows;
}

static bool
same_rows(int na, char **a, int nb, char **b)
{
	int nonly;

	(void) zm_strings_minus(na, a, nb, b, &nonly);
	return na == nb && nonly == 0;
}

static void
write_rows(const VersionTable *table, int nfound, char **found, int nnow,
		   char **now)
{
	int ngone;
	int ncome;
	char **gone = zm_strings_minus(nfound, found, nnow, now, &ngone);
	char **come = zm_strings_minus(nnow, now, nfound, found, &ncome);

	for (int i = 0; i < ncome; i++)
		check_length(table, come[i]);
	change(table,
		   "DELETE FROM %s WHERE version_num::pg_catalog.text"
		   " OPERATOR(pg_catalog.=) ANY ($1)",
		   SPI_OK_DELETE, ngone, gone);
	change(table, "INSERT INTO %s (version_num) SELECT pg_catalog.unnest($1)",
		   SPI_OK_INSERT, ncome, come);
}

/* Row security or a trigger may keep rows as they are. */
static void
change(const VersionTable *table, const char *sql, int expected, int n,
	   char **ids)
{
	ZmParams params = {0};

	if (n == 0)
		return;
	zm_param_add_texts(&params, n, ids);
	if (zm_spi_execute(psprintf(sql, table->name), expected, &params) !=
		(uint64) n)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_LEDGER_DIFFERS),
				 errmsg("rows of %s could not be changed", table->name),
				 errdetail("Row security or a trigger keeps them as they "
						   "are.")));
}

/* By name: the server would tell the column's type alone. */
static void
check_length(const VersionTable *table, const char *id)
{
	int length = pg_mbstrlen(id);

	if (table->limit < 0 || length <= table->limit)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_STRING_DATA_RIGHT_TRUNCATION),
			 errmsg("revision id \"%s\" is too long for %s", id, table->name),
			 errdetail("It has %d characters, and column \"version_num\" "
					   "takes %d.",
					   length, table->limit),
			 errhint("Make the table with a wider column, or leave "
					 "zishu_migrate.alembic_version_table empty.")));
}

static void
refuse(const VersionTable *table, int nfound, char **found, int nexpected,
	   char **expected)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_ZM_LEDGER_DIFFERS),
		 errmsg("%s does not hold the version rows", table->name),
		 errdetail("It holds: %s.  The version rows were: %s.  Somebody has "
				   "run Alembic, or changed one of the two.",
				   list_ids(nfound, found), list_ids(nexpected, expected)),
		 errhint("If the table is right, SELECT * FROM "
				 "zishu_adopt('alembic'); if the version rows are, stamp "
				 "them again with zishu_stamp(..., purge => true).")));
}

static char *
list_ids(int n, char **ids)
{
	StringInfoData list;

	if (n == 0)
		return "none";
	initStringInfo(&list);
	for (int i = 0; i < n && i < MAX_NAMED; i++)
		appendStringInfo(&list, "%s\"%s\"", i > 0 ? ", " : "", ids[i]);
	if (n > MAX_NAMED)
		appendStringInfo(&list, " and %d more", n - MAX_NAMED);
	return list.data;
}

static void
add_context(void *arg)
{
	errcontext("table \"%s\" of zishu_migrate.alembic_version_table",
			   zm_alembic_version_table);
}
