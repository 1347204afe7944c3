/*
 * tenant_pool.c
 *
 * Running many tenants, some at a time.
 *
 * Rule: one tenant's failure is its own.  The session hands out the work and
 * holds the locks; a worker takes one tenant after the other, and one that
 * has failed is replaced.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "engine/lock.h"
#include "engine/online_internal.h"
#include "engine/tenants.h"
#include "engine/watch.h"
#include "guc.h"

/* So often, in milliseconds, a tenant that somebody else migrates is tried. */
#define LOCK_INTERVAL 100

/* The most failures that the last error lists. */
#define MAX_LISTED 20

typedef struct Job
{
	ZmWorker *worker; /* NULL: to be started */
	ZmTenant *tenant; /* NULL: idle */
	ZmWatch *watch;	  /* while it is not */
	TimestampTz since;
	bool retired; /* there was no worker to be had for it */
} Job;

typedef struct Pool
{
	bool up;
	const char *target;
	ZmWorkerPlan plan;
	int njobs;
	Job *jobs;
	List *waiting; /* of ZmTenant * */
	int busy;
	int total;
	int done;
	List *failed; /* of char * */
	bool blocked; /* somebody else migrates those that are left */
	TimestampTz blocked_since;
	ZmEcho *echo;
	MemoryContext context;
	MemoryContext scratch; /* for what comes of one look */
} Pool;

static List *find_behind(bool up, const char *target, List *tenants);
static void check_canaries(List *tenants, int n, char **names,
						   const char *pattern);
static List *take_canaries(List **tenants, int n, char **names);
static ZmWorkerPlan make_plan(void);
static void run_all(Pool *pool, List *tenants);
static void hand_out(Pool *pool);
static void retire_idle(Pool *pool);
static ZmTenant *next_tenant(Pool *pool);
static void give_up_if_blocked(Pool *pool);
static bool start(Pool *pool, Job *job, ZmTenant *tenant);
static void look_after(Pool *pool, Job *job);
static void tell_done(Pool *pool, const Job *job, const char *answer);
static void tell_failed(Pool *pool, const char *tenant,
						const ErrorData *error);
static void wait_for_workers(const Pool *pool);
static void let_go(Pool *pool);
static void raise_failures(const Pool *pool, bool canaries, int untouched);

void
zm_tenants_run(bool up, const char *target, const char *pattern, int jobs,
			   int ncanaries, char **canaries)
{
	List *all = zm_store_tenants(pattern, false);
	List *tenants = find_behind(up, target, all);
	List *first = take_canaries(&tenants, ncanaries, canaries);
	Pool pool = {.up = up,
				 .target = target,
				 .plan = make_plan(),
				 .total = list_length(first) + list_length(tenants),
				 .echo = zm_echo_create(),
				 .context = CurrentMemoryContext};
	int guc_level;

	check_canaries(all, ncanaries, canaries, pattern);
	pool.njobs = Min(jobs, Max(pool.total, 1));
	pool.jobs = palloc0(sizeof(Job) * pool.njobs);
	pool.scratch = AllocSetContextCreate(pool.context, "zishu_migrate pool",
										 ALLOCSET_DEFAULT_SIZES);

	guc_level = zm_online_begin();
	zm_lock_for_pool();
	run_all(&pool, first);
	if (pool.failed != NIL)
		raise_failures(&pool, true, list_length(tenants));
	run_all(&pool, tenants);
	let_go(&pool);
	zm_echo_flush(pool.echo);
	zm_online_end(guc_level);
	if (pool.failed != NIL)
		raise_failures(&pool, false, 0);
	if (zm_echo)
		ereport(
			NOTICE,
			(errmsg_plural("%d tenant was %s", "%d tenants were %s", pool.done,
						   pool.done, up ? "upgraded" : "downgraded")));
}

/* Those that have something to do, as far as that can be told without
 * planning each. */
static List *
find_behind(bool up, const char *target, List *tenants)
{
	bool relative = strpbrk(target, "+-") != NULL;
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRevs wanted = {0};
	ZmDistances *distances = NULL;
	List *behind = NIL;
	ListCell *lc;

	if (!relative)
	{
		wanted = zm_resolve(graph, target);
		distances = zm_distances_create(graph, &wanted);
	}
	foreach (lc, tenants)
	{
		CHECK_FOR_INTERRUPTS();
		if (relative || ((ZmTenant *) lfirst(lc))->unfinished ||
			zm_distance(distances, lfirst(lc), up) != 0)
			behind = lappend(behind, lfirst(lc));
	}
	return behind;
}

/* Without the one that was meant all others would go ahead. */
static void
check_canaries(List *tenants, int n, char **names, const char *pattern)
{
	for (int i = 0; i < n; i++)
	{
		bool found = false;
		ListCell *lc;

		foreach (lc, tenants)
			found |= strcmp(names[i], ((ZmTenant *) lfirst(lc))->name) == 0;
		if (!found)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("canary \"%s\" is none of the tenants", names[i]),
					 errdetail("The tenants are those whose names are LIKE "
							   "\"%s\".",
							   pattern),
					 errhint("SELECT * FROM zishu_tenants() lists them.")));
	}
}

/* A canary that is not behind has nothing to show. */
static List *
take_canaries(List **tenants, int n, char **names)
{
	List *canaries = NIL;
	List *others = NIL;
	ListCell *lc;

	foreach (lc, *tenants)
	{
		ZmTenant *tenant = lfirst(lc);
		bool is_canary = false;

		for (int i = 0; i < n && !is_canary; i++)
			is_canary = strcmp(names[i], tenant->name) == 0;
		if (is_canary)
			canaries = lappend(canaries, tenant);
		else
			others = lappend(others, tenant);
	}
	*tenants = others;
	return canaries;
}

/* What each step says would be too much for all of them. */
static ZmWorkerPlan
make_plan(void)
{
	ZmWorkerPlan plan = zm_online_worker_plan();
	ZmWorkerSetting *settings =
		palloc(sizeof(ZmWorkerSetting) * (plan.nsettings + 1));

	memcpy(settings, plan.settings, sizeof(ZmWorkerSetting) * plan.nsettings);
	settings[plan.nsettings].name = "zishu_migrate.echo";
	settings[plan.nsettings].value = "off";
	plan.settings = settings;
	plan.nsettings++;
	return plan;
}

static void
run_all(Pool *pool, List *tenants)
{
	pool->waiting = tenants;
	while (pool->busy > 0 || pool->waiting != NIL)
	{
		CHECK_FOR_INTERRUPTS();
		hand_out(pool);
		for (int i = 0; i < pool->njobs; i++)
		{
			if (pool->jobs[i].tenant)
				look_after(pool, &pool->jobs[i]);
		}
		wait_for_workers(pool);
	}
}

static void
hand_out(Pool *pool)
{
	ZmTenant *tenant;

	pool->blocked = false;
	for (int i = 0; i < pool->njobs && pool->waiting != NIL; i++)
	{
		Job *job = &pool->jobs[i];

		if (job->tenant || job->retired)
			continue;
		tenant = next_tenant(pool);
		if (tenant == NULL)
			break;
		if (!start(pool, job, tenant))
		{
			zm_unlock_for_pool(tenant->name);
			pool->waiting = lcons(tenant, pool->waiting);
			retire_idle(pool);
		}
	}
}

/* There is no other worker to be had; those at work take on what is left. */
static void
retire_idle(Pool *pool)
{
	for (int i = 0; i < pool->njobs; i++)
		pool->jobs[i].retired |= pool->jobs[i].worker == NULL;
}

/* The first that nobody else migrates; those before it go to the end. */
static ZmTenant *
next_tenant(Pool *pool)
{
	for (int i = list_length(pool->waiting); i > 0; i--)
	{
		ZmTenant *tenant = linitial(pool->waiting);

		pool->waiting = list_delete_first(pool->waiting);
		if (zm_try_lock_for_pool(tenant->name))
		{
			pool->blocked_since = 0;
			return tenant;
		}
		pool->waiting = lappend(pool->waiting, tenant);
	}
	pool->blocked = true;
	give_up_if_blocked(pool);
	return NULL;
}

/* As a session does that migrates one tenant. */
static void
give_up_if_blocked(Pool *pool)
{
	TimestampTz now = GetCurrentTimestamp();
	ListCell *lc;

	if (pool->blocked_since == 0)
		pool->blocked_since = now;
	if (pool->busy > 0 || LockTimeout == 0 ||
		!TimestampDifferenceExceeds(pool->blocked_since, now, LockTimeout))
		return;
	foreach (lc, pool->waiting)
	{
		ErrorData error = {.sqlerrcode = ERRCODE_LOCK_NOT_AVAILABLE,
						   .message = pstrdup("another session migrates it")};

		tell_failed(pool, ((ZmTenant *) lfirst(lc))->name, &error);
	}
	pool->waiting = NIL;
}

/* False if there is no worker to be had, but there are others at work. */
static bool
start(Pool *pool, Job *job, ZmTenant *tenant)
{
	if (job->worker == NULL)
	{
		pool->plan.optional = pool->busy > 0;
		job->worker = zm_worker_start(&pool->plan);
		if (job->worker == NULL)
		{
			ereport(NOTICE,
					(errmsg("going on with %d workers", pool->busy),
					 errdetail("No other background worker slot is free."),
					 errhint("Raise max_worker_processes.")));
			return false;
		}
	}
	job->tenant = tenant;
	job->watch = zm_watch_create(job->worker, tenant->name);
	job->since = GetCurrentTimestamp();
	pool->busy++;
	zm_online_send(job->worker, pool->up, pool->target, tenant->name);
	return true;
}

static void
look_after(Pool *pool, Job *job)
{
	MemoryContext saved = MemoryContextSwitchTo(pool->scratch);
	ZmWorkerState state;
	ErrorData *error;
	char *answer;

	state = zm_worker_take(job->worker, &answer, &error);
	if (state == ZM_WORKER_DONE)
		tell_done(pool, job, answer);
	else if (state == ZM_WORKER_FAILED)
	{
		zm_worker_stop(job->worker);
		job->worker = NULL;
		tell_failed(pool, job->tenant->name, error);
	}
	if (state != ZM_WORKER_BUSY)
	{
		zm_watch_destroy(job->watch);
		zm_unlock_for_pool(job->tenant->name);
		job->tenant = NULL;
		pool->busy--;
	}
	MemoryContextSwitchTo(saved);
	MemoryContextReset(pool->scratch);
}

static void
tell_done(Pool *pool, const Job *job, const char *answer)
{
	MemoryContext saved = MemoryContextSwitchTo(pool->context);
	long elapsed =
		TimestampDifferenceMilliseconds(job->since, GetCurrentTimestamp());
	char *line;

	pool->done++;
	line = psprintf(
		"Tenant %s: %s %s in %.3f s (%d of %d)", job->tenant->name, answer,
		strcmp(answer, "1") == 0 ? "revision" : "revisions", elapsed / 1000.0,
		pool->done + list_length(pool->failed), pool->total);
	if (zm_echo)
		zm_echo_tell(pool->echo, line);
	pfree(line);
	MemoryContextSwitchTo(saved);
}

static void
tell_failed(Pool *pool, const char *tenant, const ErrorData *error)
{
	MemoryContext saved = MemoryContextSwitchTo(pool->context);

	pool->failed = lappend(pool->failed, pstrdup(tenant));
	MemoryContextSwitchTo(saved);
	zm_echo_flush(pool->echo);
	ereport(WARNING,
			(errcode(error->sqlerrcode),
			 errmsg("tenant \"%s\" failed: %s", tenant, error->message),
			 /* Of a warning the client does not show the context. */
			 error->detail	  ? errdetail_internal("%s", error->detail)
			 : error->context ? errdetail_internal("In %s.", error->context)
							  : 0,
			 error->hint ? errhint("%s", error->hint) : 0,
			 error->context ? errcontext_msg("%s", error->context) : 0));
	/* Whoever stops one means all. */
	if (error->sqlerrcode == ERRCODE_QUERY_CANCELED)
		ereport(ERROR, (errcode(ERRCODE_QUERY_CANCELED),
						errmsg("canceling the migration of tenants due to "
							   "user request")));
}

static void
wait_for_workers(const Pool *pool)
{
	long timeout = pool->blocked ? LOCK_INTERVAL : 60000;

	if (pool->busy == 0 && !pool->blocked)
		return;
	for (int i = 0; i < pool->njobs; i++)
	{
		long wanted = timeout;

		if (pool->jobs[i].tenant)
			wanted = zm_watch_tick(pool->jobs[i].watch);
		timeout = Min(timeout, wanted);
	}
	InvalidateCatalogSnapshot();
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
					 timeout, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
}

static void
let_go(Pool *pool)
{
	for (int i = 0; i < pool->njobs; i++)
	{
		if (pool->jobs[i].worker)
			zm_worker_finish(pool->jobs[i].worker);
	}
}

static void
raise_failures(const Pool *pool, bool canaries, int untouched)
{
	int n = list_length(pool->failed);
	StringInfoData names;
	ListCell *lc;

	initStringInfo(&names);
	foreach (lc, pool->failed)
	{
		if (foreach_current_index(lc) == MAX_LISTED)
		{
			appendStringInfo(&names, ", and %d more", n - MAX_LISTED);
			break;
		}
		appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "",
						 (char *) lfirst(lc));
	}
	ereport(
		ERROR,
		(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
		 canaries
			 ? errmsg("%d of the canaries failed; %d other tenants were not "
					  "touched",
					  n, untouched)
			 : errmsg("%d of %d tenants failed", n, pool->total),
		 errdetail("Failed: %s.", names.data),
		 errhint("Calling again takes up those that are left. SELECT * FROM "
				 "zishu_tenants() tells where each stands.")));
}
