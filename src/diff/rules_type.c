/*
 * rules_type.c
 *
 * What can be altered in place, and what that disturbs.
 */
#include "postgres.h"

#include "diff/rules.h"

const ZmRules zm_rules_enum = {0};
const ZmRules zm_rules_domain = {0};
const ZmRules zm_rules_composite_type = {0};
const ZmRules zm_rules_attribute = {0};
const ZmRules zm_rules_base_type = {0};
