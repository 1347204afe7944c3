/*
 * activity.h
 *
 * What a worker does, as pg_stat_activity tells it.
 */
#ifndef ZM_ACTIVITY_H
#define ZM_ACTIVITY_H

#include "graph/graph.h"

typedef struct ZmActivity
{
	const char *revision;
	int step; /* n-th of so many */
	int steps;
	int statement;
	int statements;
} ZmActivity;

/*
 * In the worker: shows it as application_name, which every role may read.
 * The setting of that name keeps its value, which the other shows again.
 */
extern void zm_activity_report(const ZmActivity *activity);
extern void zm_activity_end(void);

/*
 * The other way, in any session: false if the name is not of that form.  The
 * revision is what there is of it, within the name.
 */
extern bool zm_activity_parse(const char *name, ZmActivity *activity);

/*
 * The stored revision that such a beginning is of; where several or none are,
 * the beginning itself.
 */
extern const char *zm_activity_revision(const ZmGraph *graph,
										const char *beginning);

#endif /* ZM_ACTIVITY_H */
