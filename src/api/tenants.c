/*
 * tenants.c
 *
 * zishu_add_tenant, zishu_remove_tenant, zishu_tenants, zishu_upgrade_tenants,
 * zishu_downgrade_tenants.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "api/args.h"
#include "engine/tenants.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_add_tenant);
PG_FUNCTION_INFO_V1(zishu_remove_tenant);
PG_FUNCTION_INFO_V1(zishu_tenants);
PG_FUNCTION_INFO_V1(zishu_upgrade_tenants);
PG_FUNCTION_INFO_V1(zishu_downgrade_tenants);

static void return_tenant(ZmRowSet *rows, const ZmTenant *tenant, int pending,
						  bool with_error);
static Datum run(FunctionCallInfo fcinfo, bool up, const char *name);

/* zishu_add_tenant(tenant) */
Datum
zishu_add_tenant(PG_FUNCTION_ARGS)
{
	char *tenant = zm_arg_text(fcinfo, 0, "tenant");

	zm_begin_change("zishu_add_tenant()");
	PG_RETURN_BOOL(zm_add_tenant(tenant));
}

/* zishu_remove_tenant(tenant) */
Datum
zishu_remove_tenant(PG_FUNCTION_ARGS)
{
	char *tenant = zm_arg_text(fcinfo, 0, "tenant");

	zm_begin_change("zishu_remove_tenant()");
	PG_RETURN_BOOL(zm_remove_tenant(tenant));
}

/* zishu_tenants(pattern) */
Datum
zishu_tenants(PG_FUNCTION_ARGS)
{
	char *pattern = zm_arg_text(fcinfo, 0, "pattern");
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRevs heads = zm_graph_heads(graph, true);
	ZmDistances *distances = zm_distances_create(graph, &heads);
	bool with_errors = zm_store_may_read_errors();
	ZmRowSet rows;
	ListCell *lc;

	zm_rowset_begin(&rows, fcinfo);
	foreach (lc, zm_store_tenants(pattern, true))
	{
		const ZmTenant *tenant = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		return_tenant(&rows, tenant, zm_distance(distances, tenant, true),
					  with_errors);
	}
	return (Datum) 0;
}

static void
return_tenant(ZmRowSet *rows, const ZmTenant *tenant, int pending,
			  bool with_error)
{
	const char *state = "at head";

	if (tenant->unfinished)
		state = "unfinished";
	else if (pending < 0)
		state = "unknown revision";
	else if (tenant->error)
		state = "failed";
	else if (pending != 0)
		state = "behind";

	zm_rowset_put_text(rows, tenant->name);
	zm_rowset_put_texts(rows, tenant->nrows, tenant->rows);
	if (pending >= 0)
		zm_rowset_put(rows, Int32GetDatum(pending));
	else
		zm_rowset_put_null(rows);
	zm_rowset_put_text(rows, state);
	zm_rowset_put_text(rows, with_error ? tenant->error : NULL);
	if (tenant->has_event)
		zm_rowset_put(rows, TimestampTzGetDatum(tenant->last));
	else
		zm_rowset_put_null(rows);
	zm_rowset_finish_row(rows);
}

/* zishu_upgrade_tenants(target, pattern, jobs, canary) */
Datum
zishu_upgrade_tenants(PG_FUNCTION_ARGS)
{
	return run(fcinfo, true, "zishu_upgrade_tenants()");
}

/* zishu_downgrade_tenants(target, pattern, jobs, canary) */
Datum
zishu_downgrade_tenants(PG_FUNCTION_ARGS)
{
	return run(fcinfo, false, "zishu_downgrade_tenants()");
}

static Datum
run(FunctionCallInfo fcinfo, bool up, const char *name)
{
	char *target = zm_arg_text(fcinfo, 0, "target");
	char *pattern = zm_arg_text(fcinfo, 1, "pattern");
	int ncanaries;
	char **canaries = zm_arg_strings(fcinfo, 3, "canary", &ncanaries);
	int jobs;

	zm_arg_required(fcinfo, 2, "jobs");
	jobs = PG_GETARG_INT32(2);
	if (jobs < 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("jobs must be at least 1")));
	zm_begin_online(fcinfo, name);
	zm_tenants_run(up, target, pattern, jobs, ncanaries, canaries);
	return (Datum) 0;
}
