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

void
zm_append_markup(StringInfo out, const char *text)
{
	for (const char *c = text; *c; c++)
	{
		switch (*c)
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
				if ((unsigned char) *c < ' ' && strchr("\t\n\r", *c) == NULL)
					appendStringInfoChar(out, '?');
				else
					appendStringInfoChar(out, *c);
		}
	}
}

void
zm_append_markup_start(StringInfo out, const char *text, int characters)
{
	int length = strlen(text);
	int shown = pg_mbcharcliplen(text, length, characters);

	zm_append_markup(out, shown < length ? pnstrdup(text, shown) : text);
	if (shown < length)
		appendStringInfoString(out, "...");
}
