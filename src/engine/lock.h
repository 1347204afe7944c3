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
 * For a session whose worker migrates: the same lock, and as the session does
 * nothing else, no snapshot is taken meanwhile or left behind.
 */
extern void zm_lock_for_online(const char *tenant);

/*
 * The same for one that migrates many tenants, one after the other: without
 * waiting, and given back before the transaction ends.
 */
extern void zm_lock_for_pool(void);
extern bool zm_try_lock_for_pool(const char *tenant);
extern void zm_unlock_for_pool(const char *tenant);

/*
 * For that worker: another lock, which says that it is still alive.  A session
 * may be gone before its worker is; the next one's waits here.  Held over all
 * transactions until it is given back or the process ends; but an aborted one
 * takes it along, and then it is to be taken again (57P01 if somebody else
 * has it by then).  All three outside of transactions.
 */
extern void zm_lock_for_worker(const char *tenant);
extern void zm_relock_for_worker(const char *tenant);
extern void zm_unlock_for_worker(const char *tenant);

/* The worker that migrates a tenant, 0 if none does. */
extern int zm_migrating_worker(const char *tenant);

/* The other session that holds a tenant's lock, by itself or for its
 * worker. */
extern int zm_migrating_session(const char *tenant);

/* Is another session's worker migrating, or one waiting for its turn to? */
extern bool zm_anybody_online(void);

#endif /* ZM_LOCK_H */
