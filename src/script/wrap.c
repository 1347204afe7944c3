/*
 * wrap.c
 *
 * Scripts that bring a transaction of their own.
 *
 * For psql a migration is often written between BEGIN and COMMIT.  Here every
 * script runs in a transaction anyway, and one that is wrapped as a whole
 * loses nothing if the two words are left out.
 *
 * Rule: only a plain pair around everything else is taken off.  An isolation
 * level, AND CHAIN, a second transaction, or a script that does not parse is
 * left as it is, for others to refuse by name.
 */
#include "postgres.h"

#include "parser/scansup.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/memutils.h"

#include "script/check.h"
#include "script/gap.h"
#include "script/parse.h"
#include "script/split.h"
#include "script/wrap.h"

typedef struct Wrapping
{
	ZmScript *script;
	bool found;
	Size start; /* behind BEGIN and its semicolon */
	Size end;	/* where COMMIT starts */
} Wrapping;

static void refuse(const char *message);
static bool may_begin(const ZmScript *script);
static void find_wrapping(void *arg);
static bool is_plain(const RawStmt *raw, TransactionStmtKind kind,
					 TransactionStmtKind same);
static bool is_control(const RawStmt *raw);
static Size behind_blank_line(const ZmScript *script, Size at, Size limit);
static Size before_blank_line(const ZmScript *script, Size at, Size limit);

bool
zm_strip_transaction(const char *script, Size length, Size *start, Size *end)
{
	ZmScript *copy = zm_script_from_cstring(script, length);
	bool wrapped = zm_script_is_wrapped(copy, start, end);

	pfree(copy->text);
	pfree(copy);
	return wrapped;
}

bool
zm_script_is_wrapped(ZmScript *script, Size *start, Size *end)
{
	Wrapping wrapping = {.script = script};

	if (!may_begin(script))
		return false;
	if (zm_catch_fault(find_wrapping, &wrapping) != NULL || !wrapping.found)
		return false;

	*start = behind_blank_line(script, wrapping.start, wrapping.end);
	*end = before_blank_line(script, wrapping.end, *start);
	return true;
}

void
zm_wrapping_follow(ZmWrapping *wrapping, int number, const RawStmt *raw)
{
	if (*wrapping == ZM_COMMITTED)
		refuse("COMMIT is not at the end of the script");
	if (!is_control(raw))
		return;
	if (number == 1 && is_plain(raw, TRANS_STMT_BEGIN, TRANS_STMT_START))
		*wrapping = ZM_BEGUN;
	else if (*wrapping == ZM_BEGUN &&
			 is_plain(raw, TRANS_STMT_COMMIT, TRANS_STMT_COMMIT))
		*wrapping = ZM_COMMITTED;
	else
		refuse(psprintf("%s is not allowed in a script",
						GetCommandTagName(CreateCommandTag(raw->stmt))));
}

void
zm_wrapping_end(ZmWrapping wrapping)
{
	if (wrapping == ZM_BEGUN)
		refuse("there is no COMMIT at the end of the script");
}

static void
refuse(const char *message)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_TRANSACTION_TERMINATION),
					errmsg("%s", message),
					errdetail("Only a plain BEGIN and COMMIT around all of it "
							  "are passed over."),
					errhint("Leave them out."), errposition(1)));
}

/*
 * Most scripts start with another word, and need neither be parsed for this
 * nor have a subtransaction.
 */
static bool
may_begin(const ZmScript *script)
{
	Size at = zm_gap_end(script->text, script->length, 0);
	const char *word = script->text + at;

	return pg_strncasecmp(word, "begin", 5) == 0 ||
		   pg_strncasecmp(word, "start", 5) == 0;
}

static void
find_wrapping(void *arg)
{
	Wrapping *wrapping = arg;
	ZmSplitter *splitter = zm_splitter_create(wrapping->script);
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu parse tree", ALLOCSET_DEFAULT_SIZES);
	ZmStatement statement;

	MemoryContextSwitchTo(context);
	while (zm_splitter_next(splitter, &statement))
	{
		RawStmt *raw = zm_parse(statement.text);

		if (statement.number == 1)
		{
			if (!is_plain(raw, TRANS_STMT_BEGIN, TRANS_STMT_START))
				return;
			wrapping->start = zm_splitter_position(splitter);
		}
		else if (wrapping->found) /* there is more behind COMMIT */
		{
			wrapping->found = false;
			return;
		}
		else if (is_plain(raw, TRANS_STMT_COMMIT, TRANS_STMT_COMMIT))
		{
			wrapping->end = statement.start;
			wrapping->found = true;
		}
		else if (is_control(raw))
			return;
		MemoryContextReset(context);
	}
}

static bool
is_plain(const RawStmt *raw, TransactionStmtKind kind,
		 TransactionStmtKind same)
{
	const TransactionStmt *statement;

	if (!is_control(raw))
		return false;
	statement = (const TransactionStmt *) raw->stmt;
	return (statement->kind == kind || statement->kind == same) &&
		   statement->options == NIL && !statement->chain;
}

static bool
is_control(const RawStmt *raw)
{
	return raw != NULL && IsA(raw->stmt, TransactionStmt);
}

/* The rest of BEGIN's line goes with it, if there is nothing on it. */
static Size
behind_blank_line(const ZmScript *script, Size at, Size limit)
{
	Size here = at;

	while (here < limit && scanner_isspace(script->text[here]))
	{
		if (script->text[here++] == '\n')
			return here;
	}
	return at;
}

/* So does the start of COMMIT's, and the end of the line before. */
static Size
before_blank_line(const ZmScript *script, Size at, Size limit)
{
	const char *text = script->text;
	Size here = at;

	while (here > limit && scanner_isspace(text[here - 1]))
	{
		if (text[--here] == '\n')
			return here > limit && text[here - 1] == '\r' ? here - 1 : here;
	}
	return at;
}
