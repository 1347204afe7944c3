/*
 * online.c
 *
 * The session's side of an online run.
 *
 * Rule: while the worker works, the session holds no snapshot, and no lock but
 * that on the migration itself: CREATE INDEX CONCURRENTLY waits for whoever
 * does, and would wait for the one that waits for it.  When the session ends,
 * in whatever way, so does the worker.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timeout.h"
#include "utils/wait_event.h"

#include "engine/lock.h"
#include "engine/online.h"
#include "engine/online_internal.h"
#include "engine/watch.h"
#include "util/spi.h"
#include "worker/worker.h"

/* So often, in milliseconds, the session looks whether its client is there. */
#define CLIENT_INTERVAL 500

static void relay(ZmWorker *worker);
static void watch_client(void);

void
zm_online_run(bool up, const char *target, const char *tenant)
{
	ZmWorkerPlan plan = zm_online_worker_plan();
	int guc_level = zm_online_begin();
	ZmWorker *worker;

	zm_lock_for_online(tenant);
	worker = zm_worker_start(&plan);
	zm_online_send(worker, up, target, tenant);
	relay(worker);
	zm_worker_finish(worker);
	zm_online_end(guc_level);
}

int
zm_online_begin(void)
{
	int guc_level;

	zm_spi_commit();
	guc_level = NewGUCNestLevel();
	watch_client();
	return guc_level;
}

void
zm_online_end(int guc_level)
{
	AtEOXact_GUC(false, guc_level);
}

ZmWorkerPlan
zm_online_worker_plan(void)
{
	ZmWorkerPlan plan = {.name = "zishu_migrate online run",
						 .type = ZM_ONLINE_BACKEND_TYPE,
						 .function = ZM_ONLINE_FUNCTION,
						 .database = MyDatabaseId};

	plan.settings = zm_worker_session_settings(&plan.nsettings);
	return plan;
}

/*
 * One that has gone is else noticed only when something is sent to it.  The
 * timer is set when a command begins, and renewed by itself.
 */
static void
watch_client(void)
{
	if (client_connection_check_interval > 0 || MyProcPort == NULL ||
		set_config_option("client_connection_check_interval",
						  CppAsString2(CLIENT_INTERVAL), PGC_USERSET,
						  PGC_S_SESSION, GUC_ACTION_SAVE, true, DEBUG1,
						  false) <= 0)
		return;
	enable_timeout_after(CLIENT_CONNECTION_CHECK_TIMEOUT, CLIENT_INTERVAL);
}

void
zm_online_send(ZmWorker *worker, bool up, const char *target,
			   const char *tenant)
{
	StringInfoData request;

	initStringInfo(&request);
	appendStringInfoChar(&request, up ? ZM_ONLINE_UP : ZM_ONLINE_DOWN);
	appendBinaryStringInfo(&request, tenant, strlen(tenant) + 1);
	appendBinaryStringInfo(&request, target, strlen(target) + 1);
	zm_worker_send(worker, request.data, request.len);
}

static void
relay(ZmWorker *worker)
{
	MemoryContext saved = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(saved, "zishu_migrate relay",
												  ALLOCSET_DEFAULT_SIZES);
	ZmWatch *watch = zm_watch_create(worker, NULL);
	ZmWorkerState state = ZM_WORKER_BUSY;
	ErrorData *error = NULL;
	char *answer;

	for (;;)
	{
		MemoryContextReset(context);
		MemoryContextSwitchTo(context);
		state = zm_worker_take(worker, &answer, &error);
		if (state != ZM_WORKER_BUSY)
			break;
		InvalidateCatalogSnapshot();
		(void) WaitLatch(MyLatch,
						 WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 zm_watch_tick(watch), PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
	if (state == ZM_WORKER_FAILED)
	{
		zm_worker_stop(worker);
		ThrowErrorData(error);
	}
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(context);
}
