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

bool
zm_next_line(const char *text, Size length, ZmLine *line)
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
zm_marker_of(const ZmLine *line)
{
	const char *text = line->text;
	Size length = line->length;

	if (says(text, length, ZM_UPGRADE_MARKER))
		return ZM_UPGRADE_SECTION;
	if (says(text, length, ZM_DOWNGRADE_MARKER))
		return ZM_DOWNGRADE_SECTION;

	while (length > 0 && scanner_isspace(*text))
		text++, length--;
	if (length < 2 || text[0] != '-' || text[1] != '-')
		return ZM_NO_MARKER;
	text += 2, length -= 2;
	while (length > 0 && scanner_isspace(*text))
		text++, length--;

	if (is_directive(text, length) && !says(text, length, "zishu:repeat"))
		return ZM_MISSPELT_MARKER;
	return ZM_NO_MARKER;
}

static bool
says(const char *text, Size length, const char *words)
{
	return length == strlen(words) && memcmp(text, words, length) == 0;
}

/* "zishu", a colon and one word, in whatever case and with blanks between. */
static bool
is_directive(const char *text, Size length)
{
	Size at = strlen("zishu");

	if (length < at || pg_strncasecmp(text, "zishu", at) != 0)
		return false;
	while (at < length && scanner_isspace(text[at]))
		at++;
	if (at == length || text[at] != ':')
		return false;
	at++;
	while (at < length && scanner_isspace(text[at]))
		at++;
	while (at < length && !scanner_isspace(text[at]))
		at++;
	return at == length;
}
