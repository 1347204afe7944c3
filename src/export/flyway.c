/*
 * flyway.c
 *
 * A history for Flyway.
 *
 * A file for each version and, for the editions that undo, one for the way
 * back.  Flyway reads statements itself and refuses to mix those that need
 * the top level with others; it knows some of the former, and a ".conf" beside
 * the script tells it of the rest.  Rule: placeholders are switched off where
 * a script has what looks like one.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "export/export.h"
#include "util/crc.h"

static void write_unit(ZmExport *export, ZmUnit *unit);
static void put_script(ZmExport *export, const char *name, const char *content,
					   bool top_level);
static int32 checksum(const char *content);
static void finish(ZmExport *export, bool any_applied);
static void append_row(StringInfo out, const ZmUnit *unit, int rank);
static char *file_name(const ZmUnit *unit, char prefix);

const ZmExporter zm_exporter_flyway = {
	.name = "flyway", .write = write_unit, .finish = finish};

static void
write_unit(ZmExport *export, ZmUnit *unit)
{
	char *content = psprintf("%s\n%s", unit->header, zm_piece_text(unit->up));

	unit->checksum = checksum(content);
	put_script(export, file_name(unit, 'V'), content, unit->up_is_top_level);
	if (!unit->irreversible)
		put_script(export, file_name(unit, 'U'),
				   psprintf("%s\n%s", unit->header, zm_piece_text(unit->down)),
				   unit->down_is_top_level);
}

static char *
file_name(const ZmUnit *unit, char prefix)
{
	return psprintf("%c%s__%s.sql", prefix, unit->version, unit->name);
}

static void
put_script(ZmExport *export, const char *name, const char *content,
		   bool top_level)
{
	bool placeholders = strstr(content, "${") != NULL;

	export->put(name, content, export->arg);
	if (top_level || placeholders)
		export->put(
			psprintf("%s.conf", name),
			psprintf("%s%s", top_level ? "executeInTransaction=false\n" : "",
					 placeholders ? "placeholderReplacement=false\n" : ""),
			export->arg);
}

static int32
checksum(const char *content)
{
	const char *text = pg_server_to_any(content, strlen(content), PG_UTF8);

	return zm_crc_of_lines(text, strlen(text));
}

static void
finish(ZmExport *export, bool any_applied)
{
	bool any_top_level = false;
	StringInfoData out;
	int rank = 0;
	ListCell *lc;

	foreach (lc, export->units)
	{
		const ZmUnit *unit = lfirst(lc);

		any_top_level |= unit->up_is_top_level || unit->down_is_top_level;
	}
	/* Its lock would be waited for by the statement that it is there for. */
	if (any_top_level)
		export->put("flyway.conf",
					"flyway.postgresql.transactional.lock=false\n",
					export->arg);
	if (!any_applied)
		return;

	initStringInfo(&out);
	appendStringInfoString(
		&out,
		"-- Says what is applied, once, to a database that has no ledger of "
		"the tool yet.\n"
		"BEGIN;\n\n"
		"CREATE TABLE flyway_schema_history (\n"
		"    installed_rank integer NOT NULL CONSTRAINT "
		"flyway_schema_history_pk PRIMARY KEY,\n"
		"    version varchar(50),\n"
		"    description varchar(200) NOT NULL,\n"
		"    type varchar(20) NOT NULL,\n"
		"    script varchar(1000) NOT NULL,\n"
		"    checksum integer,\n"
		"    installed_by varchar(100) NOT NULL,\n"
		"    installed_on timestamp NOT NULL DEFAULT now(),\n"
		"    execution_time integer NOT NULL,\n"
		"    success boolean NOT NULL\n"
		");\n"
		"CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history "
		"(success);\n");
	foreach (lc, export->units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (unit->applied)
			append_row(&out, unit, ++rank);
	}
	appendStringInfoString(&out, "\nCOMMIT;\n");
	export->put("baseline.sql", out.data, export->arg);
}

static void
append_row(StringInfo out, const ZmUnit *unit, int rank)
{
	char *description = pstrdup(unit->name);

	for (char *at = description; *at; at++)
	{
		if (*at == '_')
			*at = ' ';
	}
	appendStringInfo(out,
					 "INSERT INTO flyway_schema_history VALUES (%d, '%s', %s, "
					 "'SQL', %s, %d, current_user, now(), 0, true);\n",
					 rank, unit->version, quote_literal_cstr(description),
					 quote_literal_cstr(file_name(unit, 'V')), unit->checksum);
}
