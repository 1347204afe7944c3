/*
 * steps_places.c
 *
 * A place in a partitioned table must be free before it is taken.
 *
 * Drops come first of all that could be done, so that all places are given up
 * before any is taken, but for tables that are dropped late: when something
 * else has been made or altered.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/steps.h"

static List *places_given_up(const ZmSteps *steps);
static List *places_taken(const ZmDiff *diff, const ZmChange *change);
static bool *find_late(const ZmSteps *steps);

void
zm_order_places(ZmSteps *steps)
{
	List *given_up = places_given_up(steps);
	bool *late = given_up ? find_late(steps) : NULL;
	ListCell *lc;

	foreach (lc, given_up)
	{
		ZmStepNode *drop = lfirst(lc);
		ListCell *taken;

		if (!late[zm_node_root(drop)->number])
			continue;
		foreach (taken, places_taken(steps->diff, drop->change))
			zm_steps_edge(
				steps, drop,
				zm_steps_node(steps, lfirst(taken), ZM_PHASE_CREATE));
	}
}

/* The drops (ZmStepNode *) of those, with their tables, under parents that get
 * others. */
static List *
places_given_up(const ZmSteps *steps)
{
	const ZmDiff *diff = steps->diff;
	bool *gets = palloc0(list_length(diff->new->objects) + 1);
	List *given_up = NIL;

	for (int i = 0; i < steps->nnodes; i++)
	{
		const ZmStepNode *node = steps->nodes[i];
		const ZmObject *parent;

		if (node->phase != ZM_PHASE_CREATE ||
			!zm_is_kind(node->change->new, ZM_KIND_PARTITION))
			continue;
		parent = zm_link_parent(node->change->new);
		if (parent)
			gets[parent->position] = true;
	}
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		const ZmObject *parent;

		if (node->phase != ZM_PHASE_DROP || node->into == NULL ||
			!zm_is_kind(node->change->old, ZM_KIND_PARTITION))
			continue;
		parent = zm_link_parent(node->change->old);
		parent = parent ? zm_old_twin(diff, parent) : NULL;
		if (parent && gets[parent->position])
			given_up = lappend(given_up, node);
	}
	pfree(gets);
	return given_up;
}

/* The changes that put other partitions under the table of this one. */
static List *
places_taken(const ZmDiff *diff, const ZmChange *change)
{
	const ZmObject *parent = zm_link_parent(change->old);
	List *taken = NIL;
	ListCell *lc;

	parent = parent ? zm_old_twin(diff, parent) : NULL;
	foreach (lc, parent ? parent->dependents : NIL)
	{
		const ZmObject *link = lfirst(lc);
		ZmChange *other = zm_new_change(diff, link);

		if (zm_is_kind(link, ZM_KIND_PARTITION) && zm_change_comes(other) &&
			zm_link_parent(link) == parent && other != change)
			taken = lappend(taken, other);
	}
	return taken;
}

/* By number: what waits for something that is made or altered. */
static bool *
find_late(const ZmSteps *steps)
{
	int *first =
		palloc_extended(sizeof(int) * (steps->nnodes + 1), MCXT_ALLOC_HUGE);
	int *next =
		palloc_extended(sizeof(int) * (steps->nedges + 1), MCXT_ALLOC_HUGE);
	bool *late =
		palloc_extended(steps->nnodes + 1, MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	List *queue = NIL;

	for (int i = 0; i < steps->nnodes; i++)
		first[i] = -1;
	for (int i = 0; i < steps->nedges; i++)
	{
		int before =
			zm_node_root(steps->nodes[steps->edges[i].before])->number;

		next[i] = first[before];
		first[before] = i;
	}
	for (int i = 0; i < steps->nnodes; i++)
	{
		late[i] = steps->nodes[i]->into == NULL &&
				  steps->nodes[i]->phase > ZM_PHASE_ASIDE;
		if (late[i])
			queue = lappend_int(queue, i);
	}
	for (int i = 0; i < list_length(queue); i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int edge = first[list_nth_int(queue, i)]; edge >= 0;
			 edge = next[edge])
		{
			int after =
				zm_node_root(steps->nodes[steps->edges[edge].after])->number;

			if (!late[after])
			{
				late[after] = true;
				queue = lappend_int(queue, after);
			}
		}
	}
	pfree(first);
	pfree(next);
	return late;
}
