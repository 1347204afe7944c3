/*
 * labels.c
 *
 * Branch labels after propagation: which labels a revision carries.
 *
 * A label goes up to all descendants over parents.  It goes down, too, as
 * long as the line from the tip through the labelled revision stays plain: no
 * fork, no merge, and nothing that depends on one of its members.  On such a
 * line the tip has inherited every label of the line from below, so the rule
 * comes down to: a revision carries what the tip of its plain line inherits,
 * or else what it inherits itself.
 *
 * Revisions with the same labels share one list: the work grows with the
 * number of different lists, not with their use.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "graph/graph_internal.h"

/* Whose labels a revision carries: a set of labelled revisions, held by its
 * owner, or none. */
#define NO_OWNER ZM_NOWHERE

typedef struct Inheritance
{
	ZmRev *owner; /* by revision: who holds its set */
	ZmRevs *sets; /* by owner: labelled revisions in load order */
} Inheritance;

static void inherit(const ZmGraph *graph, Inheritance *all, ZmRev rev);
static ZmRevs merge_sets(const ZmRevs *a, const ZmRevs *b);
static ZmRev *plain_tips(const ZmGraph *graph);
static List *labels_of(const ZmGraph *graph, const ZmRevs *labelled);

List **
zm_graph_labels(const ZmGraph *graph)
{
	List **labels = ZM_ARRAY0(List *, graph->nnodes);
	List **by_owner = ZM_ARRAY0(List *, graph->nnodes);
	Inheritance all;
	ZmRev *tips;

	if (graph->nlabels == 0)
		return labels;
	all.owner = ZM_ARRAY(ZmRev, graph->nnodes);
	all.sets = ZM_ARRAY0(ZmRevs, graph->nnodes);
	for (int i = 0; i < graph->nnodes; i++)
		inherit(graph, &all, graph->sorted[i]);

	tips = plain_tips(graph);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		ZmRev owner = all.owner[tips[rev] == ZM_NOWHERE ? rev : tips[rev]];

		if (owner == NO_OWNER)
			continue;
		if (by_owner[owner] == NIL)
			by_owner[owner] = labels_of(graph, &all.sets[owner]);
		labels[rev] = by_owner[owner];
	}
	return labels;
}

bool
zm_carries_label(List *labels, const char *label)
{
	ListCell *cell;

	foreach (cell, labels)
	{
		if (strcmp(lfirst(cell), label) == 0)
			return true;
	}
	return false;
}

/*
 * A revision's set from its parents' and its own labels.  A set that is no
 * larger than a parent's is that parent's.
 */
static void
inherit(const ZmGraph *graph, Inheritance *all, ZmRev rev)
{
	ZmRevs parents = zm_neighbours(graph, rev, ZM_TO_PARENTS);
	ZmRevs set = {0, NULL};

	CHECK_FOR_INTERRUPTS();
	all->owner[rev] = NO_OWNER;
	for (int i = 0; i < parents.count; i++)
	{
		ZmRev owner = all->owner[parents.revs[i]];
		ZmRevs merged;

		if (owner == NO_OWNER || owner == all->owner[rev])
			continue;
		merged = merge_sets(&set, &all->sets[owner]);
		if (merged.count == all->sets[owner].count)
			all->owner[rev] = owner;
		else if (merged.count > set.count)
			all->owner[rev] = rev;
		set = merged;
	}
	if (graph->nodes[rev].nlabels > 0)
	{
		ZmRevs own = {1, &rev};

		set = merge_sets(&set, &own);
		all->owner[rev] = rev;
	}
	if (all->owner[rev] == rev)
		all->sets[rev] = set;
}

/*
 * The union of two sets that are in load order; one of the two itself if it
 * contains the other.
 */
static ZmRevs
merge_sets(const ZmRevs *a, const ZmRevs *b)
{
	ZmRevs merged = {0, NULL};
	int i = 0;
	int j = 0;

	if (a->count == 0)
		return (ZmRevs) {b->count,
						 memcpy(palloc(sizeof(ZmRev) * Max(b->count, 1)),
								b->revs, sizeof(ZmRev) * b->count)};
	merged.revs = ZM_ARRAY(ZmRev, a->count + b->count);
	while (i < a->count || j < b->count)
	{
		ZmRev next;

		if (j >= b->count || (i < a->count && a->revs[i] < b->revs[j]))
			next = a->revs[i++];
		else
		{
			if (i < a->count && a->revs[i] == b->revs[j])
				i++;
			next = b->revs[j++];
		}
		merged.revs[merged.count++] = next;
	}
	return merged;
}

/*
 * For each revision the tip of the line it stands on, if that line is plain
 * from the revision up to the tip, else ZM_NOWHERE.
 */
static ZmRev *
plain_tips(const ZmGraph *graph)
{
	ZmRev *tips = ZM_ARRAY(ZmRev, graph->nnodes);

	for (int i = graph->nnodes - 1; i >= 0; i--)
	{
		ZmRev rev = graph->sorted[i];
		const ZmNode *node = &graph->nodes[rev];

		if (node->all_next.count > 1 || node->ndown > 1)
			tips[rev] = ZM_NOWHERE;
		else if (node->next.count == 0)
			tips[rev] = rev;
		else
			tips[rev] = tips[node->next.revs[0]];
	}
	return tips;
}

static List *
labels_of(const ZmGraph *graph, const ZmRevs *labelled)
{
	List *labels = NIL;

	for (int i = 0; i < labelled->count; i++)
	{
		const ZmNode *node = &graph->nodes[labelled->revs[i]];

		for (int j = 0; j < node->nlabels; j++)
			labels = lappend(labels, node->labels[j]);
	}
	return labels;
}
