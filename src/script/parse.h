/*
 * parse.h
 *
 * A statement's text to its raw parse tree.
 */
#ifndef ZM_PARSE_H
#define ZM_PARSE_H

#include "nodes/parsenodes.h"

/*
 * NULL if the text holds no statement.  Raises the parser's errors, but
 * leaves its notices and warnings to the time when the statement runs.
 */
extern RawStmt *zm_parse(const char *text);

#endif /* ZM_PARSE_H */
