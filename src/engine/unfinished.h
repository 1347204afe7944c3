/*
 * unfinished.h
 *
 * What became of a statement that no transaction could hold.
 */
#ifndef ZM_UNFINISHED_H
#define ZM_UNFINISHED_H

#include "nodes/parsenodes.h"

/*
 * Does the database show what the statement is to bring about?  Asked before
 * it starts, a yes means that it is somebody else's doing.  object is the name
 * that was chosen for an index that the statement does not name, or NULL.
 * False also for what leaves nothing to be seen and may run again: VACUUM,
 * REINDEX, ALTER SYSTEM, a procedure that commits as it goes.
 */
extern bool zm_effect_is_there(Node *statement, const char *object);

/*
 * What has to be run, each by itself and at top level, before the statement
 * itself may be run again (char *): an interrupted CREATE INDEX CONCURRENTLY
 * leaves an invalid index.
 */
extern List *zm_remains(Node *statement, const char *object);

/* Has it, though it was begun, changed nothing? */
extern bool zm_left_nothing(Node *statement, const char *object);

/* The name that the server would choose for an index, NULL if there is no
 * such table. */
extern char *zm_choose_index_name(const IndexStmt *statement);

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
