/*
 * revision_file.c
 *
 * Reading native revision files.
 *
 *		-- revision: 4f1c22a90b7e
 *		-- revises: 10967fd178d8
 *		-- message: add adapter configurations table
 *
 *		-- zishu:upgrade
 *		CREATE TABLE adapter_configurations (...);
 *
 *		-- zishu:downgrade
 *		DROP TABLE adapter_configurations;
 *
 * A script is what stands between two markers, less the line feed that ends
 * its last line and, before another marker, one empty line.  That is just
 * what zm_revision_file_format() adds, so that any script comes back as it
 * was.  Where the marker above it ends with a carriage return and a line
 * feed, the two are taken for one.
 *
 * Rule: no byte is lost.  What is not a script is in the frame, and put
 * together they are the file.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "utils/memutils.h"

#include "compat.h"
#include "errors.h"
#include "script/marker.h"
#include "script/wrap.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

typedef enum Key
{
	KEY_REVISION,
	KEY_REVISES,
	KEY_DEPENDS_ON,
	KEY_BRANCH_LABELS,
	KEY_CREATED,
	KEY_MESSAGE,
	NUM_KEYS
} Key;

static const char *const keys[NUM_KEYS] = {
	[KEY_REVISION] = "revision",	 [KEY_REVISES] = "revises",
	[KEY_DEPENDS_ON] = "depends on", [KEY_BRANCH_LABELS] = "branch labels",
	[KEY_CREATED] = "created",		 [KEY_MESSAGE] = "message",
};

#define KEYS_HINT                                                          \
	"The keys are \"revision\", \"revises\", \"depends on\", \"branch "    \
	"labels\", \"created\" and \"message\"; a comment must not look like " \
	"one."
#define MARKERS_HINT                                                           \
	"The markers are \"-- zishu:upgrade\", \"-- zishu:downgrade\" and, "       \
	"above a statement, \"-- zishu:repeat\"; they stand alone on a line, the " \
	"first two from its first column on."

/* What stands between two markers, and the script in it. */
typedef struct Section
{
	Size start;
	Size end;
	Size script_start;
	Size script_end;
} Section;

/* A file being read. */
typedef struct Reader
{
	const char *name;
	const char *text; /* in the server's encoding */
	Size length;
	ZmRevisionLine line; /* the one read last */
	bool seen[NUM_KEYS];
	ZmRevisionFile *file;
} Reader;

static void open_text(Reader *reader, const char *content, Size length);
static void check_bytes(const Reader *reader, const char *content,
						Size length);
static char *converted(const Reader *reader, const char *content, Size length);
static void name_file(void *arg);
static void read_header(Reader *reader);
static void read_header_line(Reader *reader);
static Size key_length(const char *body, Size length);
static void take_value(Reader *reader, Key key, char *value);
static List *split_list(const Reader *reader, char *value);
static bool read_section(Reader *reader, Section *section);
static void trim_section(const Reader *reader, Section *section, bool dos,
						 bool last);
static char *take_script(const Reader *reader, Section *section,
						 bool *unwrapped);
static char *piece(const Reader *reader, Size start, Size end);
static char *trimmed(const char *text, Size length);
pg_noreturn static void fault(const Reader *reader, int line, const char *hint,
							  const char *format, ...)
	pg_attribute_printf(4, 5);

ZmRevisionFile *
zm_revision_file_parse(const char *name, const char *content, Size length)
{
	ZmRevisionFile *file = palloc0(sizeof(ZmRevisionFile));
	Reader reader = {.name = name, .file = file};
	Section upgrade;
	Section downgrade;
	Size behind;

	file->name = name;
	file->message = pstrdup("");
	open_text(&reader, content, length);
	read_header(&reader);

	if (read_section(&reader, &upgrade))
	{
		if (read_section(&reader, &downgrade))
			fault(&reader, reader.line.number, NULL, "a second \"%s\"",
				  ZM_DOWNGRADE_MARKER);
		file->upgrade =
			take_script(&reader, &upgrade, &file->upgrade_unwrapped);
		file->downgrade =
			take_script(&reader, &downgrade, &file->downgrade_unwrapped);
		file->frame = list_make1(
			piece(&reader, upgrade.script_end, downgrade.script_start));
		behind = downgrade.script_end;
	}
	else
	{
		file->upgrade =
			take_script(&reader, &upgrade, &file->upgrade_unwrapped);
		behind = upgrade.script_end;
	}
	file->frame = lcons(piece(&reader, 0, upgrade.script_start), file->frame);
	file->frame = lappend(file->frame, piece(&reader, behind, reader.length));
	return file;
}

bool
zm_is_revision_file(const char *content, Size length)
{
	ZmRevisionLine line = {0};
	bool header = true;

	if (length >= 3 && memcmp(content, BYTE_ORDER_MARK, 3) == 0)
		line.next = 3;
	while (zm_revision_line(content, length, &line))
	{
		if (zm_marker_of(&line) == ZM_UPGRADE_SECTION)
			return true;
		if (header && line.length >= strlen("-- revision:") &&
			memcmp(line.text, "-- revision:", strlen("-- revision:")) == 0)
			return true;
		header = header && (line.length == 0 || line.text[0] == '-');
	}
	return false;
}

/*
 * Files are UTF-8.  In another encoding there may be no byte order mark to
 * keep, and it would be of no use.
 */
static void
open_text(Reader *reader, const char *content, Size length)
{
	const Size mark = strlen(BYTE_ORDER_MARK);
	bool marked =
		length >= mark && memcmp(content, BYTE_ORDER_MARK, mark) == 0;

	check_bytes(reader, content, length);
	if (GetDatabaseEncoding() == PG_UTF8 ||
		GetDatabaseEncoding() == PG_SQL_ASCII)
	{
		reader->text = content;
		reader->length = length;
		reader->line.next = marked ? mark : 0;
	}
	else
	{
		if (marked)
			content += mark, length -= mark;
		reader->text = converted(reader, content, length);
		reader->length = strlen(reader->text);
	}
}

static void
check_bytes(const Reader *reader, const char *content, Size length)
{
	const char *nul = memchr(content, '\0', length);
	Size good;
	ZmRevisionLine line = {0};

	if (length >= MaxAllocSize)
		fault(reader, 0, NULL, "it has %zu bytes, and a text can have %zu",
			  length, (Size) MaxAllocSize - 1);
	good = nul ? nul - content
			   : pg_encoding_verifymbstr(PG_UTF8, content, length);
	if (good == length)
		return;

	while (zm_revision_line(content, length, &line) && line.next <= good)
		;
	if (nul)
		fault(reader, line.number,
			  "A revision file is text in UTF-8; UTF-16 is not.",
			  "a byte that is zero");
	fault(reader, line.number, "Save the file as UTF-8.",
		  "not valid in UTF-8: byte 0x%02x", (unsigned char) content[good]);
}

/* A character that the database's encoding lacks is the server's to report. */
static char *
converted(const Reader *reader, const char *content, Size length)
{
	ErrorContextCallback callback;
	char *text = pnstrdup(content, length);

	callback.callback = name_file;
	callback.arg = unconstify(Reader *, reader);
	callback.previous = error_context_stack;
	error_context_stack = &callback;
	text = pg_any_to_server(text, length, PG_UTF8);
	error_context_stack = callback.previous;
	return text;
}

/* Error context callback. */
static void
name_file(void *arg)
{
	errcontext("revision file \"%s\"", ((Reader *) arg)->name);
}

/* Up to the upgrade marker, whose line is then the reader's. */
static void
read_header(Reader *reader)
{
	ZmRevisionLine *line = &reader->line;

	while (zm_revision_line(reader->text, reader->length, line))
	{
		switch (zm_marker_of(line))
		{
			case ZM_UPGRADE_SECTION:
				if (!reader->seen[KEY_REVISION])
					fault(reader, 0, KEYS_HINT,
						  "no line \"-- revision: ...\" before the scripts");
				return;
			case ZM_DOWNGRADE_SECTION:
				fault(reader, line->number,
					  "Put the upgrade section, even if it is empty, first.",
					  "\"%s\" before \"%s\"", ZM_DOWNGRADE_MARKER,
					  ZM_UPGRADE_MARKER);
			case ZM_MISSPELT_MARKER:
				fault(reader, line->number, MARKERS_HINT,
					  "\"%s\" is not a marker",
					  trimmed(line->text, line->length));
			case ZM_NO_MARKER:
				read_header_line(reader);
		}
	}
	fault(reader, 0, MARKERS_HINT, "no line \"%s\"", ZM_UPGRADE_MARKER);
}

/* Comments that are not of the form "key: value" are anyone's. */
static void
read_header_line(Reader *reader)
{
	const ZmRevisionLine *line = &reader->line;
	char *body;
	char *word;
	Size length;

	if (line->length == 0)
		return;
	if (line->length < 2 || strncmp(line->text, "--", 2) != 0)
		fault(reader, line->number,
			  "SQL belongs below \"-- zishu:upgrade\" or \"-- "
			  "zishu:downgrade\".",
			  "neither a comment nor \"%s\"", ZM_UPGRADE_MARKER);

	body = trimmed(line->text + 2, line->length - 2);
	length = key_length(body, strlen(body));
	if (length == 0)
		return;

	word = trimmed(body, length);
	for (Key key = 0; key < NUM_KEYS; key++)
	{
		if (strcmp(word, keys[key]) == 0)
		{
			take_value(reader, key,
					   trimmed(body + length + 1, strlen(body) - length - 1));
			return;
		}
	}
	fault(reader, line->number, KEYS_HINT, "unknown header key \"%s\"", word);
}

/*
 * How much of a comment is a key: what is before a colon that a blank or
 * nothing follows, if it is all in lower case or a key but for its case.  0
 * if there is none.
 */
static Size
key_length(const char *body, Size length)
{
	Size at = strspn(body, "abcdefghijklmnopqrstuvwxyz"
						   "ABCDEFGHIJKLMNOPQRSTUVWXYZ _-");

	if (at == 0 || body[at] != ':')
		return 0;
	for (Key key = 0; key < NUM_KEYS; key++)
	{
		if (at == strlen(keys[key]) &&
			pg_strncasecmp(body, keys[key], at) == 0)
			return at;
	}
	if (body[at + 1] != '\0' && !scanner_isspace(body[at + 1]))
		return 0;
	return strcspn(body, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") > at ? at : 0;
}

static void
take_value(Reader *reader, Key key, char *value)
{
	ZmRevisionFile *file = reader->file;

	if (reader->seen[key])
		fault(reader, reader->line.number, NULL, "a second header key \"%s\"",
			  keys[key]);
	reader->seen[key] = true;

	switch (key)
	{
		case KEY_REVISION:
			if (*value == '\0')
				fault(reader, reader->line.number, NULL,
					  "header key \"%s\" has no value", keys[key]);
			file->revision = value;
			break;
		case KEY_REVISES:
			file->revises = split_list(reader, value);
			break;
		case KEY_DEPENDS_ON:
			file->depends_on = split_list(reader, value);
			break;
		case KEY_BRANCH_LABELS:
			file->branch_labels = split_list(reader, value);
			break;
		case KEY_CREATED:
			file->created = *value == '\0' ? NULL : value;
			file->created_line = reader->line.number;
			break;
		case KEY_MESSAGE:
			file->message = value;
			break;
		case NUM_KEYS:
			break;
	}
}

static List *
split_list(const Reader *reader, char *value)
{
	List *list = NIL;

	if (*value == '\0')
		return NIL;
	for (;;)
	{
		Size length = strcspn(value, ",");
		char *item = trimmed(value, length);

		if (*item == '\0')
			fault(reader, reader->line.number,
				  "Separate names by single commas.",
				  "an empty name in a list");
		list = lappend(list, item);
		if (value[length] == '\0')
			return list;
		value += length + 1;
	}
}

/*
 * The section below the marker that was read last; true if it ends at a
 * downgrade marker, which then was read last.
 */
static bool
read_section(Reader *reader, Section *section)
{
	ZmRevisionLine *line = &reader->line;
	bool dos = line->cr_lf;

	section->start = line->next;
	while (zm_revision_line(reader->text, reader->length, line))
	{
		switch (zm_marker_of(line))
		{
			case ZM_UPGRADE_SECTION:
				fault(reader, line->number, NULL, "a second \"%s\"",
					  ZM_UPGRADE_MARKER);
			case ZM_DOWNGRADE_SECTION:
				section->end = line->start;
				trim_section(reader, section, dos, false);
				return true;
			case ZM_MISSPELT_MARKER:
				fault(reader, line->number, MARKERS_HINT,
					  "\"%s\" is not a marker",
					  trimmed(line->text, line->length));
			case ZM_NO_MARKER:
				break;
		}
	}
	section->end = reader->length;
	trim_section(reader, section, dos, true);
	return false;
}

/* Finds the script in a section; see the top of this file. */
static void
trim_section(const Reader *reader, Section *section, bool dos, bool last)
{
	const char *text = reader->text;
	Size start = section->start;
	Size end = section->end;

	for (int strip = last ? 1 : 2; strip > 0; strip--)
	{
		Size line_end = end;

		if (line_end > start && text[line_end - 1] == '\n')
			line_end--;
		else
			break;
		if (dos && line_end > start && text[line_end - 1] == '\r')
			line_end--;

		/* The first of two must be an empty line. */
		if (strip == 1 || line_end == start || text[line_end - 1] == '\n')
			end = line_end;
	}
	section->script_start = start;
	section->script_end = end;
}

/* A transaction around the script becomes a part of the frame. */
static char *
take_script(const Reader *reader, Section *section, bool *unwrapped)
{
	ZmScript *script =
		zm_script_from_cstring(reader->text + section->script_start,
							   section->script_end - section->script_start);
	Size start;
	Size end;

	if (zm_script_is_wrapped(script, &start, &end))
	{
		section->script_end = section->script_start + end;
		section->script_start += start;
		memmove(script->text, script->text + start, end - start);
		script->text[end - start] = '\0';
		*unwrapped = true;
	}
	return script->text;
}

static char *
piece(const Reader *reader, Size start, Size end)
{
	return pnstrdup(reader->text + start, end - start);
}

static char *
trimmed(const char *text, Size length)
{
	while (length > 0 && scanner_isspace(*text))
		text++, length--;
	while (length > 0 && scanner_isspace(text[length - 1]))
		length--;
	return pnstrdup(text, length);
}

/* Line 0 is none in particular; the hint may be NULL. */
static void
fault(const Reader *reader, int line, const char *hint, const char *format,
	  ...)
{
	StringInfoData what;
	int needed;

	initStringInfo(&what);
	do
	{
		va_list args;

		va_start(args, format);
		needed = appendStringInfoVA(&what, format, args);
		va_end(args);
		if (needed > 0)
			enlargeStringInfo(&what, needed);
	} while (needed > 0);

	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
			 line > 0 ? errmsg("invalid revision file \"%s\", line %d: %s",
							   reader->name, line, what.data)
					  : errmsg("invalid revision file \"%s\": %s",
							   reader->name, what.data),
			 hint ? errhint("%s", hint) : 0));
	pg_unreachable();
}
