/*
 * steps_targets.c
 *
 * A foreign key finds the key that it is to reference by its columns, and takes
 * the first one: those that go must be gone by then.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/steps.h"

static bool can_be_target(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *key);

void
zm_order_targets(ZmSteps *steps, const ZmChange *change)
{
	const ZmDiff *diff = steps->diff;
	const ZmObject *table;
	ListCell *lc;

	if (!zm_change_comes(change) ||
		!zm_is_kind(change->new, ZM_KIND_FOREIGN_KEY))
		return;
	table = zm_referenced_table(change->new);
	table = table ? zm_new_twin(diff, table) : NULL;
	foreach (lc, table ? table->children : NIL)
	{
		const ZmChange *other = zm_old_change(diff, lfirst(lc));

		if (zm_change_leaves(other) && zm_is_index(other->old) &&
			can_be_target(diff, other->old, change->new))
			zm_steps_edge(steps, zm_steps_node(steps, other, ZM_PHASE_DROP),
						  zm_steps_node(steps, change, ZM_PHASE_CREATE));
	}
}

/* Are all its columns among those that the foreign key needs? */
static bool
can_be_target(const ZmDiff *diff, const ZmObject *old, const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, old->needs)
	{
		const ZmObject *column = lfirst(lc);

		if (zm_is_kind(column, ZM_KIND_COLUMN) &&
			column->parent == old->parent &&
			!list_member_ptr(key->needs, zm_old_twin(diff, column)))
			return false;
	}
	return true;
}
