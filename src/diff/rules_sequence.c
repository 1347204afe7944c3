/*
 * rules_sequence.c
 *
 * A sequence is made before the column that owns it, whose default calls it,
 * and goes with the column.
 */
#include "postgres.h"

#include "diff/rules.h"

static bool is_owner(const ZmObject *sequence, const ZmObject *needed);
static ZmObject *owner(const ZmDiff *diff, const ZmObject *sequence,
					   ZmPhase phase);

const ZmRules zm_rules_sequence = {
	.late = is_owner, .carrier = owner, .usable_early = true};

/* The sequence of an identity is made by its column's ALTER. */
static bool
is_owner(const ZmObject *sequence, const ZmObject *needed)
{
	return needed->kind == zm_kind(ZM_KIND_COLUMN) &&
		   zm_get(sequence, "generated") == NULL;
}

static ZmObject *
owner(const ZmDiff *diff, const ZmObject *sequence, ZmPhase phase)
{
	ListCell *lc;

	if (phase != ZM_PHASE_DROP)
		return NULL;
	foreach (lc, sequence->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
			return lfirst(lc);
	}
	return NULL;
}
