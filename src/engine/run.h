/*
 * run.h
 *
 * A run: a plan with its scripts, from planning to the ledger.
 *
 * Rule: planning and checking come before the first statement, the ledger
 * after the last.  Everything of a run lives in the memory context that was
 * current when it was planned.
 */
#ifndef ZM_RUN_H
#define ZM_RUN_H

#include "engine/echo.h"
#include "engine/temporary.h"
#include "graph/graph.h"
#include "script/script.h"
#include "store/store.h"

/* One revision to be taken up or down. */
typedef struct ZmStep
{
	ZmRev rev;
	const ZmNode *node;
	int statements;
	ZmScript *script; /* NULL: too large to be kept, read when it runs */
	bool missing;	  /* there is no script in this direction */
	bool row_differs; /* its row's digests are of other tokens */
	ZmDigests digests;
	int64 elapsed; /* microseconds, once it ran */
	TimestampTz finished_at;
} ZmStep;

typedef struct ZmRun
{
	const char *tenant;
	bool up;
	ZmGraph *graph;
	char **stored_rows; /* version rows as they stand in the table */
	int nstored_rows;
	ZmRevs rows; /* the same, resolved */
	int nsteps;
	ZmStep *steps;
	bool online;				 /* statements at top level are fine */
	ZmProgress *progress;		 /* what an online run has left unfinished */
	ZmTemporaryWatch *temporary; /* while it runs */
	ZmEcho *echo;				 /* the same */
} ZmRun;

/*
 * plan.c: reads graph and versions and plans; nothing is locked here.  Raises
 * ZM021 where an online run has left a revision unfinished, unless this is to
 * be one and goes on with it.
 */
extern ZmRun *zm_run_plan(bool up, const char *target, const char *tenant,
						  bool online);

/* check.c: reads, parses and checks all scripts of the run. */
extern void zm_run_check(ZmRun *run);

/* step.c: runs one script; the caller's transaction, user and settings. */
extern void zm_step_run(const ZmRun *run, ZmStep *step);

/*
 * run.c: runs all steps and writes version and event rows.  The other says
 * whether this session is just doing so, that is, whether a script asks.
 */
extern void zm_run_execute(ZmRun *run);
extern bool zm_run_in_progress(void);

/*
 * For a process that does nothing else; and the event of a step, where rows
 * are the version rows after it.
 */
extern void zm_run_set_in_progress(void);
extern void zm_run_fill_event(ZmEvent *event, const ZmRun *run,
							  const ZmStep *step, const ZmRows *rows,
							  bool last);
extern char **zm_run_revision_ids(const ZmRun *run, const ZmRevs *revs);

/*
 * describe.c: words for people.  "Running upgrade a, b -> c, message", and
 * what a statement that cannot run should be replaced with.
 */
extern char *zm_step_title(const ZmRun *run, const ZmStep *step);
extern const char *zm_action_name(bool up);
/* "upgrade of revision "a" (message)"; message may be NULL. */
extern char *zm_script_label(const char *action, const char *revision,
							 const char *message);

#endif /* ZM_RUN_H */
