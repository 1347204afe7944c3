/*
 * serve.c
 *
 * The worker's side: connects, runs transactions as the session's role, and
 * answers.
 */
#include "postgres.h"

#include "access/xact.h"
#include "compat.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/dsm.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "tcop/tcopprot.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "worker/protocol.h"
#include "worker/worker.h"

/* As whom transactions run. */
static Oid current_user = InvalidOid;

/* Where the session listens; NULL: nowhere. */
static shm_mq_handle *queue_handle = NULL;

static void send_message(char type, const char *data, Size length);
static char *enter_errand(void);
static char *enter_call(Datum main_arg);

char *
zm_worker_enter(Datum main_arg)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	CurrentResourceOwner = ResourceOwnerCreate(NULL, "zishu_migrate worker");
	CurrentMemoryContext = AllocSetContextCreate(
		TopMemoryContext, "zishu_migrate worker", ALLOCSET_DEFAULT_SIZES);
	return DatumGetUInt32(main_arg) == 0 ? enter_errand()
										 : enter_call(main_arg);
}

void
zm_worker_begin(void)
{
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
}

void
zm_worker_become_caller(void)
{
	SetUserIdAndSecContext(current_user, 0);
}

void
zm_worker_commit(void)
{
	CommitTransactionCommand();
}

void
zm_worker_answer(const char *text)
{
	Size left = strlen(text);

	while (left > 0)
	{
		Size piece = Min(left, ZM_WORKER_PIECE);

		CHECK_FOR_INTERRUPTS();
		send_message(ZM_WORKER_MESSAGE_ANSWER, text, piece);
		text += piece;
		left -= piece;
	}
}

void
zm_worker_leave(void)
{
	send_message(ZM_WORKER_MESSAGE_DONE, "", 0);
}

/* If the session is gone there is nobody to tell. */
static void
send_message(char type, const char *data, Size length)
{
	shm_mq_iovec parts[2] = {{&type, 1}, {data, length}};

	if (queue_handle)
		(void) shm_mq_sendv(queue_handle, parts, 2, false, true);
}

static char *
enter_errand(void)
{
	MemoryContext context = CurrentMemoryContext;
	ZmWorkerErrand errand;

	memcpy(&errand, MyBgworkerEntry->bgw_extra, sizeof(errand));
	current_user = errand.authenticated_user;
	BackgroundWorkerInitializeConnectionByOid(errand.database,
											  errand.authenticated_user, 0);
	MemoryContextSwitchTo(context);
	return pstrdup(errand.request);
}

static char *
enter_call(Datum main_arg)
{
	dsm_segment *segment = dsm_attach(DatumGetUInt32(main_arg));
	shm_toc *toc;
	ZmWorkerFixed *fixed;
	shm_mq *queue;
	MemoryContext context = CurrentMemoryContext;

	if (segment == NULL)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("the session that wanted this is gone")));
	toc = shm_toc_attach(ZM_WORKER_MAGIC, dsm_segment_address(segment));
	if (toc == NULL)
		elog(ERROR, "the segment of a worker is damaged");
	fixed = shm_toc_lookup(toc, ZM_WORKER_KEY_FIXED, false);
	queue = shm_toc_lookup(toc, ZM_WORKER_KEY_QUEUE, false);
	shm_mq_set_sender(queue, MyProc);
	/* From here on the session hears what goes wrong. */
	queue_handle = shm_mq_attach(queue, segment, NULL);
	pq_redirect_to_shm_mq(segment, queue_handle);
	current_user = fixed->current_user;
	BackgroundWorkerInitializeConnectionByOid(fixed->database,
											  fixed->authenticated_user, 0);
	MemoryContextSwitchTo(context);
	return pstrdup(shm_toc_lookup(toc, ZM_WORKER_KEY_REQUEST, false));
}
