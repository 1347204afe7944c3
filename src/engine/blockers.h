/*
 * blockers.h
 *
 * Who is in a process's way.
 */
#ifndef ZM_BLOCKERS_H
#define ZM_BLOCKERS_H

typedef struct ZmBlockers
{
	int n;
	int *pids;		   /* in ascending order; 0 is a prepared transaction */
	char *description; /* a line for each */
} ZmBlockers;

/*
 * Those whom a process waits for, described as the caller may see them in
 * pg_stat_activity; in the current context.
 */
extern ZmBlockers *zm_blockers(int pid);

/* "process 42", "3 processes" */
extern char *zm_blockers_title(const ZmBlockers *blockers);

/* Are all of the former among the latter? */
extern bool zm_blockers_are_among(const ZmBlockers *blockers,
								  const ZmBlockers *others);

/* Without the description. */
extern ZmBlockers *zm_blockers_copy(const ZmBlockers *blockers,
									MemoryContext context);

#endif /* ZM_BLOCKERS_H */
