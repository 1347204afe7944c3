/*
 * blocker.c
 *
 * Finds the first member of the frontier that has a given revision among its
 * ancestors.
 *
 * Asking each member for its ancestors would make 10,000 heads on one base
 * cost 10,000 passes over the graph.  What helps: as the frontier moves down,
 * the first place above a revision only ever moves towards the end.  So
 * what was found once stays a lower bound, and it stays exact as long as the
 * same revision holds that place.  Each revision keeps such a bound, and a
 * heap of its children by their bounds; a search looks at the most promising
 * child first and no further than the next best allows.
 *
 * On a long line whose members are all on the frontier each of them in turn
 * would be found by climbing the line.  So a search first asks whether the
 * revision at the lowest possible place is above by first parents alone,
 * which numbers given in one pass over that tree tell at once.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "graph/order_internal.h"

#define NO_PLACE PG_INT32_MAX

typedef struct HeapEntry
{
	int bound; /* no larger than the child's */
	ZmRev child;
} HeapEntry;

/* A revision under search. */
typedef struct Frame
{
	ZmRev rev;
	int limit;	 /* a place beyond this is of no interest */
	ZmRev asked; /* the child searched last, or ZM_NOWHERE */
} Frame;

struct ZmBlockers
{
	/* By revision */
	int *bound;		  /* no member of the frontier before this place has it
					   * as itself or an ancestor */
	ZmRev *witness;	  /* holds the place: the bound is exact; else none */
	HeapEntry **heap; /* its children, NULL until first needed */
	int *heap_size;

	/* By revision: its part of the tree of first parents is numbered from
	 * number to number + size - 1 */
	int *number;
	int *size;

	HeapEntry *block; /* where heaps are taken from */
	Frame *frames;	  /* a stack */
	int nframes;
};

static void set_up(ZmOrder *order);
static void number_tree(const ZmGraph *graph, ZmBlockers *search);
static ZmRev tree_parent(const ZmGraph *graph, ZmRev rev);
static void push_frame(ZmBlockers *search, ZmRev rev, int limit);
static bool look_into(ZmOrder *order, Frame *frame, bool is_root, int *place,
					  ZmRev *witness);
static bool is_above(const ZmBlockers *search, ZmRev upper, ZmRev lower);
static int open_place(const ZmOrder *order, int place);
static bool is_exact(const ZmOrder *order, ZmRev rev);
static void make_heap(ZmOrder *order, ZmRev rev);
static HeapEntry *best_child(ZmOrder *order, ZmRev rev);
static int second_bound(const ZmBlockers *search, ZmRev rev);
static void sift_down(HeapEntry *heap, int size, int i);

/*
 * The lowest place whose revision has candidate as a strict ancestor,
 * ZM_NO_BLOCKER if there is none.
 */
int
zm_order_blocker(ZmOrder *order, ZmRev candidate)
{
	ZmBlockers *search;
	int place = NO_PLACE;
	ZmRev witness = ZM_NOWHERE;

	if (order->blockers == NULL)
		set_up(order);
	search = order->blockers;
	push_frame(search, candidate, NO_PLACE);
	while (search->nframes > 0)
	{
		bool is_root = search->nframes == 1;
		Frame *frame = &search->frames[search->nframes - 1];

		CHECK_FOR_INTERRUPTS();
		if (!look_into(order, frame, is_root, &place, &witness))
			continue; /* a child is to be searched first */
		search->nframes--;
		if (!is_root)
		{
			search->bound[frame->rev] = place;
			search->witness[frame->rev] = witness;
		}
	}
	return witness == ZM_NOWHERE ? ZM_NO_BLOCKER : place;
}

static void
set_up(ZmOrder *order)
{
	const ZmGraph *graph = order->graph;
	ZmBlockers *search = palloc0(sizeof(ZmBlockers));
	Size nchildren = 0;

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		nchildren += graph->nodes[rev].all_next.count;
	search->bound = ZM_ARRAY0(int, graph->nnodes);
	search->witness = ZM_ARRAY(ZmRev, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		search->witness[rev] = ZM_NOWHERE;
	search->heap = ZM_ARRAY0(HeapEntry *, graph->nnodes);
	search->heap_size = ZM_ARRAY0(int, graph->nnodes);
	search->block = ZM_ARRAY(HeapEntry, nchildren);
	search->frames = ZM_ARRAY(Frame, graph->nnodes + 1);
	number_tree(graph, search);
	order->blockers = search;
}

/*
 * The tree in which each revision hangs on the first it needs: sizes from
 * the tips down, then numbers from the bases up.
 */
static void
number_tree(const ZmGraph *graph, ZmBlockers *search)
{
	int *next = ZM_ARRAY(int, graph->nnodes);
	int number = 0;

	search->number = ZM_ARRAY(int, graph->nnodes);
	search->size = ZM_ARRAY(int, graph->nnodes);
	for (int i = 0; i < graph->nnodes; i++)
		search->size[i] = 1;
	for (int i = graph->nnodes - 1; i >= 0; i--)
	{
		ZmRev rev = graph->sorted[i];
		ZmRev parent = tree_parent(graph, rev);

		if (parent != ZM_NOWHERE)
			search->size[parent] += search->size[rev];
	}
	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmRev rev = graph->sorted[i];
		ZmRev parent = tree_parent(graph, rev);
		int *free = parent == ZM_NOWHERE ? &number : &next[parent];

		search->number[rev] = *free;
		*free += search->size[rev];
		next[rev] = search->number[rev] + 1;
	}
	pfree(next);
}

static ZmRev
tree_parent(const ZmGraph *graph, ZmRev rev)
{
	const ZmRevs *needed = &graph->all_down[rev];

	return needed->count == 0 ? ZM_NOWHERE : needed->revs[0];
}

static void
push_frame(ZmBlockers *search, ZmRev rev, int limit)
{
	search->frames[search->nframes++] = (Frame){rev, limit, ZM_NOWHERE};
}

/*
 * Tries to settle a revision's first place from what is known of its
 * children: true with an exact place and its witness, or with a bound beyond
 * the limit and no witness.  False if a child was pushed to be searched.  The
 * place the root of a search holds itself does not count.
 */
static bool
look_into(ZmOrder *order, Frame *frame, bool is_root, int *place,
		  ZmRev *witness)
{
	ZmBlockers *search = order->blockers;
	HeapEntry *best = best_child(order, frame->rev);
	int own = is_root ? -1 : order->slot_of[frame->rev];
	int bound = best == NULL ? NO_PLACE : best->bound;

	bound = open_place(order, Max(bound, search->bound[frame->rev]));
	*witness = ZM_NOWHERE;
	*place = bound;
	if (own >= 0 && own <= bound)
	{
		*place = own;
		*witness = frame->rev;
		return true;
	}
	if (bound == NO_PLACE || bound > frame->limit)
		return true;
	if (is_above(search, order->slots[bound].rev, frame->rev))
		*witness = order->slots[bound].rev;
	else if (is_exact(order, best->child) &&
			 search->bound[best->child] == bound)
		*witness = search->witness[best->child];
	else if (frame->asked != ZM_NOWHERE && is_exact(order, frame->asked) &&
			 search->bound[frame->asked] == bound)
		*witness = search->witness[frame->asked];
	if (*witness != ZM_NOWHERE)
		return true;
	frame->asked = best->child;
	push_frame(search, best->child,
			   Min(Min(frame->limit, own >= 0 ? own : NO_PLACE),
				   Max(bound, second_bound(search, frame->rev))));
	return false;
}

/*
 * Is it above by first parents?
 */
static bool
is_above(const ZmBlockers *search, ZmRev upper, ZmRev lower)
{
	return upper != lower && search->number[upper] >= search->number[lower] &&
		   search->number[upper] < search->number[lower] + search->size[lower];
}

/*
 * The first place from here on that is not closed.
 */
static int
open_place(const ZmOrder *order, int place)
{
	while (place < order->nslots && order->slots[place].rev == ZM_NOWHERE)
	{
		int further = order->slots[place].next_open;

		if (further < order->nslots && order->slots[further].rev == ZM_NOWHERE)
			order->slots[place].next_open = order->slots[further].next_open;
		place = further;
	}
	return place < order->nslots ? place : NO_PLACE;
}

static bool
is_exact(const ZmOrder *order, ZmRev rev)
{
	const ZmBlockers *search = order->blockers;

	return search->witness[rev] != ZM_NOWHERE &&
		   order->slots[search->bound[rev]].rev == search->witness[rev];
}

/*
 * All children that still block, by their bounds.
 */
static void
make_heap(ZmOrder *order, ZmRev rev)
{
	ZmBlockers *search = order->blockers;
	const ZmRevs *children = &order->graph->nodes[rev].all_next;
	HeapEntry *heap = search->block;
	int size = 0;

	for (int i = 0; i < children->count; i++)
	{
		ZmRev child = children->revs[i];

		if (order->role[child] == ZM_LISTED || order->role[child] == ZM_PASSED)
			heap[size++] = (HeapEntry){search->bound[child], child};
	}
	search->heap[rev] = heap;
	search->heap_size[rev] = size;
	search->block += size;
	for (int i = size / 2 - 1; i >= 0; i--)
		sift_down(heap, size, i);
}

/*
 * The child with the lowest bound, NULL if none is left.  Settled children
 * drop out, and bounds that have grown meanwhile are brought up to date, as
 * they come to the top.
 */
static HeapEntry *
best_child(ZmOrder *order, ZmRev rev)
{
	ZmBlockers *search = order->blockers;
	HeapEntry *heap;
	int *size = &search->heap_size[rev];

	if (search->heap[rev] == NULL)
		make_heap(order, rev);
	heap = search->heap[rev];
	while (*size > 0)
	{
		ZmRev child = heap[0].child;

		if (order->role[child] == ZM_SETTLED)
			heap[0] = heap[--*size];
		else if (search->bound[child] > heap[0].bound)
			heap[0].bound = search->bound[child];
		else
			return heap;
		sift_down(heap, *size, 0);
	}
	return NULL;
}

/*
 * A bound for all children but the best one.
 */
static int
second_bound(const ZmBlockers *search, ZmRev rev)
{
	const HeapEntry *heap = search->heap[rev];
	int bound = NO_PLACE;

	for (int i = 1; i <= 2 && i < search->heap_size[rev]; i++)
		bound = Min(bound, heap[i].bound);
	return bound;
}

static void
sift_down(HeapEntry *heap, int size, int i)
{
	HeapEntry moving = heap[i];

	while (2 * i + 1 < size)
	{
		int child = 2 * i + 1;

		if (child + 1 < size && heap[child + 1].bound < heap[child].bound)
			child++;
		if (heap[child].bound >= moving.bound)
			break;
		heap[i] = heap[child];
		i = child;
	}
	if (size > 0)
		heap[i] = moving;
}
