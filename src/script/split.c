/*
 * split.c
 *
 * Cutting a script into statements.
 *
 * A statement ends at a semicolon that is in no parentheses (CREATE RULE has
 * them there) and in no body of an SQL-standard function.  Where such a body
 * starts and ends follows from the grammar, with no need to pair every CASE
 * with its END: it starts with BEGIN ATOMIC in a CREATE FUNCTION or CREATE
 * PROCEDURE, and it ends with the END that stands where a statement of the
 * body would start.
 *
 * Rule: text is read once, front to back, and nothing is kept of a statement
 * when the next one is asked for.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "script/gap.h"
#include "script/metacommand.h"
#include "script/split.h"

/* Values of tokens are thrown away when they have come to this. */
#define TOKEN_MEMORY (64 * 1024)

/* How far a statement has shown itself to define a routine. */
typedef enum Prefix
{
	PREFIX_NONE,
	PREFIX_CREATE,
	PREFIX_CREATE_OR,
	PREFIX_CREATE_OR_REPLACE,
	PREFIX_ROUTINE
} Prefix;

/* Where in a statement the scanner is. */
typedef struct Nesting
{
	int parens;
	int bodies; /* of routines; a body may, for the grammar, define one */

	Prefix prefix;
	bool after_begin;  /* the last token was BEGIN */
	bool body_may_end; /* the last token started a body or ended a
						 * statement in one */
} Nesting;

struct ZmSplitter
{
	ZmScanner scanner;

	/* Token values, then the statement's text; emptied with each statement. */
	MemoryContext scratch;

	int number;	   /* of the last statement */
	Size position; /* behind it */
	bool at_end;

	/* Lines counted so far. */
	int line;
	Size counted;

	ZmTokenWatcher watcher;
	void *watcher_arg;

	ZmMetacommandReader reader;
	void *reader_arg;
};

/* Codes of the keywords that matter here. */
static struct
{
	int atomic;
	int begin;
	int create;
	int end;
	int function;
	int or_p;
	int procedure;
	int replace;
} words;

static void learn_words(void);
static bool find_statement(ZmSplitter *splitter, ZmStatement *statement);
static bool find_end(ZmSplitter *splitter, ZmStatement *statement,
					 ZmToken *token);
static Size take_metacommand(ZmSplitter *splitter, const ZmToken *backslash,
							 bool within_statement);
static void take_token(ZmSplitter *splitter, const ZmToken *token);
static void track_nesting(Nesting *nesting, int code);
static void track_body(Nesting *nesting, int code);
static Prefix next_prefix(Prefix prefix, int code);
static int line_of(ZmSplitter *splitter, Size offset);
static char *text_of(ZmSplitter *splitter, const ZmStatement *statement);


ZmSplitter *
zm_splitter_create(ZmScript *script)
{
	ZmSplitter *splitter = palloc0(sizeof(ZmSplitter));

	learn_words();
	zm_scanner_open(&splitter->scanner, script);
	splitter->scratch = AllocSetContextCreate(
		CurrentMemoryContext, "zishu statement", ALLOCSET_SMALL_SIZES);
	splitter->line = 1;
	return splitter;
}

bool
zm_splitter_next(ZmSplitter *splitter, ZmStatement *statement)
{
	MemoryContext old;
	bool found;

	MemoryContextReset(splitter->scratch);
	if (splitter->at_end)
		return false;

	old = MemoryContextSwitchTo(splitter->scratch);
	zm_scanner_begin(&splitter->scanner);
	found = find_statement(splitter, statement);
	zm_scanner_end(&splitter->scanner);
	MemoryContextSwitchTo(old);
	MemoryContextReset(splitter->scratch);

	if (found)
	{
		statement->number = ++splitter->number;
		statement->line = line_of(splitter, statement->start);
		statement->text = text_of(splitter, statement);
	}
	return found;
}

void
zm_splitter_watch(ZmSplitter *splitter, ZmTokenWatcher watcher, void *arg)
{
	splitter->watcher = watcher;
	splitter->watcher_arg = arg;
}

Size
zm_splitter_position(const ZmSplitter *splitter)
{
	return splitter->position;
}

void
zm_splitter_jump(ZmSplitter *splitter, Size offset)
{
	Assert(offset >= splitter->position);
	if (splitter->at_end)
		return;
	zm_scanner_jump(&splitter->scanner, offset);
	splitter->position = offset;
}

void
zm_splitter_read_metacommands(ZmSplitter *splitter, ZmMetacommandReader reader,
							  void *arg)
{
	splitter->reader = reader;
	splitter->reader_arg = arg;
}

static void
learn_words(void)
{
	if (words.atomic != 0)
		return;
	words.begin = zm_keyword("begin");
	words.create = zm_keyword("create");
	words.end = zm_keyword("end");
	words.function = zm_keyword("function");
	words.or_p = zm_keyword("or");
	words.procedure = zm_keyword("procedure");
	words.replace = zm_keyword("replace");
	words.atomic = zm_keyword("atomic");
}

/*
 * Finds the first token of the next statement, and on to its end.  Lone
 * semicolons and what pg_dump says to psql come before it.
 */
static bool
find_statement(ZmSplitter *splitter, ZmStatement *statement)
{
	ZmScanner *scanner = &splitter->scanner;
	Size gap = splitter->position;
	ZmToken token;

	for (;;)
	{
		zm_scanner_next(scanner, &token);
		if (token.code == ';')
			gap = token.end;
		else if (token.code == '\\')
			gap = take_metacommand(splitter, &token, false);
		else
			break;
	}

	splitter->at_end = token.code == ZM_TOKEN_END;
	if (splitter->at_end)
		return false;
	statement->start = token.start;
	statement->repeat =
		zm_gap_says_repeat(scanner->script->text, gap, token.start);
	statement->terminated = find_end(splitter, statement, &token);
	splitter->at_end = !statement->terminated;
	splitter->position = token.end;
	return true;
}

/*
 * From the first token of a statement to the one behind its last; true if
 * that is a semicolon, false at the end of the script.
 */
static bool
find_end(ZmSplitter *splitter, ZmStatement *statement, ZmToken *token)
{
	Nesting nesting = {0};

	for (;;)
	{
		if (token->code == ZM_TOKEN_END)
			return false;
		if (token->code == ';' && nesting.parens == 0 && nesting.bodies == 0)
			return true;
		if (token->code == '\\')
		{
			(void) take_metacommand(splitter, token, true);
			zm_scanner_next(&splitter->scanner, token);
			continue;
		}

		statement->end = token->end;
		track_nesting(&nesting, token->code);
		take_token(splitter, token);
		zm_scanner_next(&splitter->scanner, token);
	}
}

static Size
take_metacommand(ZmSplitter *splitter, const ZmToken *backslash,
				 bool within_statement)
{
	ZmScanner *scanner = &splitter->scanner;
	Size end;

	if (splitter->reader == NULL)
		return zm_metacommand(scanner, backslash, within_statement);

	zm_scanner_jump(scanner, backslash->end);
	end = splitter->reader(backslash->start, backslash->end, within_statement,
						   splitter->reader_arg);
	zm_scanner_jump(scanner, end);
	return end;
}

static void
take_token(ZmSplitter *splitter, const ZmToken *token)
{
	if (splitter->watcher)
		splitter->watcher(token, splitter->watcher_arg);

	CHECK_FOR_INTERRUPTS();
	if (MemoryContextMemAllocated(splitter->scratch, false) > TOKEN_MEMORY)
		MemoryContextReset(splitter->scratch);
}

/* A closing parenthesis too many is for the parser to complain about. */
static void
track_nesting(Nesting *nesting, int code)
{
	if (code == '(')
		nesting->parens++;
	else if (code == ')' && nesting->parens > 0)
		nesting->parens--;
	else if (nesting->parens == 0)
	{
		track_body(nesting, code);
		return;
	}
	nesting->after_begin = false;
	nesting->body_may_end = false;
}

/*
 * BEGIN and ATOMIC may be names of anything, hence the prefix.  END may be
 * the end of a CASE or a label, but not where a statement starts.
 */
static void
track_body(Nesting *nesting, int code)
{
	bool opens = code == words.atomic && nesting->after_begin &&
				 nesting->prefix == PREFIX_ROUTINE;
	bool closes = code == words.end && nesting->body_may_end;

	if (opens)
		nesting->bodies++;
	else if (closes)
		nesting->bodies--;

	if (opens || closes || code == ';')
		nesting->prefix = PREFIX_NONE;
	else
		nesting->prefix = next_prefix(nesting->prefix, code);
	nesting->after_begin = code == words.begin;
	nesting->body_may_end = nesting->bodies > 0 && (opens || code == ';');
}

/*
 * CREATE [OR REPLACE] FUNCTION or PROCEDURE.  CREATE starts it wherever it
 * stands, as CREATE SCHEMA may have several of them.
 */
static Prefix
next_prefix(Prefix prefix, int code)
{
	if (code == words.create)
		return PREFIX_CREATE;
	if (prefix == PREFIX_ROUTINE)
		return PREFIX_ROUTINE;
	if (prefix == PREFIX_CREATE && code == words.or_p)
		return PREFIX_CREATE_OR;
	if (prefix == PREFIX_CREATE_OR && code == words.replace)
		return PREFIX_CREATE_OR_REPLACE;
	if ((prefix == PREFIX_CREATE || prefix == PREFIX_CREATE_OR_REPLACE) &&
		(code == words.function || code == words.procedure))
		return PREFIX_ROUTINE;
	return PREFIX_NONE;
}

/* Counts on from the last statement, so that no line is counted twice. */
static int
line_of(ZmSplitter *splitter, Size offset)
{
	const char *text = splitter->scanner.script->text;
	const char *at = text + splitter->counted;

	while ((at = memchr(at, '\n', text + offset - at)) != NULL)
	{
		at++;
		splitter->line++;
	}
	splitter->counted = offset;
	return splitter->line;
}

static char *
text_of(ZmSplitter *splitter, const ZmStatement *statement)
{
	Size length = statement->end - statement->start;
	char *text;

	if (splitter->watcher)
		return NULL;
	text = MemoryContextAlloc(splitter->scratch, length + 1);
	memcpy(text, splitter->scanner.script->text + statement->start, length);
	text[length] = '\0';
	return text;
}
