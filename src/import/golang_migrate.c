/*
 * golang_migrate.c
 *
 * Histories of golang-migrate.
 *
 *		000001_create_users.up.sql
 *		000001_create_users.down.sql
 *
 * The version is a number, so that 9 comes before 10 however many zeros stand
 * before them; the extension is anything.  Other files are not migrations.
 */
#include "postgres.h"

#include "import/import.h"

/* The greatest version, that of an unsigned number of 64 bits. */
#define MAX_VERSION "18446744073709551615"

typedef struct Migration
{
	const ZmSourceFile *file;
	const char *version;
	Size digits;
	const char *title; /* behind the first '_' */
	Size title_length;
	bool up;
} Migration;

static bool recognises(const ZmHistory *history);
static bool is_own(const ZmSourceFile *file);
static void import(ZmHistory *history);
static bool read_name(const ZmSourceFile *file, Migration *migration);
static bool is_migration(Migration *migration, const char *direction);
static int compare(const ListCell *a, const ListCell *b);
static bool same_version(const Migration *a, const Migration *b);
static void add(ZmHistory *history, const Migration *up,
				const Migration *down);
static ZmRawScript script_of(const Migration *either,
							 const Migration *migration);
static char *id_of(const Migration *migration);

const ZmImporter zm_importer_golang_migrate = {"golang-migrate", recognises,
											   import};

/* All scripts are named like that, and none has sqlx's marker. */
static bool
recognises(const ZmHistory *history)
{
	return zm_has_only(history, is_own);
}

static bool
is_own(const ZmSourceFile *file)
{
	Migration migration;

	return read_name(file, &migration) &&
		   !zm_starts_with(file->content, file->length, "-- no-transaction");
}

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	const Migration *up = NULL;
	const Migration *down = NULL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		Migration *migration = palloc(sizeof(Migration));

		if (!read_name(lfirst(lc), migration))
			continue;
		if (zm_compare_digits(migration->version, migration->digits,
							  MAX_VERSION, strlen(MAX_VERSION)) > 0)
			zm_finding(history, ZM_FINDING_PROBLEM, migration->file->name, 0,
					   "the version is greater than " MAX_VERSION);
		else if (zm_ends_with(migration->file->name, ".go"))
			zm_finding(history, ZM_FINDING_PROBLEM, migration->file->name, 0,
					   "a step in Go");
		else
			migrations = lappend(migrations, migration);
	}
	list_sort(migrations, compare);

	/* Each version's up, then its down. */
	foreach (lc, migrations)
	{
		const Migration *migration = lfirst(lc);
		const Migration *last = up ? up : down;

		if (last && !same_version(last, migration))
		{
			add(history, up, down);
			up = down = NULL;
		}
		if (migration->up ? up != NULL : down != NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, migration->file->name, 0,
					   "the version is that of \"%s\", too",
					   (migration->up ? up : down)->file->name);
		else if (migration->up)
			up = migration;
		else
			down = migration;
	}
	add(history, up, down);
}

static bool
read_name(const ZmSourceFile *file, Migration *migration)
{
	const char *name = zm_base_name(file->name);

	migration->file = file;
	migration->version = name;
	migration->digits = zm_leading_digits(name);
	if (migration->digits == 0 || name[migration->digits] != '_')
		return false;
	migration->title = name + migration->digits + 1;
	migration->up = true;
	if (is_migration(migration, ".up."))
		return true;
	migration->up = false;
	return is_migration(migration, ".down.");
}

/* The last one counts. */
static bool
is_migration(Migration *migration, const char *direction)
{
	const char *found = NULL;
	const char *at = migration->title;

	while ((at = strstr(at, direction)) != NULL)
		found = at++;
	if (found == NULL)
		return false;
	migration->title_length = found - migration->title;
	return true;
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const Migration *left = lfirst(a);
	const Migration *right = lfirst(b);
	int order = zm_compare_digits(left->version, left->digits, right->version,
								  right->digits);

	if (order != 0)
		return order;
	if (left->up != right->up)
		return left->up ? -1 : 1;
	return strcmp(left->file->name, right->file->name);
}

static bool
same_version(const Migration *a, const Migration *b)
{
	return zm_compare_digits(a->version, a->digits, b->version, b->digits) ==
		   0;
}

/* What has only one direction does nothing in the other. */
static void
add(ZmHistory *history, const Migration *up, const Migration *down)
{
	const Migration *either = up ? up : down;
	ZmRawScript upgrade;
	ZmRawScript downgrade;

	if (either == NULL)
		return;
	if (up == NULL || down == NULL)
		zm_finding(history, ZM_FINDING_NOTE, either->file->name, 0,
				   "there is no script to go %s: going %s does nothing",
				   up ? "down" : "up", up ? "down" : "up");
	upgrade = script_of(either, up);
	downgrade = script_of(either, down);
	zm_add_revision(history, either->file->name, id_of(either),
					zm_words_of_slug(either->title, either->title_length),
					&upgrade, &downgrade);
}

/* An empty one if there is none. */
static ZmRawScript
script_of(const Migration *either, const Migration *migration)
{
	if (migration == NULL)
		return zm_raw_script(either->file->name, 1, "", 0);
	return zm_whole_script(migration->file);
}

static char *
id_of(const Migration *migration)
{
	return pnstrdup(migration->version, migration->digits);
}
