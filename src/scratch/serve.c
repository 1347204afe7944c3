/*
 * serve.c
 *
 * Databases that live for one call: the workers' side.
 *
 * One worker in the session's database makes the scratch database, another
 * one, in that one, runs the steps, a third one drops it.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "commands/dbcommands.h"
#include "compat.h"
#include "miscadmin.h"
#include "storage/procarray.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "schema/snapshot.h"
#include "scratch/database.h"
#include "scratch/request.h"
#include "worker/execute.h"
#include "worker/worker.h"

static void drop_leftovers(void);
static bool is_abandoned(const char *name);
static char *creation(const char *name);
static void drop(const char *name);
static char *picture(void);

void
zm_scratch_create_main(Datum main_arg)
{
	char *name = zm_worker_enter(main_arg);
	char *oid;

	SetConfigOption("synchronous_commit", "off", PGC_USERSET, PGC_S_SESSION);
	drop_leftovers();
	zm_execute_alone(creation(name));
	zm_worker_begin();
	oid = psprintf("%u", get_database_oid(name, false));
	zm_worker_answer(oid);
	zm_worker_commit();
	zm_worker_leave();
}

void
zm_scratch_run_main(Datum main_arg)
{
	const char *request = zm_worker_enter(main_arg);
	ZmScratchStep step;

	while (zm_scratch_next_step(&request, &step))
	{
		zm_execute_script(step.label, step.script);
		if (step.snapshot)
			zm_worker_answer(picture());
	}
	zm_worker_leave();
}

void
zm_scratch_drop_main(Datum main_arg)
{
	char *name = zm_worker_enter(main_arg);

	drop(name);
	zm_worker_leave();
}

/* What calls that crashed have left behind. */
static void
drop_leftovers(void)
{
	List *names = NIL;
	MemoryContext context = CurrentMemoryContext;
	Relation rel;
	SysScanDesc scan;
	HeapTuple tuple;
	ListCell *lc;

	zm_worker_begin();
	zm_worker_become_caller();
	rel = table_open(DatabaseRelationId, AccessShareLock);
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_database form = (Form_pg_database) GETSTRUCT(tuple);

		MemoryContext saved;

		if (!is_abandoned(NameStr(form->datname)) ||
			!zm_database_ownercheck(form->oid, GetUserId()))
			continue;
		saved = MemoryContextSwitchTo(context);
		names = lappend(names, pstrdup(NameStr(form->datname)));
		MemoryContextSwitchTo(saved);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	zm_worker_commit();
	MemoryContextSwitchTo(context);
	foreach (lc, names)
		drop(lfirst(lc));
}

/* Is it one of ours, and the session that made it gone? */
static bool
is_abandoned(const char *name)
{
	int pid;

	if (strncmp(name, ZM_SCRATCH_PREFIX, strlen(ZM_SCRATCH_PREFIX)) != 0)
		return false;
	pid = atoi(name + strlen(ZM_SCRATCH_PREFIX));
	return BackendPidGetProc(pid) == NULL;
}

/* As the current database is. */
static char *
creation(const char *name)
{
	char *text;
	MemoryContext context = CurrentMemoryContext;

	zm_worker_begin();
	text = MemoryContextStrdup(context, zm_database_creation(name));
	zm_worker_commit();
	MemoryContextSwitchTo(context);
	return text;
}

static void
drop(const char *name)
{
	zm_execute_alone(psprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)",
							  quote_identifier(name)));
}

static char *
picture(void)
{
	MemoryContext context = CurrentMemoryContext;
	StringInfoData text;
	char *schema;

	zm_worker_begin();
	zm_worker_become_caller();
	MemoryContextSwitchTo(context);
	schema = zm_snapshot_text();
	initStringInfo(&text);
	zm_scratch_put(&text, schema);
	zm_worker_commit();
	MemoryContextSwitchTo(context);
	return text.data;
}
