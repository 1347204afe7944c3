/*
 * check.c
 *
 * Whether a script can be read at all.
 *
 * A script that is imported with a fault is stored all the same, with a
 * warning, since real histories have such scripts.  That
 * warning needs the error as data.
 *
 * Rule: an error is caught by a subtransaction that is then rolled back, and
 * only if a script can be blamed for it; a cancel, or memory running out, is
 * never turned into a remark about a script.
 */
#include "postgres.h"

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "script/check.h"
#include "script/parse.h"
#include "script/wrap.h"

typedef struct Check
{
	ZmScript *script;
	bool may_be_wrapped;
	ZmWrapping wrapping;
} Check;

/* Where the statement that is being parsed stands. */
typedef struct Place
{
	const ZmScript *script;
	Size start;
} Place;

static void parse_script(void *arg);
static void parse_statement(Check *check, const ZmStatement *statement);
static void move_position(void *arg);
static void refuse_rows(Node *statement);
static void refuse_transaction(Node *statement);
static bool is_fault_of_script(int sqlstate);
static int line_of_position(const ZmScript *script, int position);

ErrorData *
zm_script_check(ZmScript *script, bool may_be_wrapped, int *line)
{
	Check check = {script, may_be_wrapped, ZM_NOT_WRAPPED};
	ErrorData *fault = zm_catch_fault(parse_script, &check);

	if (line)
		*line = fault ? line_of_position(script, fault->cursorpos) : 0;
	return fault;
}

ErrorData *
zm_catch_fault(void (*function)(void *), void *arg)
{
	MemoryContext caller = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	MemoryContext context = AllocSetContextCreate(caller, "zishu script fault",
												  ALLOCSET_SMALL_SIZES);
	ErrorData *fault = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		function(arg);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		fault = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	CurrentResourceOwner = owner;
	MemoryContextDelete(context);

	if (fault && !is_fault_of_script(fault->sqlerrcode))
		ReThrowError(fault);
	return fault;
}

static void
parse_script(void *arg)
{
	Check *check = arg;
	ZmSplitter *splitter = zm_splitter_create(check->script);
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu parse tree", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	ZmStatement statement;

	while (zm_splitter_next(splitter, &statement))
	{
		parse_statement(check, &statement);
		MemoryContextReset(context);
	}
	zm_wrapping_end(check->wrapping);
	MemoryContextSwitchTo(old);
}

static void
parse_statement(Check *check, const ZmStatement *statement)
{
	Place place = {check->script, statement->start};
	ErrorContextCallback callback;
	RawStmt *raw;

	callback.callback = move_position;
	callback.arg = &place;
	callback.previous = error_context_stack;
	error_context_stack = &callback;

	raw = zm_parse(statement->text);
	if (raw)
	{
		refuse_rows(raw->stmt);
		if (check->may_be_wrapped)
			zm_wrapping_follow(&check->wrapping, statement->number, raw);
		else
			refuse_transaction(raw->stmt);
	}

	error_context_stack = callback.previous;
}

/* Error context callback: from a position in the statement to the script's. */
static void
move_position(void *arg)
{
	Place *place = arg;
	int position = geterrposition();

	if (position > 0)
		errposition(position +
					pg_mbstrlen_with_len(place->script->text, place->start));
}

/*
 * What follows a COPY FROM STDIN is rows, and the scanner's complaint about
 * them would help nobody.
 */
static void
refuse_rows(Node *statement)
{
	if (!IsA(statement, CopyStmt))
		return;
	if (!((CopyStmt *) statement)->is_from ||
		((CopyStmt *) statement)->filename != NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("COPY FROM STDIN is not possible in a migration script"),
			 errdetail("A script runs inside the server, where there is no "
					   "client to copy from."),
			 errhint("Write INSERT ... VALUES, or COPY from a file on the "
					 "server (pg_dump --inserts makes the former)."),
			 errposition(1)));
}

static void
refuse_transaction(Node *statement)
{
	if (!IsA(statement, TransactionStmt))
		return;
	ereport(ERROR, (errcode(ERRCODE_INVALID_TRANSACTION_TERMINATION),
					errmsg("%s is not allowed in a migration script",
						   GetCommandTagName(CreateCommandTag(statement))),
					errposition(1)));
}

/*
 * Syntax, escapes and encodings of literals, forms that the server does not
 * have or that a setting forbids, nesting beyond its limits.
 */
static bool
is_fault_of_script(int sqlstate)
{
	switch (ERRCODE_TO_CATEGORY(sqlstate))
	{
		case ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION:
		case ERRCODE_DATA_EXCEPTION:
		case ERRCODE_FEATURE_NOT_SUPPORTED:
		case ERRCODE_PROGRAM_LIMIT_EXCEEDED:
		case ERRCODE_INVALID_TRANSACTION_TERMINATION:
			return true;
		default:
			return false;
	}
}

/* 0 if the position is not known. */
static int
line_of_position(const ZmScript *script, int position)
{
	const char *at = script->text;
	const char *end;
	int line = 1;

	if (position <= 0)
		return 0;
	end = at + pg_mbcharcliplen(at, script->length, position - 1);
	while ((at = memchr(at, '\n', end - at)) != NULL)
	{
		at++;
		line++;
	}
	return line;
}
