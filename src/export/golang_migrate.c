/*
 * golang_migrate.c
 *
 * A history for golang-migrate.
 *
 * A file is sent to the server as it is, without a transaction around it but
 * the implicit one of several statements; alone in its file, a statement runs
 * at the top level.  Rule: every version has both files, for the tool takes a
 * missing one for nothing to do.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "export/export.h"

static void write_unit(ZmExport *export, ZmUnit *unit);
static void finish(ZmExport *export, bool any_applied);

const ZmExporter zm_exporter_golang_migrate = {.name = "golang-migrate",
											   .keeps_one_version = true,
											   .write = write_unit,
											   .finish = finish};

static void
write_unit(ZmExport *export, ZmUnit *unit)
{
	export->put(psprintf("%s_%s.up.sql", unit->version, unit->name),
				psprintf("%s\n%s", unit->header, zm_piece_text(unit->up)),
				export->arg);
	export->put(psprintf("%s_%s.down.sql", unit->version, unit->name),
				psprintf("%s\n%s", unit->header,
						 unit->irreversible
							 ? zm_irreversible_statement(unit->revision)
							 : zm_piece_text(unit->down)),
				export->arg);
}

static void
finish(ZmExport *export, bool any_applied)
{
	const char *version = NULL;
	ListCell *lc;

	if (!any_applied)
		return;
	foreach (lc, export->units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (unit->applied)
			version = unit->version;
	}
	export->put(
		"baseline.sql",
		psprintf("-- Says what is applied, once, to a database that has no "
				 "ledger of the tool yet.\n"
				 "BEGIN;\n\n"
				 "CREATE TABLE schema_migrations (version bigint NOT NULL "
				 "PRIMARY KEY, dirty boolean NOT NULL);\n"
				 "INSERT INTO schema_migrations (version, dirty) VALUES (%s, "
				 "false);\n\n"
				 "COMMIT;\n",
				 version),
		export->arg);
}
