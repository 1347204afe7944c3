/*
 * relay.c
 *
 * Talking to a worker.
 *
 * Rule: what the worker reports reaches the session's client as the worker
 * said it.  Two things are changed: an error can end the worker, but not the
 * session; and a place in the worker's statement is none in the session's.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

#include "worker/link.h"
#include "worker/worker_internal.h"

static ZmWorkerState take_reply(ZmWorker *worker, StringInfo message,
								ErrorData **error);
static void add_part(ZmWorker *worker, StringInfo message);
static char *hand_over(ZmWorker *worker);
static ErrorData *read_report(StringInfo message);
static ErrorData *loss(const ZmWorker *worker);

char *
zm_worker_call(ZmWorker *worker, const void *request, Size length)
{
	zm_worker_send(worker, request, length);
	return zm_worker_await(worker);
}

char *
zm_worker_await(ZmWorker *worker)
{
	ZmWorkerState state;
	ErrorData *error;
	char *answer;

	while ((state = zm_worker_take(worker, &answer, &error)) == ZM_WORKER_BUSY)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1,
						 PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
	if (state == ZM_WORKER_FAILED)
		ThrowErrorData(error);
	return answer;
}

/*
 * One that has died may have said why, so what becomes of the request is
 * found out from the replies.
 */
void
zm_worker_send(ZmWorker *worker, const void *request, Size length)
{
	(void) shm_mq_send(worker->requests, length, request, false, true);
}

/* A message stays in the queue until the next one is asked for. */
ZmWorkerState
zm_worker_take(ZmWorker *worker, char **answer, ErrorData **error)
{
	ZmWorkerState state = ZM_WORKER_BUSY;

	while (state == ZM_WORKER_BUSY)
	{
		StringInfoData message = {0};
		Size length;
		void *data;

		CHECK_FOR_INTERRUPTS();
		switch (shm_mq_receive(worker->replies, &length, &data, true))
		{
			case SHM_MQ_WOULD_BLOCK:
				return ZM_WORKER_BUSY;
			case SHM_MQ_DETACHED:
				*error = loss(worker);
				return ZM_WORKER_FAILED;
			case SHM_MQ_SUCCESS:
				break;
		}
		message.data = data;
		message.len = message.maxlen = length;
		state = take_reply(worker, &message, error);
	}
	if (state == ZM_WORKER_DONE)
		*answer = hand_over(worker);
	return state;
}

static ZmWorkerState
take_reply(ZmWorker *worker, StringInfo message, ErrorData **error)
{
	ErrorData *report;

	switch (pq_getmsgbyte(message))
	{
		case 'E':
		case 'N':
			report = read_report(message);
			if (report->elevel >= ERROR)
			{
				*error = report;
				return ZM_WORKER_FAILED;
			}
			ThrowErrorData(report);
			return ZM_WORKER_BUSY;
		case ZM_REPLY_PART:
			add_part(worker, message);
			return ZM_WORKER_BUSY;
		case ZM_REPLY_READY:
			return ZM_WORKER_DONE;
		default: /* a parameter's status, a notification */
			return ZM_WORKER_BUSY;
	}
}

static void
add_part(ZmWorker *worker, StringInfo message)
{
	MemoryContext saved = MemoryContextSwitchTo(GetMemoryChunkContext(worker));

	if (worker->answer.data == NULL)
		initStringInfo(&worker->answer);
	appendBinaryStringInfo(&worker->answer, message->data + message->cursor,
						   message->len - message->cursor);
	MemoryContextSwitchTo(saved);
}

/* Copying costs an answer's size once, and its owner then is the caller. */
static char *
hand_over(ZmWorker *worker)
{
	char *answer = NULL;

	if (worker->answer.data)
	{
		answer = pstrdup(worker->answer.data);
		pfree(worker->answer.data);
		worker->answer.data = NULL;
	}
	return answer;
}

static ErrorData *
read_report(StringInfo message)
{
	ErrorData *report = palloc0(sizeof(ErrorData));

	pq_parse_errornotice(message, report);
	report->elevel = Min(report->elevel, ERROR);
	report->cursorpos = 0;
	/* Clients take this code for the end of their own connection. */
	if (report->sqlerrcode == ERRCODE_ADMIN_SHUTDOWN)
		report->sqlerrcode = ERRCODE_OPERATOR_INTERVENTION;
	return report;
}

static ErrorData *
loss(const ZmWorker *worker)
{
	ErrorData *error = palloc0(sizeof(ErrorData));

	error->elevel = ERROR;
	error->sqlerrcode = ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
	error->message =
		psprintf("lost connection to background worker \"%s\"", worker->name);
	error->hint = pstrdup("The server's log may say why it ended.");
	return error;
}
