/*
 * refinery.c
 *
 * Histories of refinery.
 *
 *		V1__create_users.sql
 *		U2__add_email.sql
 *
 * V and U are both ways up: U marks one that may come out of order.  Versions
 * are compared as numbers; there is no way down.
 */
#include "postgres.h"

#include "import/import.h"

typedef struct Migration
{
	const ZmSourceFile *file;
	const char *version;
	Size length; /* of the version */
	const char *title;
} Migration;

static void import(ZmHistory *history);
static bool read_name(const ZmSourceFile *file, Migration *migration);
static int compare(const ListCell *a, const ListCell *b);

/* Flyway's names are the same, and its U is another thing. */
const ZmImporter zm_importer_refinery = {"refinery", NULL, import};

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		Migration *migration = palloc(sizeof(Migration));

		if (!read_name(file, migration))
			continue;
		if (zm_ends_with(file->name, ".rs"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is a step in code");
		else
			migrations = lappend(migrations, migration);
	}
	list_sort(migrations, compare);
	foreach (lc, migrations)
	{
		const Migration *migration = lfirst(lc);
		const ZmSourceFile *file = migration->file;
		ZmRawScript script = zm_whole_script(file);

		zm_add_revision(
			history, file->name,
			pnstrdup(migration->version, migration->length),
			zm_words_of_slug(migration->title,
							 strlen(migration->title) - strlen(".sql")),
			&script, NULL);
	}
}

/* V or U, digits, with a fraction or without, "__", a name. */
static bool
read_name(const ZmSourceFile *file, Migration *migration)
{
	const char *name = zm_base_name(file->name);
	Size whole;

	if ((name[0] != 'V' && name[0] != 'U') ||
		!(zm_ends_with(name, ".sql") || zm_ends_with(name, ".rs")))
		return false;
	migration->file = file;
	migration->version = name + 1;
	whole = zm_leading_digits(name + 1);
	migration->length = whole;
	if (name[1 + whole] == '.' && zm_leading_digits(name + 2 + whole) > 0)
		migration->length += 1 + zm_leading_digits(name + 2 + whole);
	migration->title = name + 1 + migration->length + 2;
	return whole > 0 && strncmp(name + 1 + migration->length, "__", 2) == 0;
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const Migration *left = lfirst(a);
	const Migration *right = lfirst(b);
	Size l = zm_leading_digits(left->version);
	Size r = zm_leading_digits(right->version);
	int order = zm_compare_digits(left->version, l, right->version, r);

	if (order == 0)
		order = zm_compare_digits(left->version + Min(l + 1, left->length),
								  left->length - Min(l + 1, left->length),
								  right->version + Min(r + 1, right->length),
								  right->length - Min(r + 1, right->length));
	return order != 0 ? order : strcmp(left->file->name, right->file->name);
}
