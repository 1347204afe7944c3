/*
 * scan.h
 *
 * The server's scanner, run over a script where the script lies.
 */
#ifndef ZM_SCAN_H
#define ZM_SCAN_H

#include "parser/scanner.h"

#include "script/quiet.h"
#include "script/script.h"

/*
 * Codes of tokens.  Single characters are themselves; a keyword is
 * zm_keyword() of its spelling.  The others are the numbers that every parser
 * over the server's scanner gives them, see parser/scanner.h; operators that
 * are told from each other only by their text have no name here.
 */
#define ZM_TOKEN_END 0
#define ZM_TOKEN_IDENT 258
#define ZM_TOKEN_UIDENT 259
#define ZM_TOKEN_FCONST 260
#define ZM_TOKEN_SCONST 261
#define ZM_TOKEN_USCONST 262
#define ZM_TOKEN_BCONST 263
#define ZM_TOKEN_XCONST 264
#define ZM_TOKEN_ICONST 266
#define ZM_TOKEN_PARAM 267
#define ZM_TOKEN_TYPECAST 268
#define ZM_TOKEN_KEYWORD 1000 /* the first of them */

typedef struct ZmToken
{
	int code;
	core_YYSTYPE value; /* until the next token is read */
	Size start;			/* byte offsets in the script */
	Size end;
} ZmToken;

/*
 * A scanner at work.  It lives in the memory context that was current when it
 * was opened; the values of tokens go into the one that is current when they
 * are read, which should be a short-lived one.
 */
typedef struct ZmScanner
{
	core_yy_extra_type extra;
	core_yyscan_t flex;
	ZmScript *script;
	MemoryContext context;

	/* Flex works on one of two buffers: the script, or nothing at all. */
	struct yy_buffer_state *work;
	struct yy_buffer_state *idle;
	char nothing[2];
	bool working;

	ErrorContextCallback callback;
	ZmQuiet quiet;
} ZmScanner;

extern void zm_scanner_open(ZmScanner *scanner, ZmScript *script);

/*
 * Tokens are read between begin and end.  Flex marks the end of the token it
 * is at by a NUL in the buffer; outside of the two the text is whole, also
 * when an error was raised between them.
 */
extern void zm_scanner_begin(ZmScanner *scanner);
extern void zm_scanner_end(ZmScanner *scanner);
extern void zm_scanner_next(ZmScanner *scanner, ZmToken *token);

/* Goes on at this offset; until the next token the text is whole. */
extern void zm_scanner_jump(ZmScanner *scanner, Size offset);

/* The code of a keyword, by its spelling in lower case. */
extern int zm_keyword(const char *word);

#endif /* ZM_SCAN_H */
