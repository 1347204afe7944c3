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

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"

#include "worker/link.h"
#include "worker/worker_internal.h"

static bool take_reply(ZmWorker *worker, StringInfo message,
					   StringInfo answer);
static void receive(ZmWorker *worker, StringInfo message);
static void pass_on(StringInfo message);
static void lost(const ZmWorker *worker);

char *
zm_worker_call(ZmWorker *worker, const void *request, Size length)
{
	StringInfoData answer = {0};
	StringInfoData message;

	/*
	 * One that has died may have said why, which is told below: so what
	 * becomes of the request is found out by waiting for the reply.
	 */
	(void) shm_mq_send(worker->requests, length, request, false, true);
	do
		receive(worker, &message);
	while (take_reply(worker, &message, &answer));
	return answer.data;
}

/* Returns false when that was all. */
static bool
take_reply(ZmWorker *worker, StringInfo message, StringInfo answer)
{
	switch (pq_getmsgbyte(message))
	{
		case 'E':
		case 'N':
			pass_on(message);
			return true;
		case ZM_REPLY_PART:
			if (answer->data == NULL)
				initStringInfo(answer);
			appendBinaryStringInfo(answer, message->data + message->cursor,
								   message->len - message->cursor);
			return true;
		case ZM_REPLY_READY:
			return false;
		default: /* a parameter's status, a notification */
			return true;
	}
}

/* The message stays in the queue until the next one is asked for. */
static void
receive(ZmWorker *worker, StringInfo message)
{
	Size length;
	void *data;

	if (shm_mq_receive(worker->replies, &length, &data, false) !=
		SHM_MQ_SUCCESS)
		lost(worker);
	message->data = data;
	message->len = length;
	message->maxlen = length;
	message->cursor = 0;
}

static void
pass_on(StringInfo message)
{
	ErrorData error;

	pq_parse_errornotice(message, &error);
	error.elevel = Min(error.elevel, ERROR);
	error.cursorpos = 0;
	/* Clients take this code for the end of their own connection. */
	if (error.sqlerrcode == ERRCODE_ADMIN_SHUTDOWN)
		error.sqlerrcode = ERRCODE_OPERATOR_INTERVENTION;
	ThrowErrorData(&error);
}

static void
lost(const ZmWorker *worker)
{
	ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("lost connection to background worker \"%s\"",
						   worker->name),
					errhint("The server's log may say why it ended.")));
}
