/*
 * rules_constraint.c
 *
 * What can be altered in place, and what that disturbs.
 */
#include "postgres.h"

#include "diff/rules.h"

const ZmRules zm_rules_constraint = {0};
const ZmRules zm_rules_index = {0};

bool
zm_constraint_has_index(const ZmObject *constraint)
{
	return zm_is(constraint, "type", "primary key") ||
		   zm_is(constraint, "type", "unique") ||
		   zm_is(constraint, "type", "exclude");
}
