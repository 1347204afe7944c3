/*
 * unfinished.h
 *
 * What became of a statement that no transaction could hold.
 *
 * In a transaction.  What is returned is allocated in the current context.
 */
#ifndef ZM_UNFINISHED_H
#define ZM_UNFINISHED_H

#include "nodes/parsenodes.h"

/*
 * Fixes the name of the index that a statement is to make or to drop, so that
 * it can be found again, and writes it into the statement.  Returns it with
 * its schema, quoted; NULL if there is none to tell.
 */
extern char *zm_name_object(Node *statement);

/* When the same statement is met again: writes the name that was fixed then
 * into it. */
extern void zm_take_up_object(Node *statement, const char *object);

/* When another one stands in its place: what has to be run to clear up after
 * it (char *). */
extern List *zm_object_remains(const char *object);

/*
 * For the following the name is fixed.
 *
 * Does the database show what the statement is to bring about?  False also
 * for what leaves nothing to be seen and may run again: VACUUM, REINDEX, ALTER
 * SYSTEM, a procedure that commits as it goes.
 */
extern bool zm_effect_is_there(Node *statement);

/*
 * What has to be run, each by itself and at top level, before the statement
 * itself may be run again (char *): an interrupted CREATE INDEX CONCURRENTLY
 * leaves an invalid index.
 */
extern List *zm_remains(Node *statement);

/*
 * Is there, before the statement has ever been begun, what would later be
 * taken for something that it made, whole or not?  Then the server says so,
 * and nothing is to be cleared up after it.
 */
extern bool zm_is_there_already(Node *statement);

/* Has it, though it was begun, changed nothing? */
extern bool zm_left_nothing(Node *statement);

/* The index that the statement makes or has made, valid or not; InvalidOid if
 * there is none of that name on that table. */
extern Oid zm_made_index(const IndexStmt *statement);

/* With its schema, quoted. */
extern char *zm_qualified_name(Oid relation);

/*
 * Does it commit on its way, though that is not to be seen in the statement?
 * A procedure may; REINDEX and CLUSTER do where the table is partitioned.
 */
extern bool zm_may_commit(Node *statement);

/*
 * Does it wait for others without anybody else having to wait for it?  Then
 * there is no reason to give up.
 */
extern bool zm_waits_harmlessly(Node *statement);

#endif /* ZM_UNFINISHED_H */
