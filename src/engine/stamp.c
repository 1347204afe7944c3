/*
 * stamp.c
 *
 * Changing the version rows without running anything.
 *
 * Rule: a stamp leaves events, as a run does: whoever reads the history later
 * sees that somebody said so, and which scripts were meant.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "utils/timestamp.h"

#include "engine/lock.h"
#include "engine/stamp.h"
#include "store/store.h"
#include "util/arrays.h"

static void forget_unfinished(const char *tenant);
static void record(const char *tenant, const ZmStamped *stamped, int nheads,
				   char **heads);
static void take_digests(ZmStoredRevision *revision, void *arg);

ZmStamped
zm_stamp(const char *tenant, int ntargets, char **targets, bool purge)
{
	ZmStamped stamped;
	ZmRevs rows = {0, NULL};
	ZmGraph *graph;
	ZmRevs after;
	char **before;
	char **ids;
	int nbefore;

	zm_lock_for_migration(tenant);
	graph = zm_store_graph(NULL);
	before = zm_store_versions(tenant, &nbefore);
	if (!purge)
		rows = zm_resolve_rows(graph, nbefore, before);
	after = zm_plan_stamp(graph, &rows, ntargets, targets);

	ids = palloc(sizeof(char *) * (after.count + 1));
	for (int i = 0; i < after.count; i++)
		ids[i] = zm_graph_node(graph, after.revs[i])->id;
	stamped = zm_stamp_rows(tenant, nbefore, before, after.count, ids, purge);
	record(tenant, &stamped, after.count, ids);
	return stamped;
}

ZmStamped
zm_stamp_rows(const char *tenant, int nbefore, char **before, int nafter,
			  char **after, bool prevails)
{
	ZmStamped stamped;

	stamped.removed =
		zm_strings_minus(nbefore, before, nafter, after, &stamped.nremoved);
	stamped.added =
		zm_strings_minus(nafter, after, nbefore, before, &stamped.nadded);

	/* What has gone may be forgotten, but nothing is where there is nothing. */
	if (stamped.nadded > 0 && tenant[0] != '\0')
		(void) get_namespace_oid(tenant, false);
	if (prevails)
		zm_store_assert_versions(tenant, stamped.nremoved, stamped.removed,
								 stamped.nadded, stamped.added);
	else
		zm_store_change_versions(tenant, stamped.nremoved, stamped.removed,
								 stamped.nadded, stamped.added);
	forget_unfinished(tenant);
	return stamped;
}

/* Whoever stamps says that the schema is put in order. */
static void
forget_unfinished(const char *tenant)
{
	ZmProgress *progress = zm_store_progress(tenant);

	if (progress == NULL)
		return;
	ereport(NOTICE,
			(errmsg("the unfinished %s of revision \"%s\" is forgotten",
					progress->action, progress->revision),
			 errdetail("It stood at statement %d of %d.", progress->statement,
					   progress->statements)));
	zm_store_delete_progress(tenant);
}

/* An event for each row that came, or if none came, for each that went. */
static void
record(const char *tenant, const ZmStamped *stamped, int nheads, char **heads)
{
	bool added = stamped->nadded > 0;
	int n = added ? stamped->nadded : stamped->nremoved;
	char **ids = added ? stamped->added : stamped->removed;
	ZmEvent *events = palloc0(sizeof(ZmEvent) * (n + 1));

	for (int i = 0; i < n; i++)
	{
		events[i].revision = ids[i];
		events[i].at = GetCurrentTimestamp();
		events[i].statements = -1;
		events[i].elapsed = -1;
		events[i].has_heads = true;
		events[i].nheads = nheads;
		events[i].heads_after = heads;
	}
	if (added)
		zm_store_each_revision(n, ids, take_digests, events);
	zm_store_add_events(tenant, added ? "stamp" : "unstamp", n, events);
}

static void
take_digests(ZmStoredRevision *revision, void *arg)
{
	ZmEvent *events = arg;
	ZmEvent *event = &events[revision->index];

	zm_revision_digests(revision);
	event->has_digests = true;
	event->digests = revision->digests;
}
