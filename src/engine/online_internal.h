/*
 * online_internal.h
 *
 * What the parts of an online run share: the request, and a revision on its
 * way.
 */
#ifndef ZM_ONLINE_INTERNAL_H
#define ZM_ONLINE_INTERNAL_H

#include "portability/instr_time.h"

#include "engine/environment.h"
#include "engine/run.h"
#include "script/context.h"
#include "worker/worker.h"

#define ZM_ONLINE_FUNCTION "zm_online_worker_main"
#define ZM_ONLINE_BACKEND_TYPE "zishu_migrate online"

/* A request: the direction, the tenant, NUL, the target, NUL.  The answer is
 * the number of revisions that were run. */
#define ZM_ONLINE_UP 'u'
#define ZM_ONLINE_DOWN 'd'

/* So often, in milliseconds, a long statement reports. */
#define ZM_TELL_INTERVAL 5000

/*
 * online.c, in the session: commits, and from then on looks after the client
 * until the end; zm_online_send() sends a request.
 */
extern int zm_online_begin(void);
extern void zm_online_end(int guc_level);
extern void zm_online_send(ZmWorker *worker, bool up, const char *target,
						   const char *tenant);

/* A worker for the session's database and role, with its settings. */
extern ZmWorkerPlan zm_online_worker_plan(void);

/*
 * A revision on its way, in the worker.
 *
 * "committed" is where the database stands; "current" is where the open
 * transaction stands, and becomes the former when it commits.
 */
typedef struct ZmPassage
{
	ZmRun *run;
	ZmStep *step;
	int number; /* of the step, from 1 */
	ZmScript *script;

	/* What the ledger has to be told at the end. */
	int nremoved;
	char **removed;
	int nadded;
	char **added;
	ZmEvent event;

	ZmProgress committed;
	ZmProgress current;
	bool stored;  /* there is a row of "committed" */
	bool replays; /* settings that an earlier process has made are
						   * not yet made again */
	bool in_transaction;
	bool commit_is_due; /* before anything else runs */
	bool patient;		/* waits for locks without a limit */
	bool finished;		/* the ledger knows */

	ZmEnvironment *environment; /* that the script finds */

	Node *started; /* the statement that the row says has started */
	bool resumed;  /* by an earlier try */

	MemoryContext context;			 /* of the passage; current outside of
									  * transactions */
	MemoryContext attempt_context;	 /* of a try */
	MemoryContext statement_context; /* of a statement */
	ZmScriptContext place;
	int tries;	/* since the last commit */
	long pause; /* before the next one, in milliseconds */
	instr_time start;
} ZmPassage;

/* online_step.c: takes a revision all the way, or raises an error. */
extern void zm_online_step(ZmRun *run, int i, ZmRows *rows);

/* online_transaction.c: the transactions of a passage. */
extern void zm_passage_begin(ZmPassage *passage);
/* Commits with the row that tells where it stands. */
extern void zm_passage_commit(ZmPassage *passage, const char *state);
/* Commits without. */
extern void zm_passage_commit_nothing(ZmPassage *passage);
/* Commits with the ledger: the revision is done. */
extern void zm_passage_finish(ZmPassage *passage);
/* Notes that this statement is done in the open transaction. */
extern void zm_passage_advance(ZmPassage *passage,
							   const ZmStatement *statement);
/* After an error, outside of a transaction: tells of it in the tables. */
extern void zm_passage_record_failure(ZmPassage *passage,
									  const ErrorData *error);

/* online_alone.c: statements that take transactions of their own. */
extern void zm_online_run_alone(ZmPassage *passage,
								const ZmStatement *statement, RawStmt *raw);
/*
 * Clears up after one that was interrupted, if the script has been edited and
 * this is another one; NULL: there is none any more.
 */
extern void zm_online_clear_up_edited(ZmPassage *passage,
									  const ZmStatement *statement);
/* One such, and one such as text; the former leaves its last transaction
 * open, the latter an empty one. */
extern void zm_online_run_by_itself(ZmPassage *passage, RawStmt *raw,
									const char *text);
extern void zm_online_run_sql(ZmPassage *passage, const char *sql);
/* Puts lock_timeout back, in a transaction. */
extern void zm_online_be_impatient(ZmPassage *passage);

/*
 * online_partitioned.c: an index on a partitioned table, concurrently; begun,
 * or gone on with if an earlier try has made a part of it.  The statement has
 * the index's name; text is what its locations refer to.
 */
extern bool zm_is_partitioned_index(Node *statement);
extern void zm_online_make_partitioned_index(ZmPassage *passage,
											 IndexStmt *statement,
											 const char *text, bool resumed);
/* What has to be run to be rid of what is half built for such an index, which
 * is then to be dropped (char *). */
extern List *zm_partitioned_remains(const char *object);
/*
 * Takes the locks that dropping such an index takes, and waits for them no
 * longer than lock_timeout all together.
 */
extern void zm_online_lock_partitions(Oid index);

/*
 * online_outside.c: what to do about what the statement may have left outside
 * of the database when it was interrupted, NULL if it leaves nothing there.
 */
extern char *zm_online_outside_hint(const Node *statement);

/* online_retry.c: may it be tried again?  Then says so, and when. */
extern bool zm_online_retry(ZmPassage *passage, const ErrorData *error);
/* Waits until then, outside of transactions. */
extern void zm_online_pause(ZmPassage *passage);

#endif /* ZM_ONLINE_INTERNAL_H */
