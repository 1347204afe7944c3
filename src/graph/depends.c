/*
 * depends.c
 *
 * Which of a revision's dependencies count when steps are put in order.
 *
 * A dependency that an ancestor of the revision (over parents) names too is
 * left out; what is left, behind the parents, is Alembic's D(r), and it
 * decides which revision comes next in a plan.  It is no transitive
 * reduction: a dependency that is itself an ancestor of a parent stays.
 *
 * Only dependencies that several revisions name can be left out.  For each of
 * these the ancestors of those revisions are searched once, never deeper than
 * the lowest of them stands.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "graph/graph_internal.h"

typedef enum SearchState
{
	NOT_SEEN,
	NAMES_IT, /* this revision names the dependency */
	ABOVE_IT, /* so does an ancestor of this one */
	NOT_ABOVE /* no ancestor-or-self does */
} SearchState;

/* The search for one dependency after the other. */
typedef struct Search
{
	const ZmGraph *graph;
	int *level;		/* longest way down to a base, over parents */
	int *depth;		/* the same over dependencies, too */
	uint8 *state;	/* SearchState, for the dependency at hand */
	ZmRevs touched; /* whose state is to be reset */
	ZmRevs path;	/* the way from the start to where the search is */
	ZmRevs branch;	/* the parent taken at each point of the way */
	int min_level;	/* of those who name the dependency */
	int min_depth;
} Search;

static int *count_levels(const ZmGraph *graph, ZmEdges edges);
static ZmRevs *named_by(const ZmGraph *graph);
static void search_dependency(Search *search, ZmRev dependency,
							  const ZmRevs *namers, ZmRevs *dropped);
static bool is_above(Search *search, ZmRev start);
static void set_state(Search *search, ZmRev rev, SearchState state);
static ZmRevs without(const ZmGraph *graph, ZmRev rev, const ZmRevs *dropped);

/*
 * Fills in graph->norm_down.
 */
void
zm_normalise_depends(ZmGraph *graph)
{
	Search search = {.graph = graph};
	ZmRevs *namers;
	ZmRevs *dropped;

	graph->norm_down = graph->all_down;
	if (!graph->has_depends)
		return;

	search.level = count_levels(graph, ZM_TO_PARENTS);
	search.depth = count_levels(graph, ZM_TO_NEEDED);
	search.state = ZM_ARRAY0(uint8, graph->nnodes);
	search.touched = zm_revs_make();
	search.path = zm_revs_make();
	search.branch = zm_revs_make();
	namers = named_by(graph);
	dropped = ZM_ARRAY0(ZmRevs, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (namers[rev].count > 1)
			search_dependency(&search, rev, &namers[rev], dropped);
	}

	graph->norm_down = ZM_ARRAY(ZmRevs, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		graph->norm_down[rev] = dropped[rev].count == 0
									? graph->all_down[rev]
									: without(graph, rev, &dropped[rev]);
}

static int *
count_levels(const ZmGraph *graph, ZmEdges edges)
{
	int *level = ZM_ARRAY0(int, graph->nnodes);

	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmRev rev = graph->sorted[i];
		ZmRevs below = zm_neighbours(graph, rev, edges);

		for (int j = 0; j < below.count; j++)
			level[rev] = Max(level[rev], level[below.revs[j]] + 1);
	}
	return level;
}

/*
 * For each revision those that depend on it, ancestors first, each once.
 */
static ZmRevs *
named_by(const ZmGraph *graph)
{
	ZmRevs *namers = ZM_ARRAY0(ZmRevs, graph->nnodes);

	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmRev rev = graph->sorted[i];
		const ZmNode *node = &graph->nodes[rev];

		for (int j = 0; j < node->ndepends; j++)
		{
			ZmRevs *by = &namers[node->depends[j]];

			if (by->count == 0)
				*by = zm_revs_make();
			else if (by->revs[by->count - 1] == rev)
				continue;
			zm_revs_add(by, rev);
		}
	}
	return namers;
}

/*
 * Which of those that name a dependency have an ancestor that does, too?
 */
static void
search_dependency(Search *search, ZmRev dependency, const ZmRevs *namers,
				  ZmRevs *dropped)
{
	search->min_level = search->min_depth = PG_INT32_MAX;
	for (int i = 0; i < namers->count; i++)
	{
		ZmRev rev = namers->revs[i];

		set_state(search, rev, NAMES_IT);
		search->min_level = Min(search->min_level, search->level[rev]);
		search->min_depth = Min(search->min_depth, search->depth[rev]);
	}
	for (int i = 0; i < namers->count; i++)
	{
		ZmRev rev = namers->revs[i];

		if (!is_above(search, rev))
			continue;
		if (dropped[rev].count == 0)
			dropped[rev] = zm_revs_make();
		zm_revs_add(&dropped[rev], dependency);
	}
	for (int i = 0; i < search->touched.count; i++)
		search->state[search->touched.revs[i]] = NOT_SEEN;
	search->touched.count = 0;
}

/*
 * Does a strict ancestor of start name the dependency?  Depth first; what is
 * found out on the way stays known for the next start.
 */
static bool
is_above(Search *search, ZmRev start)
{
	ZmRevs *path = &search->path;
	ZmRevs *branch = &search->branch;

	path->count = branch->count = 0;
	zm_revs_add(path, start);
	zm_revs_add(branch, 0);
	while (path->count > 0)
	{
		ZmRev rev = path->revs[path->count - 1];
		ZmRevs parents = zm_neighbours(search->graph, rev, ZM_TO_PARENTS);
		int next = branch->revs[branch->count - 1]++;
		ZmRev parent;

		CHECK_FOR_INTERRUPTS();
		if (next >= parents.count || search->level[rev] <= search->min_level ||
			search->depth[rev] <= search->min_depth)
		{
			if (rev != start)
				set_state(search, rev, NOT_ABOVE);
			path->count--;
			branch->count--;
			continue;
		}
		parent = parents.revs[next];
		switch ((SearchState) search->state[parent])
		{
			case NAMES_IT:
			case ABOVE_IT:
				for (int i = 1; i < path->count; i++)
					set_state(search, path->revs[i], ABOVE_IT);
				return true;
			case NOT_ABOVE:
				break;
			case NOT_SEEN:
				zm_revs_add(path, parent);
				zm_revs_add(branch, 0);
				break;
		}
	}
	return false;
}

static void
set_state(Search *search, ZmRev rev, SearchState state)
{
	search->state[rev] = state;
	zm_revs_add(&search->touched, rev);
}

/*
 * What rev needs, except dropped dependencies.  A parent stays even if it is
 * named as a dependency besides.
 */
static ZmRevs
without(const ZmGraph *graph, ZmRev rev, const ZmRevs *dropped)
{
	const ZmRevs *needed = &graph->all_down[rev];
	ZmRevs kept = zm_revs_make();

	for (int i = 0; i < needed->count; i++)
	{
		bool drop = false;

		for (int j = 0; j < dropped->count && i >= graph->nparents[rev]; j++)
			drop |= needed->revs[i] == dropped->revs[j];
		if (!drop)
			zm_revs_add(&kept, needed->revs[i]);
	}
	return kept;
}
