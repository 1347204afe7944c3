/*
 * rules_routine.c
 *
 * Functions and procedures: what CREATE OR REPLACE can do; and operator
 * families, whose members come later.
 */
#include "postgres.h"

#include "diff/rules.h"

static bool replaces_routine(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new);
static bool is_member(const ZmObject *object, const ZmObject *needed);

const ZmRules zm_rules_routine = {.replaces = replaces_routine};

const ZmRules zm_rules_operator_family = {.late = is_member};

/* Defaults may be added and changed, not taken away. */
static bool
replaces_routine(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const char *before = zm_get(old, "default count");
	const char *after = zm_get(new, "default count");

	return (before ? atoi(before) : 0) > (after ? atoi(after) : 0);
}

/* Its members are added when the family is there. */
static bool
is_member(const ZmObject *object, const ZmObject *needed)
{
	return zm_is_kind(needed, ZM_KIND_OPERATOR) ||
		   zm_is_kind(needed, ZM_KIND_FUNCTION) ||
		   zm_is_kind(needed, ZM_KIND_OPERATOR_FAMILY);
}
