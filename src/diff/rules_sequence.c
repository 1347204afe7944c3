/*
 * rules_sequence.c
 *
 * A sequence is made before the column that owns it, whose default calls it,
 * and goes with it; that of an identity comes with its column, too.  One that
 * is there comes to a column in the end, for the same reason.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/steps.h"

static bool replaces(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new);
static bool is_owner(const ZmObject *sequence, const ZmObject *needed);
static ZmObject *carrier(const ZmDiff *diff, const ZmObject *sequence,
						 ZmPhase phase);

const ZmRules zm_rules_sequence = {.replaces = replaces,
								   .late = is_owner,
								   .carrier = carrier,
								   .usable_early = true,
								   .alters_in_use = true};

bool
zm_links_last(const ZmChange *change)
{
	return zm_change_stays(change) &&
		   zm_is_kind(change->new, ZM_KIND_SEQUENCE) &&
		   !zm_get(change->new, "generated") &&
		   zm_get(change->new, "owned by") &&
		   zm_differs(change->old, change->new, "owned by");
}

/* The sequence of an identity cannot be let go by its column. */
static bool
replaces(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	bool before = zm_get(old, "generated") != NULL;
	bool after = zm_get(new, "generated") != NULL;

	return before != after || (after && zm_differs(old, new, "owned by"));
}

/* To a table that has got the owner by then that both are to have. */
void
zm_order_link(ZmSteps *steps, const ZmChange *change)
{
	const ZmObject *column = zm_sequence_column(change->new);
	const ZmChange *table =
		column ? zm_new_change(steps->diff, column->parent) : NULL;

	if (table)
		zm_steps_edge(steps, zm_steps_node(steps, table, ZM_PHASE_ALTER),
					  zm_steps_node(steps, change, ZM_PHASE_COMPLETE));
}

static bool
is_owner(const ZmObject *sequence, const ZmObject *needed)
{
	return zm_get(sequence, "generated") == NULL &&
		   zm_sequence_column(sequence) == needed;
}

static ZmObject *
carrier(const ZmDiff *diff, const ZmObject *sequence, ZmPhase phase)
{
	if (phase == ZM_PHASE_CREATE && zm_get(sequence, "generated") == NULL)
		return NULL;
	return zm_sequence_column(sequence);
}
