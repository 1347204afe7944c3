/*
 * tenants.c
 *
 * The list of tenants, and how far they are.
 *
 * Rule: most tenants stand where most others stand, so what follows from
 * their version rows is worked out once for each set of rows.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "utils/memutils.h"

#include "engine/lock.h"
#include "engine/tenants.h"
#include "util/arrays.h"
#include "util/string_hash.h"

struct ZmDistances
{
	const ZmGraph *graph;
	bool *wanted; /* by revision */
	HTAB *known;  /* of Distance */
	MemoryContext context;
};

typedef struct Distance
{
	const char *rows; /* key: an array's text */
	int up;
	int down;
} Distance;

static void refuse_bad_name(const char *name);
static void measure(const ZmDistances *distances, const ZmTenant *tenant,
					Distance *distance);

bool
zm_add_tenant(const char *name)
{
	refuse_bad_name(name);
	(void) get_namespace_oid(name, false);
	return zm_store_add_tenant(name);
}

bool
zm_remove_tenant(const char *name)
{
	bool gone = !OidIsValid(get_namespace_oid(name, true));
	int nrows;

	refuse_bad_name(name);
	zm_lock_for_migration(name);
	(void) zm_store_versions(name, &nrows);
	if (!gone && nrows > 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("tenant \"%s\" has revisions applied", name),
				 errhint("Downgrade it first, or forget them: SELECT * FROM "
						 "zishu_stamp('base', tenant => ...), or drop the "
						 "schema.")));
	return zm_store_remove_tenant(name, gone);
}

static void
refuse_bad_name(const char *name)
{
	if (name[0] == '\0' || strcmp(name, "$user") == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("\"%s\" cannot be a tenant", name),
						errdetail("A tenant is a schema.")));
}

ZmDistances *
zm_distances_create(const ZmGraph *graph, const ZmRevs *target)
{
	ZmDistances *distances = palloc(sizeof(ZmDistances));

	distances->graph = graph;
	distances->wanted = zm_graph_applied(graph, target);
	distances->context = CurrentMemoryContext;
	distances->known =
		zm_string_hash("zishu_migrate distances", sizeof(Distance));
	return distances;
}

int
zm_distance(ZmDistances *distances, const ZmTenant *tenant, bool up)
{
	const char *rows = zm_text_array_out(tenant->nrows, tenant->rows);
	bool found;
	Distance *distance =
		hash_search(distances->known, &rows, HASH_ENTER, &found);

	if (!found)
	{
		distance->rows = MemoryContextStrdup(distances->context, rows);
		measure(distances, tenant, distance);
	}
	return up ? distance->up : distance->down;
}

static void
measure(const ZmDistances *distances, const ZmTenant *tenant,
		Distance *distance)
{
	const ZmGraph *graph = distances->graph;
	ZmRevs rows = {0, palloc(sizeof(ZmRev) * (tenant->nrows + 1))};
	bool *applied;

	distance->up = distance->down = -1;

	for (int i = 0; i < tenant->nrows; i++)
	{
		ZmRev rev = zm_graph_find(graph, tenant->rows[i]);

		if (rev == ZM_BASE)
			return;
		rows.revs[rows.count++] = rev;
	}
	applied = zm_graph_applied(graph, &rows);
	distance->up = distance->down = 0;
	for (ZmRev rev = 0; rev < zm_graph_size(graph); rev++)
	{
		distance->up += distances->wanted[rev] && !applied[rev];
		distance->down += applied[rev] && !distances->wanted[rev];
	}
	pfree(applied);
}
