/*
 * ident.c
 *
 * The written forms of identifiers: "label@rest", "[label@][symbol]+N",
 * and plain numbers.
 *
 * This is lexical only; no revision is looked at.  The forms are Alembic's,
 * with their traps: the label of a plain identifier ends at the first "@",
 * that of a relative one where the rest is relative; what follows the digits
 * of a relative one is not looked at; any script's digits will do.  Texts
 * are in the server's encoding; where that is not UTF-8, what is not ASCII
 * counts as a letter.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "graph/graph_internal.h"

static uint32 next_character(const char **text);
static bool parse_symbol_and_steps(const char *text, ZmRelative *relative);
static bool add_digit(int64 *value, uint32 character);

/*
 * The part behind the first "@", and the label before it; without "@" the
 * label is NULL.  The label may be empty.
 */
char *
zm_split_label(const char *ident, char **label)
{
	const char *at = strchr(ident, '@');

	if (at == NULL)
	{
		*label = NULL;
		return pstrdup(ident);
	}
	*label = pnstrdup(ident, at - ident);
	return pstrdup(at + 1);
}

/*
 * Is it a relative identifier?  The label is the shortest text before an "@"
 * that makes it one.
 */
bool
zm_parse_relative(const char *ident, ZmRelative *relative)
{
	for (const char *at = strchr(ident, '@'); at != NULL;
		 at = strchr(at + 1, '@'))
	{
		if (at == ident)
			continue;
		if (memchr(ident, '\n', at - ident) != NULL)
			break;
		if (parse_symbol_and_steps(at + 1, relative))
		{
			relative->label = pnstrdup(ident, at - ident);
			return true;
		}
	}
	relative->label = NULL;
	return parse_symbol_and_steps(ident, relative);
}

/*
 * "[symbol](+|-)digits", and anything behind.
 */
static bool
parse_symbol_and_steps(const char *text, ZmRelative *relative)
{
	const char *p = text;
	const char *end = text;
	int64 steps = 0;
	bool negative;

	while (zm_is_word(next_character(&p)))
		end = p;
	if (*end != '+' && *end != '-')
		return false;
	negative = *end == '-';
	p = end + 1;
	if (!add_digit(&steps, next_character(&p)))
		return false;
	while (add_digit(&steps, next_character(&p)))
		;
	relative->symbol = end == text ? NULL : pnstrdup(text, end - text);
	relative->steps = (int) (negative ? -steps : steps);
	return true;
}

/*
 * Is it a number to Python's int()?  White space around it and single
 * underscores between digits are fine.
 */
bool
zm_parse_int(const char *text, int *value)
{
	const char *p = zm_strip(text);
	int64 number = 0;
	bool negative = *p == '-';

	if (*p == '-' || *p == '+')
		p++;
	do
	{
		if (!add_digit(&number, next_character(&p)))
			return false;
		if (*p == '_' && p[1] != '\0')
			p++;
	} while (*p != '\0');
	*value = (int) (negative ? -number : number);
	return true;
}

/*
 * A copy without white space at both ends.
 */
char *
zm_strip(const char *text)
{
	const char *start = text;
	const char *end;
	const char *p = text;

	while (*p != '\0' && zm_is_space(next_character(&p)))
		start = p;
	end = p = start;
	while (*p != '\0')
	{
		if (!zm_is_space(next_character(&p)))
			end = p;
	}
	return pnstrdup(start, end - start);
}

/*
 * The code point at *text, which is moved behind it; 0 at the end.  Letters
 * of other encodings than UTF-8 all come as "a" with diaeresis.
 */
static uint32
next_character(const char **text)
{
	const unsigned char *p = (const unsigned char *) *text;

	if (*p == '\0')
		return 0;
	*text += pg_mblen(*text);
	if (*p < 0x80)
		return *p;
	if (GetDatabaseEncoding() == PG_UTF8)
		return utf8_to_unicode(p);
	return 0xE4;
}

/*
 * Appends a digit to a number, which stops growing when it is too large for
 * any graph.
 */
static bool
add_digit(int64 *value, uint32 character)
{
	int digit = zm_digit_value(character);

	if (digit < 0)
		return false;
	*value = Min(*value * 10 + digit, (int64) PG_INT32_MAX);
	return true;
}
