/*
 * launch.c
 *
 * Starting and stopping workers.
 *
 * Rule: the segment of memory is the leash.  It goes with the resource owner
 * when a transaction fails, and with the process when that ends, and on
 * either way the worker is told.  An error handler would not be called for a
 * session that is terminated.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "storage/shm_toc.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "worker/link.h"
#include "worker/worker_internal.h"

static Size settings_size(const ZmWorkerPlan *plan);
static shm_toc *make_segment(ZmWorker *worker, const ZmWorkerPlan *plan);
static void put_identity(shm_toc *toc, const ZmWorkerPlan *plan);
static Oid login_role(void);
static void put_settings(shm_toc *toc, const ZmWorkerPlan *plan);
static shm_mq *put_queue(shm_toc *toc, int key);
static bool start_process(ZmWorker *worker, const ZmWorkerPlan *plan);
static void on_detach(dsm_segment *segment, Datum arg);
static void let_go(ZmWorker *worker);

ZmWorker *
zm_worker_start(const ZmWorkerPlan *plan)
{
	/* Used when the transaction fails, which frees lesser contexts first. */
	MemoryContext saved = MemoryContextSwitchTo(CurTransactionContext);
	ZmWorker *worker = palloc0(sizeof(ZmWorker));
	shm_mq *requests;
	shm_mq *replies;
	shm_toc *toc;

	worker->name = pstrdup(plan->name);
	worker->cleans_up = plan->cleans_up;

	toc = make_segment(worker, plan);
	put_identity(toc, plan);
	put_settings(toc, plan);
	requests = put_queue(toc, ZM_LINK_REQUESTS);
	replies = put_queue(toc, ZM_LINK_REPLIES);
	shm_mq_set_sender(requests, MyProc);
	shm_mq_set_receiver(replies, MyProc);

	if (!start_process(worker, plan))
	{
		let_go(worker);
		MemoryContextSwitchTo(saved);
		return NULL;
	}
	worker->requests =
		shm_mq_attach(requests, worker->segment, worker->handle);
	worker->replies = shm_mq_attach(replies, worker->segment, worker->handle);
	MemoryContextSwitchTo(saved);
	return worker;
}

void
zm_worker_finish(ZmWorker *worker)
{
	shm_mq_detach(worker->requests);
	(void) WaitForBackgroundWorkerShutdown(worker->handle);
	let_go(worker);
}

void
zm_worker_stop(ZmWorker *worker)
{
	TerminateBackgroundWorker(worker->handle);
	(void) WaitForBackgroundWorkerShutdown(worker->handle);
	let_go(worker);
}

int
zm_worker_pid(const ZmWorker *worker)
{
	pid_t pid = 0;

	if (GetBackgroundWorkerPid(worker->handle, &pid) != BGWH_STARTED)
		return 0;
	return pid;
}

static Size
settings_size(const ZmWorkerPlan *plan)
{
	Size size = 1;

	for (int i = 0; i < plan->nsettings; i++)
		size += strlen(plan->settings[i].name) +
				strlen(plan->settings[i].value) + 2;
	return size;
}

static shm_toc *
make_segment(ZmWorker *worker, const ZmWorkerPlan *plan)
{
	shm_toc_estimator estimator;
	Size size;

	shm_toc_initialize_estimator(&estimator);
	shm_toc_estimate_chunk(&estimator, sizeof(ZmLinkIdentity));
	shm_toc_estimate_chunk(&estimator, settings_size(plan));
	shm_toc_estimate_chunk(&estimator, ZM_LINK_QUEUE_SIZE);
	shm_toc_estimate_chunk(&estimator, ZM_LINK_QUEUE_SIZE);
	shm_toc_estimate_keys(&estimator, 4);
	size = shm_toc_estimate(&estimator);

	worker->segment = dsm_create(size, 0);
	return shm_toc_create(ZM_LINK_MAGIC, dsm_segment_address(worker->segment),
						  size);
}

static void
put_identity(shm_toc *toc, const ZmWorkerPlan *plan)
{
	ZmLinkIdentity *identity = shm_toc_allocate(toc, sizeof(ZmLinkIdentity));

	identity->database = plan->database;
	identity->login = login_role();
	identity->role = GetUserId();
	identity->closed = plan->closed;
	identity->nsettings = plan->nsettings;
	shm_toc_insert(toc, ZM_LINK_IDENTITY, identity);
}

/*
 * The session's user, so that RESET ROLE gives the worker no other rights
 * than the session has; who became that by SET SESSION AUTHORIZATION need not
 * be able to log in.
 */
static Oid
login_role(void)
{
	HeapTuple tuple =
		SearchSysCache1(AUTHOID, ObjectIdGetDatum(GetSessionUserId()));
	bool may_log_in = false;

	if (HeapTupleIsValid(tuple))
	{
		may_log_in = ((Form_pg_authid) GETSTRUCT(tuple))->rolcanlogin;
		ReleaseSysCache(tuple);
	}
	return may_log_in ? GetSessionUserId() : GetAuthenticatedUserId();
}

static void
put_settings(shm_toc *toc, const ZmWorkerPlan *plan)
{
	char *text = shm_toc_allocate(toc, settings_size(plan));

	shm_toc_insert(toc, ZM_LINK_SETTINGS, text);
	for (int i = 0; i < plan->nsettings; i++)
	{
		const ZmWorkerSetting *setting = &plan->settings[i];

		text = stpcpy(text, setting->name) + 1;
		text = stpcpy(text, setting->value) + 1;
	}
}

static shm_mq *
put_queue(shm_toc *toc, int key)
{
	shm_mq *queue = shm_mq_create(shm_toc_allocate(toc, ZM_LINK_QUEUE_SIZE),
								  ZM_LINK_QUEUE_SIZE);

	shm_toc_insert(toc, key, queue);
	return queue;
}

static bool
start_process(ZmWorker *worker, const ZmWorkerPlan *plan)
{
	BackgroundWorker process = {
		.bgw_flags =
			BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION,
		.bgw_start_time = BgWorkerStart_RecoveryFinished,
		.bgw_restart_time = BGW_NEVER_RESTART,
		/* A bare name is not looked for along dynamic_library_path. */
		.bgw_library_name = "$libdir/zishu_migrate",
		.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(worker->segment)),
		.bgw_notify_pid = MyProcPid};

	strlcpy(process.bgw_name, plan->name, BGW_MAXLEN);
	Assert(plan->type);
	strlcpy(process.bgw_type, plan->type, BGW_MAXLEN);
	strlcpy(process.bgw_function_name, plan->function, BGW_MAXLEN);
	if (!RegisterDynamicBackgroundWorker(&process, &worker->handle))
	{
		if (plan->optional)
			return false;
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("no background worker slot is free"),
				 errdetail("The server has %d, which are all in use.",
						   max_worker_processes),
				 errhint("Try again later, or raise max_worker_processes.")));
	}
	on_dsm_detach(worker->segment, on_detach, PointerGetDatum(worker));
	return true;
}

/* One that cleans up sees its queue closed, by the queue's own callback. */
static void
on_detach(dsm_segment *segment, Datum arg)
{
	ZmWorker *worker = (ZmWorker *) DatumGetPointer(arg);

	if (!worker->cleans_up)
		TerminateBackgroundWorker(worker->handle);
}

static void
let_go(ZmWorker *worker)
{
	dsm_detach(worker->segment);
	worker->segment = NULL;
}
