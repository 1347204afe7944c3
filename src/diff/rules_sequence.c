/*
 * rules_sequence.c
 *
 * What can be altered in place, and what that disturbs.
 */
#include "postgres.h"

#include "diff/rules.h"

const ZmRules zm_rules_sequence = {0};
