/*
 * psql.c
 *
 * A history for psql alone.
 *
 * Two files for each version; upgrade.sql runs what its table does not know
 * yet, downgrade.sql goes back to a version.  Rule: each file runs in one
 * transaction with its row, unless it must not run in a transaction; and
 * whoever waits for another run waits without a snapshot, since CREATE INDEX
 * CONCURRENTLY would wait for that.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "export/export.h"

#define LOCK_KEY "pg_catalog.hashtextextended('zishu_ledger', 0)"

static void write_unit(ZmExport *export, ZmUnit *unit);
static void finish(ZmExport *export, bool any_applied);
static char *upgrade_script(const List *units);
static char *downgrade_script(const List *units);
static char *baseline_script(const List *units);
static void append_start(StringInfo out);
static void append_end(StringInfo out);
static void append_table(StringInfo out);
static void append_step(StringInfo out, const ZmUnit *unit,
						const char *direction, bool top_level,
						const char *ledger);
static void append_irreversible(StringInfo out, const List *units);
static char *insert_row(const ZmUnit *unit);

const ZmExporter zm_exporter_psql = {.name = "psql",
									 .may_stay_whole = true,
									 .write = write_unit,
									 .finish = finish};

static void
write_unit(ZmExport *export, ZmUnit *unit)
{
	export->put(psprintf("%s_%s.up.sql", unit->version, unit->name),
				psprintf("%s\n%s", unit->header, zm_piece_text(unit->up)),
				export->arg);
	if (!unit->irreversible)
		export->put(
			psprintf("%s_%s.down.sql", unit->version, unit->name),
			psprintf("%s\n%s", unit->header, zm_piece_text(unit->down)),
			export->arg);
}

static void
finish(ZmExport *export, bool any_applied)
{
	export->put("upgrade.sql", upgrade_script(export->units), export->arg);
	export->put("downgrade.sql", downgrade_script(export->units), export->arg);
	if (any_applied)
		export->put("baseline.sql", baseline_script(export->units),
					export->arg);
}

static char *
upgrade_script(const List *units)
{
	StringInfoData out;
	ListCell *lc;

	initStringInfo(&out);
	appendStringInfoString(
		&out, "-- Runs what is not applied yet: psql -f upgrade.sql\n"
			  "-- The table zishu_ledger says what is; running this again "
			  "does nothing.\n");
	append_start(&out);
	append_table(&out);
	foreach (lc, units)
	{
		const ZmUnit *unit = lfirst(lc);

		appendStringInfo(&out,
						 "\nSELECT NOT EXISTS (SELECT FROM zishu_ledger WHERE "
						 "version = '%s') AS zishu_do \\gset\n",
						 unit->version);
		append_step(&out, unit, "up", unit->up_is_top_level, insert_row(unit));
	}
	append_end(&out);
	return out.data;
}

static char *
downgrade_script(const List *units)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoString(
		&out, "-- Goes back to a version or a revision, or to base:\n"
			  "-- psql -v to=VERSION -f downgrade.sql\n");
	append_start(&out);
	appendStringInfoString(
		&out,
		"\n\\if :{?to}\n\\else\n"
		"DO 'BEGIN RAISE EXCEPTION ''psql -v to=VERSION says where to go "
		"back to; to=base reverts all''; END';\n"
		"\\endif\n"
		"\\unset zishu_to\n"
		"SELECT CASE :'to' WHEN 'base' THEN '' ELSE (SELECT max(version "
		"COLLATE \"C\") FROM zishu_ledger WHERE version = :'to' OR revision = "
		":'to') END AS zishu_to \\gset\n"
		"\\if :{?zishu_to}\n\\else\n"
		"DO 'BEGIN RAISE EXCEPTION ''what to=... names is not applied''; "
		"END';\n"
		"\\endif\n");
	append_irreversible(&out, units);
	for (int i = list_length(units) - 1; i >= 0; i--)
	{
		const ZmUnit *unit = list_nth(units, i);

		if (unit->irreversible)
			continue;
		appendStringInfo(&out,
						 "\nSELECT EXISTS (SELECT FROM zishu_ledger WHERE "
						 "version = '%s' AND version COLLATE \"C\" > "
						 ":'zishu_to') AS zishu_do \\gset\n",
						 unit->version);
		append_step(
			&out, unit, "down", unit->down_is_top_level,
			psprintf("DELETE FROM zishu_ledger WHERE version = '%s';\n",
					 unit->version));
	}
	append_end(&out);
	return out.data;
}

/* Nothing is reverted if something on the way cannot be. */
static void
append_irreversible(StringInfo out, const List *units)
{
	ListCell *lc;

	foreach (lc, units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (!unit->irreversible)
			continue;
		appendStringInfo(out,
						 "\nSELECT EXISTS (SELECT FROM zishu_ledger WHERE "
						 "version = '%s' AND version COLLATE \"C\" > "
						 ":'zishu_to') AS zishu_do \\gset\n"
						 "\\if :zishu_do\n%s\\endif\n",
						 unit->version,
						 zm_irreversible_statement(unit->revision));
	}
}

static char *
baseline_script(const List *units)
{
	StringInfoData out;
	ListCell *lc;

	initStringInfo(&out);
	appendStringInfoString(&out,
						   "-- Says what is applied to a database that has no "
						   "ledger yet: psql -f baseline.sql\n");
	append_start(&out);
	append_table(&out);
	appendStringInfoString(&out, "\nBEGIN;\n");
	foreach (lc, units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (unit->applied)
			appendStringInfoString(&out, insert_row(unit));
	}
	appendStringInfoString(&out, "COMMIT;\n");
	append_end(&out);
	return out.data;
}

/* One run at a time. */
static void
append_start(StringInfo out)
{
	appendStringInfoString(
		out, "\\set ON_ERROR_STOP on\n"
			 "\\set AUTOCOMMIT on\n"
			 "\\encoding UTF8\n"
			 "DO $$\n"
			 "BEGIN\n"
			 "  WHILE NOT pg_catalog.pg_try_advisory_lock(" LOCK_KEY ") LOOP\n"
			 "    COMMIT;\n"
			 "    PERFORM pg_catalog.pg_sleep(0.2);\n"
			 "  END LOOP;\n"
			 "END $$;\n");
}

static void
append_end(StringInfo out)
{
	appendStringInfoString(out,
						   "\nSELECT pg_catalog.pg_advisory_unlock(" LOCK_KEY
						   ") AS zishu_do \\gset\n");
}

static void
append_table(StringInfo out)
{
	appendStringInfoString(
		out, "SELECT pg_catalog.to_regclass('zishu_ledger') IS NULL AS "
			 "zishu_do \\gset\n"
			 "\\if :zishu_do\n"
			 "CREATE TABLE zishu_ledger (\n"
			 "    version text PRIMARY KEY,\n"
			 "    revision text NOT NULL,\n"
			 "    applied_at timestamptz NOT NULL DEFAULT now(),\n"
			 "    applied_by text NOT NULL DEFAULT current_user\n"
			 ");\n"
			 "\\endif\n");
}

/* If zishu_do is set.  What a script resets is set again before the next. */
static void
append_step(StringInfo out, const ZmUnit *unit, const char *direction,
			bool top_level, const char *ledger)
{
	appendStringInfo(out,
					 "\\if :zishu_do\n"
					 "\\echo %s %s_%s\n"
					 "\\encoding UTF8\n"
					 "%s"
					 "\\ir %s_%s.%s.sql\n"
					 "%s%s"
					 "\\endif\n",
					 direction, unit->version, unit->name,
					 top_level ? "" : "BEGIN;\n", unit->version, unit->name,
					 direction, ledger, top_level ? "" : "COMMIT;\n");
}

static char *
insert_row(const ZmUnit *unit)
{
	return psprintf(
		"INSERT INTO zishu_ledger (version, revision) VALUES ('%s', %s);\n",
		unit->version, quote_literal_cstr(unit->revision));
}
