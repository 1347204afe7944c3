/*
 * rules_constraint.c
 *
 * What can be altered in place, and what that disturbs.
 */
#include "postgres.h"

#include "diff/rules.h"

const ZmRules zm_rules_constraint = {0};
const ZmRules zm_rules_index = {0};
