/*
 * statement.h
 *
 * Running one statement at top level.
 */
#ifndef ZM_STATEMENT_H
#define ZM_STATEMENT_H

#include "nodes/parsenodes.h"

/*
 * Runs a statement in the open transaction as the server runs what a client
 * sends.  At top level it is so for the command itself and for extensions
 * that look; otherwise the command is told that it is not.  What it returns
 * is thrown away.  Returns the number of rows it has changed.
 *
 * Statement and text outlive the transaction, since a command may commit it.
 */
extern uint64 zm_statement_run(RawStmt *statement, const char *text,
							   bool top_level);

#endif /* ZM_STATEMENT_H */
