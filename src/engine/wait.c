/*
 * wait.c
 *
 * Is a revision applied, and when will it be?
 *
 * Applications call this when they start, many at a time, beside the one that
 * migrates and maybe on a standby.  Rule: it reads, takes no lock, looks with a
 * new snapshot each time, and is never what the migration waits for.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "engine/running.h"
#include "engine/wait.h"
#include "errors.h"
#include "store/store.h"
#include "util/spi.h"

/* Pauses between two looks, in milliseconds. */
#define FIRST_PAUSE 20
#define LONGEST_PAUSE 1000

static void wait_for(const char *target, const Interval *timeout,
					 const char *tenant, bool commits);
static char *look(const char *target, const char *tenant, bool commits);
static char *not_applied(const char *target, const char *tenant,
						 bool unknown_is_fine);
static bool is_unknown_id(const ZmGraph *graph, const char *target);
static void refuse_own_snapshot(void);

void
zm_require_applied(const char *target, const char *tenant)
{
	char *missing = not_applied(target, tenant, false);

	if (missing)
		ereport(ERROR, (errcode(ERRCODE_ZM_NOT_AT_HEAD),
						errmsg("revision \"%s\" is not applied", missing),
						errhint("Run the migrations first: SELECT * FROM "
								"zishu_upgrade().")));
}

void
zm_wait_applied(const char *target, const Interval *timeout,
				const char *tenant)
{
	wait_for(target, timeout, tenant, false);
}

void
zm_await_applied(const char *target, const Interval *timeout,
				 const char *tenant)
{
	zm_spi_commit();
	wait_for(target, timeout, tenant, true);
}

static void
wait_for(const char *target, const Interval *timeout, const char *tenant,
		 bool commits)
{
	TimestampTz deadline = DatumGetTimestampTz(DirectFunctionCall2(
		timestamptz_pl_interval, TimestampTzGetDatum(GetCurrentTimestamp()),
		IntervalPGetDatum(timeout)));
	MemoryContext saved = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(saved, "zishu_migrate wait",
												  ALLOCSET_DEFAULT_SIZES);
	int pause = FIRST_PAUSE;
	char *missing;

	MemoryContextSwitchTo(context);
	while ((missing = look(target, tenant, commits)) != NULL)
	{
		if (GetCurrentTimestamp() >= deadline)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_NOT_AT_HEAD),
					 errmsg("revision \"%s\" is still not applied", missing),
					 errdetail("Waited for as long as the timeout allows."),
					 errhint("SELECT * FROM zishu_status() tells where the "
							 "database stands.")));
		(void) WaitLatch(MyLatch,
						 WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 pause, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		pause = Min(pause * 2, LONGEST_PAUSE);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(context);
}

/* What is still missing, or NULL. */
static char *
look(const char *target, const char *tenant, bool commits)
{
	char *missing;

	if (!commits)
	{
		missing = not_applied(target, tenant, true);
		if (missing)
			refuse_own_snapshot();
		return missing;
	}
	PushActiveSnapshot(GetTransactionSnapshot());
	missing = not_applied(target, tenant, true);
	PopActiveSnapshot();
	zm_spi_commit();
	InvalidateCatalogSnapshot();
	Assert(!TransactionIdIsValid(MyProc->xmin));
	return missing;
}

/*
 * The id of a revision of the target that is not applied, or NULL.  Whoever
 * waits may know of a revision before it is loaded here.
 */
static char *
not_applied(const char *target, const char *tenant, bool unknown_is_fine)
{
	ZmGraph *graph = zm_store_graph(NULL);
	int nrows;
	char **names = zm_store_versions(tenant, &nrows);
	ZmRevs rows = zm_resolve_rows(graph, nrows, names);
	ZmRevs wanted;
	bool *applied;

	if (unknown_is_fine && is_unknown_id(graph, target))
		return pstrdup(target);
	wanted = zm_resolve(graph, target);
	applied = zm_graph_applied(graph, &rows);
	for (int i = 0; i < wanted.count; i++)
	{
		if (!applied[wanted.revs[i]])
			return zm_graph_node(graph, wanted.revs[i])->id;
	}
	return NULL;
}

/* Looks like an id, and nothing here could be meant by it. */
static bool
is_unknown_id(const ZmGraph *graph, const char *target)
{
	Size length = strlen(target);

	if (length == 0 || strpbrk(target, "@+-:") != NULL ||
		strcmp(target, "head") == 0 || strcmp(target, "heads") == 0 ||
		strcmp(target, "base") == 0)
		return false;
	for (ZmRev rev = 0; rev < zm_graph_size(graph); rev++)
	{
		const ZmNode *node = zm_graph_node(graph, rev);

		if (strncmp(node->id, target, length) == 0)
			return false;
		for (int i = 0; i < node->nlabels; i++)
		{
			if (strncmp(node->labels[i], target, length) == 0)
				return false;
		}
	}
	return true;
}

/*
 * It would wait for what it can never see, or for somebody who waits for the
 * snapshot to go.
 */
static void
refuse_own_snapshot(void)
{
	int pid;

	if (IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("cannot wait in a transaction that sees no changes"),
				 errhint("Wait in READ COMMITTED.")));
	pid = zm_online_worker_behind_me();
	if (pid != 0)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_MIGRATION_RUNNING),
				 errmsg("process %d migrates online and waits for this "
						"transaction",
						pid),
				 errdetail("A function's caller keeps a snapshot, which "
						   "CREATE INDEX CONCURRENTLY and its like wait for."),
				 errhint("CALL zishu_await(), which keeps none.")));
}
