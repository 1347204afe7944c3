/*
 * sqlx.c
 *
 * Histories of sqlx.
 *
 *		20240102030405_create users.sql
 *		20240102030405_create users.up.sql
 *		20240102030405_create users.down.sql
 *
 * The files of one directory.  The version is a signed number of 64 bits.  A
 * file that starts with "-- no-transaction" runs outside of one, which is
 * found out here from its statements.
 */
#include "postgres.h"

#include "import/import.h"

#define NO_TRANSACTION "-- no-transaction"
#define MAX_VERSION "9223372036854775807"

typedef enum Kind
{
	SIMPLE,
	UP,
	DOWN
} Kind;

typedef struct Migration
{
	const ZmSourceFile *file;
	const char *version;
	Size digits;
	char *title;
	Kind kind;
} Migration;

static bool recognises(const ZmHistory *history);
static bool is_named(const ZmSourceFile *file);
static bool is_mark(const ZmSourceFile *file, const ZmLine *line);
static void import(ZmHistory *history);
static bool read_name(const ZmSourceFile *file, Migration *migration);
static bool cut_suffix(char *title, const char *suffix);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, List *version);

const ZmImporter zm_importer_sqlx = {"sqlx", recognises, import};

/* By its marker; or it may be one of several. */
static bool
recognises(const ZmHistory *history)
{
	return zm_has_only(history, is_named) &&
		   (zm_has_line(history, is_mark) || zm_is_bare(history));
}

static bool
is_named(const ZmSourceFile *file)
{
	Migration migration;

	return read_name(file, &migration);
}

static bool
is_mark(const ZmSourceFile *file, const ZmLine *line)
{
	return line->number == 1 &&
		   zm_starts_with(line->text, line->length, NO_TRANSACTION);
}

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	List *version = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		Migration *migration = palloc(sizeof(Migration));
		const ZmSourceFile *file = lfirst(lc);

		if (read_name(file, migration))
			migrations = lappend(migrations, migration);
		else if (zm_ends_with(file->name, ".sql") &&
				 strchr(file->name, '/') == NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "the name does not start with a version and \"_\"");
	}
	list_sort(migrations, compare);
	foreach (lc, migrations)
	{
		const Migration *migration = lfirst(lc);
		const Migration *last = version == NIL ? NULL : linitial(version);

		if (last &&
			zm_compare_digits(last->version, last->digits, migration->version,
							  migration->digits) != 0)
		{
			add(history, version);
			version = NIL;
		}
		version = lappend(version, unconstify(Migration *, migration));
	}
	if (version != NIL)
		add(history, version);
}

static bool
read_name(const ZmSourceFile *file, Migration *migration)
{
	const char *name = file->name;

	migration->file = file;
	migration->version = name;
	migration->digits = zm_leading_digits(name);
	if (migration->digits == 0 || name[migration->digits] != '_' ||
		strchr(name, '/') != NULL || !zm_ends_with(name, ".sql") ||
		zm_compare_digits(name, migration->digits, MAX_VERSION,
						  strlen(MAX_VERSION)) > 0)
		return false;
	migration->title = pstrdup(name + migration->digits + 1);
	migration->kind = cut_suffix(migration->title, ".up.sql")	  ? UP
					  : cut_suffix(migration->title, ".down.sql") ? DOWN
																  : SIMPLE;
	if (migration->kind == SIMPLE)
		(void) cut_suffix(migration->title, ".sql");
	return true;
}

static bool
cut_suffix(char *title, const char *suffix)
{
	if (!zm_ends_with(title, suffix))
		return false;
	title[strlen(title) - strlen(suffix)] = '\0';
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
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return strcmp(left->file->name, right->file->name);
}

/* The files of one version: a simple one, or an up and perhaps its down. */
static void
add(ZmHistory *history, List *version)
{
	const Migration *first = linitial(version);
	const Migration *down = NULL;
	ZmRawScript upgrade = zm_whole_script(first->file);
	ZmRawScript downgrade;
	ListCell *lc;

	for_each_from(lc, version, 1)
	{
		const Migration *other = lfirst(lc);

		if (first->kind == UP && other->kind == DOWN && down == NULL)
			down = other;
		else
			zm_finding(history, ZM_FINDING_PROBLEM, other->file->name, 0,
					   "the version is that of \"%s\", too",
					   first->file->name);
	}
	if (first->kind == DOWN)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, first->file->name, 0,
				   "there is no script to go up");
		return;
	}
	if (down)
		downgrade = zm_whole_script(down->file);
	zm_add_revision(history, first->file->name,
					pnstrdup(first->version, first->digits),
					zm_words_of_slug(first->title, strlen(first->title)),
					&upgrade, down ? &downgrade : NULL);
}
