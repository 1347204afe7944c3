/*
 * online_worker.c
 *
 * The worker's side of an online run.
 *
 * Rule: nothing that was planned changes on the way.  The session holds the
 * migration lock all the while, and the worker one of its own, in case that
 * the session ends before it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "engine/lock.h"
#include "engine/online_internal.h"
#include "guc.h"

extern PGDLLEXPORT void zm_online_worker_main(Datum main_arg);

static void serve_request(const char *request, Size length);
static ZmRun *prepare(bool up, const char *target, const char *tenant);
static void tell_nothing_to_do(const ZmRun *run, const char *target);

void
zm_online_worker_main(Datum main_arg)
{
	static const ZmWorkerService service = {serve_request, NULL};

	zm_run_set_in_progress();
	zm_worker_serve(main_arg, &service);
}

static void
serve_request(const char *request, Size length)
{
	bool up = request[0] == ZM_ONLINE_UP;
	/* What is sent back comes while the request is still in its queue. */
	char *tenant = pstrdup(request + 1);
	char *target = pstrdup(request + 1 + strlen(tenant) + 1);
	ZmRows *rows;
	ZmRun *run;

	zm_lock_for_worker(tenant);
	run = prepare(up, target, tenant);
	if (run->nsteps == 0)
		tell_nothing_to_do(run, target);
	rows = zm_rows_create(run->graph, &run->rows);
	for (int i = 0; i < run->nsteps; i++)
		zm_online_step(run, i, rows);
	zm_echo_flush(run->echo);
	zm_unlock_for_worker(tenant);
	zm_worker_answer(psprintf("%d", run->nsteps));
}

/* In the current context, which outlives the transaction. */
static ZmRun *
prepare(bool up, const char *target, const char *tenant)
{
	MemoryContext saved = CurrentMemoryContext;
	ZmRun *run;

	StartTransactionCommand();
	MemoryContextSwitchTo(saved);
	PushActiveSnapshot(GetTransactionSnapshot());
	run = zm_run_plan(up, target, tenant, true);
	zm_run_check(run);
	run->echo = zm_echo_create();
	PopActiveSnapshot();
	CommitTransactionCommand();
	MemoryContextSwitchTo(saved);
	return run;
}

static void
tell_nothing_to_do(const ZmRun *run, const char *target)
{
	if (zm_echo)
		ereport(NOTICE, (errmsg("nothing to %s: the database is at \"%s\"",
								zm_action_name(run->up), target)));
}
