/*
 * lock.c
 *
 * The migration lock.
 *
 * One lock on the extension itself (as ALTER EXTENSION and DROP EXTENSION
 * take it, so that neither pulls the ground from under a run) and one per
 * tenant beside it; and one per tenant for a worker that migrates it.  The
 * latter are named by 47 bits of a hash, which stand where an object's number
 * and that of its part stand; nothing else locks parts of extensions.  Rule:
 * nobody ever stands in the lock manager's queue for them.  Who waits in the
 * queue blocks everybody that comes later, and deployments start many
 * sessions at once; who polls is passed by those that have nothing to wait
 * for, and is no part of a deadlock with the scripts' own locks that the
 * server would resolve by killing the migration.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lmgr.h"
#include "utils/array.h"
#include "utils/fmgrprotos.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "compat.h"
#include "engine/lock.h"
#include "engine/running.h"
#include "store/store.h"

/* Pauses between two tries, in milliseconds: they grow to the second. */
#define FIRST_PAUSE 5
#define LONGEST_PAUSE 200

/* Numbers for tenants, and as many for their workers. */
#define TENANT_PARTS (PG_UINT16_MAX / 2)

/* One that all sessions have whose workers migrate, or who wait to. */
#define ONLINE_PART PG_UINT16_MAX

typedef struct Waiting
{
	TimestampTz start;
	int pause;
	bool told; /* the client knows */
} Waiting;

static void set_extension_tag(LOCKTAG *tag, uint16 part);
static void set_tenant_tag(LOCKTAG *tag, const char *tenant);
static void set_worker_tag(LOCKTAG *tag, const char *tenant);
static void lock_extension(uint16 part, LOCKMODE mode, bool online);
static void lock_tenant(const char *tenant, bool online);
static void lock_by_polling(const char *tenant, const LOCKTAG *tag,
							LOCKMODE mode, bool online);
static bool try_lock_for_worker(const char *tenant, Waiting *waiting);
static void release_at_exit(int code, Datum arg);
static void wait_for_holder(Waiting *waiting, const LOCKTAG *tag,
							LOCKMODE mode);
static bool is_online(int pid);
static int holder_pid(const LOCKTAG *tag, LOCKMODE mode);
static bool is_waiting_for_me(int pid);
static void pause_before_retry(int *pause);
static void refuse_stale_snapshot(void);

void
zm_lock_for_migration(const char *tenant)
{
	/* RowExclusiveLock goes together with itself, not with an author's. */
	lock_extension(0, RowExclusiveLock, false);
	lock_tenant(tenant, false);
	refuse_stale_snapshot();
}

void
zm_lock_for_authoring(void)
{
	lock_extension(0, ShareRowExclusiveLock, false);
	refuse_stale_snapshot();
}

void
zm_lock_for_pool(void)
{
	lock_extension(ONLINE_PART, RowExclusiveLock, true);
	lock_extension(0, RowExclusiveLock, true);
	InvalidateCatalogSnapshot();
}

bool
zm_try_lock_for_pool(const char *tenant)
{
	LOCKTAG tag;

	set_tenant_tag(&tag, tenant);
	return LockAcquire(&tag, ExclusiveLock, false, true) !=
		   LOCKACQUIRE_NOT_AVAIL;
}

void
zm_unlock_for_pool(const char *tenant)
{
	LOCKTAG tag;

	set_tenant_tag(&tag, tenant);
	LockRelease(&tag, ExclusiveLock, false);
}

void
zm_lock_for_online(const char *tenant)
{
	lock_extension(ONLINE_PART, RowExclusiveLock, true);
	lock_extension(0, RowExclusiveLock, true);
	lock_tenant(tenant, true);
	InvalidateCatalogSnapshot();
}

void
zm_lock_for_worker(const char *tenant)
{
	static bool registered = false;
	Waiting waiting = {GetCurrentTimestamp(), FIRST_PAUSE, false};
	MemoryContext saved = CurrentMemoryContext;

	if (!registered)
		before_shmem_exit(release_at_exit, (Datum) 0);
	registered = true;
	while (!try_lock_for_worker(tenant, &waiting))
		pause_before_retry(&waiting.pause);
	MemoryContextSwitchTo(saved);
}

void
zm_relock_for_worker(const char *tenant)
{
	MemoryContext saved = CurrentMemoryContext;

	/* Whoever has let go of us may have a successor. */
	CHECK_FOR_INTERRUPTS();
	if (!try_lock_for_worker(tenant, NULL))
		ereport(FATAL, (errcode(ERRCODE_ADMIN_SHUTDOWN),
						errmsg("another session has taken over this "
							   "migration")));
	MemoryContextSwitchTo(saved);
}

void
zm_unlock_for_worker(const char *tenant)
{
	MemoryContext saved = CurrentMemoryContext;
	LOCKTAG tag;

	StartTransactionCommand();
	set_worker_tag(&tag, tenant);
	LockRelease(&tag, ExclusiveLock, true);
	CommitTransactionCommand();
	MemoryContextSwitchTo(saved);
}

int
zm_migrating_worker(const char *tenant)
{
	LOCKTAG tag;

	set_worker_tag(&tag, tenant);
	return holder_pid(&tag, ExclusiveLock);
}

int
zm_migrating_session(const char *tenant)
{
	LOCKTAG tag;

	set_tenant_tag(&tag, tenant);
	return holder_pid(&tag, ExclusiveLock);
}

bool
zm_anybody_online(void)
{
	LOCKTAG tag;

	set_extension_tag(&tag, ONLINE_PART);
	return holder_pid(&tag, ExclusiveLock) != 0;
}

/* In a transaction of its own.  If somebody has it and waiting is not NULL,
 * looks after who that is. */
static bool
try_lock_for_worker(const char *tenant, Waiting *waiting)
{
	LOCKTAG tag;
	bool locked;

	StartTransactionCommand();
	set_worker_tag(&tag, tenant);
	locked =
		LockAcquire(&tag, ExclusiveLock, true, true) != LOCKACQUIRE_NOT_AVAIL;
	if (!locked && waiting)
		wait_for_holder(waiting, &tag, ExclusiveLock);
	CommitTransactionCommand();
	return locked;
}

/* An error outside of a transaction would leave it behind for ever. */
static void
release_at_exit(int code, Datum arg)
{
	AbortOutOfAnyTransaction();
	LockReleaseAll(DEFAULT_LOCKMETHOD, true);
}

static void
set_extension_tag(LOCKTAG *tag, uint16 part)
{
	SET_LOCKTAG_OBJECT(*tag, MyDatabaseId, ExtensionRelationId,
					   get_extension_oid("zishu_migrate", false), part);
}

static void
set_tenant_tag(LOCKTAG *tag, const char *tenant)
{
	uint64 hash =
		hash_bytes_extended((const unsigned char *) tenant, strlen(tenant), 0);

	SET_LOCKTAG_OBJECT(*tag, MyDatabaseId, ExtensionRelationId, (uint32) hash,
					   (hash >> 32) % TENANT_PARTS + 1);
}

static void
set_worker_tag(LOCKTAG *tag, const char *tenant)
{
	set_tenant_tag(tag, tenant);
	tag->locktag_field4 += TENANT_PARTS;
}

static void
lock_extension(uint16 part, LOCKMODE mode, bool online)
{
	LOCKTAG tag;

	set_extension_tag(&tag, part);
	lock_by_polling(NULL, &tag, mode, online);
}

static void
lock_tenant(const char *tenant, bool online)
{
	LOCKTAG tag;

	set_tenant_tag(&tag, tenant);
	lock_by_polling(tenant, &tag, ExclusiveLock, online);
}

/*
 * Who calls a function has a snapshot, and what runs online may have to wait
 * until all of them are gone.
 */
static void
lock_by_polling(const char *tenant, const LOCKTAG *tag, LOCKMODE mode,
				bool online)
{
	Waiting waiting = {GetCurrentTimestamp(), FIRST_PAUSE, false};

	while (LockAcquire(tag, mode, false, true) == LOCKACQUIRE_NOT_AVAIL)
	{
		int pid = online ? 0 : holder_pid(tag, mode);

		if (pid != 0 && is_online(pid))
			zm_refuse_running(tenant, pid);
		wait_for_holder(&waiting, tag, mode);
		pause_before_retry(&waiting.pause);
	}
}

/* Is it a session whose worker migrates? */
static bool
is_online(int pid)
{
	VirtualTransactionId *holders;
	LOCKTAG tag;

	set_extension_tag(&tag, ONLINE_PART);
	holders = GetLockConflicts(&tag, ExclusiveLock, NULL);
	for (; VirtualTransactionIdIsValid(*holders); holders++)
	{
		PGPROC *proc = zm_virtual_transaction_proc(*holders);

		if (proc && proc->pid == pid)
			return true;
	}
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
	InvalidateCatalogSnapshot();
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
