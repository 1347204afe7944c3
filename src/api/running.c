/*
 * running.c
 *
 * zishu_upgrade, zishu_downgrade, zishu_stamp, zishu_wait, zishu_await,
 * zishu_require.
 *
 * Rule: decode the arguments, call the engine, return a row for each step.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "api/args.h"
#include "engine/lock.h"
#include "engine/run.h"
#include "engine/stamp.h"
#include "engine/wait.h"
#include "util/rows.h"
#include "util/times.h"

PG_FUNCTION_INFO_V1(zishu_upgrade);
PG_FUNCTION_INFO_V1(zishu_downgrade);
PG_FUNCTION_INFO_V1(zishu_stamp);
PG_FUNCTION_INFO_V1(zishu_stamp_one);
PG_FUNCTION_INFO_V1(zishu_wait);
PG_FUNCTION_INFO_V1(zishu_await);
PG_FUNCTION_INFO_V1(zishu_require);

static Datum run(FunctionCallInfo fcinfo, bool up);
static void return_step(ZmRowSet *rows, const ZmRun *run, int i, bool dry_run);
static void stamp(FunctionCallInfo fcinfo, int ntargets, char **targets);

/* zishu_upgrade(target, tenant, dry_run) */
Datum
zishu_upgrade(PG_FUNCTION_ARGS)
{
	return run(fcinfo, true);
}

/* zishu_downgrade(target, tenant, dry_run) */
Datum
zishu_downgrade(PG_FUNCTION_ARGS)
{
	return run(fcinfo, false);
}

static Datum
run(FunctionCallInfo fcinfo, bool up)
{
	char *target = zm_arg_text(fcinfo, 0, "target");
	char *tenant = zm_arg_text(fcinfo, 1, "tenant");
	bool dry_run = zm_arg_bool(fcinfo, 2);
	ZmRowSet rows;
	ZmRun *plan;

	zm_rowset_begin(&rows, fcinfo);
	if (!dry_run)
	{
		zm_begin_change(up ? "zishu_upgrade()" : "zishu_downgrade()");
		zm_lock_for_migration(tenant);
	}
	plan = zm_run_plan(up, target, tenant, false);
	zm_run_check(plan);
	if (!dry_run)
		zm_run_execute(plan);
	for (int i = 0; i < plan->nsteps; i++)
		return_step(&rows, plan, i, dry_run);
	return (Datum) 0;
}

static void
return_step(ZmRowSet *rows, const ZmRun *run, int i, bool dry_run)
{
	const ZmStep *step = &run->steps[i];

	zm_rowset_put(rows, Int32GetDatum(i + 1));
	zm_rowset_put_text(rows, zm_action_name(run->up));
	zm_rowset_put_text(rows, step->node->id);
	zm_rowset_put_text(rows, step->node->message);
	zm_rowset_put(rows, Int32GetDatum(step->statements));
	if (dry_run)
		zm_rowset_put_null(rows);
	else
		zm_rowset_put(rows, IntervalPGetDatum(zm_interval(step->elapsed)));
	zm_rowset_finish_row(rows);
}

/* zishu_stamp(targets, purge, tenant) */
Datum
zishu_stamp(PG_FUNCTION_ARGS)
{
	int ntargets;
	char **targets = zm_arg_some_strings(
		fcinfo, 0, "targets", "Give a revision, heads or base.", &ntargets);

	stamp(fcinfo, ntargets, targets);
	return (Datum) 0;
}

/* zishu_stamp(target, purge, tenant) */
Datum
zishu_stamp_one(PG_FUNCTION_ARGS)
{
	char *target = zm_arg_text(fcinfo, 0, "target");

	stamp(fcinfo, 1, &target);
	return (Datum) 0;
}

static void
stamp(FunctionCallInfo fcinfo, int ntargets, char **targets)
{
	bool purge = zm_arg_bool(fcinfo, 1);
	char *tenant = zm_arg_text(fcinfo, 2, "tenant");
	ZmStamped stamped;
	ZmRowSet rows;

	zm_begin_change("zishu_stamp()");
	zm_rowset_begin(&rows, fcinfo);
	stamped = zm_stamp(tenant, ntargets, targets, purge);
	for (int i = 0; i < stamped.nremoved; i++)
	{
		zm_rowset_put_text(&rows, "removed");
		zm_rowset_put_text(&rows, stamped.removed[i]);
		zm_rowset_finish_row(&rows);
	}
	for (int i = 0; i < stamped.nadded; i++)
	{
		zm_rowset_put_text(&rows, "added");
		zm_rowset_put_text(&rows, stamped.added[i]);
		zm_rowset_finish_row(&rows);
	}
}

/* zishu_wait(target, timeout, tenant) */
Datum
zishu_wait(PG_FUNCTION_ARGS)
{
	char *target = zm_arg_text(fcinfo, 0, "target");
	char *tenant = zm_arg_text(fcinfo, 2, "tenant");

	zm_arg_required(fcinfo, 1, "timeout");
	zm_wait_applied(target, PG_GETARG_INTERVAL_P(1), tenant);
	PG_RETURN_BOOL(true);
}

/* zishu_await(target, timeout, tenant) */
Datum
zishu_await(PG_FUNCTION_ARGS)
{
	char *target = zm_arg_text(fcinfo, 0, "target");
	char *tenant = zm_arg_text(fcinfo, 2, "tenant");

	zm_arg_required(fcinfo, 1, "timeout");
	zm_begin_commits(fcinfo, "zishu_await()");
	zm_await_applied(target, PG_GETARG_INTERVAL_P(1), tenant);
	return (Datum) 0;
}

/* zishu_require(revision, tenant) */
Datum
zishu_require(PG_FUNCTION_ARGS)
{
	zm_require_applied(zm_arg_text(fcinfo, 0, "revision"),
					   zm_arg_text(fcinfo, 1, "tenant"));
	PG_RETURN_BOOL(true);
}
