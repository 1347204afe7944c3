/*
 * cycle.c
 *
 * Sorts the graph, ancestors first, and proves on the way that it has no
 * cycle.
 *
 * Alembic looks only whether every revision can be reached from a head and
 * from a base, and so overlooks a cycle that hangs between the two; later
 * commands then go astray.  Here a revision is taken off once all it needs
 * has been (Kahn), and what cannot be taken off lies on or above a cycle.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "errors.h"
#include "graph/graph_internal.h"

/* A longer cycle is told by its beginning and its end. */
#define CYCLE_SHOWN 12

static ZmRev *sort_revisions(const ZmGraph *graph, bool with_depends);
pg_noreturn static void report_cycle(const ZmGraph *graph, const int *waiting,
									 bool with_depends);
static ZmRevs find_cycle(const ZmGraph *graph, const int *waiting,
						 ZmEdges edges);
static char *cycle_text(const ZmGraph *graph, const ZmRevs *cycle);

/*
 * Raises ZM006 for a cycle; one over parents alone is reported as such, even
 * if there is another over dependencies.
 */
void
zm_sort_graph(ZmGraph *graph)
{
	graph->sorted = sort_revisions(graph, false);
	if (!graph->has_depends)
		return;
	pfree(graph->sorted);
	graph->sorted = sort_revisions(graph, true);
}

static ZmRev *
sort_revisions(const ZmGraph *graph, bool with_depends)
{
	ZmRev *sorted = ZM_ARRAY(ZmRev, graph->nnodes);
	int *waiting = ZM_ARRAY(int, graph->nnodes);
	int nsorted = 0;

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		waiting[rev] =
			with_depends ? graph->all_down[rev].count : graph->nparents[rev];
		if (waiting[rev] == 0)
			sorted[nsorted++] = rev;
	}
	for (int i = 0; i < nsorted; i++)
	{
		const ZmNode *node = &graph->nodes[sorted[i]];
		const ZmRevs *children = with_depends ? &node->all_next : &node->next;

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < children->count; j++)
		{
			if (--waiting[children->revs[j]] == 0)
				sorted[nsorted++] = children->revs[j];
		}
	}
	if (nsorted < graph->nnodes)
		report_cycle(graph, waiting, with_depends);
	pfree(waiting);
	return sorted;
}

static void
report_cycle(const ZmGraph *graph, const int *waiting, bool with_depends)
{
	ZmRevs cycle = find_cycle(graph, waiting,
							  with_depends ? ZM_TO_NEEDED : ZM_TO_PARENTS);
	char *text = cycle_text(graph, &cycle);

	ereport(ERROR,
			(errcode(ERRCODE_ZM_REVISION_CYCLE),
			 with_depends ? errmsg("revisions depend on each other in a "
								   "cycle")
			 : cycle.count == 1
				 ? errmsg("revision \"%s\" revises itself",
						  zm_id(graph, cycle.revs[0]))
				 : errmsg("revisions revise each other in a cycle"),
			 with_depends
				 ? errdetail("Each revises or depends on the next: %s.", text)
				 : errdetail("Each revises the next: %s.", text),
			 errhint("Correct one of these revisions.")));
}

/*
 * From any revision that is still waiting, down through others that are,
 * until one comes again.
 */
static ZmRevs
find_cycle(const ZmGraph *graph, const int *waiting, ZmEdges edges)
{
	ZmRevs path = zm_revs_make();
	ZmRevs cycle;
	int *position = ZM_ARRAY0(int, graph->nnodes);
	ZmRev rev = 0;

	while (waiting[rev] == 0)
		rev++;
	while (position[rev] == 0)
	{
		ZmRevs needed = zm_neighbours(graph, rev, edges);
		int i = 0;

		zm_revs_add(&path, rev);
		position[rev] = path.count;
		while (waiting[needed.revs[i]] == 0)
			i++;
		rev = needed.revs[i];
	}
	cycle.count = path.count - (position[rev] - 1);
	cycle.revs = path.revs + (position[rev] - 1);
	return cycle;
}

/*
 * "a -> b -> a"
 */
static char *
cycle_text(const ZmGraph *graph, const ZmRevs *cycle)
{
	StringInfoData text;
	int hidden = cycle->count > CYCLE_SHOWN ? cycle->count - CYCLE_SHOWN : 0;

	initStringInfo(&text);
	for (int i = 0; i < cycle->count; i++)
	{
		if (hidden > 0 && i == CYCLE_SHOWN / 2)
		{
			appendStringInfo(&text, "... %d more ... -> ", hidden);
			i += hidden;
		}
		appendStringInfo(&text, "%s -> ", zm_id(graph, cycle->revs[i]));
	}
	appendStringInfoString(&text, zm_id(graph, cycle->revs[0]));
	return text.data;
}
