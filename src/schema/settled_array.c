/*
 * settled_array.c
 *
 * Arrays of which the server has cast the whole (see settled.c).
 *
 * Behind an operator and ANY, an array without the cast is cast as a whole by
 * the server; this needs nothing to be known of its elements.  Elsewhere, it has
 * to be known that these are not all of one length, of which the names of
 * columns say nothing.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "schema/settled_internal.h"

static int type_end(const ZmSettling *text, int type);
static bool says_no_length(const ZmSettling *text, int open);
static bool has_length(const ZmSettling *text, int type);
static bool ends_element(const ZmSettling *text, int at);
static bool is_operand(const ZmSettling *text, int at,
					   const ZmCastArray *array, bool told);
static bool has_varchar(const ZmSettling *text, int open);
static void put_elements(StringInfo out, ZmSettling *text,
						 const ZmCastArray *array, int open, int close);
static void put_element(StringInfo out, ZmSettling *text,
						const ZmCastArray *array, int from, int to);
static void put_line_break(StringInfo out, const ZmSettling *text, int at);
static bool is_simple(const ZmSettling *text, int from, int to);
static bool is_value(int code);

bool
zm_find_cast_array(const ZmSettling *text, int at, ZmCastArray *found)
{
	const ZmToken *tokens = text->read.tokens;
	int end;

	found->sparing = tokens[at].code != '(';
	if (!found->sparing)
		at++;
	if (tokens[at].code != text->array || tokens[at + 1].code != '[')
		return false;
	found->open = at + 1;
	found->close = text->read.closing[found->open];
	if (found->close <= found->open + 1)
		return false;
	end = found->close + 1;
	if (!found->sparing && tokens[end++].code != ')')
		return false;
	if (tokens[end].code != ZM_TOKEN_TYPECAST)
		return false;
	found->type = end + 1;
	found->dimensions = type_end(text, found->type);
	found->end = found->dimensions + 2;
	return found->dimensions >= 0;
}

/* The bracket behind a type's name; -1 if this is no array type. */
static int
type_end(const ZmSettling *text, int type)
{
	int i = type;

	for (;; i++)
	{
		int code = text->read.tokens[i].code;

		if (code == '(') /* a length or precision */
		{
			i = text->read.closing[i];
			if (i < 0)
				return -1;
		}
		else if (code == '[')
			break;
		else if (code != '.' && code != ZM_TOKEN_IDENT &&
				 code < ZM_TOKEN_KEYWORD)
			return -1;
	}
	return i > type && text->read.tokens[i + 1].code == ']' ? i : -1;
}

void
zm_put_cast_array(StringInfo out, ZmSettling *text, int at,
				  const ZmCastArray *array)
{
	const ZmToken *tokens = text->read.tokens;
	bool told = says_no_length(text, array->open);
	bool bare = is_operand(text, at, array, told);

	text->unsettled |= bare || told;
	if (!text->spelling || (!bare && !told))
	{
		put_elements(out, text, array, array->open, array->close);
		return;
	}
	if (!array->sparing && !bare)
		appendStringInfoChar(out, '(');
	zm_put_tokens(out, text, array->open - 1, array->close + 1);
	if (!bare)
	{
		appendStringInfo(out, "::anyarray%s", array->sparing ? "" : ")");
		zm_put_source(out, text, tokens[array->type - 1].start,
					  tokens[array->end - 1].end);
	}
}

/* Does an element say that not all of them are of one length?  Where they are,
 * a cast to a polymorphic type is one. */
static bool
says_no_length(const ZmSettling *text, int open)
{
	const ZmToken *tokens = text->read.tokens;
	int close = text->read.closing[open];

	check_stack_depth();
	for (int i = open + 1; i < close; i++)
	{
		bool first = i == open + 1 || tokens[i - 1].code == ',';

		if (first && zm_number_type(text, i) && ends_element(text, i + 1))
			return true;
		if (tokens[i].code == ZM_TOKEN_TYPECAST && !has_length(text, i + 1))
			return true;
		if (tokens[i].code == '[' && tokens[i - 1].code == text->array &&
			says_no_length(text, i))
			return true;
		if (text->read.closing[i] >= 0)
			i = text->read.closing[i];
	}
	return false;
}

/* ... the type, or stands it not at the end of an element? */
static bool
has_length(const ZmSettling *text, int type)
{
	const ZmToken *tokens = text->read.tokens;
	int i = type;

	while (tokens[i].code == '.' || tokens[i].code == ZM_TOKEN_IDENT ||
		   tokens[i].code >= ZM_TOKEN_KEYWORD)
		i++;
	if (tokens[type].code == zm_keyword("interval") && i > type + 1)
		return true;
	while (tokens[i].code == '[' && tokens[i + 1].code == ']')
		i += 2;
	return !ends_element(text, i);
}

static bool
ends_element(const ZmSettling *text, int at)
{
	return text->read.tokens[at].code == ',' ||
		   text->read.tokens[at].code == ']';
}

/*
 * Right behind ANY or ALL, where it is cast to what the operator takes?  What
 * stands before the operator is of that type, then.  No operator of these types
 * takes another one on its other side that would have to be cast to it.
 */
static bool
is_operand(const ZmSettling *text, int at, const ZmCastArray *array, bool told)
{
	const ZmToken *tokens = text->read.tokens;
	int code = tokens[array->type].code;

	if (at < 2 || tokens[at - 1].code != '(' ||
		(tokens[at - 2].code != zm_keyword("any") &&
		 tokens[at - 2].code != zm_keyword("all")))
		return false;
	if (told)
		return code == zm_keyword("text") && !array->sparing &&
			   has_varchar(text, array->open);
	return code == zm_keyword("text") || code == zm_keyword("numeric") ||
		   code == zm_keyword("double");
}

/* Does one element say that it is one?  Then all are. */
static bool
has_varchar(const ZmSettling *text, int open)
{
	const ZmToken *tokens = text->read.tokens;

	for (int i = open + 1; i < text->read.closing[open]; i++)
	{
		if (tokens[i].code == ZM_TOKEN_TYPECAST &&
			tokens[i + 1].code == zm_keyword("character") &&
			tokens[i + 2].code == zm_keyword("varying") &&
			ends_element(text, i + 3))
			return true;
		if (text->read.closing[i] >= 0 && tokens[i - 1].code != text->array)
			i = text->read.closing[i];
	}
	return false;
}

static void
put_elements(StringInfo out, ZmSettling *text, const ZmCastArray *array,
			 int open, int close)
{
	int depth = 0;
	int from = open + 1;

	appendStringInfoString(out, "ARRAY[");
	for (int i = from; i <= close; i++)
	{
		int code = text->read.tokens[i].code;

		if (i == close || (code == ',' && depth == 0))
		{
			if (from > open + 1)
				appendStringInfoString(out, ", ");
			put_element(out, text, array, from, i);
			from = i + 1;
		}
		else if (code == '[' || code == '(')
			depth++;
		else if (code == ']' || code == ')')
			depth--;
	}
	appendStringInfoChar(out, ']');
}

/* The cast goes down into arrays within the array. */
static void
put_element(StringInfo out, ZmSettling *text, const ZmCastArray *array,
			int from, int to)
{
	const ZmToken *tokens = text->read.tokens;

	check_stack_depth();
	if (tokens[from].code == text->array && tokens[from + 1].code == '[' &&
		text->read.closing[from + 1] == to - 1)
	{
		put_elements(out, text, array, from + 1, to - 1);
		return;
	}
	if (array->sparing && is_simple(text, from, to))
		zm_put_tokens(out, text, from, to);
	else
	{
		appendStringInfoChar(out, '(');
		put_line_break(out, text, from);
		zm_put_tokens(out, text, from, to);
		appendStringInfoChar(out, ')');
	}
	appendStringInfoString(out, "::");
	zm_put_source(out, text, tokens[array->type].start,
				  tokens[array->dimensions].start);
}

/* The one that the server writes before CASE, also behind a parenthesis. */
static void
put_line_break(StringInfo out, const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	for (Size i = tokens[at - 1].end; i < tokens[at].start; i++)
	{
		if (text->read.sql[i] == '\n')
		{
			zm_put_source(out, text, i, tokens[at].start);
			return;
		}
	}
}

/* Has no operator outside of parentheses. */
static bool
is_simple(const ZmSettling *text, int from, int to)
{
	for (int i = from; i < to; i++)
	{
		int code = text->read.tokens[i].code;

		if (code == '(' || code == '[')
			i = text->read.closing[i];
		else if (code != '.' && code != ZM_TOKEN_TYPECAST &&
				 code < ZM_TOKEN_KEYWORD && !is_value(code))
			return false;
	}
	return true;
}

/* A name, a literal or a parameter. */
static bool
is_value(int code)
{
	return (code >= ZM_TOKEN_IDENT && code <= ZM_TOKEN_XCONST) ||
		   code == ZM_TOKEN_ICONST || code == ZM_TOKEN_PARAM;
}
