/*
 * scan.c
 *
 * The server's scanner, run over a script where the script lies.
 *
 * scanner_init() copies its input, and the tokens' values are another copy.
 * For scripts of a hundred megabytes we give flex our own buffer instead, and
 * let the caller throw the values away.
 *
 * Rule: what is SQL, and where a token ends, the server decides.  We give it
 * our own numbers for keywords, because those of its grammar are in a header
 * that is not installed; every other number is part of the scanner's API.
 */
#include "postgres.h"

#include "common/keywords.h"
#include "utils/memutils.h"

#include "compat.h"
#include "script/scan.h"

/* A literal's buffer that grew beyond this is given back. */
#define LITERAL_BUFFER_KEPT (64 * 1024)
#define LITERAL_BUFFER_NEW 1024

/* A bound for the table below: the server has about 500 keywords. */
#define MAX_KEYWORDS 4096

/*
 * Part of the flex scanner in the server, which exports it but has no header
 * for it.
 */
extern struct yy_buffer_state *core_yy_scan_buffer(char *base, size_t size,
												   core_yyscan_t scanner);
extern void core_yy_switch_to_buffer(struct yy_buffer_state *buffer,
									 core_yyscan_t scanner);
extern void core_yy_delete_buffer(struct yy_buffer_state *buffer,
								  core_yyscan_t scanner);

static const uint16 *keyword_codes(void);
static void start_work(ZmScanner *scanner);
static void stop_work(ZmScanner *scanner);
static void leave_text_whole(void *arg);
static void shrink_literal_buffer(ZmScanner *scanner);

void
zm_scanner_open(ZmScanner *scanner, ZmScript *script)
{
	core_yyscan_t flex;

	Assert(script->text[script->length] == '\0' &&
		   script->text[script->length + 1] == '\0');

	flex = scanner_init("", &scanner->extra, &ScanKeywords, keyword_codes());
	zm_ignore_string_escapes(&scanner->extra);
	scanner->extra.scanbuf = script->text;
	scanner->extra.scanbuflen = script->length;

	scanner->flex = flex;
	scanner->script = script;
	scanner->context = CurrentMemoryContext;
	scanner->work =
		core_yy_scan_buffer(script->text, script->length + 2, flex);
	memset(scanner->nothing, 0, sizeof(scanner->nothing));
	scanner->idle =
		core_yy_scan_buffer(scanner->nothing, sizeof(scanner->nothing), flex);
	scanner->working = false;
}

void
zm_scanner_begin(ZmScanner *scanner)
{
	zm_quiet_begin(&scanner->quiet);
	scanner->callback.callback = leave_text_whole;
	scanner->callback.arg = scanner;
	scanner->callback.previous = error_context_stack;
	error_context_stack = &scanner->callback;
	start_work(scanner);
}

void
zm_scanner_end(ZmScanner *scanner)
{
	stop_work(scanner);
	error_context_stack = scanner->callback.previous;
	zm_quiet_end(&scanner->quiet);
	if (scanner->extra.literalalloc > LITERAL_BUFFER_KEPT)
		shrink_literal_buffer(scanner);
}

/*
 * The NUL that flex leaves behind the token tells where the token ends, also
 * for those that took several rules to read (as in PL/pgSQL's scanner).
 */
void
zm_scanner_next(ZmScanner *scanner, ZmToken *token)
{
	YYLTYPE start;

	/* A message that passed by has put flex to rest, see below. */
	if (!scanner->working)
		start_work(scanner);

	token->code = core_yylex(&token->value, &start, scanner->flex);
	token->start = start;
	token->end = start + strlen(scanner->script->text + start);
	if (token->code == ZM_TOKEN_END)
		token->end = token->start;
}

void
zm_scanner_jump(ZmScanner *scanner, Size offset)
{
	ZmScript *script = scanner->script;
	MemoryContext old = MemoryContextSwitchTo(scanner->context);

	Assert(offset <= script->length);
	stop_work(scanner);
	core_yy_delete_buffer(scanner->work, scanner->flex);
	scanner->work = core_yy_scan_buffer(
		script->text + offset, script->length - offset + 2, scanner->flex);
	scanner->working = true;
	MemoryContextSwitchTo(old);
}

int
zm_keyword(const char *word)
{
	int keyword = ScanKeywordLookup(word, &ScanKeywords);

	if (keyword < 0)
		elog(ERROR, "\"%s\" is not a keyword", word);
	return ZM_TOKEN_KEYWORD + keyword;
}

static const uint16 *
keyword_codes(void)
{
	static uint16 codes[MAX_KEYWORDS];

	if (codes[0] == 0)
	{
		if (ScanKeywords.num_keywords > MAX_KEYWORDS)
			elog(ERROR, "too many keywords: %d", ScanKeywords.num_keywords);
		for (int i = ScanKeywords.num_keywords - 1; i >= 0; i--)
			codes[i] = ZM_TOKEN_KEYWORD + i;
	}
	return codes;
}

static void
start_work(ZmScanner *scanner)
{
	core_yy_switch_to_buffer(scanner->work, scanner->flex);
	scanner->working = true;
}

/* Leaving a buffer, flex puts the byte back that its NUL stands for. */
static void
stop_work(ZmScanner *scanner)
{
	core_yy_switch_to_buffer(scanner->idle, scanner->flex);
	scanner->working = false;
}

/*
 * Error context callback: whoever sees the error finds the text whole, be it
 * to quote it or to go on with it after a subtransaction.
 *
 * Messages below ERROR come by, too, when they go to the log.  Between two
 * tokens that does no harm, for the next one starts work again.  Within a
 * token there is but one of them, and the token's end must stay marked.
 */
static void
leave_text_whole(void *arg)
{
	if (geterrcode() != ERRCODE_NAME_TOO_LONG)
		stop_work(arg);
}

static void
shrink_literal_buffer(ZmScanner *scanner)
{
	core_yy_extra_type *extra = &scanner->extra;

	pfree(extra->literalbuf);
	extra->literalbuf =
		MemoryContextAlloc(scanner->context, LITERAL_BUFFER_NEW);
	extra->literalalloc = LITERAL_BUFFER_NEW;
	extra->literallen = 0;
}
