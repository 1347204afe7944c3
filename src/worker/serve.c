/*
 * serve.c
 *
 * The life of a worker: connect, serve requests, end.
 *
 * Rule: whatever goes wrong, also while connecting, is told to the session,
 * so the queue for replies is set up before anything else.  An error ends the
 * process: the session decides what follows from it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "worker/link.h"
#include "worker/worker.h"

/* An answer is cut into pieces of this size. */
#define PART_SIZE ((Size) 1024 * 1024)

static void set_up_process(void);
static void attach(Datum main_arg);
static void connect_to_database(void);
static void apply_settings(void);
static bool next_request(const char **request, Size *length);

/* The one session that this process serves. */
static struct
{
	ZmLinkIdentity *identity;
	const char *settings;
	shm_mq_handle *requests;
} session;

void
zm_worker_serve(Datum main_arg, const ZmWorkerService *service)
{
	MemoryContext context;
	const char *request;
	Size length;

	set_up_process();
	attach(main_arg);
	connect_to_database();
	apply_settings();
	zm_worker_assume_role();

	context = AllocSetContextCreate(TopMemoryContext, "zishu_migrate request",
									ALLOCSET_DEFAULT_SIZES);
	while (next_request(&request, &length))
	{
		MemoryContextSwitchTo(context);
		service->request(request, length);
		pgstat_report_activity(STATE_IDLE, NULL);
		MemoryContextReset(context);
		pq_putemptymessage(ZM_REPLY_READY);
	}
	MemoryContextSwitchTo(context);
	if (service->end)
		service->end();
}

void
zm_worker_answer(const char *text)
{
	Size left = strlen(text);

	/* An empty answer is an answer, too. */
	do
	{
		Size part = Min(left, PART_SIZE);
		StringInfoData message;

		CHECK_FOR_INTERRUPTS();
		pq_beginmessage(&message, ZM_REPLY_PART);
		pq_sendbytes(&message, text, part);
		pq_endmessage(&message);
		text += part;
		left -= part;
	} while (left > 0);
}

void
zm_worker_assume_role(void)
{
	SetUserIdAndSecContext(session.identity->role, 0);
}

Oid
zm_worker_role(void)
{
	return session.identity->role;
}

static void
set_up_process(void)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	CurrentResourceOwner = ResourceOwnerCreate(NULL, "zishu_migrate worker");
}

/* A session that has gone in the meantime needs no worker and no message. */
static void
attach(Datum main_arg)
{
	dsm_segment *segment = dsm_attach(DatumGetUInt32(main_arg));
	shm_toc *toc;
	shm_mq *requests;
	shm_mq *replies;

	if (segment == NULL)
		proc_exit(0);
	toc = shm_toc_attach(ZM_LINK_MAGIC, dsm_segment_address(segment));
	if (toc == NULL)
		elog(ERROR, "bad magic number in the segment of a worker");

	session.identity = shm_toc_lookup(toc, ZM_LINK_IDENTITY, false);
	session.settings = shm_toc_lookup(toc, ZM_LINK_SETTINGS, false);
	requests = shm_toc_lookup(toc, ZM_LINK_REQUESTS, false);
	replies = shm_toc_lookup(toc, ZM_LINK_REPLIES, false);

	shm_mq_set_receiver(requests, MyProc);
	shm_mq_set_sender(replies, MyProc);
	session.requests = shm_mq_attach(requests, segment, NULL);
	pq_redirect_to_shm_mq(segment, shm_mq_attach(replies, segment, NULL));
}

/* Messages are relayed as they are, so they must be in our own encoding. */
static void
connect_to_database(void)
{
	BackgroundWorkerInitializeConnectionByOid(
		session.identity->database, session.identity->login,
		session.identity->closed ? BGWORKER_BYPASS_ALLOWCONN : 0);
	StartTransactionCommand();
	(void) SetClientEncoding(GetDatabaseEncoding());
	CommitTransactionCommand();
}

/* As if the client had set them when it connected: RESET comes back to it. */
static void
apply_settings(void)
{
	const char *next = session.settings;

	StartTransactionCommand();
	for (int i = 0; i < session.identity->nsettings; i++)
	{
		const char *name = next;
		const char *value = name + strlen(name) + 1;

		SetConfigOption(name, value, superuser() ? PGC_SUSET : PGC_USERSET,
						PGC_S_CLIENT);
		next = value + strlen(value) + 1;
	}
	CommitTransactionCommand();
}

/* False when the session has let go. */
static bool
next_request(const char **request, Size *length)
{
	void *data;

	if (shm_mq_receive(session.requests, length, &data, false) !=
		SHM_MQ_SUCCESS)
		return false;
	if (ConfigReloadPending)
	{
		ConfigReloadPending = false;
		ProcessConfigFile(PGC_SIGHUP);
	}
	*request = data;
	return true;
}
