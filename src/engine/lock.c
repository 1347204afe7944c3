/*
 * lock.c
 *
 * The migration lock.
 *
 * One lock on the extension itself (as ALTER EXTENSION and DROP EXTENSION
 * take it, so that neither pulls the ground from under a run) and one per
 * tenant beside it.  Rule: nobody ever stands in the lock manager's queue for
 * them.  Who waits in the queue blocks everybody that comes later, and
 * deployments start many sessions at once; who polls is passed by those that
 * have nothing to wait for, and is no part of a deadlock with the scripts'
 * own locks that the server would resolve by killing the migration.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "storage/lmgr.h"
#include "utils/array.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "compat.h"
#include "engine/lock.h"
#include "store/store.h"

/* Pauses between two tries, in milliseconds: they grow to the second. */
#define FIRST_PAUSE 5
#define LONGEST_PAUSE 200

typedef struct Waiting
{
	TimestampTz start;
	int pause;
	bool told; /* the client knows */
} Waiting;

static uint16 tenant_part(const char *tenant);
static void set_tag(LOCKTAG *tag, uint16 part);
static void lock_by_polling(uint16 part, LOCKMODE mode);
static bool try_lock_for_process(uint16 part);
static void wait_for_holder(Waiting *waiting, const LOCKTAG *tag,
							LOCKMODE mode);
static int holder_pid(const LOCKTAG *tag, LOCKMODE mode);
static bool is_waiting_for_me(int pid);
static void pause_before_retry(int *pause);
static void refuse_stale_snapshot(void);

void
zm_lock_for_migration(const char *tenant)
{
	/* RowExclusiveLock goes together with itself, not with an author's. */
	lock_by_polling(0, RowExclusiveLock);
	lock_by_polling(tenant_part(tenant), ExclusiveLock);
	refuse_stale_snapshot();
}

void
zm_lock_for_authoring(void)
{
	lock_by_polling(0, ShareRowExclusiveLock);
	refuse_stale_snapshot();
}

void
zm_lock_for_process(const char *tenant)
{
	Waiting waiting = {GetCurrentTimestamp(), FIRST_PAUSE, false};
	MemoryContext saved = CurrentMemoryContext;
	uint16 part = tenant_part(tenant);

	for (;;)
	{
		LOCKTAG tag;

		StartTransactionCommand();
		if (try_lock_for_process(part))
			break;
		set_tag(&tag, part);
		wait_for_holder(&waiting, &tag, ExclusiveLock);
		CommitTransactionCommand();
		pause_before_retry(&waiting.pause);
	}
	CommitTransactionCommand();
	MemoryContextSwitchTo(saved);
}

void
zm_unlock_for_process(const char *tenant)
{
	MemoryContext saved = CurrentMemoryContext;
	LOCKTAG tag;

	StartTransactionCommand();
	set_tag(&tag, tenant_part(tenant));
	LockRelease(&tag, ExclusiveLock, true);
	set_tag(&tag, 0);
	LockRelease(&tag, RowExclusiveLock, true);
	CommitTransactionCommand();
	MemoryContextSwitchTo(saved);
}

/* Two tenants that fall on one number merely wait for each other. */
static uint16
tenant_part(const char *tenant)
{
	uint32 hash = hash_bytes((const unsigned char *) tenant, strlen(tenant));

	return (uint16) (hash % PG_UINT16_MAX + 1);
}

static void
set_tag(LOCKTAG *tag, uint16 part)
{
	SET_LOCKTAG_OBJECT(*tag, MyDatabaseId, ExtensionRelationId,
					   get_extension_oid("zishu_migrate", false), part);
}

static void
lock_by_polling(uint16 part, LOCKMODE mode)
{
	Waiting waiting = {GetCurrentTimestamp(), FIRST_PAUSE, false};
	LOCKTAG tag;

	set_tag(&tag, part);
	while (LockAcquire(&tag, mode, false, true) == LOCKACQUIRE_NOT_AVAIL)
	{
		wait_for_holder(&waiting, &tag, mode);
		pause_before_retry(&waiting.pause);
	}
}

/* Both parts or none. */
static bool
try_lock_for_process(uint16 part)
{
	LOCKTAG extension;
	LOCKTAG tenant;

	set_tag(&extension, 0);
	set_tag(&tenant, part);
	if (LockAcquire(&extension, RowExclusiveLock, true, true) ==
		LOCKACQUIRE_NOT_AVAIL)
		return false;
	if (LockAcquire(&tenant, ExclusiveLock, true, true) !=
		LOCKACQUIRE_NOT_AVAIL)
		return true;
	LockRelease(&extension, RowExclusiveLock, true);
	return false;
}

/* What is to be said and checked between two tries. */
static void
wait_for_holder(Waiting *waiting, const LOCKTAG *tag, LOCKMODE mode)
{
	int pid = holder_pid(tag, mode);

	if (!waiting->told && pid != 0)
	{
		ereport(NOTICE,
				(errmsg("waiting for process %d, which is migrating", pid)));
		waiting->told = true;
	}
	if (pid != 0 && waiting->pause == LONGEST_PAUSE && is_waiting_for_me(pid))
		ereport(ERROR, (errcode(ERRCODE_T_R_DEADLOCK_DETECTED),
						errmsg("deadlock detected"),
						errdetail("Process %d holds the migration lock and "
								  "waits for this transaction.",
								  pid),
						errhint("Migrate before anything else in a "
								"transaction.")));
	if (LockTimeout > 0 &&
		TimestampDifferenceExceeds(waiting->start, GetCurrentTimestamp(),
								   LockTimeout))
		ereport(ERROR,
				(errcode(ERRCODE_LOCK_NOT_AVAILABLE),
				 errmsg("canceling migration due to lock timeout"),
				 pid == 0 ? 0 : errdetail("Process %d is migrating.", pid)));
}

/* The process that stands in our way, or 0 if it has just gone. */
static int
holder_pid(const LOCKTAG *tag, LOCKMODE mode)
{
	VirtualTransactionId *holders = GetLockConflicts(tag, mode, NULL);

	for (; VirtualTransactionIdIsValid(*holders); holders++)
	{
		PGPROC *proc = zm_virtual_transaction_proc(*holders);

		if (proc && proc->pid != MyProcPid)
			return proc->pid;
	}
	return 0;
}

/*
 * The deadlock detector does not see a session that polls, so look whether
 * the one we wait for waits for us.
 */
static bool
is_waiting_for_me(int pid)
{
	ArrayType *blockers = DatumGetArrayTypeP(
		DirectFunctionCall1(pg_blocking_pids, Int32GetDatum(pid)));
	int n = ArrayGetNItems(ARR_NDIM(blockers), ARR_DIMS(blockers));
	int32 *pids = (int32 *) ARR_DATA_PTR(blockers);

	for (int i = 0; i < n; i++)
	{
		if (pids[i] == MyProcPid)
			return true;
	}
	return false;
}

static void
pause_before_retry(int *pause)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
					 *pause, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
	*pause = Min(*pause * 2, LONGEST_PAUSE);
}

static void
refuse_stale_snapshot(void)
{
	if (zm_store_is_stale())
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("could not serialize access due to a concurrent "
						"migration"),
				 errdetail("Another session migrated after this "
						   "transaction's snapshot was taken."),
				 errhint("Retry in a new transaction, or use READ "
						 "COMMITTED.")));
}
