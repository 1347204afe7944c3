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
 * A revision's set from its parents' and its own labels.  Where all parents
 * that have labels share one set, or one of them has all, it is that one.
 */
static void
inherit(const ZmGraph *graph, Inheritance *all, ZmRev rev)
{
	ZmRevs parents = zm_neighbours(graph, rev, ZM_TO_PARENTS);
	ZmRev *owner = &all->owner[rev];
	ZmRevs set = {0, NULL};
	bool differ = graph->nodes[rev].nlabels > 0;

	CHECK_FOR_INTERRUPTS();
	*owner = NO_OWNER;
	for (int i = 0; i < parents.count; i++)
	{
		ZmRev from = all->owner[parents.revs[i]];

		if (*owner == NO_OWNER)
			*owner = from;
		else if (from != NO_OWNER && from != *owner)
			differ = true;
	}
	if (!differ)
		return;

	if (graph->nodes[rev].nlabels > 0)
		set = zm_revs_one(rev);
	for (int i = 0; i < parents.count; i++)
	{
		ZmRev from = all->owner[parents.revs[i]];

		if (from != NO_OWNER)
			set = merge_sets(&set, &all->sets[from]);
	}
	*owner = rev;
	all->sets[rev] = set;
	for (int i = 0; i < parents.count; i++)
	{
		ZmRev from = all->owner[parents.revs[i]];

		if (from != NO_OWNER && all->sets[from].count == set.count)
			*owner = from;
	}
}

/*
 * The union of two sets that are in load order.
 */
static ZmRevs
merge_sets(const ZmRevs *a, const ZmRevs *b)
{
	ZmRevs merged = {0, ZM_ARRAY(ZmRev, a->count + b->count)};
	int i = 0;
	int j = 0;

	while (i < a->count || j < b->count)
	{
		if (j == b->count || (i < a->count && a->revs[i] < b->revs[j]))
			merged.revs[merged.count++] = a->revs[i++];
		else
		{
			if (i < a->count && a->revs[i] == b->revs[j])
				i++;
			merged.revs[merged.count++] = b->revs[j++];
		}
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
