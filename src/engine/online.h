/*
 * online.h
 *
 * Online runs: a worker, and a transaction per revision.
 */
#ifndef ZM_ONLINE_H
#define ZM_ONLINE_H

/*
 * Takes the database to a target in a worker that runs as the session's role,
 * and returns when it is there.  What the worker says reaches the client as
 * it comes; an error is raised here as the worker raised it.  What was
 * interrupted by an error, a cancel or a crash the next call goes on with.
 *
 * Commits the caller's transaction first, so that nobody waits for it: to be
 * called from a procedure that may do so, once.
 */
extern void zm_online_run(bool up, const char *target, const char *tenant);

#endif /* ZM_ONLINE_H */
