/*
 * ledgers.c
 *
 * How each migration tool keeps what it has applied.
 *
 * Rule: a tool is a description and no code.  Its query runs with a
 * search_path of pg_catalog, tells the tool's own words apart (applied,
 * failed, taken back) and leaves everything else to those who read all
 * ledgers alike.  Times without a zone are taken to be in the session's.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "engine/ledger.h"

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The digits at the beginning of a name, or all of it. */
#define LEADING_DIGITS(name) \
	"coalesce(substring(" name " from '^[0-9]+'), " name ")"

static const ZmLedger ledgers[] = {
	{"alembic", "alembic_version", COLUMNS("version_num"), NULL, NULL,
	 "SELECT l.version_num::text, ARRAY[l.version_num::text],"
	 " NULL::timestamptz, NULL::text, true, NULL::text"
	 " FROM %1$s l",
	 ZM_CHECKSUM_NONE, false, false},

	/* A baseline, type 1, stands for all below it; names that begin with a
	 * dot are notes of the tool's. */
	{"atlas", "atlas_schema_revisions.atlas_schema_revisions",
	 COLUMNS("version", "type", "applied", "total", "executed_at", "error"),
	 NULL, NULL,
	 "SELECT l.version::text, ARRAY[l.version::text],"
	 " l.executed_at::timestamptz,"
	 " CASE WHEN coalesce(l.error::text, '') <> ''"
	 "  OR l.applied::int8 < l.total::int8 THEN 'failed' END,"
	 " (l.type::int8 & 1) <> 0, NULL::text"
	 " FROM %1$s l WHERE l.version::text NOT LIKE '.%%' ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},

	{"dbmate", "schema_migrations", COLUMNS("version"), "dirty", NULL,
	 "SELECT l.version::text, ARRAY[l.version::text],"
	 " NULL::timestamptz, NULL::text, false, NULL::text"
	 " FROM %1$s l ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},

	{"diesel", "__diesel_schema_migrations", COLUMNS("version", "run_on"),
	 NULL, NULL,
	 "SELECT l.version::text, ARRAY[l.version::text],"
	 " l.run_on::timestamptz, NULL::text, false, NULL::text"
	 " FROM %1$s l ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},

	/* The names of files are not kept, but their hashes; and they come in
	 * the order of the journal, by whose places they are numbered. */
	{"drizzle", "drizzle.__drizzle_migrations",
	 COLUMNS("id", "hash", "created_at"), NULL, NULL,
	 "SELECT 'number ' || l.id::text || ' of ' ||"
	 " to_timestamp(l.created_at::int8 / 1000.0)::text,"
	 " ARRAY[lpad((row_number() OVER (ORDER BY l.created_at::int8, l.id::int8)"
	 "  - 1)::text, 4, '0')], to_timestamp(l.created_at::int8 / 1000.0),"
	 " NULL::text, false, l.hash::text,"
	 " to_timestamp(l.created_at::int8 / 1000.0)"
	 " FROM %1$s l ORDER BY l.created_at::int8, l.id::int8",
	 ZM_CHECKSUM_SHA256_HEX, true, true},

	/* The last row of a version counts, by its type; so does everything
	 * below a baseline. */
	{"flyway", "flyway_schema_history",
	 COLUMNS("installed_rank", "version", "description", "type", "script",
			 "checksum", "installed_on", "success"),
	 NULL, NULL,
	 "SELECT coalesce(r.version, r.description),"
	 " CASE WHEN r.version IS NULL"
	 "  THEN ARRAY['R__' || replace(r.description, ' ', '_'), r.description]"
	 "  ELSE ARRAY[r.version, replace(r.version, '.', '_')] END,"
	 " r.installed_on,"
	 " CASE WHEN r.success THEN NULL ELSE 'failed' END,"
	 " r.type LIKE '%%BASELINE', r.checksum"
	 " FROM (SELECT DISTINCT ON (l.version::text, CASE WHEN l.version IS NULL"
	 "  THEN l.description::text END) l.version::text AS version,"
	 "  l.description::text AS description, l.type::text AS type,"
	 "  l.installed_on::timestamptz AS installed_on,"
	 "  l.success::bool AS success, l.checksum::text AS checksum,"
	 "  l.installed_rank::int8 AS rank"
	 "  FROM %1$s l WHERE l.type::text <> 'SCHEMA'"
	 "  ORDER BY l.version::text, CASE WHEN l.version IS NULL"
	 "  THEN l.description::text END, l.installed_rank::int8 DESC) r"
	 " WHERE r.type <> 'DELETE' AND r.type NOT LIKE 'UNDO%%'"
	 " ORDER BY r.rank",
	 ZM_CHECKSUM_CRC32_LINES, false, false},

	/* One row: the number that the database stands at. */
	{"golang-migrate", "schema_migrations", COLUMNS("version", "dirty"), NULL,
	 NULL,
	 "SELECT l.version::text, ARRAY[l.version::text], NULL::timestamptz,"
	 " CASE WHEN l.dirty::bool THEN 'dirty' END, true, NULL::text"
	 " FROM %1$s l WHERE l.version::int8 >= 0 OR l.dirty::bool",
	 ZM_CHECKSUM_NONE, false, false},

	/* Append-only: the last row of a version counts. */
	{"goose", "goose_db_version",
	 COLUMNS("id", "version_id", "is_applied", "tstamp"), NULL, NULL,
	 "SELECT r.version, ARRAY[r.version], r.at, NULL::text, false, NULL::text"
	 " FROM (SELECT DISTINCT ON (l.version_id::int8)"
	 "  l.version_id::int8::text AS version, l.version_id::int8 AS number,"
	 "  l.tstamp::timestamptz AS at, l.is_applied::bool AS applied"
	 "  FROM %1$s l ORDER BY l.version_id::int8, l.id::int8 DESC) r"
	 " WHERE r.applied AND r.number <> 0 ORDER BY r.number",
	 ZM_CHECKSUM_NONE, false, false},

	{"graphile-migrate", "graphile_migrate.migrations",
	 COLUMNS("hash", "previous_hash", "filename", "date"), NULL, NULL,
	 "SELECT l.filename::text,"
	 " ARRAY[" LEADING_DIGITS(
		 "l.filename::text") ","
							 " regexp_replace(l.filename::text, '[.]sql$', '')],"
							 " l.date::timestamptz, NULL::text, false, NULL::text"
							 " FROM %1$s l ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},

	{"liquibase", "databasechangelog",
	 COLUMNS("id", "author", "filename", "dateexecuted", "orderexecuted",
			 "exectype"),
	 NULL, NULL,
	 "SELECT l.author::text || ':' || l.id::text,"
	 " ARRAY[l.author::text || ':' || l.id::text, l.id::text,"
	 " l.id::text || ':' || l.author::text],"
	 " l.dateexecuted::timestamptz,"
	 " CASE WHEN l.exectype::text IN ('FAILED', 'SKIPPED')"
	 "  THEN lower(l.exectype::text) END, false, NULL::text"
	 " FROM %1$s l ORDER BY l.orderexecuted::int8",
	 ZM_CHECKSUM_NONE, false, false},

	{"node-pg-migrate", "pgmigrations", COLUMNS("id", "name", "run_on"), NULL,
	 NULL,
	 "SELECT l.name::text,"
	 " ARRAY[" LEADING_DIGITS(
		 "l.name::text") ", l.name::text],"
						 " l.run_on::timestamptz, NULL::text, false, NULL::text"
						 " FROM %1$s l ORDER BY l.id::int8",
	 ZM_CHECKSUM_NONE, false, false},

	/* What was rolled back may have been applied again. */
	{"prisma", "_prisma_migrations",
	 COLUMNS("id", "checksum", "finished_at", "migration_name",
			 "rolled_back_at", "started_at"),
	 NULL, NULL,
	 "SELECT l.migration_name::text,"
	 " ARRAY[" LEADING_DIGITS(
		 "l.migration_name::text") ","
								   " l.migration_name::text], l.finished_at::timestamptz,"
								   " CASE WHEN l.finished_at IS NULL THEN 'failed' END, false,"
								   " l.checksum::text"
								   " FROM %1$s l WHERE l.rolled_back_at IS NULL"
								   " ORDER BY l.started_at::timestamptz, 1",
	 ZM_CHECKSUM_SHA256_HEX, false, false},

	{"refinery", "refinery_schema_history",
	 COLUMNS("version", "name", "applied_on", "checksum"), NULL, NULL,
	 "SELECT l.version::text || ' ' || l.name::text, ARRAY[l.version::text],"
	 " l.applied_on::timestamptz, NULL::text, false, NULL::text"
	 " FROM %1$s l ORDER BY l.version::int8",
	 ZM_CHECKSUM_NONE, false, false},

	/* Of a change that was reworked, the last one has the plain name, and the
	 * others that of a tag behind them.  The tag, and the last one, may still
	 * be to come: when it was planned tells it apart. */
	{"sqitch", "sqitch.changes",
	 COLUMNS("change_id", "change", "project", "committed_at", "planned_at"),
	 NULL, "tags",
	 "SELECT c.change, CASE WHEN c.nth = 1 THEN ARRAY[c.change]"
	 "  ELSE ARRAY(SELECT c.change || t.tag::text FROM %2$s t"
	 "   WHERE t.project::text = c.project"
	 "   AND t.planned_at::timestamptz >= c.planned"
	 "   ORDER BY t.planned_at::timestamptz) END,"
	 " c.at, NULL::text, false, NULL::text, c.planned"
	 " FROM (SELECT l.change::text AS change, l.project::text AS project,"
	 "  l.committed_at::timestamptz AS at,"
	 "  l.planned_at::timestamptz AS planned,"
	 "  row_number() OVER (PARTITION BY l.project::text, l.change::text"
	 "  ORDER BY l.planned_at::timestamptz DESC) AS nth FROM %1$s l) c"
	 " ORDER BY c.at, c.planned",
	 ZM_CHECKSUM_NONE, false, true},

	{"sql-migrate", "gorp_migrations", COLUMNS("id", "applied_at"), NULL, NULL,
	 "SELECT l.id::text, ARRAY[l.id::text,"
	 " regexp_replace(l.id::text, '[.]sql$', ''),"
	 " " LEADING_DIGITS(
		 "l.id::text") "],"
					   " l.applied_at::timestamptz, NULL::text, false, NULL::text"
					   " FROM %1$s l ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},

	{"sqlx", "_sqlx_migrations",
	 COLUMNS("version", "description", "installed_on", "success", "checksum"),
	 NULL, NULL,
	 "SELECT l.version::text, ARRAY[l.version::text],"
	 " l.installed_on::timestamptz,"
	 " CASE WHEN l.success::bool THEN NULL ELSE 'failed' END, false,"
	 " encode(l.checksum::bytea, 'hex')"
	 " FROM %1$s l ORDER BY l.version::int8",
	 ZM_CHECKSUM_SHA384_HEX, false, false},

	{"supabase", "supabase_migrations.schema_migrations", COLUMNS("version"),
	 NULL, NULL,
	 "SELECT l.version::text, ARRAY[l.version::text],"
	 " NULL::timestamptz, NULL::text, false, NULL::text"
	 " FROM %1$s l ORDER BY 1",
	 ZM_CHECKSUM_NONE, false, false},
};

const ZmLedger *
zm_ledger_find(const char *tool)
{
	StringInfoData names;

	for (int i = 0; i < (int) lengthof(ledgers); i++)
	{
		if (strcmp(ledgers[i].tool, tool) == 0)
			return &ledgers[i];
	}
	initStringInfo(&names);
	for (int i = 0; i < (int) lengthof(ledgers); i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", ledgers[i].tool);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("the ledger of \"%s\" is not known", tool),
					errhint("Tools that are known: %s.", names.data)));
}
