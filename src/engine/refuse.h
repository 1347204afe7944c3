/*
 * refuse.h
 *
 * What cannot run inside a migration's transaction, and what to do instead.
 */
#ifndef ZM_REFUSE_H
#define ZM_REFUSE_H

#include "compat.h"
#include "script/script.h"

/* Reports a statement of a class other than ZM_TRANSACTIONAL at this level. */
extern void zm_refuse_statement(int elevel, ZmStatementClass class,
								const char *command);

/* Reports a statement to be repeated, where there is nobody to do so. */
pg_noreturn extern void zm_refuse_repeat(void);

/* Reports a revision that has no downgrade script. */
pg_noreturn extern void zm_refuse_irreversible(const char *revision);

/* The ways out of a full lock table, on the way up or down. */
extern const char *zm_hint_fewer_locks(bool up);

/* Adds our hint to an error that the server raised while a script ran. */
extern void zm_add_hint(ErrorData *error, bool up);

#endif /* ZM_REFUSE_H */
