/*
 * rules_sequence.c
 *
 * A sequence is made before the column that owns it, whose default calls it,
 * and goes with it; that of an identity comes with its column, too.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool replaces(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new);
static bool is_owner(const ZmObject *sequence, const ZmObject *needed);
static ZmObject *carrier(const ZmDiff *diff, const ZmObject *sequence,
						 ZmPhase phase);

const ZmRules zm_rules_sequence = {.replaces = replaces,
								   .late = is_owner,
								   .carrier = carrier,
								   .usable_early = true};

/* The sequence of an identity cannot be let go by its column. */
static bool
replaces(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	bool before = zm_get(old, "generated") != NULL;
	bool after = zm_get(new, "generated") != NULL;

	return before != after || (after && zm_differs(old, new, "owned by"));
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
