/*
 * steps.c
 *
 * What has to be done, and what has to be done before what.
 *
 * Drops come before those of what they need, makes behind; an alteration
 * comes behind the making of what it will need and before the drop of what it
 * needed.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "diff/inheriting.h"
#include "diff/steps.h"

static void add_nodes(ZmSteps *steps);
static bool is_structural(const ZmDiff *diff, const ZmChange *change);
static bool names_itself(const ZmObject *object);
static ZmStepNode *add_node(ZmSteps *steps, ZmChange *change, ZmPhase phase);
static bool has_late_needs(const ZmObject *object);
static bool is_late(const ZmSteps *steps, const ZmChange *change,
					const ZmObject *needed);
static void order_by_needs(ZmSteps *steps, ZmChange *change);
static void order_by_rows(ZmSteps *steps, ZmChange *change);
static List *ordering_needs(const ZmSteps *steps, const ZmObject *object);
static List *awaited(const ZmSteps *steps, const ZmObject *object);
static void order_below(ZmSteps *steps, const ZmChange *change);
static void order_own(ZmSteps *steps, const ZmChange *change);
static void order_texts(ZmSteps *steps, const ZmChange *change);
static void order_old(ZmSteps *steps, ZmChange *change, ZmObject *needed);
static void order_old_type(ZmSteps *steps, const ZmChange *change,
						   const ZmObject *type);
static bool is_own_column(const ZmObject *column, const ZmObject *table);
static bool waits(const ZmSteps *steps, const ZmChange *change);
static void order_new(ZmSteps *steps, ZmChange *change, ZmObject *needed);
static bool needs_old(const ZmSteps *steps, const ZmChange *change,
					  const ZmChange *other);
static void order_rows(ZmSteps *steps, const ZmChange *change,
					   const ZmObject *table);
static bool awaits_rest(const ZmSteps *steps, const ZmChange *change,
						const ZmChange *other);

ZmSteps *
zm_steps_build(ZmDiff *diff)
{
	ZmSteps *steps = palloc0(sizeof(ZmSteps));
	ListCell *lc;

	steps->diff = diff;
	zm_find_overloads(diff);
	add_nodes(steps);
	zm_find_circles(steps);
	foreach (lc, diff->changes)
	{
		ZmChange *change = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		order_own(steps, change);
		order_by_needs(steps, change);
		zm_order_overloads(steps, change);
		zm_order_row_holders(steps, change);
		zm_order_targets(steps, change);
	}
	zm_order_names(steps);
	return steps;
}

void
zm_steps_free(ZmSteps *steps)
{
	for (int i = 0; i < steps->nnodes; i++)
		pfree(steps->nodes[i]);
	pfree(steps->nodes);
	pfree(steps->by_change);
	pfree(steps->circles);
	if (steps->edges)
		pfree(steps->edges);
	pfree(steps);
}

ZmStepNode *
zm_steps_node(const ZmSteps *steps, const ZmChange *change, ZmPhase phase)
{
	return steps->by_change[change->number][phase];
}

ZmObject *
zm_node_object(const ZmStepNode *node)
{
	return node->phase == ZM_PHASE_DROP ||
				   (node->phase == ZM_PHASE_ASIDE && !node->change->early)
			   ? node->change->old
			   : node->change->new;
}

ZmStepNode *
zm_node_root(ZmStepNode *node)
{
	while (node->into)
		node = node->into;
	return node;
}

static void
add_nodes(ZmSteps *steps)
{
	int count = list_length(steps->diff->changes);
	int number = 0;
	ListCell *lc;

	steps->nodes = MemoryContextAllocHuge(
		CurrentMemoryContext, sizeof(ZmStepNode *) * count * ZM_PHASE_COUNT);
	steps->by_change = MemoryContextAllocHuge(
		CurrentMemoryContext, sizeof(*steps->by_change) * count);
	foreach (lc, steps->diff->changes)
	{
		ZmChange *change = lfirst(lc);

		change->number = number++;
		change->structural = is_structural(steps->diff, change);
		memset(steps->by_change[change->number], 0, sizeof(*steps->by_change));
		if (change->old && (change->new == NULL || change->replaced))
			add_node(steps, change, ZM_PHASE_DROP);
		if (change->aside || change->early || change->bare ||
			change->overloads || (change->texts && !change->replaced))
			add_node(steps, change, ZM_PHASE_ASIDE);
		if (change->new && (change->old == NULL || change->replaced))
		{
			if (names_itself(change->new))
				change->placeholder = true;
			add_node(steps, change, ZM_PHASE_CREATE);
			if (change->placeholder || has_late_needs(change->new) ||
				zm_validates_last(change))
				add_node(steps, change, ZM_PHASE_COMPLETE);
		}
		else if (change->new)
		{
			add_node(steps, change, ZM_PHASE_ALTER);
			if (zm_becomes_typed(change) || zm_validates_last(change) ||
				zm_links_last(change))
				add_node(steps, change, ZM_PHASE_COMPLETE);
		}
	}
}

/* Who only gets another comment or other privileges is in nobody's way. */
static bool
is_structural(const ZmDiff *diff, const ZmChange *change)
{
	int count;

	if (change->old == NULL || change->new == NULL || change->replaced ||
		change->retyped || change->bare)
		return true;
	count = zm_attribute_count(change->new->kind);
	/* What has no name in SQL has these as its own. */
	for (int i = change->new->kind->sql ? ZM_COMMON_ATTRIBUTES : 0; i < count;
		 i++)
	{
		if (zm_attribute_differs(diff, change->old, change->new, i))
			return true;
	}
	return false;
}

/* Must it be there for its definition to be read? */
static bool
names_itself(const ZmObject *object)
{
	const ZmRules *rules = zm_rules(object->kind);

	return rules->holds_place && zm_needs(object, object) &&
		   rules->holds_place(object);
}

static ZmStepNode *
add_node(ZmSteps *steps, ZmChange *change, ZmPhase phase)
{
	ZmStepNode *node = palloc0(sizeof(ZmStepNode));

	node->change = change;
	node->phase = phase;
	node->number = steps->nnodes;
	steps->nodes[steps->nnodes++] = node;
	steps->by_change[change->number][phase] = node;
	return node;
}

static bool
has_late_needs(const ZmObject *object)
{
	const ZmRules *rules = zm_rules(object->kind);
	ListCell *lc;

	if (rules->late == NULL)
		return false;
	foreach (lc, object->needs)
	{
		if (rules->late(object, lfirst(lc)))
			return true;
	}
	return false;
}

/* Is the need one that only the COMPLETE step has? */
static bool
is_late(const ZmSteps *steps, const ZmChange *change, const ZmObject *needed)
{
	const ZmRules *rules = zm_rules(change->new->kind);

	if (needed == change->new->parent)
		return false;
	if (zm_becomes_typed(change))
		return zm_is_kind(needed, ZM_KIND_COMPOSITE_TYPE);
	/* A materialized view that a function is used in is not what the function
	 * is about. */
	if (change->placeholder)
		return !rules->place_needs(needed) ||
			   (zm_is_kind(needed, ZM_KIND_MATERIALIZED_VIEW) &&
				zm_in_one_circle(steps, change,
								 zm_new_change(steps->diff, needed)));
	return rules->late && rules->late(change->new, needed);
}

void
zm_steps_edge(ZmSteps *steps, const ZmStepNode *before,
			  const ZmStepNode *after)
{
	if (before == NULL || after == NULL || before == after)
		return;
	if (steps->nedges == steps->edges_room)
	{
		steps->edges_room = Max(1024, steps->edges_room * 2);
		steps->edges =
			steps->edges == NULL
				? MemoryContextAllocHuge(CurrentMemoryContext,
										 sizeof(ZmEdge) * steps->edges_room)
				: repalloc_huge(steps->edges,
								sizeof(ZmEdge) * steps->edges_room);
	}
	steps->edges[steps->nedges].before = before->number;
	steps->edges[steps->nedges].after = after->number;
	steps->nedges++;
}

static void
order_by_needs(ZmSteps *steps, ZmChange *change)
{
	ListCell *lc;

	if (change->old)
	{
		foreach (lc, ordering_needs(steps, change->old))
			order_old(steps, change, lfirst(lc));
		foreach (lc, awaited(steps, change->old))
			order_old(steps, change, lfirst(lc));
		if (change->old->parent)
			order_old(steps, change, change->old->parent);
	}
	if (change->new)
	{
		foreach (lc, ordering_needs(steps, change->new))
		{
			order_new(steps, change, lfirst(lc));
			if (zm_is_kind(change->new, ZM_KIND_COLUMN) ||
				zm_uses_rows(change->new))
				order_rows(steps, change, lfirst(lc));
		}
		foreach (lc, awaited(steps, change->new))
			order_new(steps, change, lfirst(lc));
		if (change->new->parent)
			order_new(steps, change, change->new->parent);
	}
	order_by_rows(steps, change);
	if (zm_change_stays(change))
		order_below(steps, change);
}

/* What has rows in it, as values, is gone, or without them, while the columns or
 * attributes of these change; and it gets them when all of those are there. */
static void
order_by_rows(ZmSteps *steps, ZmChange *change)
{
	ListCell *lc;

	if (change->old && zm_uses_rows(change->old) &&
		(zm_change_leaves(change) || change->bare))
	{
		foreach (lc, zm_parts_of_rows(change->old))
			order_old(steps, change, lfirst(lc));
	}
	if (change->new != NULL && zm_uses_rows(change->new))
	{
		foreach (lc, zm_parts_of_rows(change->new))
			order_new(steps, change, lfirst(lc));
	}
}

static List *
ordering_needs(const ZmSteps *steps, const ZmObject *object)
{
	const ZmRules *rules = zm_rules(object->kind);
	List *needs = NIL;
	ListCell *lc;

	if (rules->disregards == NULL)
		return object->needs;
	foreach (lc, object->needs)
	{
		if (!rules->disregards(steps->diff, object, lfirst(lc)))
			needs = lappend(needs, lfirst(lc));
	}
	return needs;
}

static List *
awaited(const ZmSteps *steps, const ZmObject *object)
{
	const ZmRules *rules = zm_rules(object->kind);

	return rules->awaits ? rules->awaits(steps->diff, object) : NIL;
}

/* An alteration, and what passes on its own to this object. */
static void
order_below(ZmSteps *steps, const ZmChange *change)
{
	const ZmRules *rules = zm_rules(change->new->kind);
	ZmStepNode *alter = steps->by_change[change->number][ZM_PHASE_ALTER];
	ListCell *lc;

	if (rules->obeys == NULL)
		return;
	foreach (lc, rules->obeys(steps->diff, change->old))
	{
		ZmChange *other = zm_old_change(steps->diff, lfirst(lc));

		if (other == NULL)
			continue;
		zm_steps_edge(steps, steps->by_change[other->number][ZM_PHASE_DROP],
					  alter);
		zm_steps_edge(steps, steps->by_change[other->number][ZM_PHASE_ALTER],
					  alter);
	}
	foreach (lc, rules->obeys(steps->diff, change->new))
	{
		ZmChange *other = zm_new_change(steps->diff, lfirst(lc));

		if (other)
			zm_steps_edge(steps, alter,
						  steps->by_change[other->number][ZM_PHASE_CREATE]);
	}
}

/* Between the steps of one change. */
static void
order_own(ZmSteps *steps, const ZmChange *change)
{
	ZmStepNode *const *own = steps->by_change[change->number];

	if (change->bare)
	{
		zm_steps_edge(steps, own[ZM_PHASE_ASIDE], own[ZM_PHASE_ALTER]);
		zm_steps_edge(steps, own[ZM_PHASE_ASIDE], own[ZM_PHASE_DROP]);
	}
	if (change->aside)
	{
		zm_steps_edge(steps, own[ZM_PHASE_ASIDE], own[ZM_PHASE_CREATE]);
		zm_steps_edge(steps, own[ZM_PHASE_CREATE], own[ZM_PHASE_DROP]);
	}
	else if (change->old && !waits(steps, change))
		zm_steps_edge(steps, own[ZM_PHASE_DROP], own[ZM_PHASE_CREATE]);
	if (change->early)
	{
		zm_steps_edge(steps, own[ZM_PHASE_DROP], own[ZM_PHASE_ASIDE]);
		zm_steps_edge(steps, own[ZM_PHASE_ASIDE], own[ZM_PHASE_CREATE]);
	}
	if (change->texts)
		order_texts(steps, change);
	zm_steps_edge(steps, own[ZM_PHASE_CREATE], own[ZM_PHASE_COMPLETE]);
	zm_steps_edge(steps, own[ZM_PHASE_ALTER], own[ZM_PHASE_COMPLETE]);
	if (zm_validates_last(change))
		zm_order_validator(steps, change);
	else if (zm_becomes_typed(change))
		zm_order_typed(steps, change);
	else if (own[ZM_PHASE_COMPLETE] &&
			 zm_is_kind(change->new, ZM_KIND_SEQUENCE))
		zm_order_link(steps, change);
}

/* What a parent table's column becomes, those below it become. */
static void
order_texts(ZmSteps *steps, const ZmChange *change)
{
	ZmStepNode *const *own = steps->by_change[change->number];
	ListCell *lc;

	zm_steps_edge(steps, own[ZM_PHASE_ASIDE], own[ZM_PHASE_ALTER]);
	foreach (lc, zm_parent_columns(steps->diff, change->old))
	{
		const ZmChange *above = zm_old_change(steps->diff, lfirst(lc));

		if (above)
			zm_steps_edge(steps, own[ZM_PHASE_ASIDE],
						  steps->by_change[above->number][ZM_PHASE_ASIDE]);
	}
}

/* The old object of a change needs another one, or is a part of it. */
static void
order_old(ZmSteps *steps, ZmChange *change, ZmObject *needed)
{
	ZmStepNode *const *own = steps->by_change[change->number];
	ZmChange *other = zm_old_change(steps->diff, needed);
	ZmStepNode *const *theirs;

	if (other == NULL)
		return;
	theirs = steps->by_change[other->number];
	/* A domain gives its default up when it steps aside. */
	if ((change->aside || change->bare) &&
		zm_is_needed_by_default(change->old, needed))
	{
		zm_steps_edge(steps, own[ZM_PHASE_ASIDE], theirs[ZM_PHASE_DROP]);
		if (zm_is_kind(needed, ZM_KIND_COLUMN))
			zm_steps_edge(steps, own[ZM_PHASE_ASIDE], theirs[ZM_PHASE_ALTER]);
		return;
	}
	zm_steps_edge(steps, own[ZM_PHASE_DROP], theirs[ZM_PHASE_DROP]);
	/* Its drop names it, and it may be named by what it needs: a function by
	 * the types of its arguments. */
	if (!waits(steps, change) && other->overloads == NIL &&
		(other->aside || !other->bare))
		zm_steps_edge(steps, own[ZM_PHASE_DROP], theirs[ZM_PHASE_ASIDE]);
	/* A type loses attributes when it steps aside. */
	if (zm_is_kind(needed, ZM_KIND_ATTRIBUTE) && !waits(steps, change))
		order_old_type(steps, change, needed->parent);
	/* What is done to the type then is none of its business any more. */
	if (zm_is_kind(change->old, ZM_KIND_TABLE))
		zm_steps_edge(steps, own[ZM_PHASE_ALTER], theirs[ZM_PHASE_ASIDE]);
	/* Its columns are its own only when it has left its type. */
	if (zm_leaves_type(other) && zm_is_kind(change->old, ZM_KIND_COLUMN))
		zm_steps_edge(steps, theirs[ZM_PHASE_ALTER], own[ZM_PHASE_DROP]);
	else if (other->structural && !zm_rules(needed->kind)->alters_in_use &&
			 !is_own_column(change->old, needed))
		zm_steps_edge(steps, own[ZM_PHASE_DROP], theirs[ZM_PHASE_ALTER]);
	/* What it was computed from is free to change then. */
	if (needed != change->old->parent &&
		zm_keeps_what_it_got(steps->diff, change->old))
		zm_steps_edge(steps, own[ZM_PHASE_ALTER], theirs[ZM_PHASE_ALTER]);
	/* Its drop begins with a part of a column's alteration. */
	if (!other->detour || !zm_is_kind(change->old, ZM_KIND_COLUMN))
		zm_steps_edge(steps, own[ZM_PHASE_ALTER], theirs[ZM_PHASE_DROP]);
	if (other->retyped)
		zm_order_detour(steps, own[ZM_PHASE_DROP], needed);
	if (zm_is_kind(needed, ZM_KIND_COLUMN))
		zm_order_followed(steps, own[ZM_PHASE_DROP], needed);
}

/* What a table itself is asked for does not touch its columns: one may have to
 * wait until another one, that is altered behind the table, is not computed
 * from it any more. */
static bool
is_own_column(const ZmObject *column, const ZmObject *table)
{
	return column->parent == table && zm_is_kind(column, ZM_KIND_COLUMN) &&
		   !zm_is_typed(table);
}

static void
order_old_type(ZmSteps *steps, const ZmChange *change, const ZmObject *type)
{
	const ZmChange *other = zm_old_change(steps->diff, type);

	if (other)
		zm_steps_edge(steps, steps->by_change[change->number][ZM_PHASE_DROP],
					  steps->by_change[other->number][ZM_PHASE_ASIDE]);
}

/* Is it, or what it is a part of, still there under another name? */
static bool
waits(const ZmSteps *steps, const ZmChange *change)
{
	const ZmChange *parent;

	if (change->aside || !zm_is_kind(change->old, ZM_KIND_ATTRIBUTE))
		return change->aside;
	parent = zm_old_change(steps->diff, change->old->parent);
	return parent && parent->aside;
}

/* The new object of a change needs another one, or is a part of it. */
static void
order_new(ZmSteps *steps, ZmChange *change, ZmObject *needed)
{
	ZmStepNode *const *own = steps->by_change[change->number];
	ZmChange *other = zm_new_change(steps->diff, needed);
	ZmStepNode *const *theirs;
	ZmStepNode *make;

	if (other == NULL)
		return;
	theirs = steps->by_change[other->number];
	make = own[ZM_PHASE_CREATE] ? own[ZM_PHASE_CREATE] : own[ZM_PHASE_ALTER];
	if (own[ZM_PHASE_COMPLETE] && is_late(steps, change, needed))
		make = own[ZM_PHASE_COMPLETE];
	/* The parts of a table come between. */
	if (theirs[ZM_PHASE_ALTER] && theirs[ZM_PHASE_COMPLETE])
	{
		zm_steps_edge(steps, theirs[ZM_PHASE_ALTER], make);
		return;
	}
	zm_steps_edge(steps, theirs[ZM_PHASE_CREATE], make);
	if (other->circle != 0 && !zm_in_one_circle(steps, change, other))
		zm_await_circle(steps, other, make);
	if (other->structural && !needs_old(steps, change, other))
		zm_steps_edge(steps, theirs[ZM_PHASE_ALTER], make);
	if (awaits_rest(steps, change, other))
		zm_steps_edge(steps, theirs[ZM_PHASE_COMPLETE], make);
}

/* Can it make do with a domain that has no default, or with a function as it was?
 * So can what is in its circle and does not run it at once. */
static bool
needs_old(const ZmSteps *steps, const ZmChange *change, const ZmChange *other)
{
	if (other->bare && zm_needs(other->new, change->new))
		return true;
	return zm_rules(change->new->kind)->holds_place &&
		   zm_stays_callable(other) && zm_in_one_circle(steps, change, other);
}

/* What is to have rows of a table: these do not have its old columns, which may
 * have held rows of this column's table, which no row can be within. */
static void
order_rows(ZmSteps *steps, const ZmChange *change, const ZmObject *table)
{
	ZmStepNode *const *own = steps->by_change[change->number];
	const ZmStepNode *make =
		own[ZM_PHASE_CREATE] ? own[ZM_PHASE_CREATE] : own[ZM_PHASE_ALTER];
	const ZmObject *before = zm_new_twin(steps->diff, table);
	ZmStepNode *const *theirs;
	ListCell *lc;

	if (table == change->new->parent || before == NULL)
		return;
	foreach (lc, before->children)
	{
		const ZmChange *part = zm_old_change(steps->diff, lfirst(lc));

		if (part == NULL || (!zm_is_kind(part->old, ZM_KIND_COLUMN) &&
							 !zm_is_kind(part->old, ZM_KIND_ATTRIBUTE)))
			continue;
		/* It goes with its type when the columns have moved. */
		if (waits(steps, part))
			continue;
		theirs = steps->by_change[part->number];
		zm_steps_edge(steps, theirs[ZM_PHASE_DROP], make);
		zm_steps_edge(steps, theirs[ZM_PHASE_ALTER], make);
	}
}

/* Must the other one be complete before this one needs it? */
static bool
awaits_rest(const ZmSteps *steps, const ZmChange *change,
			const ZmChange *other)
{
	/* Those in its circle make do with what holds its place; a materialized
	 * view would be filled with what it does not give yet. */
	if (other->placeholder)
		return !zm_in_one_circle(steps, change, other) ||
			   (zm_is_kind(other->new, ZM_KIND_VIEW) &&
				zm_is_kind(change->new, ZM_KIND_MATERIALIZED_VIEW));
	return !zm_needs(other->new, change->new) &&
		   !zm_rules(other->new->kind)->usable_early;
}
