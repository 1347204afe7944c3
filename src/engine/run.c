/*
 * run.c
 *
 * Running a plan in the caller's transaction.
 *
 * Rule: all or nothing, by being one transaction and by nothing else: no
 * subtransactions (behind thousands of them DDL becomes quadratic), no state
 * to clean up.  The ledger is written once, after the last step.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/run.h"
#include "util/arrays.h"
#include "util/fault.h"

/* Above this many heads an event inside a run does not list them. */
#define MAX_LISTED_HEADS 100

static void mark_in_progress(ZmRun *run);
static void unmark_in_progress(void *arg);
static void write_versions(const ZmRun *run, const ZmRows *rows);

/* Set while scripts run; the end of the run's memory takes it down. */
static bool run_in_progress = false;

bool
zm_run_in_progress(void)
{
	return run_in_progress;
}

void
zm_run_set_in_progress(void)
{
	run_in_progress = true;
}

void
zm_run_execute(ZmRun *run)
{
	ZmRows *rows = zm_rows_create(run->graph, &run->rows);
	ZmEvent *events;

	if (run->nsteps == 0)
		return;
	events = palloc_extended(run->nsteps * sizeof(ZmEvent),
							 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	run->temporary = zm_temporary_watch();
	run->echo = zm_echo_create();
	mark_in_progress(run);
	for (int i = 0; i < run->nsteps; i++)
	{
		CHECK_FOR_INTERRUPTS();
		zm_step_run(run, &run->steps[i]);
		zm_rows_step(rows, run->steps[i].rev, run->up, NULL, NULL);
		zm_run_fill_event(&events[i], run, &run->steps[i], rows,
						  i == run->nsteps - 1);
	}
	run_in_progress = false;
	zm_echo_flush(run->echo);
	zm_fault_point();
	write_versions(run, rows);
	zm_fault_point();
	zm_store_add_events(run->tenant, zm_action_name(run->up), run->nsteps,
						events);
	zm_fault_point();
}

/*
 * After an error nobody comes back here, but the memory of the failed query
 * is given back in any case.
 */
static void
mark_in_progress(ZmRun *run)
{
	MemoryContextCallback *callback = palloc0(sizeof(MemoryContextCallback));

	callback->func = unmark_in_progress;
	callback->arg = run->temporary;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
	run_in_progress = true;
}

static void
unmark_in_progress(void *arg)
{
	run_in_progress = false;
	zm_temporary_give_up(arg);
}

void
zm_run_fill_event(ZmEvent *event, const ZmRun *run, const ZmStep *step,
				  const ZmRows *rows, bool last)
{
	event->revision = step->node->id;
	event->at = step->finished_at;
	event->statements = step->statements;
	event->elapsed = step->elapsed;
	event->has_digests = true;
	event->digests = step->digests;
	if (last || zm_rows_count(rows) <= MAX_LISTED_HEADS)
	{
		ZmRevs heads = zm_rows_current(rows);

		event->has_heads = true;
		event->nheads = heads.count;
		event->heads_after = zm_run_revision_ids(run, &heads);
	}
}

char **
zm_run_revision_ids(const ZmRun *run, const ZmRevs *revs)
{
	char **ids = palloc(sizeof(char *) * (revs->count + 1));

	for (int i = 0; i < revs->count; i++)
		ids[i] = zm_graph_node(run->graph, revs->revs[i])->id;
	return ids;
}

/* Only what changed is written: other tenants' rows stay out of the way. */
static void
write_versions(const ZmRun *run, const ZmRows *rows)
{
	ZmRevs final = zm_rows_current(rows);
	char **ids = zm_run_revision_ids(run, &final);
	int nremoved;
	int nadded;
	char **removed = zm_strings_minus(run->nstored_rows, run->stored_rows,
									  final.count, ids, &nremoved);
	char **added = zm_strings_minus(final.count, ids, run->nstored_rows,
									run->stored_rows, &nadded);

	zm_store_change_versions(run->tenant, nremoved, removed, nadded, added);
}
