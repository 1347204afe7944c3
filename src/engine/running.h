/*
 * running.h
 *
 * Who is migrating, as any session sees it.
 */
#ifndef ZM_RUNNING_H
#define ZM_RUNNING_H

#include "datatype/timestamp.h"
#include "graph/graph.h"
#include "utils/array.h"

#include "compat.h"

typedef struct ZmRunning
{
	int pid; /* the online worker, or the session itself */
	bool online;
	const char *revision;  /* NULL: not known, as are the next two */
	const char *step;	   /* "3 of 10" */
	const char *statement; /* "2 of 5" */
	TimestampTz since;
	int64 rows;			  /* of a repeated statement; -1: it is none */
	ArrayType *blockers;  /* int4[] of the processes it waits for */
	const char *progress; /* the server's figures as text, or NULL */
} ZmRunning;

/* NULL if no other session migrates this tenant.  Any role may ask. */
extern ZmRunning *zm_running(const ZmGraph *graph, const char *tenant);

/*
 * Raises ZM014: a function met the lock of a session whose worker migrates.
 * pid is that session; tenant NULL: some.
 */
pg_noreturn extern void zm_refuse_running(const char *tenant, int pid);

/*
 * The online worker that waits for this very transaction, 0 if none does.  A
 * function that waits for that worker's work would never see it.
 */
extern int zm_online_worker_behind_me(void);

/*
 * Cancels what the online workers of this database are at, or that of a
 * tenant (NULL: all), with the caller's rights to do so.  Calls back for each.
 */
typedef void (*ZmCancelled)(int pid, const char *revision, bool cancelled,
							void *arg);
extern void zm_cancel_online(const char *tenant, ZmCancelled callback,
							 void *arg);

#endif /* ZM_RUNNING_H */
