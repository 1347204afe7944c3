/*
 * parse.h
 *
 * A statement's text to its raw parse tree.
 */
#ifndef ZM_PARSE_H
#define ZM_PARSE_H

#include "nodes/parsenodes.h"

/*
 * NULL if the text holds no statement.  Quiet leaves out the parser's notices
 * and warnings, not its errors.
 */
extern RawStmt *zm_parse(const char *text, bool quiet);

#endif /* ZM_PARSE_H */
