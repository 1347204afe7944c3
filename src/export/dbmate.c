/*
 * dbmate.c
 *
 * A history for dbmate.
 *
 * One file for each version, with a block for each direction, which is sent
 * to the server as it is, in a transaction or, if its marker says so, without
 * one.  Rule: what dbmate would take for a marker of its own is hidden from
 * it; the header stands before the first one, where it is nobody's.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "parser/scansup.h"

#include "export/export.h"

static bool is_marker(const char *line);
static void write_unit(ZmExport *export, ZmUnit *unit);
static void append_block(StringInfo out, const char *direction,
						 const ZmPiece *piece);
static void finish(ZmExport *export, bool any_applied);

const ZmExporter zm_exporter_dbmate = {.name = "dbmate",
									   .is_marker = is_marker,
									   .write = write_unit,
									   .finish = finish};

/* A line of "--", blanks, "migrate:up" or "migrate:down", whatever follows:
 * more than dbmate itself takes for one. */
static bool
is_marker(const char *line)
{
	if (strncmp(line, "--", 2) != 0)
		return false;
	line += 2;
	while (scanner_isspace(*line))
		line++;
	return strncmp(line, "migrate:", strlen("migrate:")) == 0;
}

static void
write_unit(ZmExport *export, ZmUnit *unit)
{
	ZmPiece refusal = {0};
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "%s\n", unit->header);
	append_block(&out, "up", unit->up);
	appendStringInfoChar(&out, '\n');
	if (unit->irreversible)
		refusal.text = zm_irreversible_statement(unit->revision);
	append_block(&out, "down", unit->irreversible ? &refusal : unit->down);
	export->put(psprintf("%s_%s.sql", unit->version, unit->name), out.data,
				export->arg);
}

static void
append_block(StringInfo out, const char *direction, const ZmPiece *piece)
{
	bool top_level = piece && piece->top_level;

	appendStringInfo(out, "-- migrate:%s%s\n", direction,
					 top_level ? " transaction:false" : "");
	appendStringInfoString(out, zm_piece_text(piece));
}

static void
finish(ZmExport *export, bool any_applied)
{
	StringInfoData out;
	ListCell *lc;

	if (!any_applied)
		return;
	initStringInfo(&out);
	appendStringInfoString(
		&out, "-- Says what is applied, once, to a database that has no "
			  "ledger of the tool yet.\n"
			  "BEGIN;\n\n"
			  "CREATE TABLE schema_migrations (version varchar NOT NULL "
			  "PRIMARY KEY);\n");
	foreach (lc, export->units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (unit->applied)
			appendStringInfo(&out,
							 "INSERT INTO schema_migrations (version) VALUES "
							 "('%s');\n",
							 unit->version);
	}
	appendStringInfoString(&out, "\nCOMMIT;\n");
	export->put("baseline.sql", out.data, export->arg);
}
