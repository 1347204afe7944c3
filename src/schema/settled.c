/*
 * settled.c
 *
 * SQL text of the server that stays as it is.
 *
 * Four constructs are printed in a form that the parser does not read back as
 * it was.  One is an array of which the server has cast the whole,
 *
 *	   (ARRAY['a'::character varying, 'b'::character varying])::text[]
 *
 * as it does for "x IN ('a', 'b')" where x is a varchar.  The parser takes such
 * a cast to the elements, and from then on the same array is
 *
 *	   ARRAY[('a'::character varying)::text, ('b'::character varying)::text]
 *
 * Another is a condition that begins with another one of its kind, as
 * "x BETWEEN 1 AND 5 AND y" does:
 *
 *	   (((x >= 1) AND (x <= 5)) AND y)
 *
 * The parser makes one of the two, in that place and no other:
 *
 *	   ((x >= 1) AND (x <= 5) AND y)
 *
 * The third is a list of rows whose columns got other names, as in
 * "CREATE VIEW v (a) AS VALUES (1)":
 *
 *	   FROM (VALUES (1)) "*VALUES*"
 *
 * Read back it is a query within a query, and printed with one blank more:
 *
 *	   FROM ( VALUES (1)) "*VALUES*"
 *
 * The fourth is an outer join without a condition, as that of "a NATURAL LEFT
 * JOIN b" where no names are common.  It is printed with a condition
 *
 *	   LEFT JOIN b ON TRUE
 *
 * and, read back, with one as all are printed:
 *
 *	   LEFT JOIN b ON (true)
 *
 * A schema that was dumped and restored would differ from the one it was
 * dumped from.  So we tell the second form, whichever the catalogs have.  Where
 * the server prints with few parentheses, both forms are without them.
 *
 * Of the first construct the catalogs' own form can be had again: without the
 * cast, behind an operator and ANY, the server casts the whole by itself.
 *
 * Rule: only the server's scanner reads SQL.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "schema/settled.h"
#include "script/scan.h"

/* What every such array, every such list and every such join has in it. */
#define ARRAY_SIGN "ARRAY["
/* ... and one that can be told in its first form. */
#define CAST_SIGN "::text[]"
#define VALUES_SIGN "(VALUES "
#define JOIN_SIGN " ON TRUE"

typedef struct Text
{
	const char *sql;
	ZmToken *tokens; /* ends with that of the end */
	int count;		 /* without that one */
	int *closing;	 /* by opening bracket: the one that closes it, or -1 */
	bool *needless;	 /* parentheses that the parser does not keep */
	int array;		 /* the codes of keywords */
	int and;
	int or ;
	int values;
	int on;
	int always;
	bool spelling; /* arrays are written for the parser */
	bool spelled;  /* some were */
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

static char *rewrite(char *sql, bool spelling, bool *spelled);
static bool may_unsettle(const char *sql);
static void read_tokens(Text *text, ZmScript *script);
static void match_brackets(Text *text);
static void find_needless(Text *text);
static int condition(const Text *text, int open);
static bool is_query(const Text *text, int at);
static void put(StringInfo out, Text *text, int from, int to);
static bool is_bare_values(const Text *text, int at);
static bool is_bare_true(const Text *text, int at);
static bool find_cast_array(const Text *text, int at, CastArray *found);
static int type_end(const Text *text, int type);
static bool is_operand(const Text *text, int at, const CastArray *array);
static void put_elements(StringInfo out, Text *text, const CastArray *array,
						 int open, int close);
static void put_element(StringInfo out, Text *text, const CastArray *array,
						int from, int to);
static bool is_simple(const Text *text, int from, int to);
static bool is_value(int code);
static void put_source(StringInfo out, const Text *text, Size from, Size to);

char *
zm_settled(char *sql)
{
	return may_unsettle(sql) ? rewrite(sql, false, NULL) : sql;
}

char *
zm_spelling(char *sql)
{
	bool spelled = false;
	char *spelling = NULL;

	if (strstr(sql, ARRAY_SIGN) && strstr(sql, CAST_SIGN))
		spelling = rewrite(sql, true, &spelled);
	return spelled ? spelling : NULL;
}

static char *
rewrite(char *sql, bool spelling, bool *spelled)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context;
	StringInfoData out;
	Text text;

	initStringInfo(&out);
	context = AllocSetContextCreate(caller, "zishu_migrate tokens",
									ALLOCSET_SMALL_SIZES);
	MemoryContextSwitchTo(context);
	text.sql = sql;
	text.spelling = spelling;
	text.spelled = false;
	text.array = zm_keyword("array");
	text.and = zm_keyword("and");
	text.or = zm_keyword("or");
	text.values = zm_keyword("values");
	text.on = zm_keyword("on");
	text.always = zm_keyword("true");
	read_tokens(&text, zm_script_from_cstring(sql, strlen(sql)));
	match_brackets(&text);
	find_needless(&text);
	put(&out, &text, 0, text.count);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	if (spelled)
		*spelled = text.spelled;
	return out.data;
}

/* Most texts are seen at a glance to have nothing of the kind. */
static bool
may_unsettle(const char *sql)
{
	return strstr(sql, ARRAY_SIGN) || strstr(sql, VALUES_SIGN) ||
		   strstr(sql, JOIN_SIGN) ||
		   (strstr(sql, "((") &&
			(strstr(sql, ") AND ") || strstr(sql, ") OR ")));
}

static void
read_tokens(Text *text, ZmScript *script)
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
			tokens = repalloc_huge(tokens, sizeof(ZmToken) * size);
		}
		zm_scanner_next(&scanner, &tokens[count]);
	} while (tokens[count++].code != ZM_TOKEN_END);
	zm_scanner_end(&scanner);
	text->tokens = tokens;
	text->count = count - 1;
}

static void
match_brackets(Text *text)
{
	int *open =
		palloc_extended(sizeof(int) * (text->count + 1), MCXT_ALLOC_HUGE);
	int depth = 0;

	text->closing =
		palloc_extended(sizeof(int) * (text->count + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < text->count; i++)
	{
		int code = text->tokens[i].code;

		text->closing[i] = -1;
		if (code == '[' || code == '(')
			open[depth++] = i;
		else if ((code == ']' || code == ')') && depth > 0)
			text->closing[open[--depth]] = i;
	}
	pfree(open);
}

/* Those around a condition at the beginning of another one of its kind. */
static void
find_needless(Text *text)
{
	const ZmToken *tokens = text->tokens;

	text->needless =
		palloc_extended(text->count + 1, MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	for (int i = 0; i < text->count; i++)
	{
		int kind;

		CHECK_FOR_INTERRUPTS();
		if (tokens[i].code != '(' || tokens[i + 1].code != '(' ||
			text->needless[i])
			continue;
		kind = condition(text, i);
		for (int inner = i + 1; kind != 0 && condition(text, inner) == kind &&
								tokens[text->closing[inner] + 1].code == kind;
			 inner++)
		{
			text->needless[inner] = true;
			text->needless[text->closing[inner]] = true;
		}
	}
}

/* The keyword between its parts, if that is what stands in these parentheses;
 * else 0. */
static int
condition(const Text *text, int open)
{
	if (text->tokens[open].code != '(' || text->closing[open] < 0 ||
		is_query(text, open + 1))
		return 0;
	for (int i = open + 1; i < text->closing[open]; i++)
	{
		int code = text->tokens[i].code;

		if (code == text->and || code == text->or)
			return code;
		if (text->closing[i] >= 0)
			i = text->closing[i];
	}
	return 0;
}

/* In which such a keyword may mean something else. */
static bool
is_query(const Text *text, int at)
{
	static const char *const words[] = {"select", "with",	   "values",
										"order",  "partition", "rows",
										"range",  "groups"};

	if (text->tokens[at].code < ZM_TOKEN_KEYWORD)
		return false;
	for (int i = 0; i < lengthof(words); i++)
	{
		if (text->tokens[at].code == zm_keyword(words[i]))
			return true;
	}
	return false;
}

/* Writes the tokens [from, to) and what is between them. */
static void
put(StringInfo out, Text *text, int from, int to)
{
	const ZmToken *tokens = text->tokens;
	Size done = from == 0 ? 0 : tokens[from].start;

	check_stack_depth();
	for (int i = from; i < to; i++)
	{
		CastArray array;

		if (text->needless[i])
		{
			put_source(out, text, done, tokens[i].start);
			done = tokens[i].end;
			continue;
		}
		if (is_bare_values(text, i))
		{
			put_source(out, text, done, tokens[i].end);
			appendStringInfoChar(out, ' ');
			done = tokens[i].end;
			continue;
		}
		if (is_bare_true(text, i))
		{
			put_source(out, text, done, tokens[i].start);
			appendStringInfoString(out, "(true)");
			done = tokens[i].end;
			continue;
		}
		if (!find_cast_array(text, i, &array) || array.end > to)
			continue;
		put_source(out, text, done, tokens[i].start);
		if (text->spelling && is_operand(text, i, &array))
		{
			put_source(out, text, tokens[array.open - 1].start,
					   tokens[array.close].end);
			text->spelled = true;
		}
		else
			put_elements(out, text, &array, array.open, array.close);
		done = tokens[array.end - 1].end;
		i = array.end - 1;
	}
	put_source(out, text, done, tokens[to].start);
}

/* A parenthesis right before VALUES. */
static bool
is_bare_values(const Text *text, int at)
{
	return text->tokens[at].code == '(' &&
		   text->tokens[at + 1].code == text->values &&
		   text->tokens[at + 1].start == text->tokens[at].end;
}

/* Right behind the ON of a join. */
static bool
is_bare_true(const Text *text, int at)
{
	return at > 0 && text->tokens[at].code == text->always &&
		   text->tokens[at - 1].code == text->on;
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
	found->close = text->closing[found->open];
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
type_end(const Text *text, int type)
{
	int i = type;

	for (;; i++)
	{
		int code = text->tokens[i].code;

		if (code == '(') /* a length or precision */
		{
			i = text->closing[i];
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

/*
 * Right behind ANY or ALL, and of varchars that become texts?  What stands
 * before the operator then is a text, which is compared with a text.
 */
static bool
is_operand(const Text *text, int at, const CastArray *array)
{
	const ZmToken *tokens = text->tokens;

	if (at < 2 || tokens[at - 1].code != '(' ||
		(tokens[at - 2].code != zm_keyword("any") &&
		 tokens[at - 2].code != zm_keyword("all")) ||
		array->dimensions != array->type + 1 ||
		tokens[array->type].code != zm_keyword("text"))
		return false;
	for (int i = array->open + 1; i <= array->close; i++)
	{
		if (tokens[i].code != ',' && i < array->close)
			continue;
		if (tokens[i - 1].code != zm_keyword("varying") ||
			tokens[i - 3].code != ZM_TOKEN_TYPECAST)
			return false;
	}
	return true;
}

static void
put_elements(StringInfo out, Text *text, const CastArray *array, int open,
			 int close)
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
put_element(StringInfo out, Text *text, const CastArray *array, int from,
			int to)
{
	const ZmToken *tokens = text->tokens;

	check_stack_depth();
	if (tokens[from].code == text->array && tokens[from + 1].code == '[' &&
		text->closing[from + 1] == to - 1)
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
			i = text->closing[i];
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
