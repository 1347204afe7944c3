/*
 * column_list.c
 *
 * Lists of column names behind what stands in FROM, and arguments of functions,
 * in the server's text.
 *
 * The server prints "schema.t x(a, b)", "f() x(a, b)" and "(...) x(a, b)",
 * with no blank before the list, as behind the name of a function; but a name
 * with another one, or a parenthesis, before it is none of a function.
 *
 * Rule: only the server's scanner reads SQL.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "schema/column_list.h"
#include "script/scan.h"

/* No name begins like this.  Such a one is always in quotes. */
#define MARK "\001"
#define MARK_SIGN "\"" MARK

/* Functions have fewer arguments. */
#define MARKED 1000
#define MARKED_QUALIFIED 2000

/* The last tokens that were read. */
typedef struct Window
{
	int ordinality; /* the code of that keyword */
	const char *sql;
	ZmScanner scanner;
	ZmToken tokens[4]; /* the newest last */
} Window;

static void open_window(Window *window, const char *sql);
static bool move(Window *window);
static bool is_list(const Window *window);
static bool is_name(const ZmToken *token);
static bool behind_table(const Window *window);
static bool behind_brackets(const Window *window);
static bool is_marked(const Window *window);
static Size end_of_list(Window *window);
static void put_name(StringInfo out, const Window *window);
static void put_argument(StringInfo out, const ZmArguments *arguments,
						 int number);

bool
zm_has_column_list(const char *sql, bool of_others)
{
	Window window;
	bool found = false;

	open_window(&window, sql);
	while (!found && move(&window))
		found =
			is_list(&window) && (behind_table(&window) ||
								 (of_others && window.tokens[1].code == ')'));
	zm_scanner_end(&window.scanner);
	return found;
}

char *
zm_marked_name(const char *name)
{
	return psprintf(MARK "%s", name);
}

int
zm_marked_argument(int number, bool qualified)
{
	return number + (qualified ? MARKED_QUALIFIED : MARKED);
}

char *
zm_without_marks(char *sql, const ZmArguments *arguments)
{
	Window window;
	StringInfoData out;
	bool in_list = false;
	Size list = 0;
	Size done = 0;

	if (strstr(sql, MARK_SIGN) == NULL && arguments == NULL)
		return sql;
	initStringInfo(&out);
	open_window(&window, sql);
	while (move(&window))
	{
		const ZmToken *last = &window.tokens[3];
		bool argument = last->code == ZM_TOKEN_PARAM && arguments;

		CHECK_FOR_INTERRUPTS();
		if (behind_brackets(&window))
		{
			in_list = true;
			list = last->start;
		}
		else if (last->code == ')')
			in_list = false;
		if (!argument && !is_marked(&window))
			continue;
		if (in_list)
		{
			appendBinaryStringInfo(&out, sql + done, list - done);
			done = end_of_list(&window);
			in_list = false;
			continue;
		}
		appendBinaryStringInfo(&out, sql + done, last->start - done);
		if (argument)
			put_argument(&out, arguments, last->value.ival);
		else
			put_name(&out, &window);
		done = last->end;
	}
	zm_scanner_end(&window.scanner);
	appendStringInfoString(&out, sql + done);
	return out.data;
}

char *
zm_indented(const char *sql)
{
	Window window;
	StringInfoData out;
	Size done = 0;

	initStringInfo(&out);
	open_window(&window, sql);
	while (move(&window))
	{
		const ZmToken *last = &window.tokens[3];

		CHECK_FOR_INTERRUPTS();
		for (; done < last->start; done++)
		{
			appendStringInfoChar(&out, sql[done]);
			if (sql[done] == '\n')
				appendStringInfoChar(&out, ' ');
		}
		appendBinaryStringInfo(&out, sql + done, last->end - done);
		done = last->end;
	}
	zm_scanner_end(&window.scanner);
	return out.data;
}

static void
open_window(Window *window, const char *sql)
{
	memset(window, 0, sizeof(*window));
	window->sql = sql;
	window->ordinality = zm_keyword(ZM_ORDINALITY);
	zm_scanner_open(&window->scanner,
					zm_script_from_cstring(sql, strlen(sql)));
	zm_scanner_begin(&window->scanner);
}

static bool
move(Window *window)
{
	memmove(window->tokens, window->tokens + 1, sizeof(ZmToken) * 3);
	zm_scanner_next(&window->scanner, &window->tokens[3]);
	return window->tokens[3].code != ZM_TOKEN_END;
}

/* Is the last token the parenthesis of one, or of a function's arguments? */
static bool
is_list(const Window *window)
{
	return window->tokens[3].code == '(' && is_name(&window->tokens[2]) &&
		   window->tokens[2].end == window->tokens[3].start;
}

/* Keywords are names, too, where nothing else can stand. */
static bool
is_name(const ZmToken *token)
{
	return token->code == ZM_TOKEN_IDENT || token->code >= ZM_TOKEN_KEYWORD;
}

static bool
behind_table(const Window *window)
{
	return window->tokens[1].code == ZM_TOKEN_IDENT ||
		   (is_name(&window->tokens[1]) && window->tokens[0].code == '.');
}

/* Of a join, or of functions? */
static bool
behind_brackets(const Window *window)
{
	return is_list(window) && (window->tokens[1].code == ')' ||
							   window->tokens[1].code == window->ordinality);
}

static bool
is_marked(const Window *window)
{
	const ZmToken *token = &window->tokens[3];

	return token->code == ZM_TOKEN_IDENT &&
		   strncmp(window->sql + token->start, MARK_SIGN, strlen(MARK_SIGN)) ==
			   0;
}

/* Reads up to there. */
static Size
end_of_list(Window *window)
{
	while (window->tokens[3].code != ')' && move(window))
		;
	return window->tokens[3].end;
}

/* The one that is in the quotes, without the mark. */
static void
put_name(StringInfo out, const Window *window)
{
	const ZmToken *token = &window->tokens[3];
	const char *from = window->sql + token->start + strlen(MARK_SIGN);
	const char *to = window->sql + token->end - 1;
	StringInfoData name;

	initStringInfo(&name);
	for (; from < to; from++)
	{
		appendStringInfoChar(&name, *from);
		if (*from == '"')
			from++; /* the other one of the two that stand for it */
	}
	appendStringInfoString(out, quote_identifier(name.data));
	pfree(name.data);
}

static void
put_argument(StringInfo out, const ZmArguments *arguments, int number)
{
	bool qualified = number > MARKED_QUALIFIED;
	const char *name;

	number -= qualified ? MARKED_QUALIFIED : MARKED;
	name = number <= arguments->count ? arguments->names[number - 1] : NULL;
	if (name == NULL || name[0] == '\0')
		appendStringInfo(out, "$%d", number);
	else if (qualified)
		appendStringInfo(out, "%s.%s", quote_identifier(arguments->function),
						 quote_identifier(name));
	else
		appendStringInfoString(out, quote_identifier(name));
}
