/*
 * node_pg_migrate.c
 *
 * Histories of node-pg-migrate, written in SQL.
 *
 *		1704164645000_create-users.sql:
 *
 *		-- Up Migration
 *		CREATE TABLE users ();
 *
 *		-- Down Migration
 *		DROP TABLE users;
 *
 * The order is that of the numbers that the names start with.  Without a
 * marker for the way up that is the whole file, with what stands below the
 * other marker; without one for the way down there is none.
 */
#include "postgres.h"

#include "import/import.h"

static bool recognises(const ZmHistory *history);
static bool is_mark(const ZmSourceFile *file, const ZmLine *line);
static void import(ZmHistory *history);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, const ZmSourceFile *file);
static bool is_marker(const ZmLine *line, const char *direction);
static const char *skip_word(const char *text, Size *length, const char *word);

const ZmImporter zm_importer_node_pg_migrate = {"node-pg-migrate", recognises,
												import};

static bool
recognises(const ZmHistory *history)
{
	return zm_has_line(history, is_mark);
}

static bool
is_mark(const ZmSourceFile *file, const ZmLine *line)
{
	return zm_is_numbered(file) &&
		   (is_marker(line, "up") || is_marker(line, "down"));
}

static void
import(ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (zm_is_numbered(file) && (zm_ends_with(file->name, ".js") ||
									 zm_ends_with(file->name, ".ts")))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is a step in code");
	}
	zm_add_in_order(history, zm_is_numbered, compare, add);
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const char *left = zm_base_name(((ZmSourceFile *) lfirst(a))->name);
	const char *right = zm_base_name(((ZmSourceFile *) lfirst(b))->name);
	int order = zm_compare_digits(left, zm_leading_digits(left), right,
								  zm_leading_digits(right));

	return order != 0 ? order : strcmp(left, right);
}

static void
add(ZmHistory *history, const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);
	Size digits = zm_leading_digits(name);
	const char *title = name + digits;
	ZmRawScript up = zm_whole_script(file);
	ZmRawScript down = zm_raw_script(file->name, 0, NULL, 0);
	bool found_up = false;
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		ZmRawScript *begun = NULL;

		if (!found_up && is_marker(&line, "up"))
			begun = &up;
		else if (down.text == NULL && is_marker(&line, "down"))
			begun = &down;
		if (begun == NULL)
			continue;
		/* The other one ends here, if it stands above. */
		if (begun == &down)
			up.length = up.text - file->content < line.start
							? file->content + line.start - up.text
							: up.length;
		else if (down.text)
			down.length = file->content + line.start - down.text;
		begun->line = line.number + 1;
		begun->text = file->content + line.next;
		begun->length = file->length - line.next;
		found_up |= begun == &up;
	}
	if (!found_up)
	{
		up.length = file->length;
		if (down.text && !zm_is_blank(down.text, down.length))
			zm_finding(history, ZM_FINDING_NOTE, file->name, down.line - 1,
					   "there is no \"-- Up Migration\": what is below runs "
					   "when going up, too");
	}
	if (*title == '_' || *title == '-')
		title++;
	zm_add_revision(history, file->name, pnstrdup(name, digits),
					zm_words_of_slug(title, strlen(title) - strlen(".sql")),
					&up, down.text ? &down : NULL);
}

/* "--", blanks and more dashes, "up migration", in any case. */
static bool
is_marker(const ZmLine *line, const char *direction)
{
	Size length = line->length;
	const char *text = zm_trim(line->text, &length);

	if (!zm_starts_with(text, length, "--"))
		return false;
	while (length > 0 && (*text == '-' || *text == ' ' || *text == '\t'))
	{
		text++;
		length--;
	}
	text = skip_word(text, &length, direction);
	return text && length > 0 && (*text == ' ' || *text == '\t') &&
		   skip_word(zm_trim(text, &length), &length, "migration") != NULL;
}

static const char *
skip_word(const char *text, Size *length, const char *word)
{
	Size n = strlen(word);

	if (*length < n || pg_strncasecmp(text, word, n) != 0)
		return NULL;
	*length -= n;
	return text + n;
}
