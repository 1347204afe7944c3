/*
 * parse.c
 *
 * A statement's text to its raw parse tree.
 *
 * Rule: the splitter and the parser must agree on what one statement is; if
 * they do not, nothing that was found out about the first would hold for the
 * second.
 */
#include "postgres.h"

#include "parser/parser.h"

#include "script/parse.h"
#include "script/quiet.h"

RawStmt *
zm_parse(const char *text)
{
	ZmQuiet quiet;
	List *statements;

	zm_quiet_begin(&quiet);
	statements = raw_parser(text, RAW_PARSE_DEFAULT);
	zm_quiet_end(&quiet);

	if (list_length(statements) > 1)
		elog(ERROR, "%d statements where one was expected",
			 list_length(statements));
	return statements == NIL ? NULL : linitial_node(RawStmt, statements);
}
