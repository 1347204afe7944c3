/*
 * worker.h
 *
 * Background workers that do work for a session and report to it.
 *
 * A session starts a worker for a database and its own role, sends it
 * requests, one at a time, and waits for what becomes of each: notices are
 * passed on as they come, an error becomes the session's own, with SQLSTATE,
 * message, detail, hint, context and place, and a text of any length may come
 * back.  No preload is needed, and nothing of the session's transaction is
 * shared: who waits may hold a snapshot or locks, so a worker must not wait
 * for those.
 *
 * Rule: no worker outlives its session, on whatever way that goes.
 */
#ifndef ZM_WORKER_H
#define ZM_WORKER_H

/*
 * The session's side (launch.c, relay.c).
 */
typedef struct ZmWorker ZmWorker;

/* A setting that the worker shall have, also after a RESET. */
typedef struct ZmWorkerSetting
{
	const char *name;
	const char *value;
} ZmWorkerSetting;

typedef struct ZmWorkerPlan
{
	const char *name;	  /* for the log */
	const char *type;	  /* its backend_type in pg_stat_activity */
	const char *function; /* exported; does zm_worker_serve() */
	Oid database;
	bool closed; /* the database may be one that allows no connections */

	/*
	 * A worker is terminated when the session lets go of it.  One that has
	 * to clean up is left to notice that, and must then end by itself.
	 */
	bool cleans_up;

	bool optional; /* NULL, not an error, if no slot is free */

	int nsettings;
	const ZmWorkerSetting *settings;
} ZmWorkerPlan;

/* All that this session has set otherwise than a new one of its role would
 * find it. */
extern const ZmWorkerSetting *zm_worker_session_settings(int *n);

/*
 * Starts a worker; 53000 if no slot is free.  It lasts until it is finished or
 * stopped, or until the (sub)transaction ends.
 */
extern ZmWorker *zm_worker_start(const ZmWorkerPlan *plan);

/*
 * Sends a request and waits until it is done.  Returns the answer in the
 * current context, NULL if there was none.
 */
extern char *zm_worker_call(ZmWorker *worker, const void *request,
							Size length);

/*
 * The same in two steps, for a session that has other things to do meanwhile,
 * other workers for one.  zm_worker_await() waits, and raises the worker's
 * error; zm_worker_take() looks once and does not wait: the
 * session's latch is set when there may be more.  Notices are passed on.  An
 * error is handed over, in the current context, and so is the loss of the
 * worker: after either there is nothing but to stop it.
 */
typedef enum ZmWorkerState
{
	ZM_WORKER_BUSY,
	ZM_WORKER_DONE,	 /* *answer is what came back, NULL for nothing */
	ZM_WORKER_FAILED /* *error is why */
} ZmWorkerState;

extern void zm_worker_send(ZmWorker *worker, const void *request, Size length);
extern char *zm_worker_await(ZmWorker *worker);
extern ZmWorkerState zm_worker_take(ZmWorker *worker, char **answer,
									ErrorData **error);

/* The process, 0 while it is not started. */
extern int zm_worker_pid(const ZmWorker *worker);

/* Lets an idle worker go, and waits until its process is gone. */
extern void zm_worker_finish(ZmWorker *worker);

/* The same for one that may be at work: it is terminated. */
extern void zm_worker_stop(ZmWorker *worker);

/*
 * The worker's side (serve.c).
 */
typedef struct ZmWorkerService
{
	/* Does what was asked; outside of a transaction, before and after. */
	void (*request)(const char *request, Size length);

	/* May be NULL: the session has let go. */
	void (*end)(void);
} ZmWorkerService;

/*
 * The body of a worker's main function.  The process is connected as the
 * session's user, runs as its current role, and any error ends it.
 */
extern void zm_worker_serve(Datum main_arg, const ZmWorkerService *service);

/* Answers the request at hand, once. */
extern void zm_worker_answer(const char *text);

/*
 * Becomes the session's current role again, whatever SET ROLE has made of it.
 * Not in a transaction.  The other is that role.
 */
extern void zm_worker_assume_role(void);
extern Oid zm_worker_role(void);

#endif /* ZM_WORKER_H */
