/*
 * lines.c
 *
 * Files of a history, line by line.
 *
 * Rule: nothing is copied; lines are parts of the file.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "import/import.h"

static bool is_blank(char c);

bool
zm_next_line(const char *content, Size length, ZmLine *line)
{
	const char *feed;

	if (line->next >= length)
		return false;
	line->start = line->next;
	line->text = content + line->start;
	line->number++;
	feed = memchr(line->text, '\n', length - line->start);
	line->length = feed ? feed - line->text : length - line->start;
	line->next = line->start + line->length + (feed ? 1 : 0);
	if (line->length > 0 && line->text[line->length - 1] == '\r')
		line->length--;
	return true;
}

const char *
zm_trim(const char *text, Size *length)
{
	while (*length > 0 && is_blank(text[*length - 1]))
		(*length)--;
	while (*length > 0 && is_blank(*text))
	{
		text++;
		(*length)--;
	}
	return text;
}

bool
zm_starts_with(const char *text, Size length, const char *start)
{
	Size n = strlen(start);

	return length >= n && memcmp(text, start, n) == 0;
}

bool
zm_is_text(const char *text, Size length, const char *string)
{
	return length == strlen(string) && memcmp(text, string, length) == 0;
}

bool
zm_is_blank(const char *text, Size length)
{
	for (Size i = 0; i < length; i++)
	{
		if (!scanner_isspace(text[i]))
			return false;
	}
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}
