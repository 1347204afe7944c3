/*
 * steps_types.c
 *
 * The order in which columns come from one type to another: those of typed
 * tables, and those that hold text in between.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/steps.h"

/* A table that is altered leaves its type first, then its columns change, and
 * then it becomes one of the other type. */
void
zm_order_typed(ZmSteps *steps, const ZmChange *change)
{
	const ZmStepNode *end =
		steps->by_change[change->number][ZM_PHASE_COMPLETE];
	ListCell *lc;

	foreach (lc, change->old->children)
	{
		const ZmChange *part = zm_old_change(steps->diff, lfirst(lc));

		if (part == NULL || !zm_is_kind(part->old, ZM_KIND_COLUMN))
			continue;
		zm_steps_edge(steps, steps->by_change[change->number][ZM_PHASE_ALTER],
					  steps->by_change[part->number][ZM_PHASE_DROP]);
		zm_steps_edge(steps, steps->by_change[change->number][ZM_PHASE_ALTER],
					  steps->by_change[part->number][ZM_PHASE_ASIDE]);
		zm_steps_edge(steps, steps->by_change[part->number][ZM_PHASE_DROP],
					  end);
		zm_steps_edge(steps, steps->by_change[part->number][ZM_PHASE_ALTER],
					  end);
	}
	foreach (lc, change->new->children)
	{
		const ZmChange *part = zm_new_change(steps->diff, lfirst(lc));

		if (part && zm_is_kind(part->new, ZM_KIND_COLUMN))
			zm_steps_edge(
				steps, steps->by_change[part->number][ZM_PHASE_CREATE], end);
	}
}

/* A column becomes text where its type is dropped: what that disturbs has to
 * be gone by then. */
void
zm_order_detour(ZmSteps *steps, const ZmStepNode *drop, const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, column->needs)
	{
		const ZmChange *type = zm_old_change(steps->diff, lfirst(lc));

		if (type && type->detour)
			zm_steps_edge(steps, drop,
						  steps->by_change[type->number][ZM_PHASE_DROP]);
	}
}

/* A column of a typed table changes where its type's attribute does. */
void
zm_order_followed(ZmSteps *steps, const ZmStepNode *drop,
				  const ZmObject *column)
{
	const ZmObject *attribute =
		zm_followed_attribute(steps->diff, column, true);
	const ZmChange *other =
		attribute ? zm_old_change(steps->diff, attribute) : NULL;

	if (other)
		zm_steps_edge(steps, drop,
					  steps->by_change[other->number][ZM_PHASE_ALTER]);
}
