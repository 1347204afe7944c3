/*
 * walk.c
 *
 * Sets of revisions: ancestors, descendants, lineage, overlaps.
 *
 * Every question is answered by one pass that looks at a revision and its
 * neighbours once, with a stack of its own: histories are longer than any
 * C stack.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "graph/graph_internal.h"

/* The room a list starts with; it doubles whenever a power of two is full. */
#define FIRST_CAPACITY 16

static ZmRev find_above(const ZmGraph *graph, const ZmRevs *revs, ZmRev lower);

ZmRevs
zm_revs_make(void)
{
	ZmRevs revs = {0, palloc(sizeof(ZmRev) * FIRST_CAPACITY)};

	return revs;
}

ZmRevs
zm_revs_one(ZmRev rev)
{
	ZmRevs revs = zm_revs_make();

	zm_revs_add(&revs, rev);
	return revs;
}

/*
 * Appends to a list that zm_revs_make() or zm_revs_copy() made.
 */
void
zm_revs_add(ZmRevs *revs, ZmRev rev)
{
	if (revs->count >= FIRST_CAPACITY &&
		(revs->count & (revs->count - 1)) == 0)
		revs->revs =
			repalloc_huge(revs->revs, sizeof(ZmRev) * (Size) revs->count * 2);
	revs->revs[revs->count++] = rev;
}

ZmRevs
zm_revs_copy(const ZmRevs *revs)
{
	ZmRevs copy = {revs->count, NULL};
	Size capacity = FIRST_CAPACITY;

	while (capacity < (Size) revs->count)
		capacity *= 2;
	copy.revs =
		MemoryContextAllocHuge(CurrentMemoryContext, sizeof(ZmRev) * capacity);
	if (revs->count > 0)
		memcpy(copy.revs, revs->revs, sizeof(ZmRev) * revs->count);
	return copy;
}

/*
 * The same without repetitions, order kept.  All must be revisions.
 */
ZmRevs
zm_revs_unique(const ZmGraph *graph, const ZmRevs *revs)
{
	ZmRevs unique = zm_revs_make();
	bool *seen = ZM_ARRAY0(bool, graph->nnodes);

	for (int i = 0; i < revs->count; i++)
	{
		if (seen[revs->revs[i]])
			continue;
		seen[revs->revs[i]] = true;
		zm_revs_add(&unique, revs->revs[i]);
	}
	pfree(seen);
	return unique;
}

/*
 * The neighbours of a revision; the array is the graph's.
 */
ZmRevs
zm_neighbours(const ZmGraph *graph, ZmRev rev, ZmEdges edges)
{
	const ZmNode *node = &graph->nodes[rev];

	switch (edges)
	{
		case ZM_TO_PARENTS:
			return (ZmRevs){graph->nparents[rev], graph->all_down[rev].revs};
		case ZM_TO_NEEDED:
			return graph->all_down[rev];
		case ZM_TO_CHILDREN:
			return node->next;
		case ZM_TO_DEPENDENTS:
			return node->all_next;
	}
	pg_unreachable();
}

/*
 * Marks revisions and all that is reached from them.  What is marked already
 * is taken as done, so that several calls add up to one pass.
 */
void
zm_mark(const ZmGraph *graph, bool *marks, const ZmRevs *from, ZmEdges edges)
{
	ZmRevs todo = zm_revs_make();

	for (int i = 0; i < from->count; i++)
	{
		ZmRev rev = from->revs[i];

		if (marks[rev])
			continue;
		marks[rev] = true;
		zm_revs_add(&todo, rev);
		while (todo.count > 0)
		{
			ZmRevs near = zm_neighbours(graph, todo.revs[--todo.count], edges);

			CHECK_FOR_INTERRUPTS();
			for (int j = 0; j < near.count; j++)
			{
				if (marks[near.revs[j]])
					continue;
				marks[near.revs[j]] = true;
				zm_revs_add(&todo, near.revs[j]);
			}
		}
	}
	pfree(todo.revs);
}

/*
 * One flag a revision: those given and all that is reached from them.
 */
bool *
zm_reachable(const ZmGraph *graph, const ZmRevs *from, ZmEdges edges)
{
	bool *marks = ZM_ARRAY0(bool, graph->nnodes);

	zm_mark(graph, marks, from, edges);
	return marks;
}

/*
 * One flag a revision: those that share lineage with one of those given,
 * that is, lie above or below it or are it.
 */
bool *
zm_related(const ZmGraph *graph, const ZmRevs *of, bool with_depends)
{
	bool *below =
		zm_reachable(graph, of, with_depends ? ZM_TO_NEEDED : ZM_TO_PARENTS);
	bool *above = zm_reachable(
		graph, of, with_depends ? ZM_TO_DEPENDENTS : ZM_TO_CHILDREN);

	for (int i = 0; i < graph->nnodes; i++)
		below[i] |= above[i];
	pfree(above);
	return below;
}

/*
 * Is one of several revisions an ancestor of another, over dependencies too?
 * Sets the two if so.
 */
bool
zm_find_overlap(const ZmGraph *graph, const ZmRevs *revs, ZmRev *lower,
				ZmRev *upper)
{
	bool *below;
	bool found = false;

	if (revs->count < 2)
		return false;
	below = ZM_ARRAY0(bool, graph->nnodes);
	for (int i = 0; i < revs->count; i++)
		zm_mark(graph, below, &graph->all_down[revs->revs[i]], ZM_TO_NEEDED);
	for (int i = 0; i < revs->count && !found; i++)
	{
		*lower = revs->revs[i];
		found = below[*lower];
	}
	pfree(below);
	if (found)
		*upper = find_above(graph, revs, *lower);
	return found;
}

/*
 * Which of several revisions is a descendant of one of them?
 */
static ZmRev
find_above(const ZmGraph *graph, const ZmRevs *revs, ZmRev lower)
{
	ZmRevs of = {1, &lower};
	bool *above = zm_reachable(graph, &of, ZM_TO_DEPENDENTS);
	int i = 0;

	while (revs->revs[i] == lower || !above[revs->revs[i]])
		i++;
	pfree(above);
	return revs->revs[i];
}

/*
 * From flags to a list, in load order.
 */
ZmRevs
zm_marked(const ZmGraph *graph, const bool *marks)
{
	ZmRevs revs = zm_revs_make();

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (marks[rev])
			zm_revs_add(&revs, rev);
	}
	return revs;
}

/*
 * rows and all that they imply.
 */
bool *
zm_graph_applied(const ZmGraph *graph, const ZmRevs *rows)
{
	return zm_reachable(graph, rows, ZM_TO_NEEDED);
}
