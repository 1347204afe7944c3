/*
 * goose.c
 *
 * Histories of goose.
 *
 *		00001_create_users.sql:
 *
 *		-- +goose Up
 *		CREATE TABLE users ();
 *		-- +goose StatementBegin
 *		CREATE FUNCTION ...
 *		-- +goose StatementEnd
 *
 *		-- +goose Down
 *		DROP TABLE users;
 *
 * The version is a number.  Where statements end is found out here by the
 * server's scanner, so the marks around those with semicolons in them are
 * only left out; so is NO TRANSACTION.
 */
#include "postgres.h"

#include "import/import.h"

typedef struct Migration
{
	const ZmSourceFile *file;
	const char *name; /* starts with the version */
	Size digits;
} Migration;

/* A file being read. */
typedef struct Reader
{
	ZmHistory *history;
	const ZmSourceFile *file;
	ZmSection sections[2]; /* up and down */
	ZmSection *current;	   /* NULL above the first annotation */
	bool substitutes;
	bool failed; /* a statement above "Up" was told */
} Reader;

static bool recognises(const ZmHistory *history);
static bool is_mark(const ZmSourceFile *file, const ZmLine *line);
static void import(ZmHistory *history);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, const Migration *migration);
static bool read_file(Reader *reader);
static bool is_annotation(const ZmLine *line, const char **word, Size *length);
static void annotate(Reader *reader, int number, const char *word,
					 Size length);
static bool is_word(const char *text, Size length, const char *word);
static void begin_section(Reader *reader, ZmSection *section, int number);
static void take_line(Reader *reader, const ZmLine *line);
static char *substituted(Reader *reader, const ZmLine *line, Size *length);
static Size read_variable(const char *text, Size length, char **name,
						  char **otherwise);

const ZmImporter zm_importer_goose = {"goose", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	return zm_has_line(history, is_mark);
}

static bool
is_mark(const ZmSourceFile *file, const ZmLine *line)
{
	const char *word;
	Size length;

	return is_annotation(line, &word, &length);
}

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		const char *name = zm_base_name(file->name);
		bool is_go =
			zm_ends_with(name, ".go") && !zm_ends_with(name, "_test.go");
		Size digits = zm_leading_digits(name);
		bool versioned = digits > 0 && name[digits] == '_' &&
						 zm_compare_digits(name, digits, "0", 1) > 0;
		Migration *migration;

		if (is_go && versioned)
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "a step in Go");
		if (!zm_ends_with(name, ".sql"))
			continue;
		if (!versioned)
		{
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "the name does not start with a version and \"_\"");
			continue;
		}
		migration = palloc(sizeof(Migration));
		*migration = (Migration){file, name, digits};
		migrations = lappend(migrations, migration);
	}
	list_sort(migrations, compare);
	foreach (lc, migrations)
		add(history, lfirst(lc));
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const Migration *left = lfirst(a);
	const Migration *right = lfirst(b);
	int order = zm_compare_digits(left->name, left->digits, right->name,
								  right->digits);

	return order != 0 ? order : strcmp(left->file->name, right->file->name);
}

static void
add(ZmHistory *history, const Migration *migration)
{
	const char *title = migration->name + migration->digits + 1;
	Reader reader = {.history = history, .file = migration->file};
	ZmSection *up = &reader.sections[0];
	ZmSection *down = &reader.sections[1];

	if (!read_file(&reader))
		return;
	if (!down->present)
	{
		zm_finding(history, ZM_FINDING_NOTE, migration->file->name, 0,
				   "there is no \"-- +goose Down\": going down does nothing");
		zm_section_begin(down, migration->file->name);
		(void) zm_section_finish(down);
	}
	zm_add_revision(history, migration->file->name,
					pnstrdup(migration->name, migration->digits),
					zm_words_of_slug(title, strlen(title) - strlen(".sql")),
					&up->script, &down->script);
}

static bool
read_file(Reader *reader)
{
	const ZmSourceFile *file = reader->file;
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		const char *word;
		Size length;

		if (is_annotation(&line, &word, &length))
			annotate(reader, line.number, word, length);
		else
			take_line(reader, &line);
	}
	if (!reader->sections[0].present)
	{
		zm_finding(reader->history, ZM_FINDING_PROBLEM, file->name, 0,
				   "there is no \"-- +goose Up\"");
		return false;
	}
	for (int i = 0; i < 2; i++)
	{
		if (reader->sections[i].present &&
			!zm_section_finish(&reader->sections[i]))
			zm_finding(reader->history, ZM_FINDING_NOTE, file->name,
					   reader->sections[i].next_line - 1,
					   "the last statement has no semicolon at its end, "
					   "which goose refuses");
	}
	return true;
}

/* *word is what stands behind "+goose". */
static bool
is_annotation(const ZmLine *line, const char **word, Size *length)
{
	Size rest = line->length;
	const char *text = zm_trim(line->text, &rest);

	if (!zm_starts_with(text, rest, "--"))
		return false;
	text += 2;
	rest -= 2;
	text = zm_trim(text, &rest);
	if (!zm_starts_with(text, rest, "+goose"))
		return false;
	*length = rest - strlen("+goose");
	*word = zm_trim(text + strlen("+goose"), length);
	return true;
}

static void
annotate(Reader *reader, int number, const char *word, Size length)
{
	ZmSection *current = reader->current;

	if (is_word(word, length, "Up"))
		begin_section(reader, &reader->sections[0], number);
	else if (is_word(word, length, "Down"))
		begin_section(reader, &reader->sections[1], number);
	else if (is_word(word, length, "StatementBegin") && current)
		zm_section_block_begin(current);
	else if (is_word(word, length, "StatementEnd") && current)
		zm_section_block_end(current);
	else if (is_word(word, length, "ENVSUB ON"))
		reader->substitutes = true;
	else if (is_word(word, length, "ENVSUB OFF"))
		reader->substitutes = false;
	else if (!is_word(word, length, "NO TRANSACTION"))
		zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
				   number, "the annotation \"+goose %s\" %s",
				   pnstrdup(word, length),
				   current ? "is not known" : "stands above \"+goose Up\"");
}

static bool
is_word(const char *text, Size length, const char *word)
{
	return length == strlen(word) && pg_strncasecmp(text, word, length) == 0;
}

static void
begin_section(Reader *reader, ZmSection *section, int number)
{
	ZmSection *up = &reader->sections[0];

	if (section->present || (section != up && !up->present))
		zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
				   number,
				   section->present ? "the annotation comes a second time"
									: "\"+goose Down\" above \"+goose Up\"");
	if (up->present && reader->current == up && section != up && up->block)
		zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
				   number, "\"+goose StatementEnd\" is missing");
	zm_section_begin(section, reader->file->name);
	reader->current = section;
}

static void
take_line(Reader *reader, const ZmLine *line)
{
	Size length = line->length;
	const char *text = line->text;

	if (reader->current == NULL)
	{
		if (!reader->failed && !zm_is_blank(text, length) &&
			!zm_starts_with(text, length, "--"))
		{
			zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
					   line->number, "a statement above \"+goose Up\"");
			reader->failed = true;
		}
		return;
	}
	if (reader->substitutes)
		text = substituted(reader, line, &length);
	zm_section_line(reader->current, line->number, text, length);
}

/* $NAME, ${NAME} and ${NAME:-default}; "$$" is the server's. */
static char *
substituted(Reader *reader, const ZmLine *line, Size *length)
{
	StringInfoData result;
	Size at = 0;

	initStringInfo(&result);
	while (at < line->length)
	{
		char *name;
		char *otherwise;
		const char *value;
		Size end = read_variable(line->text + at, line->length - at, &name,
								 &otherwise);

		if (end == 0)
		{
			appendStringInfoChar(&result, line->text[at]);
			if (line->text[at++] == '$' && at < line->length &&
				line->text[at] == '$')
				appendStringInfoChar(&result, line->text[at++]);
			continue;
		}
		value = zm_placeholder(reader->history, name);
		if (value == NULL || (*value == '\0' && otherwise))
			value = otherwise;
		if (value)
			appendStringInfoString(&result, value);
		else
		{
			zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
					   line->number,
					   "no value is given for the placeholder \"%s\"", name);
			appendBinaryStringInfo(&result, line->text + at, end);
		}
		at += end;
	}
	*length = result.len;
	return result.data;
}

/* How long the variable is that the text starts with; 0: there is none. */
static Size
read_variable(const char *text, Size length, char **name, char **otherwise)
{
	bool braces = length > 1 && text[1] == '{';
	Size start = braces ? 2 : 1;
	Size end = start;
	Size close;

	*otherwise = NULL;
	if (text[0] != '$')
		return 0;
	while (end < length &&
		   (isalpha((unsigned char) text[end]) || text[end] == '_' ||
			(end > start && isdigit((unsigned char) text[end]))))
		end++;
	if (end == start)
		return 0;
	*name = pnstrdup(text + start, end - start);
	if (!braces)
		return end;
	for (close = end; close < length && text[close] != '}'; close++)
		;
	if (close == length)
		return 0;
	if (close - end >= 2 && text[end] == ':' && text[end + 1] == '-')
		*otherwise = pnstrdup(text + end + 2, close - end - 2);
	else if (close > end && text[end] == '-')
		*otherwise = pnstrdup(text + end + 1, close - end - 1);
	else if (close > end)
		return 0;
	return close + 1;
}
