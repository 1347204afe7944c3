/*
 * item_names.c
 *
 * Names that the items of SELECT get when the server's text is read.
 *
 * Where nobody sees what a query calls its columns, the server leaves out names
 * that are none, as that of a bare literal.  But it prints the literal with its
 * type, from which the parser takes a name:
 *
 *	   SELECT 'a' UNION SELECT 'b'
 *	   SELECT 'a'::text UNION SELECT 'b'::text
 *	   SELECT 'a'::text AS text UNION SELECT 'b'::text AS text
 *
 * Rule: FigureColname() of the server decides, as far as such literals go.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "schema/item_names.h"

static int skip_words(const ZmSqlTokens *text, int at);
static void name_items(const ZmSqlTokens *text, int at, char **names);
static int item_end(const ZmSqlTokens *text, int at);
static bool ends_list(const ZmSqlTokens *text, int at);
static bool is_word(const ZmSqlTokens *text, int at, const char *word);
static bool is_any_word(const ZmSqlTokens *text, int at,
						const char *const *words);
static int find_last(const ZmSqlTokens *text, int from, int to, int code);
static char *name_of(const ZmSqlTokens *text, int from, int to);
static char *name_of_number(const ZmSqlTokens *text, int at);
static int first_item(const ZmSqlTokens *text, int at);
static bool is_literal(const ZmSqlTokens *text, int from, int to);
static char *name_of_type(const ZmSqlTokens *text, int from, int to);
static char *name_of_server_type(const ZmSqlTokens *text, int from, int to);
static bool has_word(const ZmSqlTokens *text, int from, int to,
					 const char *word);

bool
zm_may_lack_names(const char *sql)
{
	return (strstr(sql, "SELECT ") || strstr(sql, "RETURNING ")) &&
		   (strstr(sql, "'::") || strstr(sql, "NULL::"));
}

char **
zm_item_names(const ZmSqlTokens *text)
{
	char **names = palloc_extended(sizeof(char *) * (text->count + 1),
								   MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);

	for (int i = 0; i < text->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_word(text, i, "select") || is_word(text, i, "returning"))
			name_items(text, skip_words(text, i + 1), names);
	}
	return names;
}

/* ALL, DISTINCT, or DISTINCT ON and its list. */
static int
skip_words(const ZmSqlTokens *text, int at)
{
	if (is_word(text, at, "all"))
		return at + 1;
	if (!is_word(text, at, "distinct"))
		return at;
	at++;
	if (is_word(text, at, "on") && text->closing[at + 1] >= 0)
		return text->closing[at + 1] + 1;
	return at;
}

static void
name_items(const ZmSqlTokens *text, int at, char **names)
{
	for (;;)
	{
		int end = item_end(text, at);

		if (end > at)
			names[end - 1] = name_of(text, at, end);
		if (text->tokens[end].code != ',')
			break;
		at = end + 1;
	}
}

static int
item_end(const ZmSqlTokens *text, int at)
{
	while (at < text->count && !ends_list(text, at) &&
		   text->tokens[at].code != ',')
		at = text->closing[at] >= 0 ? text->closing[at] + 1 : at + 1;
	return at;
}

static bool
ends_list(const ZmSqlTokens *text, int at)
{
	static const char *const words[] = {
		"from",		 "where",  "having",	"window", "union",
		"intersect", "except", "order",		"limit",  "offset",
		"fetch",	 "for",	   "returning", "select", NULL};
	int code = text->tokens[at].code;

	if (code == ';' || code == ')' || code == ']')
		return true;
	if (is_word(text, at, "group"))
		return !is_word(text, at - 1, "within");
	return is_any_word(text, at, words);
}

static bool
is_word(const ZmSqlTokens *text, int at, const char *word)
{
	return text->tokens[at].code >= ZM_TOKEN_KEYWORD &&
		   text->tokens[at].code == zm_keyword(word);
}

static bool
is_any_word(const ZmSqlTokens *text, int at, const char *const *words)
{
	for (; *words; words++)
	{
		if (is_word(text, at, *words))
			return true;
	}
	return false;
}

/* The last token of this code outside of brackets; -1: there is none. */
static int
find_last(const ZmSqlTokens *text, int from, int to, int code)
{
	int found = -1;

	for (int i = from; i < to; i++)
	{
		if (text->tokens[i].code == code)
			found = i;
		if (text->closing[i] >= 0)
			i = text->closing[i];
	}
	return found;
}

/* NULL: it has a name, or the parser gives it none. */
static char *
name_of(const ZmSqlTokens *text, int from, int to)
{
	const ZmToken *tokens = text->tokens;
	int at;

	check_stack_depth();
	if (from >= to || find_last(text, from, to, zm_keyword("as")) >= 0)
		return NULL;
	if (tokens[from].code == '(' && text->closing[from] == to - 1)
	{
		at = first_item(text, from + 1);
		return at < 0 ? name_of(text, from + 1, to - 1)
					  : name_of(text, at, item_end(text, at));
	}
	if (tokens[from].code == '-' && to == from + 2)
		return name_of_number(text, from + 1);
	at = find_last(text, from, to, zm_keyword("collate"));
	if (at >= 0)
		return name_of(text, from, at);
	at = find_last(text, from, to, ZM_TOKEN_TYPECAST);
	if (at < 0)
		return NULL;
	if (is_literal(text, from, at))
		return name_of_type(text, at + 1, to);
	if (tokens[from].code != '(' || text->closing[from] != at - 1 ||
		name_of(text, from, at) == NULL)
		return NULL;
	return first_item(text, from + 1) < 0 ? name_of_type(text, at + 1, to)
										  : name_of(text, from, at);
}

/* A negative one becomes a literal with its type (see settled.c). */
static char *
name_of_number(const ZmSqlTokens *text, int at)
{
	const ZmToken *number = &text->tokens[at];

	if (number->code == ZM_TOKEN_ICONST)
		return pstrdup("int4");
	if (number->code != ZM_TOKEN_FCONST)
		return NULL;
	for (Size i = number->start; i < number->end; i++)
	{
		if (strchr(".eE", text->sql[i]))
			return pstrdup(quote_identifier("numeric"));
	}
	return NULL;
}

/* Of the query that begins there; -1: none does. */
static int
first_item(const ZmSqlTokens *text, int at)
{
	while (text->tokens[at].code == '(')
		at++;
	if (is_word(text, at, "with"))
	{
		while (at < text->count && !is_word(text, at, "select") &&
			   !ends_list(text, at))
			at = text->closing[at] >= 0 ? text->closing[at] + 1 : at + 1;
	}
	return is_word(text, at, "select") ? skip_words(text, at + 1) : -1;
}

static bool
is_literal(const ZmSqlTokens *text, int from, int to)
{
	static const char *const words[] = {"null", "true", "false", NULL};
	int code = text->tokens[from].code;

	if (to != from + 1)
		return false;
	return (code >= ZM_TOKEN_FCONST && code <= ZM_TOKEN_XCONST) ||
		   code == ZM_TOKEN_ICONST || is_any_word(text, from, words);
}

/* The last part of its name, as the catalogs have it. */
static char *
name_of_type(const ZmSqlTokens *text, int from, int to)
{
	int last = from;

	while (last + 2 < to && text->tokens[last + 1].code == '.')
		last += 2;
	if (last == from && text->tokens[from].code >= ZM_TOKEN_KEYWORD)
		return name_of_server_type(text, from, to);
	return pnstrdup(text->sql + text->tokens[last].start,
					text->tokens[last].end - text->tokens[last].start);
}

static char *
name_of_server_type(const ZmSqlTokens *text, int from, int to)
{
	/* Its name if the second word is there, and if not. */
	static const char *const types[][4] = {
		{"integer", NULL, NULL, "int4"},
		{"bigint", NULL, NULL, "int8"},
		{"smallint", NULL, NULL, "int2"},
		{"boolean", NULL, NULL, "bool"},
		{"real", NULL, NULL, "float4"},
		{"double", NULL, NULL, "float8"},
		{"character", "varying", "varchar", "bpchar"},
		{"bit", "varying", "varbit", "bit"},
		{"timestamp", "with", "timestamptz", "timestamp"},
		{"time", "with", "timetz", "time"}};

	for (int i = 0; i < lengthof(types); i++)
	{
		const char *second = types[i][1];

		if (is_word(text, from, types[i][0]))
			return pstrdup(quote_identifier(
				second && has_word(text, from, to, second) ? types[i][2]
														   : types[i][3]));
	}
	return pstrdup(quote_identifier(
		pnstrdup(text->sql + text->tokens[from].start,
				 text->tokens[from].end - text->tokens[from].start)));
}

static bool
has_word(const ZmSqlTokens *text, int from, int to, const char *word)
{
	for (int i = from; i < to; i++)
	{
		if (is_word(text, i, word))
			return true;
	}
	return false;
}
