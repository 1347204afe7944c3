/*
 * rules_table.c
 *
 * What can be altered in place, and what that disturbs.
 */
#include "postgres.h"

#include "diff/rules.h"

const ZmRules zm_rules_column = {0};
const ZmRules zm_rules_default = {0};
const ZmRules zm_rules_table = {0};
