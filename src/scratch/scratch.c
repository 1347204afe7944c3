/*
 * scratch.c
 *
 * Databases that live for one call: the caller's side.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_authid.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "scratch/request.h"
#include "scratch/scratch.h"
#include "util/arrays.h"
#include "worker/worker.h"

static void clean_up(const char *name, const ErrorData *error);
static void check_rights(void);
static bool may_create_databases(void);
static char *new_name(void);
static List *run_in(const char *name, List *steps);
static List *pictures(const char *answer);

List *
zm_scratch_run(List *steps)
{
	char *name = new_name();
	List *result = NIL;
	MemoryContext caller = CurrentMemoryContext;

	check_rights();
	PG_TRY();
	{
		result = run_in(name, steps);
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		clean_up(name, error);
		ReThrowError(error);
	}
	PG_END_TRY();
	(void) zm_worker_call("zm_scratch_drop_main", MyDatabaseId, name);
	return result;
}

/* Who is to stop at once does not wait for it. */
static void
clean_up(const char *name, const ErrorData *error)
{
	if (ERRCODE_TO_CATEGORY(error->sqlerrcode) ==
		ERRCODE_OPERATOR_INTERVENTION)
		zm_worker_send_off("zm_scratch_drop_main", MyDatabaseId, name);
	else
		(void) zm_worker_call("zm_scratch_drop_main", MyDatabaseId, name);
}

static void
check_rights(void)
{
	if (!superuser() && !may_create_databases())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to create a scratch database"),
				 errdetail("The schema is built in a database that lives for "
						   "this call."),
				 errhint("Grant CREATEDB to role \"%s\".",
						 GetUserNameFromId(GetUserId(), false))));
}

static bool
may_create_databases(void)
{
	HeapTuple tuple = SearchSysCache1(AUTHOID, ObjectIdGetDatum(GetUserId()));
	bool may = false;

	if (HeapTupleIsValid(tuple))
	{
		may = ((Form_pg_authid) GETSTRUCT(tuple))->rolcreatedb;
		ReleaseSysCache(tuple);
	}
	return may;
}

/* Says whose it is, so that others can tell whether it is still wanted. */
static char *
new_name(void)
{
	uint64 random;

	if (!pg_strong_random(&random, sizeof(random)))
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
						errmsg("could not make a random name")));
	return psprintf(ZM_SCRATCH_PREFIX "%d_%016" INT64_MODIFIER "x", MyProcPid,
					random);
}

static List *
run_in(const char *name, List *steps)
{
	char *oid = zm_worker_call("zm_scratch_create_main", MyDatabaseId, name);
	StringInfoData request;
	ListCell *lc;

	initStringInfo(&request);
	foreach (lc, steps)
		zm_scratch_put_step(&request, lfirst(lc));
	return pictures(zm_worker_call(
		"zm_scratch_run_main", (Oid) strtoul(oid, NULL, 10), request.data));
}

/* The answer is one picture behind the other. */
static List *
pictures(const char *answer)
{
	List *list = NIL;
	char *piece;

	while ((piece = zm_scratch_next(&answer)) != NULL)
		list = lappend(list, piece);
	return list;
}
