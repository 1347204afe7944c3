/*
 * plain.c
 *
 * Histories that are nothing but scripts with a version: Supabase's and
 * Atlas's.
 *
 *		20240102030405_create_users.sql
 *
 * The order is that of the names.  Neither has scripts for going down; a
 * directory of Atlas's may have golang-migrate's pairs, whose format is then
 * that.  "-- atlas:txmode none" in Atlas's files is found out here from the
 * statements.
 */
#include "postgres.h"

#include "import/import.h"

static bool recognises_supabase(const ZmHistory *history);
static bool recognises_atlas(const ZmHistory *history);
static void import_supabase(ZmHistory *history);
static void import_atlas(ZmHistory *history);
static bool is_project(const ZmHistory *history);
static bool has_pairs(const ZmHistory *history);
static bool is_version(const char *name, Size digits);
static void add(ZmHistory *history, const ZmSourceFile *file);

const ZmImporter zm_importer_supabase = {"supabase", recognises_supabase,
										 import_supabase};
const ZmImporter zm_importer_atlas = {"atlas", recognises_atlas, import_atlas};

/* A project, or a directory that may also be another tool's. */
static bool
recognises_supabase(const ZmHistory *history)
{
	return is_project(history) || (zm_is_bare(history) && !has_pairs(history));
}

/* A project's directory: migrations/ is beside config.toml. */
static bool
is_project(const ZmHistory *history)
{
	bool config = zm_source_find(history, "config.toml") != NULL ||
				  zm_source_find(history, "supabase/config.toml") != NULL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		char *directory = zm_directory_name(file->name);

		if (config && is_version(zm_base_name(file->name), 14) &&
			(strcmp(directory, "migrations") == 0 ||
			 strcmp(directory, "supabase/migrations") == 0))
			return true;
	}
	return false;
}

static bool
has_pairs(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		if (zm_ends_with(((const ZmSourceFile *) lfirst(lc))->name,
						 ".down.sql"))
			return true;
	}
	return false;
}

static bool
recognises_atlas(const ZmHistory *history)
{
	return zm_source_find(history, ZM_ATLAS_SUM) != NULL;
}

/* The migrations, wherever in the project the directory is. */
static void
import_supabase(ZmHistory *history)
{
	bool project = is_project(history);
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		const char *directory = zm_directory_name(file->name);

		if (!zm_ends_with(file->name, ".sql") ||
			(project ? strcmp(zm_base_name(directory), "migrations") != 0
					 : *directory != '\0'))
			continue;
		if (is_version(zm_base_name(file->name), 1))
			add(history, file);
		else
			zm_finding(history, ZM_FINDING_NOTE, file->name, 0,
					   "is left out: the name does not start with a version "
					   "and \"_\"");
	}
}

static void
import_atlas(ZmHistory *history)
{
	ListCell *lc;

	zm_check_atlas_sum(history);
	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (!zm_ends_with(file->name, ".sql") ||
			strchr(file->name, '/') != NULL)
			continue;
		if (zm_ends_with(file->name, ".down.sql"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "a script to go down, which only the format "
					   "\"golang-migrate\" has");
		else
			add(history, file);
	}
}

/* At least so many digits, '_', and ".sql" at the end. */
static bool
is_version(const char *name, Size digits)
{
	Size length = zm_leading_digits(name);

	return length >= digits && name[length] == '_' &&
		   zm_ends_with(name, ".sql");
}

/* The version is what stands before the first '_', or the whole name. */
static void
add(ZmHistory *history, const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);
	Size stem = strlen(name) - strlen(".sql");
	Size length = Min(strcspn(name, "_"), stem);
	Size title = length < stem ? length + 1 : stem;
	ZmRawScript upgrade = zm_whole_script(file);

	zm_add_revision(history, file->name, pnstrdup(name, length),
					zm_words_of_slug(name + title, stem - title), &upgrade,
					NULL);
}
