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
#include "errors.h"

static void resume_first(ZmRun *run);
static bool is_unfinished(const ZmRun *run, const ZmStep *step);
static void refuse_unfinished(const ZmRun *run);

ZmRun *
zm_run_plan(bool up, const char *target, const char *tenant, bool online)
{
	ZmRun *run = palloc0(sizeof(ZmRun));
	ZmRevs plan;

	/* Without its schema a tenant's tables would land in public. */
	if (tenant[0] != '\0')
		(void) get_namespace_oid(tenant, false);
	run->tenant = tenant;
	run->up = up;
	run->online = online;
	run->progress = zm_store_progress(tenant);
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
	if (run->progress && run->nsteps > 0)
		resume_first(run);
	return run;
}

/*
 * What a revision builds on was done before it was begun, so it may go before
 * others of the plan.
 */
static void
resume_first(ZmRun *run)
{
	int i = 0;
	ZmStep unfinished;

	while (i < run->nsteps && !is_unfinished(run, &run->steps[i]))
		i++;
	if (i == run->nsteps || !run->online)
		refuse_unfinished(run);
	unfinished = run->steps[i];
	memmove(&run->steps[1], &run->steps[0], sizeof(ZmStep) * i);
	run->steps[0] = unfinished;
}

static bool
is_unfinished(const ZmRun *run, const ZmStep *step)
{
	return strcmp(run->progress->revision, step->node->id) == 0 &&
		   strcmp(run->progress->action, zm_action_name(run->up)) == 0;
}

static void
refuse_unfinished(const ZmRun *run)
{
	const ZmProgress *progress = run->progress;

	ereport(ERROR,
			(errcode(ERRCODE_ZM_UNFINISHED_REVISION),
			 errmsg("the %s of revision \"%s\" is unfinished",
					progress->action, progress->revision),
			 errdetail("An online run was interrupted at statement %d of %d; "
					   "the statements before it are done.",
					   progress->statement, progress->statements),
			 errhint("CALL zishu_%s_online() to a target that includes it "
					 "goes on there. zishu_stamp() says otherwise where the "
					 "database stands, and forgets it.",
					 progress->action)));
}
