/*
 * online.c
 *
 * zishu_upgrade_online, zishu_downgrade_online, zishu_cancel, zishu_repair.
 *
 * Rule: a procedure that commits is refused where it could not, before it has
 * done anything.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "api/args.h"
#include "engine/online.h"
#include "engine/repair.h"
#include "engine/running.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_upgrade_online);
PG_FUNCTION_INFO_V1(zishu_downgrade_online);
PG_FUNCTION_INFO_V1(zishu_cancel);
PG_FUNCTION_INFO_V1(zishu_repair);

static Datum run(FunctionCallInfo fcinfo, bool up, const char *name);
static void put_cancelled(int pid, const char *revision, bool cancelled,
						  void *arg);

/* zishu_upgrade_online(target, tenant) */
Datum
zishu_upgrade_online(PG_FUNCTION_ARGS)
{
	return run(fcinfo, true, "zishu_upgrade_online()");
}

/* zishu_downgrade_online(target, tenant) */
Datum
zishu_downgrade_online(PG_FUNCTION_ARGS)
{
	return run(fcinfo, false, "zishu_downgrade_online()");
}

static Datum
run(FunctionCallInfo fcinfo, bool up, const char *name)
{
	char *target = zm_arg_text(fcinfo, 0, "target");
	char *tenant = zm_arg_text(fcinfo, 1, "tenant");

	zm_begin_online(fcinfo, name);
	zm_online_run(up, target, tenant);
	return (Datum) 0;
}

/* zishu_cancel(tenant) */
Datum
zishu_cancel(PG_FUNCTION_ARGS)
{
	ZmRowSet rows;

	zm_rowset_begin(&rows, fcinfo);
	zm_cancel_online(zm_arg_string(fcinfo, 0), put_cancelled, &rows);
	return (Datum) 0;
}

static void
put_cancelled(int pid, const char *revision, bool cancelled, void *arg)
{
	ZmRowSet *rows = arg;

	zm_rowset_put(rows, Int32GetDatum(pid));
	zm_rowset_put_text(rows, revision);
	zm_rowset_put(rows, BoolGetDatum(cancelled));
	zm_rowset_finish_row(rows);
}

/* zishu_repair(revision, tenant) */
Datum
zishu_repair(PG_FUNCTION_ARGS)
{
	char *revision = zm_arg_text(fcinfo, 0, "revision");
	char *tenant = zm_arg_text(fcinfo, 1, "tenant");

	zm_begin_change("zishu_repair()");
	PG_RETURN_TEXT_P(cstring_to_text(zm_repair(revision, tenant)));
}
