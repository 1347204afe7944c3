/*
 * marker.c
 *
 * The lines that divide a revision file.
 *
 * Rule: a marker is a line that consists of it, from the first column on,
 * wherever the line stands; that a script could have such a line in a string
 * is settled by not writing such scripts to files.  What only looks like a
 * marker is reported, never taken for a comment: a misspelt "downgrade" would
 * else run the downgrade as the end of the upgrade.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "script/marker.h"

static bool says(const char *text, Size length, const char *words);
static bool is_directive(const char *text, Size length);
static const char *skip_blanks(const char *text, const char *end);

bool
zm_revision_line(const char *text, Size length, ZmRevisionLine *line)
{
	const char *start = text + line->next;
	const char *end;

	if (line->next >= length)
		return false;

	end = memchr(start, '\n', length - line->next);
	line->number++;
	line->text = start;
	line->start = line->next;
	line->cr_lf = end != NULL && end > start && end[-1] == '\r';
	line->next = end != NULL ? end + 1 - text : length;
	line->length = (end != NULL ? end : text + length) - start;
	while (line->length > 0 && scanner_isspace(start[line->length - 1]))
		line->length--;
	return true;
}

ZmMarker
zm_marker_of(const ZmRevisionLine *line)
{
	const char *text = line->text;
	const char *end = text + line->length;

	if (says(text, line->length, ZM_UPGRADE_MARKER))
		return ZM_UPGRADE_SECTION;
	if (says(text, line->length, ZM_DOWNGRADE_MARKER))
		return ZM_DOWNGRADE_SECTION;

	text = skip_blanks(text, end);
	if (end - text < 2 || text[0] != '-' || text[1] != '-')
		return ZM_NO_MARKER;
	text = skip_blanks(text + 2, end);
	if (is_directive(text, end - text) &&
		!says(text, end - text, "zishu:repeat"))
		return ZM_MISSPELT_MARKER;
	return ZM_NO_MARKER;
}

static bool
says(const char *text, Size length, const char *words)
{
	return length == strlen(words) && memcmp(text, words, length) == 0;
}

/*
 * "zishu", a colon and a word, in whatever case and with blanks between.
 * With more words behind it, it is only one if the word is a section's.
 */
static bool
is_directive(const char *text, Size length)
{
	const char *end = text + length;
	const char *word;

	if (length < strlen("zishu") ||
		pg_strncasecmp(text, "zishu", strlen("zishu")) != 0)
		return false;
	text = skip_blanks(text + strlen("zishu"), end);
	if (text == end || *text != ':')
		return false;

	word = text = skip_blanks(text + 1, end);
	while (text < end && !scanner_isspace(*text))
		text++;
	return text == end ||
		   (text - word == strlen("upgrade") &&
			pg_strncasecmp(word, "upgrade", text - word) == 0) ||
		   (text - word == strlen("downgrade") &&
			pg_strncasecmp(word, "downgrade", text - word) == 0);
}

static const char *
skip_blanks(const char *text, const char *end)
{
	while (text < end && scanner_isspace(*text))
		text++;
	return text;
}
