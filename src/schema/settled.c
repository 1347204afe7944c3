/*
 * settled.c
 *
 * SQL text of the server that stays as it is.
 *
 * One construct is printed in a form that the parser does not read back as it
 * was: an array of which the server has cast the whole,
 *
 *	   (ARRAY['a'::character varying, 'b'::character varying])::text[]
 *
 * as it does for "x IN ('a', 'b')" where x is a varchar.  The parser takes such
 * a cast to the elements, and from then on the same array is
 *
 *	   ARRAY[('a'::character varying)::text, ('b'::character varying)::text]
 *
 * A schema that was dumped and restored would differ from the one it was
 * dumped from.  So we tell the second form, whichever the catalogs have.  Where
 * the server prints with few parentheses, both forms are without them.
 *
 * Rule: only the server's scanner reads SQL.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "schema/settled.h"
#include "script/scan.h"

/* What every such array has in it. */
#define SIGN "ARRAY["

typedef struct Text
{
	const char *sql;
	ZmToken *tokens; /* ends with that of the end */
	int array;		 /* the code of ARRAY */
} Text;

/* Such an array, by its tokens. */
typedef struct CastArray
{
	bool sparing;	/* with parentheses only where they are needed */
	int open;		/* the square bracket */
	int close;		/* the one that ends it */
	int type;		/* the first token of the type */
	int dimensions; /* the square bracket behind the type's name */
	int end;		/* behind all of it */
} CastArray;

static ZmToken *read_tokens(ZmScript *script);
static void put(StringInfo out, const Text *text, int from, int to);
static bool find_cast_array(const Text *text, int at, CastArray *found);
static int closing(const Text *text, int open);
static int type_end(const Text *text, int type);
static void put_elements(StringInfo out, const Text *text,
						 const CastArray *array, int open, int close);
static void put_element(StringInfo out, const Text *text,
						const CastArray *array, int from, int to);
static bool is_simple(const Text *text, int from, int to);
static bool is_value(int code);
static void put_source(StringInfo out, const Text *text, Size from, Size to);

char *
zm_settled(char *sql)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context;
	ZmScript *script;
	StringInfoData out;
	Text text;
	int last = 0;

	if (strstr(sql, SIGN) == NULL)
		return sql;

	initStringInfo(&out);
	context = AllocSetContextCreate(caller, "zishu_migrate tokens",
									ALLOCSET_SMALL_SIZES);
	MemoryContextSwitchTo(context);
	script = zm_script_from_cstring(sql, strlen(sql));
	text.sql = sql;
	text.tokens = read_tokens(script);
	text.array = zm_keyword("array");
	while (text.tokens[last].code != ZM_TOKEN_END)
		last++;
	put(&out, &text, 0, last);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return out.data;
}

static ZmToken *
read_tokens(ZmScript *script)
{
	int size = 64;
	ZmToken *tokens = palloc(sizeof(ZmToken) * size);
	ZmScanner scanner;
	int count = 0;

	zm_scanner_open(&scanner, script);
	zm_scanner_begin(&scanner);
	do
	{
		if (count == size)
		{
			size *= 2;
			tokens = repalloc(tokens, sizeof(ZmToken) * size);
		}
		zm_scanner_next(&scanner, &tokens[count]);
	} while (tokens[count++].code != ZM_TOKEN_END);
	zm_scanner_end(&scanner);
	return tokens;
}

/* Writes the tokens [from, to) and what is between them. */
static void
put(StringInfo out, const Text *text, int from, int to)
{
	const ZmToken *tokens = text->tokens;
	Size done = from == 0 ? 0 : tokens[from].start;

	check_stack_depth();
	for (int i = from; i < to; i++)
	{
		CastArray array;

		if (!find_cast_array(text, i, &array) || array.end > to)
			continue;
		put_source(out, text, done, tokens[i].start);
		put_elements(out, text, &array, array.open, array.close);
		done = tokens[array.end - 1].end;
		i = array.end - 1;
	}
	put_source(out, text, done, tokens[to].start);
}

static bool
find_cast_array(const Text *text, int at, CastArray *found)
{
	const ZmToken *tokens = text->tokens;
	int end;

	found->sparing = tokens[at].code != '(';
	if (!found->sparing)
		at++;
	if (tokens[at].code != text->array || tokens[at + 1].code != '[')
		return false;
	found->open = at + 1;
	found->close = closing(text, found->open);
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

/* The bracket that closes this one; -1 if there is none. */
static int
closing(const Text *text, int open)
{
	int depth = 0;

	for (int i = open; text->tokens[i].code != ZM_TOKEN_END; i++)
	{
		int code = text->tokens[i].code;

		if (code == '[' || code == '(')
			depth++;
		else if ((code == ']' || code == ')') && --depth == 0)
			return i;
	}
	return -1;
}

/* The bracket behind a type's name; -1 if this is no array type. */
static int
type_end(const Text *text, int type)
{
	int i = type;

	for (;; i++)
	{
		int code = text->tokens[i].code;

		if (code == '(') /* a length or precision */
		{
			i = closing(text, i);
			if (i < 0)
				return -1;
		}
		else if (code == '[')
			break;
		else if (code != '.' && code != ZM_TOKEN_IDENT &&
				 code < ZM_TOKEN_KEYWORD)
			return -1;
	}
	return i > type && text->tokens[i + 1].code == ']' ? i : -1;
}

static void
put_elements(StringInfo out, const Text *text, const CastArray *array,
			 int open, int close)
{
	int depth = 0;
	int from = open + 1;

	appendStringInfoString(out, "ARRAY[");
	for (int i = from; i <= close; i++)
	{
		int code = text->tokens[i].code;

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
put_element(StringInfo out, const Text *text, const CastArray *array, int from,
			int to)
{
	const ZmToken *tokens = text->tokens;

	check_stack_depth();
	if (tokens[from].code == text->array && tokens[from + 1].code == '[' &&
		closing(text, from + 1) == to - 1)
	{
		put_elements(out, text, array, from + 1, to - 1);
		return;
	}
	if (array->sparing && is_simple(text, from, to))
		put(out, text, from, to);
	else
	{
		appendStringInfoChar(out, '(');
		put(out, text, from, to);
		appendStringInfoChar(out, ')');
	}
	appendStringInfoString(out, "::");
	put_source(out, text, tokens[array->type].start,
			   tokens[array->dimensions].start);
}

/* Has no operator outside of parentheses. */
static bool
is_simple(const Text *text, int from, int to)
{
	for (int i = from; i < to; i++)
	{
		int code = text->tokens[i].code;

		if (code == '(' || code == '[')
			i = closing(text, i);
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

static void
put_source(StringInfo out, const Text *text, Size from, Size to)
{
	appendBinaryStringInfo(out, text->sql + from, to - from);
}
