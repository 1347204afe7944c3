/*
 * clean.c
 *
 * What a script has to lose to run inside the server.
 *
 * Other tools hand a script to psql or to the server as one message; here it
 * is cut into statements.  So a transaction of its own goes, as it always has
 * one here, and so do the commands of psql that only change what psql shows.
 *
 * Rule: the server's scanner finds the statements and its parser says what
 * they are.  What it cannot read stays as it is: such scripts are stored with
 * a warning, like any other.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "parser/scansup.h"
#include "utils/memutils.h"

#include "import/import.h"
#include "script/check.h"
#include "script/metacommand.h"
#include "script/parse.h"
#include "script/split.h"

/* A name longer than this is no command of psql's. */
#define NAME_SHOWN 24

/* A part of the script that is left out. */
typedef struct Cut
{
	Size start;
	Size end;
} Cut;

/* BEGIN, COMMIT and their like. */
typedef struct Control
{
	Cut where; /* with its semicolon */
	int number;
	int line;
	ZmStatementClass class;
	bool plain; /* without options */
	const char *command;
} Control;

typedef struct Cleaner
{
	ZmHistory *history;
	const ZmRawScript *raw;
	ZmScript *script;
	MemoryContext context; /* where results go */

	List *cuts;		/* of Cut *, in order */
	List *controls; /* of Control * */
	int statements;

	/* Commands of psql that were left out. */
	int dropped;
	int dropped_line;
	const char *dropped_name;

	/* Lines counted so far. */
	int line;
	Size counted;
} Cleaner;

/* What a statement turned out to be. */
typedef struct Reading
{
	const char *text;
	ZmStatementClass class;
	const char *command; /* a constant of the server's, or of classify.c */
	bool plain;
	bool copies_in;
	bool variable; /* of psql's */
} Reading;

/* Commands that change nothing but what psql shows, and settings like that. */
static const char *const harmless_commands[] = {
	"a",		  "C",	   "conninfo", "echo", "errverbose", "f",
	"H",		  "l",	   "o",		   "out",  "pset",		 "qecho",
	"r",		  "reset", "restrict", "t",	   "T",			 "timing",
	"unrestrict", "warn",  "x",		   NULL};
static const char *const harmless_variables[] = {
	"COMP_KEYWORD_CASE", "ECHO",		 "ECHO_HIDDEN",
	"FETCH_COUNT",		 "HIDE_TABLEAM", "HIDE_TOAST_COMPRESSION",
	"ON_ERROR_STOP",	 "QUIET",		 "SHOW_ALL_RESULTS",
	"SHOW_CONTEXT",		 "VERBOSITY",	 NULL};

static ZmScript *with_line_feeds(const ZmRawScript *raw);
static void read_script(void *arg);
static void read_statement(Cleaner *cleaner, ZmSplitter *splitter,
						   const ZmStatement *statement);
static bool may_matter(const char *text);
static bool has_variable(const char *text);
static void classify(void *arg);
static void find_variable(void *arg);
static void tell_problem(Cleaner *cleaner, int line, const char *message);
static void pass_rows(Cleaner *cleaner, ZmSplitter *splitter);
static Size read_metacommand(Size backslash, Size name, bool within_statement,
							 void *arg);
static bool is_harmless(const char *name, const char *arguments);
static bool is_one_of(const char *const *words, const char *word, Size length);
static void judge_transactions(Cleaner *cleaner);
static void add_cut(Cleaner *cleaner, Size start, Size end);
static int line_at(Cleaner *cleaner, Size offset);
static int file_line(const Cleaner *cleaner, int line);
static char *without_cuts(Cleaner *cleaner);
static int compare_cuts(const ListCell *a, const ListCell *b);

char *
zm_clean_script(ZmHistory *history, const ZmRawScript *raw)
{
	Cleaner cleaner = {.history = history, .raw = raw, .line = 1};

	cleaner.context = CurrentMemoryContext;
	cleaner.script = with_line_feeds(raw);
	(void) zm_catch_fault(read_script, &cleaner);
	judge_transactions(&cleaner);
	if (cleaner.dropped == 1)
		zm_finding(history, ZM_FINDING_NOTE, raw->file, cleaner.dropped_line,
				   "psql's \\%s is left out", cleaner.dropped_name);
	else if (cleaner.dropped > 1)
		zm_finding(history, ZM_FINDING_NOTE, raw->file, cleaner.dropped_line,
				   "psql's \\%s and %d more commands like it are left out",
				   cleaner.dropped_name, cleaner.dropped - 1);
	return without_cuts(&cleaner);
}

/* A copy in which CRLF is LF. */
static ZmScript *
with_line_feeds(const ZmRawScript *raw)
{
	ZmScript *script = zm_script_from_cstring(raw->text, raw->length);
	char *from = memchr(script->text, '\r', script->length);
	char *end = script->text + script->length;
	char *to = from;

	if (from == NULL)
		return script;
	for (; from < end; from++)
	{
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	}
	to[0] = '\0';
	to[1] = '\0';
	script->length = to - script->text;
	return script;
}

static void
read_script(void *arg)
{
	Cleaner *cleaner = arg;
	ZmSplitter *splitter = zm_splitter_create(cleaner->script);
	ZmStatement statement;

	zm_splitter_read_metacommands(splitter, read_metacommand, cleaner);
	while (zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		cleaner->statements = statement.number;
		read_statement(cleaner, splitter, &statement);
	}
}

static void
read_statement(Cleaner *cleaner, ZmSplitter *splitter,
			   const ZmStatement *statement)
{
	Reading reading = {.text = statement->text};
	bool variable = has_variable(statement->text);

	if (!variable && !may_matter(statement->text))
		return;
	if (zm_catch_fault(classify, &reading) != NULL)
	{
		if (variable && zm_catch_fault(find_variable, &reading) == NULL &&
			reading.variable)
			tell_problem(cleaner, file_line(cleaner, statement->line),
						 "a variable of psql's");
		return;
	}
	if (reading.copies_in)
	{
		tell_problem(cleaner, file_line(cleaner, statement->line),
					 "COPY FROM STDIN, with the rows in the script: write "
					 "INSERT ... VALUES");
		pass_rows(cleaner, splitter);
	}
	else if (reading.class == ZM_TRANSACTION_BEGIN ||
			 reading.class == ZM_TRANSACTION_COMMIT ||
			 reading.class == ZM_TRANSACTION_OTHER)
	{
		MemoryContext old = MemoryContextSwitchTo(cleaner->context);
		Control *control = palloc(sizeof(Control));

		control->where.start = statement->start;
		control->where.end = zm_splitter_position(splitter);
		control->number = statement->number;
		control->line = file_line(cleaner, statement->line);
		control->class = reading.class;
		control->plain = reading.plain;
		control->command = reading.command;
		cleaner->controls = lappend(cleaner->controls, control);
		MemoryContextSwitchTo(old);
	}
}

/* Does it start with a word of those statements that need a look? */
static bool
may_matter(const char *text)
{
	static const char *const words[] = {
		"ABORT",   "BEGIN",	  "COMMIT",	  "COPY",	   "END",
		"PREPARE", "RELEASE", "ROLLBACK", "SAVEPOINT", "START",
	};

	for (int i = 0; i < lengthof(words); i++)
	{
		if (pg_strncasecmp(text, words[i], strlen(words[i])) == 0)
			return true;
	}
	return false;
}

/*
 * A colon with a name or a string right behind it, which may also be SQL, as
 * in a slice of an array or in a literal: the parser will tell.
 */
static bool
has_variable(const char *text)
{
	for (const char *at = text; (at = strchr(at, ':')) != NULL; at++)
	{
		char next = at[1];

		if (next == ':')
			at++;
		else if (isalpha((unsigned char) next) || next == '_' ||
				 next == '\'' || next == '"' || next == '{')
			return true;
	}
	return false;
}

static void
classify(void *arg)
{
	Reading *reading = arg;
	RawStmt *raw;

	reading->class = zm_classify(reading->text, &reading->command, &raw);
	if (raw == NULL)
		return;
	if (IsA(raw->stmt, CopyStmt))
		reading->copies_in = reading->class == ZM_COPY_CLIENT &&
							 ((CopyStmt *) raw->stmt)->is_from;
	if (IsA(raw->stmt, TransactionStmt))
	{
		const TransactionStmt *statement = (const TransactionStmt *) raw->stmt;

		reading->plain = statement->options == NIL && !statement->chain;
	}
}

/* For a statement that the parser does not take. */
static void
find_variable(void *arg)
{
	Reading *reading = arg;
	ZmScript *script =
		zm_script_from_cstring(reading->text, strlen(reading->text));
	ZmScanner scanner;
	ZmToken token;
	Size colon = 0;

	zm_scanner_open(&scanner, script);
	zm_scanner_begin(&scanner);
	do
	{
		zm_scanner_next(&scanner, &token);
		if (colon > 0 && token.start == colon &&
			(token.code == ZM_TOKEN_IDENT || token.code == ZM_TOKEN_SCONST ||
			 token.code == '{' || token.code >= ZM_TOKEN_KEYWORD))
			reading->variable = true;
		colon = token.code == ':' ? token.end : 0;
	} while (token.code != ZM_TOKEN_END && !reading->variable);
	zm_scanner_end(&scanner);
}

static void
tell_problem(Cleaner *cleaner, int line, const char *message)
{
	MemoryContext old = MemoryContextSwitchTo(cleaner->context);

	zm_finding(cleaner->history, ZM_FINDING_PROBLEM, cleaner->raw->file, line,
			   "%s", message);
	MemoryContextSwitchTo(old);
}

/* On to the line behind the "\." that ends the rows. */
static void
pass_rows(Cleaner *cleaner, ZmSplitter *splitter)
{
	const ZmScript *script = cleaner->script;
	Size start = zm_splitter_position(splitter);
	ZmLine line = {.next = start};

	(void) zm_next_line(script->text, script->length, &line);
	while (zm_next_line(script->text, script->length, &line))
	{
		if (zm_is_text(line.text, line.length, "\\."))
		{
			zm_splitter_jump(splitter, line.next);
			return;
		}
	}
}

/* To the end of the line: what psql takes for the command's arguments. */
static Size
read_metacommand(Size backslash, Size name, bool within_statement, void *arg)
{
	Cleaner *cleaner = arg;
	const char *text = cleaner->script->text;
	Size end = name + strcspn(text + name, "\n");
	Size length = 0;
	int line = file_line(cleaner, line_at(cleaner, backslash));
	MemoryContext old = MemoryContextSwitchTo(cleaner->context);
	char *word;

	while (
		length < NAME_SHOWN && isascii((unsigned char) text[name + length]) &&
		text[name + length] != '\0' && !scanner_isspace(text[name + length]) &&
		strchr("\\'\"", text[name + length]) == NULL)
		length++;
	word = pnstrdup(text + name, length);
	if (within_statement || !is_harmless(word, pnstrdup(text + name + length,
														end - name - length)))
		tell_problem(
			cleaner, line,
			psprintf("psql's \\%s: %s", word, zm_metacommand_advice(word)));
	else
	{
		if (cleaner->dropped++ == 0)
		{
			cleaner->dropped_line = line;
			cleaner->dropped_name = word;
		}
		add_cut(cleaner, backslash, end);
	}
	MemoryContextSwitchTo(old);
	return end;
}

static bool
is_harmless(const char *name, const char *arguments)
{
	Size length = strlen(arguments);

	/* "\echo `date`" runs a command of the shell, and what it prints is
	 * lost with the rest. */
	if (is_one_of(harmless_commands, name, strlen(name)))
		return true;
	arguments = zm_trim(arguments, &length);
	if (strcmp(name, "encoding") == 0)
		return pg_strncasecmp(arguments, "utf8", 4) == 0 ||
			   pg_strncasecmp(arguments, "utf-8", 5) == 0;
	if (strcmp(name, "set") == 0 || strcmp(name, "unset") == 0)
		return is_one_of(harmless_variables, arguments,
						 strcspn(arguments, " \t\r"));
	return false;
}

static bool
is_one_of(const char *const *words, const char *word, Size length)
{
	for (; *words; words++)
	{
		if (zm_is_text(word, length, *words))
			return true;
	}
	return false;
}

/* A plain BEGIN and COMMIT around everything else go. */
static void
judge_transactions(Cleaner *cleaner)
{
	const Control *begin;
	const Control *commit;
	ListCell *lc;

	if (cleaner->controls == NIL)
		return;
	begin = linitial(cleaner->controls);
	commit = llast(cleaner->controls);
	if (list_length(cleaner->controls) == 2 && begin->plain && commit->plain &&
		begin->class == ZM_TRANSACTION_BEGIN && begin->number == 1 &&
		commit->class == ZM_TRANSACTION_COMMIT &&
		commit->number == cleaner->statements)
	{
		add_cut(cleaner, begin->where.start, begin->where.end);
		add_cut(cleaner, commit->where.start, commit->where.end);
		zm_finding(cleaner->history, ZM_FINDING_NOTE, cleaner->raw->file,
				   begin->line,
				   "BEGIN and COMMIT around the script are left out: every "
				   "script runs in a transaction");
		return;
	}
	foreach (lc, cleaner->controls)
	{
		const Control *control = lfirst(lc);

		zm_finding(cleaner->history, ZM_FINDING_PROBLEM, cleaner->raw->file,
				   control->line,
				   "%s, which is not part of one plain BEGIN and COMMIT "
				   "around the whole script",
				   control->command);
	}
}

/* The line goes with it if there is nothing else on it. */
static void
add_cut(Cleaner *cleaner, Size start, Size end)
{
	const char *text = cleaner->script->text;
	Size behind = end;
	Cut *cut = palloc(sizeof(Cut));

	while (text[behind] == ' ' || text[behind] == '\t')
		behind++;
	if (text[behind] == '\n' && (start == 0 || text[start - 1] == '\n'))
		behind++;
	cut->start = start;
	cut->end = behind;
	cleaner->cuts = lappend(cleaner->cuts, cut);
}

/* Offsets come in order. */
static int
line_at(Cleaner *cleaner, Size offset)
{
	const char *text = cleaner->script->text;
	const char *at = text + cleaner->counted;

	while ((at = memchr(at, '\n', text + offset - at)) != NULL)
	{
		at++;
		cleaner->line++;
	}
	cleaner->counted = offset;
	return cleaner->line;
}

static int
file_line(const Cleaner *cleaner, int line)
{
	const List *list = cleaner->raw->left_out;
	int left_out = 0;
	int high = list_length(list);

	/* How many are not behind this line; they are in order. */
	while (left_out < high)
	{
		int middle = left_out + (high - left_out) / 2;

		if (list_nth_int(list, middle) <= line)
			left_out = middle + 1;
		else
			high = middle;
	}
	return cleaner->raw->line + line - 1 + left_out;
}

/* The script, without empty lines at its ends; in the buffer it is in. */
static char *
without_cuts(Cleaner *cleaner)
{
	char *text = cleaner->script->text;
	Size length = cleaner->script->length;
	Size from = 0;
	Size to = 0;
	ListCell *lc;

	list_sort(cleaner->cuts, compare_cuts);
	foreach (lc, cleaner->cuts)
	{
		const Cut *cut = lfirst(lc);

		memmove(text + to, text + from, cut->start - from);
		to += cut->start - from;
		from = cut->end;
	}
	memmove(text + to, text + from, length - from);
	to += length - from;

	while (to > 0 && scanner_isspace(text[to - 1]))
		to--;
	text[to] = '\0';
	for (from = 0; from < to; from++)
	{
		Size blank = from + strspn(text + from, " \t");

		if (text[blank] != '\n')
			break;
		from = blank;
	}
	return text + from;
}

static int
compare_cuts(const ListCell *a, const ListCell *b)
{
	const Cut *left = lfirst(a);
	const Cut *right = lfirst(b);

	return left->start < right->start ? -1 : left->start > right->start;
}
