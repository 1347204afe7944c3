/*
 * prisma.c
 *
 * Histories of Prisma Migrate.
 *
 *		20240102030405_init/migration.sql
 *		migration_lock.toml
 *
 * Directories are in the order of their names; the version is the digits that
 * a name starts with.  There is no way down.
 */
#include "postgres.h"

#include "import/import.h"

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static void add(ZmHistory *history, const ZmSourceFile *file);

const ZmImporter zm_importer_prisma = {"prisma", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (strcmp(zm_base_name(file->name), "migration_lock.toml") == 0 ||
			zm_ends_with(file->name, "/migration.sql"))
			return true;
	}
	return false;
}

/* The files come in the order of their directories' names. */
static void
import(ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (zm_ends_with(file->name, "/migration.sql"))
			add(history, file);
		else if (zm_ends_with(file->name, "/migration.ts"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is a step in code");
	}
}

static void
add(ZmHistory *history, const ZmSourceFile *file)
{
	const char *name = zm_base_name(zm_directory_name(file->name));
	Size digits = zm_leading_digits(name);
	const char *title = name + digits;
	ZmRawScript script = zm_whole_script(file);

	if (*title == '_')
		title++;
	zm_add_revision(history, file->name,
					digits > 0 ? pnstrdup(name, digits) : name,
					zm_words_of_slug(title, strlen(title)), &script, NULL);
}
