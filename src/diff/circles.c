/*
 * circles.c
 *
 * Functions and views that need each other.
 *
 * Within a circle it is enough that what is needed can be named: it holds its
 * place (see untangle.c), or is there and is called as before while it gets
 * its new body.  Whatever else needs one of a circle may run it, and so waits
 * for all of it.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "diff/steps.h"

static bool is_member(const ZmChange *change);

void
zm_find_circles(ZmSteps *steps)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, steps->diff->changes)
		count = Max(count, ((ZmChange *) lfirst(lc))->circle);
	steps->circles = palloc0(sizeof(List *) * (count + 1));
	foreach (lc, steps->diff->changes)
	{
		ZmChange *change = lfirst(lc);
		List **circle = &steps->circles[change->circle];

		if (change->circle != 0 && is_member(change))
			*circle = lappend(*circle, change);
	}
}

/* Tables and the like in a circle are what its functions are about. */
static bool
is_member(const ZmChange *change)
{
	if (change->new == NULL)
		return false;
	return zm_rules(change->new->kind)->holds_place != NULL;
}

bool
zm_in_one_circle(const ZmSteps *steps, const ZmChange *change,
				 const ZmChange *other)
{
	if (zm_is_kind(change->new, ZM_KIND_COLUMN))
		change = zm_new_change(steps->diff, change->new->parent);
	return change && other && change->circle != 0 &&
		   change->circle == other->circle;
}

bool
zm_stays_callable(const ZmChange *change)
{
	return zm_change_stays(change) &&
		   (zm_is_kind(change->new, ZM_KIND_FUNCTION) ||
			zm_is_kind(change->new, ZM_KIND_PROCEDURE)) &&
		   !zm_differs(change->old, change->new, "default count");
}

void
zm_await_circle(ZmSteps *steps, const ZmChange *member, const ZmStepNode *make)
{
	ListCell *lc;

	if (!is_member(member))
		return;
	foreach (lc, steps->circles[member->circle])
	{
		const ZmChange *other = lfirst(lc);

		for (int phase = ZM_PHASE_CREATE; phase <= ZM_PHASE_ALTER; phase++)
			zm_steps_edge(steps, zm_steps_node(steps, other, phase), make);
	}
}
