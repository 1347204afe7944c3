/*
 * gap.c
 *
 * The white space and comments between statements.
 *
 * The scanner passes over comments without a word, and two of them mean
 * something to us: "-- zishu:repeat" above a statement, and "-- zishu:rename"
 * in a model.
 *
 * Rule: this looks only at text of which the scanner has said that it is not
 * part of a token, or that stands at the very start of a script; what counts
 * as white space and how comments nest is as in the server's scan.l.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "script/gap.h"

static Size skip_line_comment(const char *text, Size at, Size end);
static Size skip_block_comment(const char *text, Size at, Size end);
static bool next_comment(const char *text, Size start, Size end, Size *at,
						 Size *comment);
static bool says_repeat(const char *text, Size start, Size end);
static char *rename_in(const char *text, Size start, Size end);

Size
zm_gap_end(const char *text, Size length, Size start)
{
	Size at = start;

	while (at < length)
	{
		if (scanner_isspace(text[at]))
			at++;
		else if (strncmp(text + at, "--", 2) == 0)
			at = skip_line_comment(text, at, length);
		else if (strncmp(text + at, "/*", 2) == 0)
			at = skip_block_comment(text, at, length);
		else
			break;
	}
	return at;
}

bool
zm_gap_says_repeat(const char *text, Size start, Size end)
{
	Size at = start;
	Size comment;

	while (next_comment(text, start, end, &at, &comment))
	{
		if (says_repeat(text, comment, at))
			return true;
	}
	return false;
}

List *
zm_gap_renames(const char *text, Size start, Size end)
{
	Size at = start;
	Size comment;
	List *renames = NIL;

	while (next_comment(text, start, end, &at, &comment))
	{
		char *rename = rename_in(text, comment, at);

		if (rename)
			renames = lappend(renames, rename);
	}
	return renames;
}

/*
 * The next "--" comment in [start, end) that has a line to itself, from *at
 * on: *comment is behind its dashes, *at at its end.
 */
static bool
next_comment(const char *text, Size start, Size end, Size *at, Size *comment)
{
	bool line_is_blank =
		*at == start && (start == 0 || text[start - 1] == '\n');

	while (*at < end)
	{
		if (strncmp(text + *at, "--", 2) == 0)
		{
			*comment = *at + 2;
			*at = skip_line_comment(text, *at, end);
			if (line_is_blank)
				return true;
		}
		else if (strncmp(text + *at, "/*", 2) == 0)
		{
			*at = skip_block_comment(text, *at, end);
			line_is_blank = false;
		}
		else
		{
			if (text[*at] == '\n' || text[*at] == '\r')
				line_is_blank = true;
			(*at)++;
		}
	}
	return false;
}

/* Stops before the line's end. */
static Size
skip_line_comment(const char *text, Size at, Size end)
{
	while (at < end && text[at] != '\n' && text[at] != '\r')
		at++;
	return at;
}

static Size
skip_block_comment(const char *text, Size at, Size end)
{
	int depth = 0;

	do
	{
		if (strncmp(text + at, "/*", 2) == 0)
		{
			depth++;
			at += 2;
		}
		else if (strncmp(text + at, "*/", 2) == 0)
		{
			depth--;
			at += 2;
		}
		else
			at++;
	} while (depth > 0 && at < end);
	return Min(at, end);
}

/* [start, end) is what follows the two dashes. */
static bool
says_repeat(const char *text, Size start, Size end)
{
	static const char directive[] = "zishu:repeat";
	const Size length = sizeof(directive) - 1;

	while (start < end && scanner_isspace(text[start]))
		start++;
	while (end > start && scanner_isspace(text[end - 1]))
		end--;
	return end - start == length &&
		   memcmp(text + start, directive, length) == 0;
}

/* What follows "zishu:rename" in [start, end), or NULL. */
static char *
rename_in(const char *text, Size start, Size end)
{
	static const char directive[] = "zishu:rename";
	const Size length = sizeof(directive) - 1;

	while (start < end && scanner_isspace(text[start]))
		start++;
	if (end - start <= length ||
		memcmp(text + start, directive, length) != 0 ||
		!scanner_isspace(text[start + length]))
		return NULL;
	return pnstrdup(text + start + length, end - start - length);
}
