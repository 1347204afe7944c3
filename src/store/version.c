/*
 * version.c
 *
 * The table zishu_migrate.version: which revisions a tenant stands at.
 *
 * Rule: rows are changed by what a whole run removes and adds, once at its
 * end.  Updating a row once per step makes each step walk the dead versions
 * that the steps before it left.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "store/alembic_table.h"
#include "store/scope.h"
#include "store/store.h"
#include "util/spi.h"

typedef struct RowReader
{
	MemoryContext context;
	List *rows; /* of char * */
} RowReader;

static void change_versions(const char *tenant, int nremoved, char **removed,
							int nadded, char **added);
static void read_row(const Datum *values, const bool *isnull, void *arg);

char **
zm_store_versions(const char *tenant, int *n)
{
	RowReader reader = {CurrentMemoryContext, NIL};
	ZmParams params = {0};
	ZmScope scope;
	ListCell *lc;
	char **rows;

	if (tenant)
		zm_param_add_text(&params, tenant);
	zm_scope_begin(&scope);
	if (tenant)
		zm_spi_each("SELECT revision FROM zishu_migrate.version"
					" WHERE tenant = $1",
					&params, read_row, &reader);
	else
		zm_spi_each("SELECT DISTINCT revision FROM zishu_migrate.version",
					NULL, read_row, &reader);
	zm_scope_end(&scope);

	rows = palloc(sizeof(char *) * (list_length(reader.rows) + 1));
	*n = 0;
	foreach (lc, reader.rows)
		rows[(*n)++] = lfirst(lc);
	return rows;
}

ZmRevs
zm_store_known_versions(const ZmGraph *graph, const char *tenant)
{
	int n;
	char **names = zm_store_versions(tenant, &n);
	ZmRevs rows = {0, palloc(sizeof(ZmRev) * (n + 1))};

	for (int i = 0; i < n; i++)
	{
		ZmRev rev = zm_graph_find(graph, names[i]);

		if (rev != ZM_BASE)
			rows.revs[rows.count++] = rev;
	}
	return rows;
}

void
zm_store_change_versions(const char *tenant, int nremoved, char **removed,
						 int nadded, char **added)
{
	change_versions(tenant, nremoved, removed, nadded, added);
	if (tenant[0] == '\0')
		zm_alembic_table_follow(nremoved, removed, nadded, added, false);
}

void
zm_store_assert_versions(const char *tenant, int nremoved, char **removed,
						 int nadded, char **added)
{
	change_versions(tenant, nremoved, removed, nadded, added);
	if (tenant[0] == '\0')
		zm_alembic_table_follow(nremoved, removed, nadded, added, true);
}

static void
change_versions(const char *tenant, int nremoved, char **removed, int nadded,
				char **added)
{
	ZmParams remove = {0};
	ZmParams add = {0};
	ZmScope scope;

	zm_param_add_text(&remove, tenant);
	zm_param_add_texts(&remove, nremoved, removed);
	zm_param_add_text(&add, tenant);
	zm_param_add_texts(&add, nadded, added);

	zm_scope_begin(&scope);
	if (nremoved > 0)
		zm_spi_execute("DELETE FROM zishu_migrate.version"
					   " WHERE tenant = $1 AND revision = ANY ($2)",
					   SPI_OK_DELETE, &remove);
	if (nadded > 0)
		zm_spi_execute("INSERT INTO zishu_migrate.version (tenant, revision)"
					   " SELECT $1, revision FROM unnest($2) u (revision)",
					   SPI_OK_INSERT, &add);
	zm_scope_end(&scope);
}

bool
zm_store_is_stale(void)
{
	static const char *const fingerprint =
		"SELECT concat_ws(' ',"
		" (SELECT count(*) FROM zishu_migrate.revision),"
		" (SELECT sum(xmin::text::int8) FROM zishu_migrate.revision),"
		" (SELECT count(*) FROM zishu_migrate.version),"
		" (SELECT sum(xmin::text::int8) FROM zishu_migrate.version),"
		" (SELECT max(id) FROM zishu_migrate.event))";
	Snapshot latest;
	ZmScope scope;
	char *seen;
	char *actual;
	bool stale;

	if (!IsolationUsesXactSnapshot())
		return false;

	zm_scope_begin(&scope);
	latest = RegisterSnapshot(GetLatestSnapshot());
	seen = zm_spi_text(fingerprint, NULL, NULL);
	actual = zm_spi_text(fingerprint, NULL, latest);
	stale = strcmp(seen, actual) != 0;
	UnregisterSnapshot(latest);
	zm_scope_end(&scope);
	return stale;
}

static void
read_row(const Datum *values, const bool *isnull, void *arg)
{
	RowReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);

	reader->rows = lappend(reader->rows, TextDatumGetCString(values[0]));
	MemoryContextSwitchTo(saved);
}
