/*
 * watch.c
 *
 * What a session tells of its worker while it waits for it.
 *
 * Whether the worker waits for a lock is read from shared memory, often; only
 * then, and once in a while, a query is run.
 *
 * Rule: a query's snapshot and locks are given back before anything is said,
 * for a client may take its time to listen: the worker may have to wait for
 * whoever has either.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "compat.h"
#include "engine/activity.h"
#include "engine/blockers.h"
#include "engine/online_internal.h"
#include "engine/watch.h"
#include "guc.h"
#include "store/store.h"

/* In milliseconds; by lock_timeout, a quarter of it. */
#define SHORTEST_INTERVAL 10
#define LONGEST_INTERVAL 200
#define LONGEST_PATIENCE 100

#define CLASS_OF_WAIT 0xFF000000U

struct ZmWatch
{
	MemoryContext own;	   /* that this is in */
	MemoryContext context; /* of a look */
	ZmWorker *worker;
	const char *tenant; /* NULL: not told */
	int pid;
	long interval;
	long patience; /* with a wait for a lock, before it is told */

	uint64 told_wait; /* when the wait began that was told last */
	ZmBlockers *told; /* of that wait; in a context of their own */
	MemoryContext told_context;

	TimestampTz next_report;

	/* What a look finds. */
	ZmProcess *process;
	ZmBlockers *blockers;
};

static long quarter_of_lock_timeout(void);
static void watch_locks(ZmWatch *watch);
static uint64 waiting_since(int pid);
static bool was_told(const ZmWatch *watch, uint64 wait);
static void tell_blockers(ZmWatch *watch, uint64 wait);
static void watch_statement(ZmWatch *watch);
static void tell_statement(const ZmWatch *watch, long elapsed);
static char *place(const ZmWatch *watch);
static void look(ZmWatch *watch, bool at_blockers);
static void end_look(MemoryContext context, ResourceOwner owner);

ZmWatch *
zm_watch_create(ZmWorker *worker, const char *tenant)
{
	MemoryContext own = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate watch", ALLOCSET_SMALL_SIZES);
	ZmWatch *watch = MemoryContextAllocZero(own, sizeof(ZmWatch));
	long quarter = quarter_of_lock_timeout();

	watch->own = own;
	watch->context =
		AllocSetContextCreate(own, "zishu_migrate look", ALLOCSET_SMALL_SIZES);
	watch->told_context = AllocSetContextCreate(own, "zishu_migrate blockers",
												ALLOCSET_SMALL_SIZES);
	watch->worker = worker;
	watch->tenant = tenant;
	watch->interval = Min(Max(quarter, SHORTEST_INTERVAL), LONGEST_INTERVAL);
	watch->patience = Min(Max(quarter, SHORTEST_INTERVAL), LONGEST_PATIENCE);
	watch->next_report =
		TimestampTzPlusMilliseconds(GetCurrentTimestamp(), ZM_TELL_INTERVAL);
	return watch;
}

void
zm_watch_destroy(ZmWatch *watch)
{
	MemoryContextDelete(watch->own);
}

long
zm_watch_tick(ZmWatch *watch)
{
	MemoryContext saved = MemoryContextSwitchTo(watch->context);

	if (watch->pid == 0)
		watch->pid = zm_worker_pid(watch->worker);
	if (watch->pid != 0)
	{
		watch_locks(watch);
		watch_statement(watch);
	}
	MemoryContextSwitchTo(saved);
	MemoryContextReset(watch->context);
	return watch->interval;
}

static long
quarter_of_lock_timeout(void)
{
	int timeout = zm_lock_timeout > 0 ? zm_lock_timeout : LockTimeout;

	return timeout > 0 ? timeout / 4 : LONGEST_INTERVAL;
}

static void
watch_locks(ZmWatch *watch)
{
	uint64 wait = waiting_since(watch->pid);

	if (wait == 0 ||
		!TimestampDifferenceExceeds((TimestampTz) wait, GetCurrentTimestamp(),
									watch->patience))
		return;
	look(watch, true);
	if (watch->blockers->n > 0 && !was_told(watch, wait))
		tell_blockers(watch, wait);
}

/* 0: for no lock.  The two are not read together, but are read again. */
static uint64
waiting_since(int pid)
{
	PGPROC *proc = BackendPidGetProc(pid);

	if (proc == NULL || (*(volatile uint32 *) &proc->wait_event_info &
						 CLASS_OF_WAIT) != PG_WAIT_LOCK)
		return 0;
	return pg_atomic_read_u64(&proc->waitStart);
}

static bool
was_told(const ZmWatch *watch, uint64 wait)
{
	return watch->told && watch->told_wait == wait &&
		   zm_blockers_are_among(watch->blockers, watch->told);
}

static void
tell_blockers(ZmWatch *watch, uint64 wait)
{
	char *where = place(watch);

	watch->told_wait = wait;
	MemoryContextReset(watch->told_context);
	watch->told = zm_blockers_copy(watch->blockers, watch->told_context);
	ereport(NOTICE, (errmsg("%s waits for %s", where ? where : "the migration",
							zm_blockers_title(watch->blockers)),
					 errdetail_internal("%s", watch->blockers->description)));
}

static void
watch_statement(ZmWatch *watch)
{
	TimestampTz now = GetCurrentTimestamp();
	TimestampTz since;
	long elapsed;

	if (now < watch->next_report)
		return;
	watch->next_report = TimestampTzPlusMilliseconds(now, ZM_TELL_INTERVAL);
	look(watch, false);
	if (watch->process == NULL || !watch->process->is_active)
		return;
	since = watch->process->statement_at;
	elapsed = TimestampDifferenceMilliseconds(since, now);
	if (elapsed >= ZM_TELL_INTERVAL)
		tell_statement(watch, elapsed);
	else
		watch->next_report =
			TimestampTzPlusMilliseconds(since, ZM_TELL_INTERVAL);
}

static void
tell_statement(const ZmWatch *watch, long elapsed)
{
	const char *progress = watch->process->progress;
	char *where = place(watch);

	if (where == NULL || !zm_echo)
		return;
	ereport(NOTICE,
			(errmsg("%s has been running for %ld s%s%s", where, elapsed / 1000,
					progress ? "; " : "", progress ? progress : "")));
}

/* NULL: not known, since it has not begun. */
static char *
place(const ZmWatch *watch)
{
	const ZmProcess *process = watch->process;
	ZmActivity activity;

	if (process == NULL || process->application_name == NULL ||
		!zm_activity_parse(process->application_name, &activity))
		return NULL;
	return psprintf(
		"%s%s%sstatement %d of %d", watch->tenant ? "tenant \"" : "",
		watch->tenant ? watch->tenant : "", watch->tenant ? "\": " : "",
		activity.statement, activity.statements);
}

/*
 * What it finds is in the current context.  Locks last until the end of a
 * transaction, but not longer than a subtransaction that is rolled back.
 */
static void
look(ZmWatch *watch, bool at_blockers)
{
	ResourceOwner owner = CurrentResourceOwner;
	MemoryContext saved = CurrentMemoryContext;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(saved);
	PG_TRY();
	{
		PushActiveSnapshot(GetTransactionSnapshot());
		watch->process = zm_store_process(watch->pid);
		if (at_blockers)
			watch->blockers = zm_blockers(watch->pid);
		PopActiveSnapshot();
	}
	PG_CATCH();
	{
		/* The session's command is none that knows of subtransactions. */
		end_look(saved, owner);
		PG_RE_THROW();
	}
	PG_END_TRY();
	end_look(saved, owner);
	InvalidateCatalogSnapshot();
	Assert(!TransactionIdIsValid(MyProc->xmin));
}

static void
end_look(MemoryContext context, ResourceOwner owner)
{
	RollbackAndReleaseCurrentSubTransaction();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}
