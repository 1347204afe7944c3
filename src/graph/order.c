/*
 * order.c
 *
 * The order of steps: newest to oldest, exactly as Alembic puts them.
 *
 * A frontier of revisions moves down from the starting heads.  The one at
 * the cursor is taken unless another member of the frontier has it among its
 * ancestors; then the cursor jumps to the first such member.  What is taken
 * is replaced in its place by its first parent that is wanted and not yet on
 * the frontier, and the rest of those are appended; without any its place
 * closes and the cursor goes one place back.
 *
 * Alembic keeps a set of ancestors for each member.  Here a revision is
 * blocked as long as it has a child that was not taken: a counter tells.
 * Only then the first member above it has to be found (blocker.c).  Places
 * are numbered in order and never renumbered, so "first" is "lowest".
 *
 * Revisions that are not listed can stand between listed ones (a history
 * that starts from a revision leaves dependencies out).  They block what is
 * below them until nothing above them is left.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "errors.h"
#include "graph/order_internal.h"

static void set_up_region(ZmOrder *order, const bool *listed, bool convex);
static void count_children(ZmOrder *order);
static void append_slot(ZmOrder *order, ZmRev rev);
static void remove_slot(ZmOrder *order, int slot);
static void settle(ZmOrder *order, ZmRev rev);
static int advance(ZmOrder *order, int slot);
pg_noreturn static void report_unreached(const ZmOrder *order,
										 const bool *listed);

/*
 * Puts the listed revisions in order, starting from those of heads that are
 * listed.  convex says that no unlisted revision stands between two listed
 * ones.  Raises ZM005 if a listed revision is not reached, which only a set
 * that is not convex can cause.
 */
ZmRevs
zm_order(const ZmGraph *graph, const bool *listed, const ZmRevs *heads,
		 bool convex)
{
	ZmOrder order = {
		.graph = graph,
		.first = -1,
		.last = -1,
		.settling = zm_revs_make(),
	};
	bool *starts = ZM_ARRAY0(bool, graph->nnodes);
	ZmRevs output;
	int cursor;

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		order.nlisted += listed[rev] ? 1 : 0;
	output.count = 0;
	output.revs = ZM_ARRAY(ZmRev, order.nlisted);
	order.slots = ZM_ARRAY(ZmSlot, order.nlisted);
	order.slot_of = ZM_ARRAY(int, graph->nnodes);
	memset(order.slot_of, 0xff, sizeof(int) * graph->nnodes);

	for (int i = 0; i < heads->count; i++)
		starts[heads->revs[i]] = listed[heads->revs[i]];
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (starts[rev])
			append_slot(&order, rev);
	}
	set_up_region(&order, listed, convex);

	cursor = order.first;
	while (cursor >= 0)
	{
		ZmRev candidate = order.slots[cursor].rev;

		CHECK_FOR_INTERRUPTS();
		if (order.waiting[candidate] > 0)
		{
			cursor = zm_order_blocker(&order, candidate);
			continue;
		}
		output.revs[output.count++] = candidate;
		settle(&order, candidate);
		cursor = advance(&order, cursor);
	}
	if (cursor == ZM_NO_BLOCKER || output.count < order.nlisted)
		report_unreached(&order, listed);
	return output;
}

/*
 * Which revisions take part, and how.
 */
static void
set_up_region(ZmOrder *order, const bool *listed, bool convex)
{
	const ZmGraph *graph = order->graph;
	bool *above = NULL;

	if (!convex)
	{
		ZmRevs frontier = zm_revs_make();

		for (int slot = order->first; slot >= 0;
			 slot = order->slots[slot].next)
			zm_revs_add(&frontier, order->slots[slot].rev);
		above = zm_reachable(graph, &frontier, ZM_TO_NEEDED);
	}
	order->role = ZM_ARRAY(uint8, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (above != NULL && !above[rev])
			order->role[rev] = ZM_OUTSIDE;
		else if (listed[rev])
			order->role[rev] = ZM_LISTED;
		else
			order->role[rev] = convex ? ZM_OUTSIDE : ZM_PASSED;
	}
	count_children(order);
}

static void
count_children(ZmOrder *order)
{
	const ZmGraph *graph = order->graph;

	order->waiting = ZM_ARRAY0(int, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *needed = &graph->all_down[rev];

		if (order->role[rev] == ZM_OUTSIDE)
			continue;
		for (int i = 0; i < needed->count; i++)
			order->waiting[needed->revs[i]]++;
	}
}

static void
append_slot(ZmOrder *order, ZmRev rev)
{
	int slot = order->nslots++;

	Assert(slot < order->nlisted);
	order->slots[slot] = (ZmSlot){rev, order->last, -1, slot + 1};
	if (order->last >= 0)
		order->slots[order->last].next = slot;
	else
		order->first = slot;
	order->last = slot;
	order->slot_of[rev] = slot;
}

static void
remove_slot(ZmOrder *order, int slot)
{
	ZmSlot *gone = &order->slots[slot];

	if (gone->previous >= 0)
		order->slots[gone->previous].next = gone->next;
	else
		order->first = gone->next;
	if (gone->next >= 0)
		order->slots[gone->next].previous = gone->previous;
	else
		order->last = gone->previous;
	gone->rev = ZM_NOWHERE;
}

/*
 * A revision blocks no more, nor do unlisted ones that nothing is left above.
 */
static void
settle(ZmOrder *order, ZmRev rev)
{
	zm_revs_add(&order->settling, rev);
	while (order->settling.count > 0)
	{
		ZmRev done = order->settling.revs[--order->settling.count];
		const ZmRevs *needed = &order->graph->all_down[done];

		order->role[done] = ZM_SETTLED;
		for (int i = 0; i < needed->count; i++)
		{
			ZmRev lower = needed->revs[i];

			if (--order->waiting[lower] == 0 &&
				order->role[lower] == ZM_PASSED)
				zm_revs_add(&order->settling, lower);
		}
	}
}

/*
 * Moves the frontier down from a revision that was taken.  Returns where the
 * cursor goes, -1 when the frontier is empty.
 */
static int
advance(ZmOrder *order, int slot)
{
	ZmRev taken = order->slots[slot].rev;
	const ZmRevs *down = &order->graph->norm_down[taken];
	bool replaced = false;
	int previous = order->slots[slot].previous;

	order->slot_of[taken] = -1;
	for (int i = 0; i < down->count; i++)
	{
		ZmRev rev = down->revs[i];

		if (order->role[rev] != ZM_LISTED || order->slot_of[rev] >= 0)
			continue;
		if (replaced)
		{
			append_slot(order, rev);
			continue;
		}
		order->slots[slot].rev = rev;
		order->slot_of[rev] = slot;
		replaced = true;
	}
	if (replaced)
		return slot;
	remove_slot(order, slot);
	return previous >= 0 ? previous : order->first;
}

static void
report_unreached(const ZmOrder *order, const bool *listed)
{
	const ZmGraph *graph = order->graph;
	ZmRevs missed = zm_revs_make();
	ZmRev top = ZM_NOWHERE;

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *children = &graph->nodes[rev].next;
		bool is_top = true;

		if (!listed[rev] || order->role[rev] == ZM_SETTLED)
			continue;
		zm_revs_add(&missed, rev);
		for (int i = 0; i < children->count; i++)
			is_top &= !listed[children->revs[i]];
		if (is_top)
			top = rev;
	}
	Assert(missed.count > 0);
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
			 errmsg("the upper end of the range is not on the line of the "
					"lower end"),
			 errdetail("Only dependencies lead from the upper end to %s.",
					   zm_quote_revs(graph, &missed)),
			 errhint("Name the upper end of that line behind the colon: "
					 "\"%s\".",
					 zm_id(graph, top == ZM_NOWHERE ? missed.revs[0] : top))));
}
