/*
 * order.c
 *
 * The steps in the order in which they are done.
 *
 * A topological sort; among steps that could come next, labels of enums come
 * first, which may have to be committed, for nothing should be gone by then
 * that comes again; then drops, the last made being the first dropped, then
 * everything about one table, type or view side by side, in the order of the
 * kinds.  Columns of a table that get other types do so one behind the other,
 * whatever else could come between.
 */
#include "postgres.h"

#include "lib/binaryheap.h"
#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/steps.h"

static void rank_nodes(ZmSteps *steps);
static int by_rank_key(const void *left, const void *right);
static bool gives_labels(const ZmStepNode *node);
static bool have_places(const ZmObject *left, const ZmObject *right);
static bool are_indexes_of_one(const ZmObject *left, const ZmObject *right);
static int by_attachment(const ZmObject *left, const ZmObject *right);
static int place_of(const ZmStepNode *node);
static const ZmObject *whole_of(const ZmObject *object);
static void sort_nodes(ZmSteps *steps);
static ZmStepNode *column_beside(const ZmSteps *steps, const binaryheap *ready,
								 const bool *done, const ZmStepNode *last);
static bool gives_type(const ZmDiff *diff, const ZmStepNode *node);
static bool goes_first(const ZmStepNode *node, const ZmStepNode *other);
static int by_rank(Datum left, Datum right, void *arg);
static void add_step(ZmDiff *diff, ZmStepNode *node);
static void rename_only_for_long(ZmDiff *diff, ZmChange *change);
static void add_parts(ZmSteps *steps);
static int by_position(const ListCell *left, const ListCell *right);

void
zm_diff_order(ZmDiff *diff)
{
	ZmSteps *steps;

	for (;;)
	{
		steps = zm_steps_build(diff);
		zm_steps_fold(steps);
		zm_order_places(steps);
		if (zm_steps_untangle(steps))
			break;
		zm_steps_free(steps);
	}
	rank_nodes(steps);
	sort_nodes(steps);
	zm_spare_overloads(steps);
	add_parts(steps);
	zm_steps_free(steps);
}

static void
rank_nodes(ZmSteps *steps)
{
	ZmStepNode **sorted = palloc_extended(
		sizeof(ZmStepNode *) * (steps->nnodes + 1), MCXT_ALLOC_HUGE);

	memcpy(sorted, steps->nodes, sizeof(ZmStepNode *) * steps->nnodes);
	qsort(sorted, steps->nnodes, sizeof(ZmStepNode *), by_rank_key);
	for (int i = 0; i < steps->nnodes; i++)
		sorted[i]->rank = i;
	pfree(sorted);
}

static int
by_rank_key(const void *left, const void *right)
{
	const ZmStepNode *l = *(const ZmStepNode *const *) left;
	const ZmStepNode *r = *(const ZmStepNode *const *) right;
	bool ldrop = l->phase <= ZM_PHASE_ASIDE;
	bool rdrop = r->phase <= ZM_PHASE_ASIDE;
	const ZmObject *lo = zm_node_object(l);
	const ZmObject *ro = zm_node_object(r);

	if (gives_labels(l) != gives_labels(r))
		return gives_labels(l) ? -1 : 1;
	if (ldrop != rdrop)
		return ldrop ? -1 : 1;
	if (ldrop)
		return ro->position != lo->position ? ro->position - lo->position
											: (int) l->phase - (int) r->phase;
	if (place_of(l) != place_of(r))
		return place_of(l) - place_of(r);
	if (whole_of(lo) != whole_of(ro))
		return whole_of(lo)->position - whole_of(ro)->position;
	if (have_places(lo, ro))
		return atoi(zm_get(lo, "position")) - atoi(zm_get(ro, "position"));
	if (are_indexes_of_one(lo, ro))
	{
		int order = by_attachment(lo, ro);

		if (order != 0)
			return order;
	}
	if (lo->position != ro->position)
		return lo->position - ro->position;
	return (int) l->phase - (int) r->phase;
}

static bool
gives_labels(const ZmStepNode *node)
{
	return node->phase == ZM_PHASE_ALTER && node->change->structural &&
		   zm_is_kind(node->change->new, ZM_KIND_ENUM);
}

/* Are they columns of one table, or attributes of one type?  New ones are added
 * in the order in which the other schema has them. */
static bool
have_places(const ZmObject *left, const ZmObject *right)
{
	return left != right && left->parent == right->parent &&
		   left->kind == right->kind &&
		   (zm_is_kind(left, ZM_KIND_COLUMN) ||
			zm_is_kind(left, ZM_KIND_ATTRIBUTE));
}

static bool
are_indexes_of_one(const ZmObject *left, const ZmObject *right)
{
	return left->parent == right->parent && zm_is_kind(left, ZM_KIND_INDEX) &&
		   zm_is_kind(right, ZM_KIND_INDEX);
}

/* Indexes of a partition stand as those of its parent do, and before those that
 * are its own: the server takes the first one that is like the parent's. */
static int
by_attachment(const ZmObject *left, const ZmObject *right)
{
	const ZmObject *above[2] = {left, right};
	bool attached[2];

	for (int i = 0; i < 2; i++)
	{
		const ZmObject *next = zm_attached_to(above[i]);

		attached[i] = next != NULL;
		for (; next; next = zm_attached_to(next))
			above[i] = next;
	}
	if (attached[0] != attached[1])
		return attached[0] ? -1 : 1;
	return above[0]->position - above[1]->position;
}

/*
 * The kind beside which a step is done.  Defaults and checks may call a new
 * function, which may call others that nobody knows of: all that can come
 * before the tables do so.  A sequence of a column has the owner that its table
 * has got by then, which decides what granting a privilege means.
 */
static int
place_of(const ZmStepNode *node)
{
	ZmKindId kind = zm_kind_id(whole_of(zm_node_object(node))->kind);

	if (node->phase == ZM_PHASE_CREATE && kind == ZM_KIND_FUNCTION)
		return ZM_KIND_SEQUENCE - 1;
	if (node->phase == ZM_PHASE_ALTER && kind == ZM_KIND_SEQUENCE &&
		zm_sequence_column(zm_node_object(node)))
		return ZM_KIND_COLUMN;
	return kind;
}

static const ZmObject *
whole_of(const ZmObject *object)
{
	while (object->parent)
		object = object->parent;
	return object;
}

static void
sort_nodes(ZmSteps *steps)
{
	int n = steps->nnodes;
	int *waits = palloc_extended(sizeof(int) * (n + 1),
								 MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	List **followers = palloc_extended(sizeof(List *) * (n + 1),
									   MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	bool *done = palloc_extended(n + 1, MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	binaryheap *ready = binaryheap_allocate(n + 1, by_rank, NULL);
	ZmStepNode *last = NULL;
	int left = 0;

	for (int i = 0; i < steps->nedges; i++)
	{
		int before =
			zm_node_root(steps->nodes[steps->edges[i].before])->number;
		int after = zm_node_root(steps->nodes[steps->edges[i].after])->number;

		if (before == after)
			continue;
		waits[after]++;
		followers[before] = lappend_int(followers[before], after);
	}
	for (int i = 0; i < n; i++)
	{
		if (steps->nodes[i]->into)
			continue;
		left++;
		if (waits[i] == 0)
			binaryheap_add(ready, PointerGetDatum(steps->nodes[i]));
	}
	while (left > 0)
	{
		ZmStepNode *node = column_beside(steps, ready, done, last);
		ListCell *lc;

		CHECK_FOR_INTERRUPTS();
		if (node != NULL)
			; /* that one, also where it stands in the heap */
		else if (!binaryheap_empty(ready))
			node =
				(ZmStepNode *) DatumGetPointer(binaryheap_remove_first(ready));
		else
		{
			/* A cycle that could not be cut: the lowest rank goes first, but
			 * nothing that only waits for it. */
			for (int i = 0; i < n; i++)
			{
				if (steps->nodes[i]->into == NULL && !done[i] &&
					(node == NULL || goes_first(steps->nodes[i], node)))
					node = steps->nodes[i];
			}
		}
		if (done[node->number])
			continue;
		done[node->number] = true;
		last = node;
		left--;
		add_step(steps->diff, node);
		foreach (lc, followers[node->number])
		{
			int after = lfirst_int(lc);

			if (--waits[after] == 0 && !done[after])
				binaryheap_add(ready, PointerGetDatum(steps->nodes[after]));
		}
	}
	for (int i = 0; i < n; i++)
		list_free(followers[i]);
	binaryheap_free(ready);
	pfree(waits);
	pfree(followers);
	pfree(done);
}

/* If the last step gave a column another type: another column of the table that
 * could get one now; else NULL. */
static ZmStepNode *
column_beside(const ZmSteps *steps, const binaryheap *ready, const bool *done,
			  const ZmStepNode *last)
{
	ZmStepNode *found = NULL;

	if (last == NULL || !gives_type(steps->diff, last))
		return NULL;
	for (int i = 0; i < ready->bh_size; i++)
	{
		ZmStepNode *node = (ZmStepNode *) DatumGetPointer(ready->bh_nodes[i]);

		if (!done[node->number] && gives_type(steps->diff, node) &&
			node->change->new->parent == last->change->new->parent &&
			(found == NULL || node->rank < found->rank))
			found = node;
	}
	return found;
}

static bool
gives_type(const ZmDiff *diff, const ZmStepNode *node)
{
	const ZmChange *change = node->change;

	return node->phase == ZM_PHASE_ALTER &&
		   zm_is_kind(change->new, ZM_KIND_COLUMN) &&
		   zm_is_table_column(change->new) &&
		   zm_column_moves(diff, change->old, change->new);
}

static bool
goes_first(const ZmStepNode *node, const ZmStepNode *other)
{
	if ((node->component >= 0) != (other->component >= 0))
		return node->component >= 0;
	return node->rank < other->rank;
}

/* The heap gives the greatest first. */
static int
by_rank(Datum left, Datum right, void *arg)
{
	const ZmStepNode *l = (const ZmStepNode *) DatumGetPointer(left);
	const ZmStepNode *r = (const ZmStepNode *) DatumGetPointer(right);

	return r->rank - l->rank;
}

static void
add_step(ZmDiff *diff, ZmStepNode *node)
{
	ZmStep *step = palloc0(sizeof(ZmStep));

	if (node->phase == ZM_PHASE_DROP && node->change->overloads)
		rename_only_for_long(diff, node->change);
	step->change = node->change;
	step->phase = node->phase;
	if (node->phase == ZM_PHASE_DROP && node->change->old->parent)
		node->change->apart = true;
	node->step = step;
	node->place = list_length(diff->steps);
	diff->steps = lappend(diff->steps, step);
}

/* A routine that is dropped at once need not be renamed so that nobody finds
 * it. */
static void
rename_only_for_long(ZmDiff *diff, ZmChange *change)
{
	const ZmStep *last = diff->steps ? llast(diff->steps) : NULL;

	if (last == NULL || last->change != change ||
		last->phase != ZM_PHASE_ASIDE)
		return;
	diff->steps = list_delete_last(diff->steps);
	change->overloads = NIL;
}

static void
add_parts(ZmSteps *steps)
{
	ListCell *lc;

	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		ZmStep *whole;

		if (node->into == NULL || node->phase != ZM_PHASE_CREATE)
			continue;
		whole = zm_node_root(node)->step;
		if (node->silent)
			whole->carried = lappend(whole->carried, zm_node_object(node));
		else
			whole->parts = lappend(whole->parts, zm_node_object(node));
	}
	/* The canonical order puts columns before constraints. */
	foreach (lc, steps->diff->steps)
		list_sort(((ZmStep *) lfirst(lc))->parts, by_position);
}

static int
by_position(const ListCell *left, const ListCell *right)
{
	return ((const ZmObject *) lfirst(left))->position -
		   ((const ZmObject *) lfirst(right))->position;
}
