/*
 * tenant.c
 *
 * The tenants.
 *
 * Rule: one statement reads them all, however many there are.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "store/scope.h"
#include "store/store.h"
#include "util/arrays.h"
#include "util/spi.h"

#define SELECT_TENANTS(columns, joins)                                 \
	"SELECT t.tenant, t.rows, p.tenant IS NOT NULL" columns            \
	" FROM (SELECT tenant, array_agg(revision ORDER BY revision)"      \
	"   FILTER (WHERE revision IS NOT NULL) AS rows"                   \
	"  FROM (SELECT tenant, revision FROM zishu_migrate.version"       \
	"   UNION ALL SELECT tenant, NULL FROM zishu_migrate.tenant"       \
	"   UNION ALL SELECT tenant, NULL FROM zishu_migrate.progress) a"  \
	"  WHERE tenant LIKE $1 AND tenant <> '' GROUP BY tenant) t"       \
	" LEFT JOIN zishu_migrate.progress p ON p.tenant = t.tenant" joins \
	" ORDER BY t.tenant COLLATE \"C\""

#define LAST_EVENTS                                             \
	" LEFT JOIN (SELECT DISTINCT ON (tenant) tenant, at, error" \
	"  FROM zishu_migrate.event ORDER BY tenant, id DESC) e"    \
	"  ON e.tenant = t.tenant"

typedef struct Reader
{
	MemoryContext context;
	List *tenants;
} Reader;

static void read_tenant(const Datum *values, const bool *isnull, void *arg);

List *
zm_store_tenants(const char *pattern, bool with_events)
{
	Reader reader = {CurrentMemoryContext, NIL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, pattern);
	zm_scope_begin(&scope);
	/* Their newest events take a look at all events there are. */
	zm_spi_each(with_events ? SELECT_TENANTS(", e.at, e.error", LAST_EVENTS)
							: SELECT_TENANTS(", NULL, NULL", ""),
				&params, read_tenant, &reader);
	zm_scope_end(&scope);
	return reader.tenants;
}

bool
zm_store_add_tenant(const char *name)
{
	ZmParams params = {0};
	ZmScope scope;
	uint64 added;

	zm_param_add_text(&params, name);
	zm_scope_begin(&scope);
	added = zm_spi_execute("INSERT INTO zishu_migrate.tenant (tenant)"
						   " VALUES ($1) ON CONFLICT DO NOTHING",
						   SPI_OK_INSERT, &params);
	zm_scope_end(&scope);
	return added > 0;
}

bool
zm_store_remove_tenant(const char *name, bool with_rows)
{
	static const char *const statements[] = {
		"DELETE FROM zishu_migrate.tenant WHERE tenant = $1",
		"DELETE FROM zishu_migrate.version WHERE tenant = $1",
		"DELETE FROM zishu_migrate.progress WHERE tenant = $1"};
	ZmParams params = {0};
	ZmScope scope;
	uint64 removed = 0;

	zm_param_add_text(&params, name);
	zm_scope_begin(&scope);
	for (int i = 0; i < (with_rows ? lengthof(statements) : 1); i++)
		removed += zm_spi_execute(statements[i], SPI_OK_DELETE, &params);
	zm_scope_end(&scope);
	return removed > 0;
}

static void
read_tenant(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmTenant *tenant = palloc0(sizeof(ZmTenant));

	tenant->name = TextDatumGetCString(values[0]);
	if (!isnull[1])
		tenant->rows =
			zm_strings(values[1], &tenant->nrows, "revision", false);
	tenant->unfinished = DatumGetBool(values[2]);
	tenant->has_event = !isnull[3];
	if (tenant->has_event)
		tenant->last = DatumGetTimestampTz(values[3]);
	if (!isnull[4])
		tenant->error = TextDatumGetCString(values[4]);
	reader->tenants = lappend(reader->tenants, tenant);
	MemoryContextSwitchTo(saved);
}
