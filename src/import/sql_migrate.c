/*
 * sql_migrate.c
 *
 * Histories of sql-migrate.
 *
 *		20240102_create_users.sql:
 *
 *		-- +migrate Up
 *		CREATE TABLE users ();
 *		-- +migrate StatementBegin
 *		CREATE FUNCTION ...
 *		-- +migrate StatementEnd
 *
 *		-- +migrate Down notransaction
 *		DROP TABLE users;
 *
 * The id is the whole name of the file; files are in the order of the number
 * their names start with, then of the names.
 *
 * The tool throws away every line that starts with "-- ", also in the middle
 * of a function's body, and that is what databases have; so such lines go
 * here, too, where a statement has begun.
 */
#include "postgres.h"

#include "import/import.h"

#define PREFIX "-- +migrate "

/* A file being read. */
typedef struct Reader
{
	ZmHistory *history;
	const ZmSourceFile *file;
	ZmSection up;
	ZmSection down;
	ZmSection *current; /* NULL above the first annotation */
} Reader;

static bool recognises(const ZmHistory *history);
static bool is_mark(const ZmSourceFile *file, const ZmLine *line);
static void import(ZmHistory *history);
static bool is_any(const ZmSourceFile *file);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, const ZmSourceFile *file);
static void read_file(Reader *reader);
static void annotate(Reader *reader, const ZmLine *line);
static void begin_section(Reader *reader, ZmSection *section);
static void take_line(Reader *reader, const ZmLine *line);
static void finish(Reader *reader, ZmSection *section);

const ZmImporter zm_importer_sql_migrate = {"sql-migrate", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	return zm_has_line(history, is_mark);
}

static bool
is_mark(const ZmSourceFile *file, const ZmLine *line)
{
	return zm_starts_with(line->text, line->length, PREFIX);
}

static void
import(ZmHistory *history)
{
	zm_add_in_order(history, is_any, compare, add);
}

static bool
is_any(const ZmSourceFile *file)
{
	return true;
}

/* Two numbers, else the names. */
static int
compare(const ListCell *a, const ListCell *b)
{
	const char *left = zm_base_name(((const ZmSourceFile *) lfirst(a))->name);
	const char *right = zm_base_name(((const ZmSourceFile *) lfirst(b))->name);
	Size nleft = zm_leading_digits(left);
	Size nright = zm_leading_digits(right);
	int order = 0;

	if ((nleft > 0) != (nright > 0))
		return nleft > 0 ? -1 : 1;
	if (nleft > 0)
		order = zm_compare_digits(left, nleft, right, nright);
	return order != 0 ? order : strcmp(left, right);
}

static void
add(ZmHistory *history, const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);
	const char *title = name + zm_leading_digits(name);
	Reader reader = {.history = history, .file = file};

	read_file(&reader);
	if (!reader.down.present && reader.up.present)
		zm_finding(history, ZM_FINDING_NOTE, file->name, 0,
				   "there is no \"" PREFIX "Down\": going down does nothing");
	if (!reader.up.present && !reader.down.present)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
				   "there is no \"" PREFIX "Up\"");
		return;
	}
	zm_section_begin(&reader.up, file->name);
	finish(&reader, &reader.up);
	zm_section_begin(&reader.down, file->name);
	finish(&reader, &reader.down);
	if (*title == '_' || *title == '-')
		title++;
	zm_add_revision(history, file->name, name,
					zm_words_of_slug(title, strlen(title) - strlen(".sql")),
					&reader.up.script, &reader.down.script);
}

static void
read_file(Reader *reader)
{
	const ZmSourceFile *file = reader->file;
	bool told = false;
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		if (zm_starts_with(line.text, line.length, PREFIX))
			annotate(reader, &line);
		else if (reader->current)
			take_line(reader, &line);
		else if (!told && !zm_is_blank(line.text, line.length) &&
				 !zm_starts_with(line.text, line.length, "--"))
		{
			zm_finding(reader->history, ZM_FINDING_PROBLEM, file->name,
					   line.number, "a statement above \"" PREFIX "Up\"");
			told = true;
		}
	}
}

static void
annotate(Reader *reader, const ZmLine *line)
{
	Size length = line->length - strlen(PREFIX);
	const char *text = zm_trim(line->text + strlen(PREFIX), &length);
	Size word = 0;

	while (word < length && text[word] != ' ' && text[word] != '\t')
		word++;
	if (zm_is_text(text, word, "Up"))
		begin_section(reader, &reader->up);
	else if (zm_is_text(text, word, "Down"))
		begin_section(reader, &reader->down);
	else if (zm_is_text(text, word, "StatementBegin") && reader->current)
		zm_section_block_begin(reader->current);
	else if (zm_is_text(text, word, "StatementEnd") && reader->current)
		zm_section_block_end(reader->current);
	else
		zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
				   line->number, "the annotation \"+migrate %s\" %s",
				   pnstrdup(text, length),
				   reader->current ? "is not known"
								   : "stands above \"+migrate Up\"");
}

static void
begin_section(Reader *reader, ZmSection *section)
{
	zm_section_begin(section, reader->file->name);
	reader->current = section;
}

static void
take_line(Reader *reader, const ZmLine *line)
{
	ZmSection *section = reader->current;

	if ((section->open || section->block) &&
		zm_starts_with(line->text, line->length, "-- "))
		zm_section_skip_line(section);
	else
		zm_section_line(section, line->number, line->text, line->length);
}

static void
finish(Reader *reader, ZmSection *section)
{
	if (!zm_section_finish(section))
		zm_finding(reader->history, ZM_FINDING_NOTE, reader->file->name,
				   section->next_line - 1,
				   "the last statement has no semicolon at its end, which "
				   "sql-migrate refuses");
}
