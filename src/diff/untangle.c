/*
 * untangle.c
 *
 * Cutting the cycles among the steps.
 *
 * In this order: parts that were to be said together with something are said
 * apart (mutual foreign keys, a default that calls a function over its own
 * table); drops that need each other become one with CASCADE; a view or
 * function is made as a placeholder first; a type steps aside for its successor until columns
 * have moved (two types that change places under them); an object that was to
 * be altered is made anew.
 */
#include "postgres.h"

#include "diff/steps.h"

static bool say_apart(ZmSteps *steps);
static bool drop_together(ZmSteps *steps);
static bool hold_place(ZmSteps *steps);
static void find_circles(const ZmSteps *steps, int *circles);
static bool can_hold_place(const ZmStepNode *node);
static bool step_aside(ZmSteps *steps);
static bool make_anew(ZmSteps *steps);
static bool in_cycle(const ZmStepNode *node);

bool
zm_steps_untangle(ZmSteps *steps)
{
	while (zm_steps_components(steps) > 0)
	{
		if (say_apart(steps) || drop_together(steps))
			continue;
		if (hold_place(steps) || step_aside(steps) || make_anew(steps))
			return false;
		/* Nothing more is known to help; the order is then by rank. */
		break;
	}
	return true;
}

static bool
in_cycle(const ZmStepNode *node)
{
	return node->into == NULL && node->component >= 0;
}

/* Every part that ties its whole into the cycle is said by itself. */
static bool
say_apart(ZmSteps *steps)
{
	bool any = false;

	for (int i = 0; i < steps->nedges; i++)
	{
		ZmStepNode *ends[2] = {steps->nodes[steps->edges[i].before],
							   steps->nodes[steps->edges[i].after]};
		ZmStepNode *roots[2] = {zm_node_root(ends[0]), zm_node_root(ends[1])};

		if (roots[0] == roots[1] || !in_cycle(roots[0]) ||
			!in_cycle(roots[1]) || roots[0]->component != roots[1]->component)
			continue;
		for (int end = 0; end < 2; end++)
		{
			if (ends[end]->into == NULL || ends[end]->tied)
				continue;
			ends[end]->into = NULL;
			ends[end]->silent = false;
			ends[end]->component = -1;
			any = true;
		}
	}
	return any;
}

/* One drop for a whole cycle of drops. */
static bool
drop_together(ZmSteps *steps)
{
	ZmStepNode **heads =
		palloc_extended(sizeof(ZmStepNode *) * (steps->nnodes + 1),
						MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	bool *mixed =
		palloc_extended(steps->nnodes + 1, MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	bool any = false;

	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];

		if (!in_cycle(node))
			continue;
		if (node->phase != ZM_PHASE_DROP)
			mixed[node->component] = true;
		else if (heads[node->component] == NULL ||
				 node->change->old->position <
					 heads[node->component]->change->old->position)
			heads[node->component] = node;
	}
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		ZmStepNode *head;

		if (!in_cycle(node) || mixed[node->component])
			continue;
		head = heads[node->component];
		if (head == node)
			continue;
		head->change->cascade = true;
		node->into = head;
		node->silent = true;
		node->tied = true;
		any = true;
	}
	pfree(heads);
	pfree(mixed);
	return any;
}

/* All that can of a cycle; and the circle is noted in all its changes. */
static bool
hold_place(ZmSteps *steps)
{
	int *circles = palloc_extended(sizeof(int) * (steps->nnodes + 1),
								   MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	bool any = false;

	find_circles(steps, circles);
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		ZmChange *change = node->change;

		if (!in_cycle(node) || circles[node->component] == 0)
			continue;
		if (node->phase == ZM_PHASE_CREATE && can_hold_place(node) &&
			!change->placeholder)
			change->placeholder = any = true;
		if (change->circle != circles[node->component])
		{
			change->circle = circles[node->component];
			any = true;
		}
	}
	pfree(circles);
	return any;
}

/* By component, if something in it can hold its place: the least number that
 * one of them has already, else a new one. */
static void
find_circles(const ZmSteps *steps, int *circles)
{
	int last = 0;
	ListCell *lc;

	foreach (lc, steps->diff->changes)
		last = Max(last, ((ZmChange *) lfirst(lc))->circle);
	for (int i = 0; i < steps->nnodes; i++)
	{
		const ZmStepNode *node = steps->nodes[i];

		if (in_cycle(node) && can_hold_place(node) &&
			circles[node->component] == 0)
			circles[node->component] = ++last;
	}
	for (int i = 0; i < steps->nnodes; i++)
	{
		const ZmStepNode *node = steps->nodes[i];
		int *circle;

		if (!in_cycle(node) || node->change->circle == 0)
			continue;
		circle = &circles[node->component];
		if (*circle != 0)
			*circle = Min(*circle, node->change->circle);
	}
}

/* Or does it, and is now completed; or is it there, and stays what it is for
 * the others? */
static bool
can_hold_place(const ZmStepNode *node)
{
	const ZmRules *rules;

	if (node->phase == ZM_PHASE_COMPLETE)
		return node->change->placeholder;
	if (node->phase == ZM_PHASE_ALTER)
		return zm_stays_callable(node->change);
	if (node->phase != ZM_PHASE_CREATE)
		return false;
	rules = zm_rules(node->change->new->kind);
	return rules->holds_place && rules->holds_place(node->change->new);
}

static bool
step_aside(ZmSteps *steps)
{
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];

		if (in_cycle(zm_node_root(node)) && node->phase == ZM_PHASE_DROP &&
			zm_diff_set_aside(steps->diff, node->change))
			return true;
	}
	return false;
}

/* What has no rows is dropped and made again instead of altered. */
static bool
make_anew(ZmSteps *steps)
{
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];

		if (!in_cycle(node) || node->phase != ZM_PHASE_ALTER ||
			node->change->old->kind->with_table)
			continue;
		zm_diff_replace(steps->diff, node->change->old);
		return true;
	}
	return false;
}
