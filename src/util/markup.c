/*
 * markup.c
 *
 * Text as a part of XML and HTML.
 *
 * Rule: nothing that a user wrote reaches a document but through here.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "util/markup.h"

#define REPLACEMENT 0xFFFD

static pg_wchar next_character(const char **text, const char *end, int *width);
static bool is_allowed(pg_wchar character);
static void append_character(StringInfo out, pg_wchar character);
static const char *to_utf8(const char *text);

void
zm_append_markup(StringInfo out, const char *text)
{
	const char *p = to_utf8(text);
	const char *end = p + strlen(p);
	int width;

	while (p < end)
		append_character(out, next_character(&p, end, &width));
}

int
zm_append_markup_start(StringInfo out, const char *text, int columns)
{
	const char *p = to_utf8(text);
	const char *end = p + strlen(p);
	int fits = out->len; /* up to here there is room for the dots */
	int fits_columns = 0;
	int taken = 0;

	while (p < end)
	{
		int width;
		pg_wchar character = next_character(&p, end, &width);

		if (taken + width > columns)
		{
			out->len = fits;
			appendStringInfoString(out, "...");
			return fits_columns + 3;
		}
		append_character(out, character < ' ' ? ' ' : character);
		taken += width;
		if (taken <= columns - 3)
		{
			fits = out->len;
			fits_columns = taken;
		}
	}
	return taken;
}

/*
 * Steps over a character and tells its width.  A byte that belongs to none
 * counts as one, and so do the two of a line break.
 */
static pg_wchar
next_character(const char **text, const char *end, int *width)
{
	const unsigned char *p = (const unsigned char *) *text;
	int length = pg_utf_mblen(p);
	pg_wchar character;

	*width = 1;
	if (p[0] == '\r')
	{
		*text += p[1] == '\n' ? 2 : 1;
		return '\n';
	}
	if (length > end - *text || !pg_utf8_islegal(p, length))
	{
		*text += 1;
		return REPLACEMENT;
	}
	*text += length;
	character = utf8_to_unicode(p);
	if (!is_allowed(character))
		return REPLACEMENT;
	if (character >= ' ')
		*width = Max(pg_encoding_dsplen(PG_UTF8, (const char *) p), 0);
	return character;
}

/*
 * HTML has no use for the second range of control characters, and neither it
 * nor XML for code points that never are a character.
 */
static bool
is_allowed(pg_wchar character)
{
	if (character < ' ')
		return character == '\t' || character == '\n';
	if (character >= 0x7F && character < 0xA0)
		return false;
	if (character >= 0xFDD0 && character <= 0xFDEF)
		return false;
	return (character & 0xFFFE) != 0xFFFE;
}

static void
append_character(StringInfo out, pg_wchar character)
{
	switch (character)
	{
		case '&':
			appendStringInfoString(out, "&amp;");
			break;
		case '<':
			appendStringInfoString(out, "&lt;");
			break;
		case '>':
			appendStringInfoString(out, "&gt;");
			break;
		case '"':
			appendStringInfoString(out, "&quot;");
			break;
		case '\'':
			appendStringInfoString(out, "&#39;");
			break;
		default:
			if (character < 0x80)
				appendStringInfoChar(out, (char) character);
			else
				appendStringInfo(out, "&#x%X;", (unsigned int) character);
	}
}

/* A database that knows no encoding may hold anything: it is read as it is. */
static const char *
to_utf8(const char *text)
{
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
		return text;
	return pg_server_to_any(text, strlen(text), PG_UTF8);
}
