/*
 * context.c
 *
 * Where in which script something went wrong.
 *
 * The server reports positions in the text that it was given: one statement.
 * Whoever wrote the script looks for the place in the script.  Rule: the
 * server's message and SQLSTATE are never touched, only the place is said
 * more exactly.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "script/context.h"

/* A longer script is not shown as a query, just the statement is. */
#define LONGEST_SHOWN_SCRIPT 65536

static void script_error_callback(void *arg);
static char *where(const ZmScriptContext *context);
static bool shows_script(const ZmScriptContext *context);
static int characters_before(const ZmScriptContext *context);

void
zm_script_context_push(ZmScriptContext *context)
{
	context->callback.callback = script_error_callback;
	context->callback.arg = context;
	context->callback.previous = error_context_stack;
	error_context_stack = &context->callback;
}

void
zm_script_context_pop(ZmScriptContext *context)
{
	error_context_stack = context->callback.previous;
}

void
zm_script_context_place(const ZmScriptContext *context, ErrorData *error)
{
	if (context->statement == NULL || error->internalquery == NULL ||
		strcmp(error->internalquery, context->statement->text) != 0 ||
		!shows_script(context))
		return;
	error->internalpos += characters_before(context);
	error->internalquery =
		pnstrdup(context->script->text, context->script->length);
}

/*
 * A position that is still set here comes from the splitter (then it counts
 * in the script) or from the parser (then in the statement).
 */
static void
script_error_callback(void *arg)
{
	const ZmScriptContext *context = arg;
	int position = geterrposition();
	bool whole = context->statement == NULL || shows_script(context);

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position + (context->statement && whole
											? characters_before(context)
											: 0));
		internalerrquery(whole ? context->script->text
							   : context->statement->text);
	}

	errcontext("%s", where(context));
}

/* "upgrade of revision "a" (message), statement 2 of 5, line 14" */
static char *
where(const ZmScriptContext *context)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, context->label);
	if (context->statement)
		appendStringInfo(&text, ", statement %d", context->statement->number);
	if (context->statement && context->statements > 0)
		appendStringInfo(&text, " of %d", context->statements);
	if (context->statement)
		appendStringInfo(&text, ", line %d", context->statement->line);
	return text.data;
}

static bool
shows_script(const ZmScriptContext *context)
{
	return context->script->length <= LONGEST_SHOWN_SCRIPT;
}

static int
characters_before(const ZmScriptContext *context)
{
	return pg_mbstrlen_with_len(context->script->text,
								context->statement->start);
}
