/*
 * rules_foreign.c
 *
 * Foreign data wrappers: when their options are looked at.
 *
 * A validator may refuse options that were set before it was.  A wrapper that
 * is made, or gets another validator or other options, is therefore without
 * one until everything below it has the options that it is to have.
 */
#include "postgres.h"

#include "diff/steps.h"

static bool takes_options(const ZmObject *object, const ZmObject *needed);
static void order_below(ZmSteps *steps, const ZmObject *object,
						const ZmStepNode *complete);

const ZmRules zm_rules_foreign_data_wrapper = {.usable_early = true};

bool
zm_validates_last(const ZmChange *change)
{
	const ZmObject *new = change->new;

	if (new == NULL || !zm_is_kind(new, ZM_KIND_FOREIGN_DATA_WRAPPER) ||
		zm_get(new, "validator") == NULL)
		return false;
	if (change->old && !change->replaced)
		return zm_differs(change->old, new, "validator") ||
			   zm_differs(change->old, new, "options");
	return zm_get(new, "options") || new->dependents != NIL;
}

void
zm_order_validator(ZmSteps *steps, const ZmChange *change)
{
	order_below(steps, change->new,
				zm_steps_node(steps, change, ZM_PHASE_COMPLETE));
}

/* Its servers, their user mappings and tables, and the columns of these. */
static void
order_below(ZmSteps *steps, const ZmObject *object, const ZmStepNode *complete)
{
	List *below = list_concat_copy(object->dependents, object->children);
	ListCell *lc;

	foreach (lc, below)
	{
		const ZmObject *part = lfirst(lc);
		const ZmChange *change = zm_new_change(steps->diff, part);

		if (!takes_options(part, object))
			continue;
		if (change)
		{
			zm_steps_edge(steps, zm_steps_node(steps, change, ZM_PHASE_CREATE),
						  complete);
			zm_steps_edge(steps, zm_steps_node(steps, change, ZM_PHASE_ALTER),
						  complete);
		}
		order_below(steps, part, complete);
	}
	list_free(below);
}

/* Does it have options that are for the other one's validator? */
static bool
takes_options(const ZmObject *object, const ZmObject *needed)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_SERVER:
			return zm_is_kind(needed, ZM_KIND_FOREIGN_DATA_WRAPPER);
		case ZM_KIND_USER_MAPPING:
		case ZM_KIND_FOREIGN_TABLE:
			return zm_is_kind(needed, ZM_KIND_SERVER);
		case ZM_KIND_COLUMN:
			return zm_is_kind(needed, ZM_KIND_FOREIGN_TABLE) &&
				   object->parent == needed;
		default:
			return false;
	}
}
