/*
 * linear.c
 *
 * A history as a line, for tools that know of no branches.
 *
 * Rule: whose turn it is depends on the revisions that are left and their
 * keys alone, not on the order in which a database came to know them, so that
 * every copy of a history gives the same line.
 */
#include "postgres.h"

#include "lib/binaryheap.h"
#include "miscadmin.h"

#include "graph/graph_internal.h"

typedef struct Queue
{
	const ZmGraph *graph;
	const int64 *keys;
} Queue;

static int compare_revs(Datum a, Datum b, void *arg);

ZmRevs
zm_linear_order(const ZmGraph *graph, const int64 *keys)
{
	Queue queue = {graph, keys};
	ZmRevs order = {0, ZM_ARRAY(ZmRev, graph->nnodes)};
	int *waiting = ZM_ARRAY0(int, graph->nnodes);
	binaryheap *heap =
		binaryheap_allocate(Max(graph->nnodes, 1), compare_revs, &queue);

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *next = &graph->nodes[rev].all_next;

		for (int i = 0; i < next->count; i++)
			waiting[next->revs[i]]++;
	}
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (waiting[rev] == 0)
			binaryheap_add(heap, Int32GetDatum(rev));
	}
	while (!binaryheap_empty(heap))
	{
		ZmRev rev = DatumGetInt32(binaryheap_remove_first(heap));
		const ZmRevs *next = &graph->nodes[rev].all_next;

		CHECK_FOR_INTERRUPTS();
		order.revs[order.count++] = rev;
		for (int i = 0; i < next->count; i++)
		{
			if (--waiting[next->revs[i]] == 0)
				binaryheap_add(heap, Int32GetDatum(next->revs[i]));
		}
	}
	binaryheap_free(heap);
	pfree(waiting);
	return order;
}

/* The heap gives its greatest first; that is to be the smallest key. */
static int
compare_revs(Datum a, Datum b, void *arg)
{
	const Queue *queue = arg;
	ZmRev left = DatumGetInt32(a);
	ZmRev right = DatumGetInt32(b);

	if (queue->keys[left] != queue->keys[right])
		return queue->keys[left] < queue->keys[right] ? 1 : -1;
	return strcmp(zm_id(queue->graph, right), zm_id(queue->graph, left));
}
