/*
 * plan.c
 *
 * From a target to a run.
 *
 * Rule: everything that a plan depends on is read here, once, after the
 * migration lock was taken.
 */
#include "postgres.h"

#include "catalog/namespace.h"

#include "engine/run.h"

ZmRun *
zm_run_plan(bool up, const char *target, const char *tenant)
{
	ZmRun *run = palloc0(sizeof(ZmRun));
	ZmRevs plan;

	/* Without its schema a tenant's tables would land in public. */
	if (tenant[0] != '\0')
		(void) get_namespace_oid(tenant, false);
	run->tenant = tenant;
	run->up = up;
	run->graph = zm_store_graph(NULL);
	run->stored_rows = zm_store_versions(tenant, &run->nstored_rows);
	run->rows =
		zm_resolve_rows(run->graph, run->nstored_rows, run->stored_rows);
	plan = up ? zm_plan_upgrade(run->graph, &run->rows, target)
			  : zm_plan_downgrade(run->graph, &run->rows, target);

	run->nsteps = plan.count;
	run->steps = palloc_extended(sizeof(ZmStep) * (plan.count + 1),
								 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < plan.count; i++)
	{
		run->steps[i].rev = plan.revs[i];
		run->steps[i].node = zm_graph_node(run->graph, plan.revs[i]);
	}
	return run;
}
