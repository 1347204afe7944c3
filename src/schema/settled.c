/*
 * settled.c
 *
 * SQL text of the server that stays as it is.
 *
 * Seven constructs are printed in a form that the parser does not read back as
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
 * The fifth is a number that an operator negates, as that of "-1::int" is:
 *
 *	   (- 1)
 *
 * To the parser this is a negative number:
 *
 *	   '-1'::integer
 *
 * The sixth is a literal that a query gives without a name (see item_names.c).
 *
 * The parser does not read at all what tells a cycle of a recursive query,
 *
 *	   CYCLE id SET c TO 'y'::text DEFAULT 'n'::text USING p
 *
 * A schema that was dumped and restored would differ from the one it was
 * dumped from.  So we tell the second form, whichever the catalogs have.  Where
 * the server prints with few parentheses, both forms are without them.
 *
 * The seventh is a row in a row that is compared with one, as by
 * "((a, b), c) = ((1, 2), 3)":
 *
 *	   ((ROW(a, b) = ROW(1, 2)) AND (c = 3))
 *
 * To the parser these are comparisons of what is in the inner rows, too.  Nulls
 * are something else to those, and only it knows what they are compared as; so
 * this one is told as the catalogs have it.
 *
 * What the catalogs have can be had again where casts that change nothing, or
 * rows of one, keep the parser from its own way, and names that are none are
 * said:
 *
 *	   (ARRAY['a'::character varying]::anyarray)::text[]
 *	   (((x >= 1) AND (x <= 5))::boolean AND y)
 *	   (- (1)::integer)
 *	   (ROW(ROW(a, b)) = ROW(ROW(1, 2)))
 *	   CYCLE id SET c TO text 'y' DEFAULT text 'n' USING p
 *	   SELECT 'a'::text AS "?column?" UNION SELECT 'b'::text AS "?column?"
 *
 * Rule: only the server's scanner reads SQL.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "schema/settled.h"
#include "schema/settled_internal.h"

/* What every such array, every such list and every such join has in it. */
#define ARRAY_SIGN "ARRAY["
#define VALUES_SIGN "(VALUES "
#define JOIN_SIGN " ON TRUE"
#define MINUS_SIGN "- "
#define CYCLE_SIGN " CYCLE "
#define ROW_SIGN "ROW("

/* What the parser calls an item without a name. */
#define NO_NAME "\"?column?\""

/* Two rows that are compared as such, by their tokens. */
typedef struct RowPair
{
	int comparison; /* the first token of the operator */
	int right;
	int end; /* behind all of it */
} RowPair;

static char *rewrite(char *sql, char **spelling);
static char *rewritten(MemoryContext caller, ZmSettling *text, bool spelling);
static bool may_unsettle(const char *sql);
static bool has_empty_name(const char *sql);
static void read_tokens(ZmSettling *text, ZmScript *script);
static void match_brackets(ZmSettling *text);
static void find_needless(ZmSettling *text);
static int condition(const ZmSettling *text, int open);
static bool is_query(const ZmSettling *text, int at);
static int put_otherwise(StringInfo out, ZmSettling *text, int at, int to,
						 Size done);
static bool is_bare_values(const ZmSettling *text, int at);
static bool is_bare_true(const ZmSettling *text, int at);
static int negated(const ZmSettling *text, int at);
static bool behind_name(const ZmSettling *text, int at);
static void put_number(StringInfo out, ZmSettling *text, int at);
static int marks_end(const ZmSettling *text, int at);
static void put_marks(StringInfo out, ZmSettling *text, int from, int to);
static void put_mark(StringInfo out, ZmSettling *text, int from, int to);
static bool find_row_pair(const ZmSettling *text, int at, RowPair *found);
static int row_end(const ZmSettling *text, int at);
static int row_operator_end(const ZmSettling *text, int at);
static void put_row_pair(StringInfo out, ZmSettling *text, int at,
						 const RowPair *pair);

char *
zm_settled(char *sql, char **spelling)
{
	if (spelling)
		*spelling = NULL;
	return may_unsettle(sql) ? rewrite(sql, spelling) : sql;
}

static char *
rewrite(char *sql, char **spelling)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(
		caller, "zishu_migrate tokens", ALLOCSET_SMALL_SIZES);
	char *settled;
	ZmSettling text;

	MemoryContextSwitchTo(context);
	text.read.sql = sql;
	text.unsettled = false;
	text.array = zm_keyword("array");
	text.conjunction = zm_keyword("and");
	text.disjunction = zm_keyword("or");
	text.values = zm_keyword("values");
	text.on = zm_keyword("on");
	text.always = zm_keyword("true");
	text.row = zm_keyword("row");
	read_tokens(&text, zm_script_from_cstring(sql, strlen(sql)));
	match_brackets(&text);
	find_needless(&text);
	text.names = zm_item_names(&text.read);
	settled = rewritten(caller, &text, false);
	if (spelling && text.unsettled)
		*spelling = rewritten(caller, &text, true);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return settled;
}

static char *
rewritten(MemoryContext caller, ZmSettling *text, bool spelling)
{
	MemoryContext saved = MemoryContextSwitchTo(caller);
	StringInfoData out;

	initStringInfo(&out);
	MemoryContextSwitchTo(saved);
	text->spelling = spelling;
	zm_put_tokens(&out, text, 0, text->read.count);
	return out.data;
}

/* Most texts are seen at a glance to have nothing of the kind. */
static bool
may_unsettle(const char *sql)
{
	if (has_empty_name(sql))
		return false;
	return strstr(sql, ARRAY_SIGN) || strstr(sql, VALUES_SIGN) ||
		   strstr(sql, JOIN_SIGN) || zm_may_lack_names(sql) ||
		   strstr(sql, MINUS_SIGN) || strstr(sql, CYCLE_SIGN) ||
		   strstr(sql, ROW_SIGN) ||
		   (strstr(sql, "((") &&
			(strstr(sql, ") AND ") || strstr(sql, ") OR ")));
}

/* That of an argument without a name, with which nobody can read the text (see
 * originals.c)?  Two quotes in a name stand before more of it. */
static bool
has_empty_name(const char *sql)
{
	for (const char *at = strstr(sql, "\"\""); at; at = strstr(at + 1, "\"\""))
	{
		if ((at == sql || at[-1] != '"') && strchr(" .,;:()[]\n", at[2]))
			return true;
	}
	return false;
}

static void
read_tokens(ZmSettling *text, ZmScript *script)
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
	text->read.tokens = tokens;
	text->read.count = count - 1;
}

static void
match_brackets(ZmSettling *text)
{
	int *open =
		palloc_extended(sizeof(int) * (text->read.count + 1), MCXT_ALLOC_HUGE);
	int depth = 0;

	text->read.closing =
		palloc_extended(sizeof(int) * (text->read.count + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < text->read.count; i++)
	{
		int code = text->read.tokens[i].code;

		text->read.closing[i] = -1;
		if (code == '[' || code == '(')
			open[depth++] = i;
		else if ((code == ']' || code == ')') && depth > 0)
			text->read.closing[open[--depth]] = i;
	}
	pfree(open);
}

/* Those around a condition at the beginning of another one of its kind. */
static void
find_needless(ZmSettling *text)
{
	const ZmToken *tokens = text->read.tokens;

	text->needless = palloc_extended(text->read.count + 1,
									 MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	for (int i = 0; i < text->read.count; i++)
	{
		int kind;

		CHECK_FOR_INTERRUPTS();
		if (tokens[i].code != '(' || tokens[i + 1].code != '(' ||
			text->needless[i])
			continue;
		kind = condition(text, i);
		for (int inner = i + 1;
			 kind != 0 && condition(text, inner) == kind &&
			 tokens[text->read.closing[inner] + 1].code == kind;
			 inner++)
		{
			text->needless[inner] = true;
			text->unsettled = true;
			text->needless[text->read.closing[inner]] = true;
		}
	}
}

/* The keyword between its parts, if that is what stands in these parentheses;
 * else 0. */
static int
condition(const ZmSettling *text, int open)
{
	if (text->read.tokens[open].code != '(' || text->read.closing[open] < 0 ||
		is_query(text, open + 1))
		return 0;
	for (int i = open + 1; i < text->read.closing[open]; i++)
	{
		int code = text->read.tokens[i].code;

		if (code == text->conjunction || code == text->disjunction)
			return code;
		if (text->read.closing[i] >= 0)
			i = text->read.closing[i];
	}
	return 0;
}

/* In which such a keyword may mean something else. */
static bool
is_query(const ZmSettling *text, int at)
{
	static const char *const words[] = {"select", "with",	   "values",
										"order",  "partition", "rows",
										"range",  "groups"};

	if (text->read.tokens[at].code < ZM_TOKEN_KEYWORD)
		return false;
	for (int i = 0; i < lengthof(words); i++)
	{
		if (text->read.tokens[at].code == zm_keyword(words[i]))
			return true;
	}
	return false;
}

void
zm_put_tokens(StringInfo out, ZmSettling *text, int from, int to)
{
	const ZmToken *tokens = text->read.tokens;
	Size done = from == 0 ? 0 : tokens[from].start;

	check_stack_depth();
	for (int i = from; i < to; i++)
	{
		int taken = put_otherwise(out, text, i, to, done);

		if (taken > 0)
		{
			i += taken - 1;
			done = tokens[i].end;
		}
		if (text->names[i])
		{
			text->unsettled = true;
			zm_put_source(out, text, done, tokens[i].end);
			appendStringInfo(out, " AS %s",
							 text->spelling ? NO_NAME : text->names[i]);
			done = tokens[i].end;
		}
	}
	zm_put_source(out, text, done, tokens[to].start);
}

/* Writes what begins here and is told in another form, after what is left of
 * the text before it, and returns how many tokens that was; else 0. */
static int
put_otherwise(StringInfo out, ZmSettling *text, int at, int to, Size done)
{
	const ZmToken *tokens = text->read.tokens;
	ZmCastArray array;
	RowPair pair;

	if (text->needless[at])
	{
		zm_put_source(out, text, done, tokens[at].start);
		if (text->spelling)
			appendStringInfoString(out, tokens[at].code == '(' ? "("
															   : ")::boolean");
		return 1;
	}
	if (is_bare_values(text, at))
	{
		zm_put_source(out, text, done, tokens[at].end);
		appendStringInfoChar(out, ' ');
		return 1;
	}
	if (is_bare_true(text, at))
	{
		zm_put_source(out, text, done, tokens[at].start);
		appendStringInfoString(out, "(true)");
		return 1;
	}
	if (negated(text, at) > 0)
	{
		zm_put_source(out, text, done, tokens[at].start);
		put_number(out, text, at + negated(text, at) / 2);
		return negated(text, at);
	}
	if (marks_end(text, at) > 0)
	{
		zm_put_source(out, text, done, tokens[at].start);
		put_marks(out, text, at, marks_end(text, at));
		return marks_end(text, at) - at;
	}
	if (find_row_pair(text, at, &pair) && pair.end <= to)
	{
		text->unsettled = true;
		if (!text->spelling)
			return 0;
		zm_put_source(out, text, done, tokens[at].start);
		put_row_pair(out, text, at, &pair);
		return pair.end - at;
	}
	if (zm_find_cast_array(text, at, &array) && array.end <= to)
	{
		zm_put_source(out, text, done, tokens[at].start);
		zm_put_cast_array(out, text, at, &array);
		return array.end - at;
	}
	return 0;
}

/* A parenthesis right before VALUES. */
static bool
is_bare_values(const ZmSettling *text, int at)
{
	return text->read.tokens[at].code == '(' &&
		   text->read.tokens[at + 1].code == text->values &&
		   text->read.tokens[at + 1].start == text->read.tokens[at].end;
}

/* Right behind the ON of a join. */
static bool
is_bare_true(const ZmSettling *text, int at)
{
	return at > 0 && text->read.tokens[at].code == text->always &&
		   text->read.tokens[at - 1].code == text->on;
}

/* How many tokens are a number behind a minus, with the parentheses around the
 * two; 0: there is none. */
static int
negated(const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	if (tokens[at].code == '(' && tokens[at + 1].code == '-' &&
		zm_number_type(text, at + 2) && tokens[at + 3].code == ')' &&
		!behind_name(text, at))
		return 4;
	/* With few parentheses, a minus with nothing to subtract from. */
	if (at > 0 && tokens[at].code == '-' && zm_number_type(text, at + 1) &&
		tokens[at + 2].code != ZM_TOKEN_TYPECAST &&
		tokens[at - 1].code < ZM_TOKEN_IDENT &&
		strchr("(,[:=<>", tokens[at - 1].code))
		return 2;
	return 0;
}

/* As the arguments of a function are. */
static bool
behind_name(const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	return at > 0 && tokens[at - 1].end == tokens[at].start &&
		   (tokens[at - 1].code == ZM_TOKEN_IDENT ||
			tokens[at - 1].code >= ZM_TOKEN_KEYWORD);
}

const char *
zm_number_type(const ZmSettling *text, int at)
{
	const ZmToken *token = &text->read.tokens[at];

	if (token->code == ZM_TOKEN_ICONST)
		return "integer";
	if (token->code != ZM_TOKEN_FCONST)
		return NULL;
	for (Size i = token->start; i < token->end; i++)
	{
		if (strchr(".eE", text->read.sql[i]))
			return "numeric";
	}
	return NULL;
}

/* The negative one. */
static void
put_number(StringInfo out, ZmSettling *text, int at)
{
	const ZmToken *number = &text->read.tokens[at];

	text->unsettled = true;
	appendStringInfoString(out, text->spelling ? "(- (" : "'-");
	zm_put_source(out, text, number->start, number->end);
	appendStringInfo(out, text->spelling ? ")::%s)" : "'::%s",
					 zm_number_type(text, at));
}

/* Behind the two values that tell whether there was a cycle, if the first one
 * begins here; else 0. */
static int
marks_end(const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	if (at < 3 || tokens[at - 1].code != zm_keyword("to") ||
		tokens[at - 3].code != zm_keyword("set"))
		return 0;
	for (int i = at; i < text->read.count; i++)
	{
		if (tokens[i].code == zm_keyword("using"))
			return i;
	}
	return 0;
}

static void
put_marks(StringInfo out, ZmSettling *text, int from, int to)
{
	int middle = from;

	while (middle < to &&
		   text->read.tokens[middle].code != zm_keyword("default"))
		middle++;
	put_mark(out, text, from, middle);
	zm_put_source(out, text, text->read.tokens[middle - 1].end,
				  text->read.tokens[middle + 1].start);
	put_mark(out, text, middle + 1, to);
}

/* The parser takes literals here, but no casts. */
static void
put_mark(StringInfo out, ZmSettling *text, int from, int to)
{
	const ZmToken *tokens = text->read.tokens;
	bool cast = from + 1 < to && tokens[from + 1].code == ZM_TOKEN_TYPECAST;

	text->unsettled |= cast;
	if (!text->spelling || !cast)
		zm_put_source(out, text, tokens[from].start, tokens[to - 1].end);
	else
	{
		if (tokens[from].code != zm_keyword("null"))
		{
			zm_put_source(out, text, tokens[from + 2].start,
						  tokens[to - 1].end);
			appendStringInfoChar(out, ' ');
		}
		zm_put_source(out, text, tokens[from].start, tokens[from].end);
	}
}

static bool
find_row_pair(const ZmSettling *text, int at, RowPair *found)
{
	found->comparison = row_end(text, at);
	if (found->comparison < 0)
		return false;
	found->right = row_operator_end(text, found->comparison);
	if (found->right < 0)
		return false;
	found->end = row_end(text, found->right);
	return found->end >= 0;
}

/* Behind a row and the type it is cast to; -1: there is none. */
static int
row_end(const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	if (tokens[at].code != text->row || tokens[at + 1].code != '(' ||
		text->read.closing[at + 1] < 0)
		return -1;
	at = text->read.closing[at + 1] + 1;
	if (tokens[at].code != ZM_TOKEN_TYPECAST)
		return at;
	for (at += 2; tokens[at].code == '.'; at += 2)
		;
	return at;
}

/* Behind an operator that the parser takes to what is in the rows; -1: behind
 * another one, or none. */
static int
row_operator_end(const ZmSettling *text, int at)
{
	const ZmToken *tokens = text->read.tokens;

	if (tokens[at].code == '=' ||
		(tokens[at].end - tokens[at].start == 2 &&
		 strncmp(text->read.sql + tokens[at].start, "<>", 2) == 0))
		return at + 1;
	if (tokens[at].code == zm_keyword("is") &&
		tokens[at + 1].code == zm_keyword("distinct"))
		return at + 3;
	return -1;
}

static void
put_row_pair(StringInfo out, ZmSettling *text, int at, const RowPair *pair)
{
	const ZmToken *tokens = text->read.tokens;
	int last = pair->comparison - 1;

	appendStringInfoString(out, "ROW(");
	zm_put_tokens(out, text, at, last + 1);
	out->len -= tokens[pair->comparison].start - tokens[last].end;
	appendStringInfoChar(out, ')');
	zm_put_source(out, text, tokens[last].end, tokens[pair->right].start);
	appendStringInfoString(out, "ROW(");
	zm_put_tokens(out, text, pair->right, pair->end);
	out->len -= tokens[pair->end].start - tokens[pair->end - 1].end;
	appendStringInfoChar(out, ')');
}

void
zm_put_source(StringInfo out, const ZmSettling *text, Size from, Size to)
{
	appendBinaryStringInfo(out, text->read.sql + from, to - from);
}
