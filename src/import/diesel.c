/*
 * diesel.c
 *
 * Histories of Diesel.
 *
 *		2024-01-02-030405_create_users/up.sql
 *		2024-01-02-030405_create_users/down.sql
 *		2024-01-02-030405_create_users/metadata.toml
 *
 * The version is what stands before the first '_' of the directory's name,
 * without the '-'; versions are compared as strings.  metadata.toml only says
 * whether the scripts run in a transaction, which is found out here from the
 * statements.
 */
#include "postgres.h"

#include "import/import.h"

typedef struct Migration
{
	const ZmSourceFile *up;
	const char *directory; /* the path, for its files */
	char *version;
	const char *message;
} Migration;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static bool is_script(const ZmSourceFile *file, const char *name);
static Migration *read_name(ZmHistory *history, const ZmSourceFile *up);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, const Migration *migration);
static bool is_empty(const ZmSourceFile *file);

const ZmImporter zm_importer_diesel = {"diesel", recognises, import};

/* Directories with up.sql whose names start with a version. */
static bool
recognises(const ZmHistory *history)
{
	bool found = false;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		const char *directory = zm_base_name(zm_directory_name(file->name));

		if (!is_script(file, "up.sql"))
			continue;
		if (zm_leading_digits(directory) == 0 ||
			strchr(directory, '_') == NULL)
			return false;
		found = true;
	}
	return found;
}

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (is_script(file, "up.sql"))
			migrations = lappend(migrations, read_name(history, file));
		else if (is_script(file, "down.sql") &&
				 zm_source_find(
					 history, psprintf("%s/up.sql",
									   zm_directory_name(file->name))) == NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "there is no up.sql beside it");
	}
	list_sort(migrations, compare);
	foreach (lc, migrations)
		add(history, lfirst(lc));
}

static bool
is_script(const ZmSourceFile *file, const char *name)
{
	return strcmp(zm_base_name(file->name), name) == 0 &&
		   strchr(file->name, '/') != NULL;
}

static Migration *
read_name(ZmHistory *history, const ZmSourceFile *up)
{
	Migration *migration = palloc(sizeof(Migration));
	const char *name;
	char *to;
	Size length;

	migration->up = up;
	migration->directory = zm_directory_name(up->name);
	name = zm_base_name(migration->directory);
	length = strcspn(name, "_");
	migration->message =
		name[length] == '_'
			? zm_words_of_slug(name + length + 1, strlen(name + length + 1))
			: "";
	migration->version = to = palloc(length + 1);
	for (Size i = 0; i < length; i++)
	{
		if (name[i] != '-')
			*to++ = name[i];
	}
	*to = '\0';
	return migration;
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const Migration *left = lfirst(a);
	const Migration *right = lfirst(b);
	int order = strcmp(left->version, right->version);

	return order != 0 ? order : strcmp(left->directory, right->directory);
}

static void
add(ZmHistory *history, const Migration *migration)
{
	const ZmSourceFile *up = migration->up;
	const ZmSourceFile *down =
		zm_source_find(history, psprintf("%s/down.sql", migration->directory));
	ZmRawScript upgrade = zm_whole_script(up);
	ZmRawScript downgrade;

	if (is_empty(up))
		zm_finding(history, ZM_FINDING_NOTE, up->name, 0,
				   "is empty, which Diesel refuses to run");
	if (down && is_empty(down))
	{
		zm_finding(history, ZM_FINDING_NOTE, down->name, 0,
				   "is empty, which Diesel refuses to run: the revision "
				   "cannot be reverted");
		down = NULL;
	}
	if (down)
		downgrade = zm_whole_script(down);
	zm_add_revision(history, up->name, migration->version, migration->message,
					&upgrade, down ? &downgrade : NULL);
}

static bool
is_empty(const ZmSourceFile *file)
{
	return zm_is_blank(file->content, file->length);
}
