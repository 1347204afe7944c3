/*
 * running.c
 *
 * Who is migrating, as any session sees it.
 *
 * Rule: the migration lock says who, pg_stat_activity says what; the table of
 * what is unfinished only adds to it, since most revisions never have a row
 * there.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "engine/activity.h"
#include "engine/lock.h"
#include "engine/online_internal.h"
#include "engine/running.h"
#include "errors.h"
#include "store/store.h"
#include "util/spi.h"
#include "util/times.h"

static TimestampTz first_known(TimestampTz a, TimestampTz b);
static void add_activity(ZmRunning *running, const ZmProcess *process,
						 const ZmGraph *graph);
static bool contains(ArrayType *pids, int pid);
static List *workers_of(const char *tenant);
static const char *revision_of(const ZmProcess *process, const ZmGraph *graph);
static bool cancel(int pid);

ZmRunning *
zm_running(const ZmGraph *graph, const char *tenant)
{
	int worker = zm_migrating_worker(tenant);
	int pid = worker ? worker : zm_migrating_session(tenant);
	ZmProcess *process = pid ? zm_store_process(pid) : NULL;
	ZmRunning *running;
	ZmProgress *progress;

	if (process == NULL)
		return NULL;
	running = palloc0(sizeof(ZmRunning));
	running->pid = pid;
	running->online = worker != 0;
	running->since =
		worker ? process->started_at
			   : first_known(process->transaction_at, process->started_at);
	running->rows = -1;
	running->blockers = process->blockers;
	running->progress = process->progress;
	add_activity(running, process, graph);

	progress = worker ? zm_store_progress(tenant) : NULL;
	if (progress && progress->pid == pid)
		running->rows = progress->rows;
	return running;
}

void
zm_refuse_running(const char *tenant, int pid)
{
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRunning *running = tenant ? zm_running(graph, tenant) : NULL;
	StringInfoData detail;

	initStringInfo(&detail);
	if (running && running->online)
	{
		pid = running->pid;
		if (running->revision)
			appendStringInfo(&detail, "It is at revision \"%s\", statement %s",
							 running->revision, running->statement);
		else
			appendStringInfoString(&detail, "It is about to begin");
		appendStringInfo(&detail, ", and has been running since %s. ",
						 zm_utc_text(running->since));
	}
	ereport(ERROR,
			(errcode(ERRCODE_ZM_MIGRATION_RUNNING),
			 errmsg("process %d is migrating online", pid),
			 errdetail("%sIts statements may wait for this transaction, which "
					   "would wait for them.",
					   detail.data),
			 errhint("Try again when it is done, or CALL "
					 "zishu_upgrade_online(), which waits. SELECT * FROM "
					 "zishu_status() tells how far it is.")));
}

int
zm_online_worker_behind_me(void)
{
	ListCell *lc;

	if (!zm_anybody_online())
		return 0;
	foreach (lc, zm_store_processes(ZM_ONLINE_BACKEND_TYPE))
	{
		ZmProcess *process = lfirst(lc);

		if (contains(process->blockers, MyProcPid))
			return process->pid;
	}
	return 0;
}

void
zm_cancel_online(const char *tenant, ZmCancelled callback, void *arg)
{
	ZmGraph *graph = zm_store_graph(NULL);
	List *workers = workers_of(tenant);
	ListCell *lc;

	foreach (lc, workers)
	{
		ZmProcess *process = lfirst(lc);

		callback(process->pid, revision_of(process, graph),
				 cancel(process->pid), arg);
	}
	if (workers == NIL)
		ereport(NOTICE, (errmsg("no migration is running online")));
}

static TimestampTz
first_known(TimestampTz a, TimestampTz b)
{
	return a ? a : b;
}

static void
add_activity(ZmRunning *running, const ZmProcess *process,
			 const ZmGraph *graph)
{
	ZmActivity activity;

	if (!running->online || process->application_name == NULL ||
		!zm_activity_parse(process->application_name, &activity))
		return;
	running->revision = zm_activity_revision(graph, activity.revision);
	running->step = psprintf("%d of %d", activity.step, activity.steps);
	running->statement =
		psprintf("%d of %d", activity.statement, activity.statements);
}

static bool
contains(ArrayType *pids, int pid)
{
	int n = ArrayGetNItems(ARR_NDIM(pids), ARR_DIMS(pids));
	int32 *each = (int32 *) ARR_DATA_PTR(pids);

	for (int i = 0; i < n; i++)
	{
		if (each[i] == pid)
			return true;
	}
	return false;
}

static List *
workers_of(const char *tenant)
{
	int pid;
	ZmProcess *process;

	if (tenant == NULL)
		return zm_store_processes(ZM_ONLINE_BACKEND_TYPE);
	pid = zm_migrating_worker(tenant);
	process = pid ? zm_store_process(pid) : NULL;
	return process ? list_make1(process) : NIL;
}

static const char *
revision_of(const ZmProcess *process, const ZmGraph *graph)
{
	ZmActivity activity;

	if (process->application_name == NULL ||
		!zm_activity_parse(process->application_name, &activity))
		return NULL;
	return zm_activity_revision(graph, activity.revision);
}

/* By the server's function, which says what the caller may not. */
static bool
cancel(int pid)
{
	ZmParams params = {0};
	char *sent;
	bool result;

	zm_param_add(&params, INT4OID, Int32GetDatum(pid));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	sent =
		zm_spi_text("SELECT pg_catalog.text(pg_catalog.pg_cancel_backend($1))",
					&params, NULL);
	result = sent && sent[0] == 't';
	SPI_finish();
	return result;
}
