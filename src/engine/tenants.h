/*
 * tenants.h
 *
 * Many tenants: who is behind, and taking them along.
 */
#ifndef ZM_TENANTS_H
#define ZM_TENANTS_H

#include "nodes/pg_list.h"

#include "graph/graph.h"
#include "store/store.h"

/*
 * tenants.c: the list.
 */

/* Each tells whether anything changed.  Raises 3F000 or 22023 for what can be
 * no tenant, and 55006 for one whose schema is there with something applied. */
extern bool zm_add_tenant(const char *name);
extern bool zm_remove_tenant(const char *name);

/* How far tenants are from a target; equal ones are looked at once. */
typedef struct ZmDistances ZmDistances;
extern ZmDistances *zm_distances_create(const ZmGraph *graph,
										const ZmRevs *target);
/* The number of revisions that the target has and the tenant lacks, or, down,
 * that it has beyond the target; -1 if a row is of no revision. */
extern int zm_distance(ZmDistances *distances, const ZmTenant *tenant,
					   bool up);

/*
 * tenant_pool.c: takes all tenants whose names are LIKE the pattern to the
 * target, so many at a time, the canaries before all others.  Commits the
 * caller's transaction, as zm_online_run() does.  Each that fails is told as
 * a WARNING, and all together raise 55000 at the end, or, if they are
 * canaries, before the others begin.
 */
extern void zm_tenants_run(bool up, const char *target, const char *pattern,
						   int jobs, int ncanaries, char **canaries);

#endif /* ZM_TENANTS_H */
