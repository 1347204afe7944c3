/*
 * call.c
 *
 * The session's side of a worker: starts it, relays what it says, and takes
 * its answer.
 */
#include "postgres.h"

#include "compat.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/latch.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "utils/memutils.h"

#include "worker/protocol.h"
#include "worker/worker.h"

/* A worker that was started for a call. */
typedef struct Call
{
	dsm_segment *segment;
	shm_mq_handle *queue;
	BackgroundWorkerHandle *handle;
	StringInfoData answer;
	bool done;
} Call;

static void make_segment(Call *call, Oid database, const char *request);
static void start(Call *call, const char *function);
static void prepare_worker(BackgroundWorker *worker, const char *function);
static void end_worker(dsm_segment *segment, Datum arg);
static void listen_to(Call *call);
static void take_message(Call *call, char *data, Size length);
static void relay(StringInfo message);

char *
zm_worker_call(const char *function, Oid database, const char *request)
{
	Call call = {0};

	initStringInfo(&call.answer);
	make_segment(&call, database, request);
	start(&call, function);
	listen_to(&call);
	/* What it locks and shows of itself is gone when this returns. */
	(void) WaitForBackgroundWorkerShutdown(call.handle);
	cancel_on_dsm_detach(call.segment, end_worker,
						 PointerGetDatum(call.handle));
	dsm_detach(call.segment);
	return call.answer.data;
}

void
zm_worker_send_off(const char *function, Oid database, const char *request)
{
	BackgroundWorker worker;
	ZmWorkerErrand errand = {.authenticated_user = GetAuthenticatedUserId(),
							 .database = database};

	StaticAssertStmt(sizeof(ZmWorkerErrand) <= BGW_EXTRALEN,
					 "an errand must fit into bgw_extra");
	if (strlen(request) >= sizeof(errand.request))
		return;
	strlcpy(errand.request, request, sizeof(errand.request));
	prepare_worker(&worker, function);
	worker.bgw_notify_pid = 0;
	memcpy(worker.bgw_extra, &errand, sizeof(errand));
	(void) RegisterDynamicBackgroundWorker(&worker, NULL);
}

static void
make_segment(Call *call, Oid database, const char *request)
{
	Size length = strlen(request) + 1;
	shm_toc_estimator estimator;
	shm_toc *toc;
	ZmWorkerFixed *fixed;
	char *text;
	shm_mq *queue;
	Size size;
	int security_context;

	shm_toc_initialize_estimator(&estimator);
	shm_toc_estimate_chunk(&estimator, sizeof(ZmWorkerFixed));
	shm_toc_estimate_chunk(&estimator, length);
	shm_toc_estimate_chunk(&estimator, ZM_WORKER_QUEUE_SIZE);
	shm_toc_estimate_keys(&estimator, 3);
	size = shm_toc_estimate(&estimator);
	call->segment = dsm_create(size, 0);
	toc = shm_toc_create(ZM_WORKER_MAGIC, dsm_segment_address(call->segment),
						 size);

	fixed = shm_toc_allocate(toc, sizeof(ZmWorkerFixed));
	fixed->authenticated_user = GetAuthenticatedUserId();
	GetUserIdAndSecContext(&fixed->current_user, &security_context);
	fixed->database = database;
	shm_toc_insert(toc, ZM_WORKER_KEY_FIXED, fixed);

	text = shm_toc_allocate(toc, length);
	memcpy(text, request, length);
	shm_toc_insert(toc, ZM_WORKER_KEY_REQUEST, text);

	queue = shm_mq_create(shm_toc_allocate(toc, ZM_WORKER_QUEUE_SIZE),
						  ZM_WORKER_QUEUE_SIZE);
	shm_toc_insert(toc, ZM_WORKER_KEY_QUEUE, queue);
	shm_mq_set_receiver(queue, MyProc);
	call->queue = shm_mq_attach(queue, call->segment, NULL);
}

static void
start(Call *call, const char *function)
{
	BackgroundWorker worker;
	MemoryContext saved;

	prepare_worker(&worker, function);
	worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(call->segment));
	/* The handle is used when the segment goes, which may be late. */
	saved = MemoryContextSwitchTo(TopTransactionContext);
	if (!RegisterDynamicBackgroundWorker(&worker, &call->handle))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("no background worker is free"),
				 errhint("Raise max_worker_processes, or try again when "
						 "others have ended.")));
	MemoryContextSwitchTo(saved);
	shm_mq_set_handle(call->queue, call->handle);
	on_dsm_detach(call->segment, end_worker, PointerGetDatum(call->handle));
}

static void
prepare_worker(BackgroundWorker *worker, const char *function)
{
	memset(worker, 0, sizeof(*worker));
	strlcpy(worker->bgw_name, "zishu_migrate", BGW_MAXLEN);
	strlcpy(worker->bgw_type, "zishu_migrate", BGW_MAXLEN);
	worker->bgw_flags =
		BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker->bgw_start_time = BgWorkerStart_ConsistentState;
	worker->bgw_restart_time = BGW_NEVER_RESTART;
	/* With a path, since servers differ in where they look without one. */
	strlcpy(worker->bgw_library_name, "$libdir/zishu_migrate",
			sizeof(worker->bgw_library_name));
	strlcpy(worker->bgw_function_name, function,
			sizeof(worker->bgw_function_name));
	worker->bgw_notify_pid = MyProcPid;
}

/* However the session comes away from the segment: the worker ends. */
static void
end_worker(dsm_segment *segment, Datum arg)
{
	TerminateBackgroundWorker((BackgroundWorkerHandle *) DatumGetPointer(arg));
}

static void
listen_to(Call *call)
{
	while (!call->done)
	{
		Size length;
		void *data;
		shm_mq_result result =
			shm_mq_receive(call->queue, &length, &data, true);

		if (result == SHM_MQ_SUCCESS)
		{
			take_message(call, data, length);
			continue;
		}
		if (result == SHM_MQ_DETACHED)
			ereport(ERROR, (errcode(ERRCODE_CONNECTION_FAILURE),
							errmsg("lost the background worker"),
							errhint("The server's log tells why it ended.")));
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1,
						 PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

static void
take_message(Call *call, char *data, Size length)
{
	StringInfoData message;

	initStringInfo(&message);
	appendBinaryStringInfo(&message, data, length);
	switch (pq_getmsgbyte(&message))
	{
		case 'E':
		case 'N':
			relay(&message);
			break;
		case ZM_WORKER_MESSAGE_ANSWER:
			appendBinaryStringInfo(&call->answer,
								   message.data + message.cursor,
								   message.len - message.cursor);
			break;
		case ZM_WORKER_MESSAGE_DONE:
			call->done = true;
			break;
		default: /* parameters, notifications */
			break;
	}
	pfree(message.data);
}

/* As if it were ours; nothing that ends the worker ends this session. */
static void
relay(StringInfo message)
{
	ErrorData error;

	pq_parse_errornotice(message, &error);
	error.elevel = Min(error.elevel, ERROR);
	/* A place in a statement of the worker's is not one in the session's. */
	if (error.cursorpos > 0)
		error.cursorpos = 0;
	ThrowErrorData(&error);
}
