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
#include "utils/syscache.h"

#include "scratch/scratch.h"
#include "scratch/scratch_internal.h"
#include "worker/worker.h"

struct ZmScratch
{
	ZmWorker *keeper; /* making the database */
	const ZmScratchKeeping *keeping;
};

static void check_rights(void);
static bool may_create_databases(void);
static ZmWorker *start_keeper(const ZmScratchKeeping *keeping);
static Oid database_made(ZmWorker *keeper);
static ZmWorker *start_builder(Oid database);
static List *run_steps(ZmWorker *builder, List *steps);
static void drop_database(ZmWorker *keeper);
static void keep_picture(ZmWorker *keeper, const ZmScratchKeeping *keeping,
						 const char *picture);

List *
zm_scratch_run(List *steps, const ZmScratchKeeping *keeping)
{
	return zm_scratch_finish(zm_scratch_begin(keeping), steps);
}

ZmScratch *
zm_scratch_begin(const ZmScratchKeeping *keeping)
{
	ZmScratch *scratch = palloc(sizeof(ZmScratch));

	check_rights();
	scratch->keeper = start_keeper(keeping);
	scratch->keeping = keeping;
	zm_worker_send(scratch->keeper, ZM_KEEPER_CREATE,
				   strlen(ZM_KEEPER_CREATE));
	return scratch;
}

/*
 * When this is cancelled the database is dropped before the error goes on its
 * way, but for one who cancels again; the keeper then finds itself alone.
 */
List *
zm_scratch_finish(ZmScratch *scratch, List *steps)
{
	MemoryContext caller = CurrentMemoryContext;
	ZmWorker *keeper = scratch->keeper;
	ZmWorker *volatile builder = NULL;
	List *pictures = NIL;
	Oid database = database_made(keeper);

	PG_TRY();
	{
		builder = start_builder(database);
		pictures = run_steps(builder, steps);
		zm_worker_finish(builder);
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		if (builder)
			zm_worker_stop(builder);
		drop_database(keeper);
		zm_worker_finish(keeper);
		ReThrowError(error);
	}
	PG_END_TRY();
	drop_database(keeper);
	if (scratch->keeping)
		keep_picture(keeper, scratch->keeping, linitial(pictures));
	zm_worker_finish(keeper);
	return pictures;
}

static void
check_rights(void)
{
	if (may_create_databases())
		return;
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
	HeapTuple tuple;
	bool may = false;

	if (superuser())
		return true;
	tuple = SearchSysCache1(AUTHOID, ObjectIdGetDatum(GetUserId()));
	if (HeapTupleIsValid(tuple))
	{
		may = ((Form_pg_authid) GETSTRUCT(tuple))->rolcreatedb;
		ReleaseSysCache(tuple);
	}
	return may;
}

static ZmWorker *
start_keeper(const ZmScratchKeeping *keeping)
{
	static const ZmWorkerSetting settings[] = {{"synchronous_commit", "off"},
											   {"lock_timeout", "0"}};
	ZmWorkerPlan plan = {.name = "zishu_migrate scratch database",
						 .type = "zishu_migrate",
						 .function =
							 keeping ? keeping->function : ZM_KEEPER_FUNCTION,
						 .database = MyDatabaseId,
						 .cleans_up = true,
						 .nsettings = lengthof(settings),
						 .settings = settings};

	return zm_worker_start(&plan);
}

static Oid
database_made(ZmWorker *keeper)
{
	return (Oid) strtoul(zm_worker_await(keeper), NULL, 10);
}

static ZmWorker *
start_builder(Oid database)
{
	ZmWorkerPlan plan = {.name = "zishu_migrate scratch",
						 .type = "zishu_migrate",
						 .function = ZM_BUILDER_FUNCTION,
						 .database = database,
						 .closed = true};

	plan.settings = zm_scratch_settings(&plan.nsettings);
	return zm_worker_start(&plan);
}

static List *
run_steps(ZmWorker *builder, List *steps)
{
	List *pictures = NIL;
	ListCell *lc;

	foreach (lc, steps)
	{
		const ZmScratchStep *step = lfirst(lc);
		StringInfoData request;
		char *picture;

		initStringInfo(&request);
		appendStringInfoChar(&request, step->snapshot ? ZM_BUILDER_PICTURE
													  : ZM_BUILDER_STEP);
		appendStringInfoString(&request, step->label);
		appendStringInfoChar(&request, '\0');
		appendStringInfoString(&request, step->script);
		picture = zm_worker_call(builder, request.data, request.len);
		if (picture)
			pictures = lappend(pictures, picture);
		pfree(request.data);
	}
	return pictures;
}

static void
drop_database(ZmWorker *keeper)
{
	(void) zm_worker_call(keeper, ZM_KEEPER_DROP, strlen(ZM_KEEPER_DROP));
}

static void
keep_picture(ZmWorker *keeper, const ZmScratchKeeping *keeping,
			 const char *picture)
{
	StringInfoData request;

	initStringInfo(&request);
	appendStringInfoString(&request, ZM_KEEPER_KEEP);
	appendBinaryStringInfo(&request, keeping->key, keeping->key_size);
	appendStringInfoString(&request, picture);
	(void) zm_worker_call(keeper, request.data, request.len);
	pfree(request.data);
}
