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
 * is thrown away.  Returns the number of rows that it inserted, updated,
 * deleted or merged.
 *
 * Statement and text outlive the transaction, since a command may commit it.
 */
extern uint64 zm_statement_run(RawStmt *statement, const char *text,
							   bool top_level);

/*
 * Parses a statement of a script and runs it so.  What would last until the
 * end of the transaction (SET LOCAL) lasts for the session, since a script may
 * take several.
 */
extern uint64 zm_statement_run_text(const char *text);

/*
 * What pg_stat_activity shows before the text of the statements to come; NULL:
 * nothing.  It is not copied.
 */
extern void zm_statement_title(const char *title);

/* After it the transaction has to end before the value can be used. */
extern bool zm_adds_enum_value(Node *statement);

/*
 * Makes the session as it was when the worker began: settings, role,
 * temporary tables, prepared statements.  Not in a transaction.
 */
extern void zm_session_reset(void);

#endif /* ZM_STATEMENT_H */
