/*
 * repair.c
 *
 * Accepting scripts as they are now.
 *
 * Rule: nothing is run and nothing is guessed.  Whoever calls has looked, and
 * the event says who that was.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "engine/lock.h"
#include "engine/repair.h"
#include "engine/run.h"
#include "store/store.h"

static bool is_applied(const ZmGraph *graph, ZmRev rev, const char *tenant);
static void repair_progress(ZmProgress *progress,
							const ZmStoredRevision *revision,
							const char *tenant);
static void record(const char *tenant, const ZmStoredRevision *revision);

char *
zm_repair(const char *ident, const char *tenant)
{
	ZmGraph *graph;
	ZmStoredRevision *revision;
	ZmProgress *progress;
	ZmRev rev;
	bool unfinished;

	zm_lock_for_migration(tenant);
	graph = zm_store_graph(NULL);
	rev = zm_resolve_one(graph, ident);
	if (rev == ZM_BASE)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("\"%s\" is no revision", ident)));
	revision = zm_store_revision(zm_graph_node(graph, rev)->id);
	progress = zm_store_progress(tenant);
	unfinished = progress && strcmp(progress->revision, revision->id) == 0;
	if (!unfinished && !is_applied(graph, rev, tenant))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("revision \"%s\" is not applied", revision->id),
				 errdetail("Scripts that nothing was run of may be changed "
						   "at will.")));

	zm_revision_digests(revision);
	zm_store_update_revisions(list_make1(revision));
	if (unfinished)
		repair_progress(progress, revision, tenant);
	record(tenant, revision);
	return revision->id;
}

static bool
is_applied(const ZmGraph *graph, ZmRev rev, const char *tenant)
{
	ZmRevs rows = zm_store_known_versions(graph, tenant);

	return zm_graph_applied(graph, &rows)[rev];
}

static void
repair_progress(ZmProgress *progress, const ZmStoredRevision *revision,
				const char *tenant)
{
	bool up = strcmp(progress->action, zm_action_name(true)) == 0;
	ZmScript *script = up ? revision->upgrade : revision->downgrade;
	int done = progress->statement - 1;

	if (script == NULL ||
		!zm_script_prefix_digest(script, done, progress->digest))
		ereport(
			ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg(
				 "the %s script of revision \"%s\" is shorter than what was "
				 "run of it",
				 progress->action, revision->id),
			 errdetail("%d statements are done.", done),
			 errhint("Put statements in the place of those that are done; "
					 "they are not run again.")));
	zm_store_set_progress(tenant, progress);
}

static void
record(const char *tenant, const ZmStoredRevision *revision)
{
	ZmEvent event = {.revision = revision->id,
					 .at = GetCurrentTimestamp(),
					 .statements = -1,
					 .elapsed = -1,
					 .has_digests = true,
					 .digests = revision->digests};

	zm_store_add_events(tenant, "repair", 1, &event);
}
