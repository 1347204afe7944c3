/*
 * lock.h
 *
 * The migration lock.
 */
#ifndef ZM_LOCK_H
#define ZM_LOCK_H

/*
 * Both are held until the end of the transaction.  Migrations of different
 * tenants don't exclude each other; whoever changes revisions excludes all.
 * They wait by polling, for as long as the session's lock_timeout allows,
 * and raise 40001 where the transaction's snapshot cannot see what another
 * session did meanwhile.
 */
extern void zm_lock_for_migration(const char *tenant);
extern void zm_lock_for_authoring(void);

/*
 * The migration lock for a process that takes many transactions: held until
 * it is given back or the process ends.  Not in a transaction, so that who
 * waits holds nothing, a snapshot least of all.
 */
extern void zm_lock_for_process(const char *tenant);
extern void zm_unlock_for_process(const char *tenant);

#endif /* ZM_LOCK_H */
