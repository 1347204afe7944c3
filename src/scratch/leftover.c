/*
 * leftover.c
 *
 * Telling scratch databases that are in use from those that are not.
 *
 * A name holds a random number, and whoever works with the database holds a
 * lock on that number, from before the database exists until it is gone.  The
 * server gives the lock back when the process ends, however it does.
 *
 * Rule: a database counts as one of ours by its name and by being closed to
 * everybody; only a superuser or its owner can have made another one so.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "utils/memutils.h"

#include "scratch/scratch_internal.h"

#define PREFIX "zishu_scratch_"

/* Sets the locks apart; those of users are of a database. */
#define LOCK_PART 0x7a6d

static bool is_scratch(const char *name, uint32 *number);
static bool reserve(uint32 number);

char *
zm_scratch_name(void)
{
	uint32 number;

	do
	{
		if (!pg_strong_random(&number, sizeof(number)))
			ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
							errmsg("could not generate a random number")));
	} while (!reserve(number));
	return psprintf(PREFIX "%d_%08x", MyProcPid, number);
}

/* Reserves them, too, so that no two processes drop the same one. */
List *
zm_leftovers(void)
{
	MemoryContext context = CurrentMemoryContext;
	List *names = NIL;
	Relation rel;
	SysScanDesc scan;
	HeapTuple tuple;

	StartTransactionCommand();
	rel = table_open(DatabaseRelationId, AccessShareLock);
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_database form = (Form_pg_database) GETSTRUCT(tuple);
		uint32 number;

		if (form->datallowconn ||
			!is_scratch(NameStr(form->datname), &number) || !reserve(number))
			continue;
		MemoryContextSwitchTo(context);
		names = lappend(names, pstrdup(NameStr(form->datname)));
		MemoryContextSwitchTo(CurTransactionContext);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	CommitTransactionCommand();
	MemoryContextSwitchTo(context);
	return names;
}

static bool
is_scratch(const char *name, uint32 *number)
{
	int pid;
	int length = -1;

	return sscanf(name, PREFIX "%d_%8x%n", &pid, number, &length) == 2 &&
		   length == (int) strlen(name);
}

/*
 * The lock is the process's, not the transaction's.  An advisory lock, for
 * others that a process takes for itself stay behind if it ends while idle.
 */
static bool
reserve(uint32 number)
{
	LOCKTAG tag;

	SET_LOCKTAG_ADVISORY(tag, InvalidOid, number, LOCK_PART, 0);
	return LockAcquire(&tag, ExclusiveLock, true, true) !=
		   LOCKACQUIRE_NOT_AVAIL;
}
