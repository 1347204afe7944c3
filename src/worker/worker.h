/*
 * worker.h
 *
 * Background workers that do a piece of work for a session and report to it.
 *
 * A session hands a text to a worker that runs as the session's current role
 * in some database, and waits.  What the worker's statements say, notices and
 * errors, comes to the session as if it had run them itself; so does a text
 * that the worker answers with.  When the session is cancelled or ends, the
 * worker ends too.
 *
 * Rule: no preload, no shared memory but a segment for each worker, no
 * waiting but on the latch.
 */
#ifndef ZM_WORKER_H
#define ZM_WORKER_H

#include "lib/stringinfo.h"

/*
 * The session's side.  function is the worker's entry point; it may be any
 * exported function of this library with the form of a bgworker main.  Returns the worker's answer, in the current context.
 * Raises 53000 if no worker is free, and whatever the worker raised.
 */
extern char *zm_worker_call(const char *function, Oid database,
							const char *request);

/*
 * Starts a worker that nobody waits for; request must be short.  Failure to
 * start it is not an error.
 */
extern void zm_worker_send_off(const char *function, Oid database,
							   const char *request);

/*
 * The worker's side: connects to the database and returns the request.  No
 * transaction is open.  In one, zm_worker_become_caller() makes the session's
 * current role ours, until the transaction fails.
 */
extern char *zm_worker_enter(Datum main_arg);
extern void zm_worker_begin(void);
extern void zm_worker_become_caller(void);
extern void zm_worker_commit(void);
/* Adds to the answer. */
extern void zm_worker_answer(const char *text);
/* Tells the session that all is done. */
extern void zm_worker_leave(void);

#endif /* ZM_WORKER_H */
