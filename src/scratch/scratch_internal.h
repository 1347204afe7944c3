/*
 * scratch_internal.h
 *
 * What the two sides of a scratch database share, and the parts of each.
 *
 * Two workers serve a call.  The keeper, in the caller's database, makes the
 * scratch database and drops it; the builder, in the scratch database, runs
 * the steps.  The builder dies with the call.  The keeper outlasts it by as
 * long as it takes to drop the database.
 */
#ifndef ZM_SCRATCH_INTERNAL_H
#define ZM_SCRATCH_INTERNAL_H

#include "nodes/pg_list.h"

#define ZM_KEEPER_FUNCTION "zm_scratch_keeper_main"
#define ZM_BUILDER_FUNCTION "zm_scratch_builder_main"
#define ZM_UNSUBSCRIBER_FUNCTION "zm_scratch_unsubscriber_main"

/* The keeper's requests; the first one is answered with the database's OID. */
#define ZM_KEEPER_CREATE "create"
#define ZM_KEEPER_DROP "drop"
/* Behind the drop: this, and what is to be kept. */
#define ZM_KEEPER_KEEP "keep "

/* The builder's: a flag, the label, NUL, the script.  A picture, if wanted. */
#define ZM_BUILDER_STEP 's'
#define ZM_BUILDER_PICTURE 'p'

/* settings.c: the settings that steps run with, as ZmWorkerSetting. */
struct ZmWorkerSetting;
extern const struct ZmWorkerSetting *zm_scratch_settings(int *n);

/* database.c: making and dropping; each needs a transaction of its own. */

/* CREATE DATABASE's options, as DefElem, for one like the current database. */
extern List *zm_database_options(void);
extern Oid zm_database_create(const char *name);
/* Done with the rights of the server's first superuser. */
extern void zm_database_drop(const char *name);

/* leftover.c: names of scratch databases, and who is in use. */

/* A new name, reserved for this process. */
extern char *zm_scratch_name(void);
/* The names of scratch databases that no living process has reserved. */
extern List *zm_leftovers(void);

/* subscription.c */

/* Drops the subscriptions in a database, which would keep it from being
 * dropped; nothing is said to a publisher. */
extern void zm_database_unsubscribe(const char *name);

/* cluster.c: from here on this process changes nothing of the cluster's. */
extern void zm_protect_cluster(void);

#endif /* ZM_SCRATCH_INTERNAL_H */
