/*
 * rules.c
 *
 * Which rules hold for which kind.
 */
#include "postgres.h"

#include "diff/rules.h"

static const ZmRules none = {0};

static const ZmRules *const rules[ZM_KIND_COUNT] = {
	[ZM_KIND_EXTENSION] = &zm_rules_extension,
	[ZM_KIND_LANGUAGE] = &zm_rules_language,
	[ZM_KIND_SUBSCRIPTION] = &zm_rules_subscription,
	[ZM_KIND_ENUM] = &zm_rules_enum,
	[ZM_KIND_DOMAIN] = &zm_rules_domain,
	[ZM_KIND_DOMAIN_CONSTRAINT] = &zm_rules_domain_constraint,
	[ZM_KIND_ATTRIBUTE] = &zm_rules_attribute,
	[ZM_KIND_FOREIGN_DATA_WRAPPER] = &zm_rules_foreign_data_wrapper,
	[ZM_KIND_RANGE] = &zm_rules_range,
	[ZM_KIND_BASE_TYPE] = &zm_rules_base_type,
	[ZM_KIND_SEQUENCE] = &zm_rules_sequence,
	[ZM_KIND_TABLE] = &zm_rules_table,
	[ZM_KIND_COLUMN] = &zm_rules_column,
	[ZM_KIND_DEFAULT] = &zm_rules_default,
	[ZM_KIND_FUNCTION] = &zm_rules_routine,
	[ZM_KIND_PROCEDURE] = &zm_rules_routine,
	[ZM_KIND_OPERATOR] = &zm_rules_operator,
	[ZM_KIND_OPERATOR_FAMILY] = &zm_rules_operator_family,
	[ZM_KIND_VIEW] = &zm_rules_view,
	[ZM_KIND_MATERIALIZED_VIEW] = &zm_rules_materialized_view,
	[ZM_KIND_RULE] = &zm_rules_rule,
	[ZM_KIND_TRIGGER] = &zm_rules_trigger,
	[ZM_KIND_PARTITION_TRIGGER] = &zm_rules_partition_trigger,
	[ZM_KIND_POLICY] = &zm_rules_policy,
	[ZM_KIND_CONSTRAINT] = &zm_rules_constraint,
	[ZM_KIND_INDEX] = &zm_rules_index,
	[ZM_KIND_INHERITANCE] = &zm_rules_inheritance,
	[ZM_KIND_PARTITION] = &zm_rules_partition,
	[ZM_KIND_FOREIGN_KEY] = &zm_rules_foreign_key};

const ZmRules *
zm_rules(const ZmKind *kind)
{
	const ZmRules *found = rules[zm_kind_id(kind)];

	return found ? found : &none;
}
