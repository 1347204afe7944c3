/*
 * refuse.h
 *
 * What cannot run inside a migration's transaction, and what to do instead.
 */
#ifndef ZM_REFUSE_H
#define ZM_REFUSE_H

#include "compat.h"
#include "script/script.h"

/* The ways out of a full lock table. */
#define ZM_HINT_FEWER_LOCKS                                                   \
	"Migrate in several transactions: zishu_upgrade('+500') a few times, or " \
	"CALL zishu_upgrade_online(), which commits per revision. Or raise "      \
	"max_locks_per_transaction."

/* Reports a statement of a class other than ZM_TRANSACTIONAL at this level. */
extern void zm_refuse_statement(int elevel, ZmStatementClass class,
								const char *command);

/* Reports a statement to be repeated, where there is nobody to do so. */
pg_noreturn extern void zm_refuse_repeat(void);

/* Reports a revision that has no downgrade script. */
pg_noreturn extern void zm_refuse_irreversible(const char *revision);

/* Adds our hint to an error that the server raised while a script ran. */
extern void zm_add_hint(ErrorData *error);

#endif /* ZM_REFUSE_H */
