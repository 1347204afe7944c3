/*
 * emitters.c
 *
 * Which emitter writes which kind.
 */
#include "postgres.h"

#include "emit/emitters.h"

static const ZmEmitter *const emitters[ZM_KIND_COUNT] = {
	[ZM_KIND_SCHEMA] = &zm_emitter_schema,
	[ZM_KIND_EXTENSION] = &zm_emitter_extension,
	[ZM_KIND_LANGUAGE] = &zm_emitter_language,
	[ZM_KIND_ACCESS_METHOD] = &zm_emitter_access_method,
	[ZM_KIND_COLLATION] = &zm_emitter_collation,
	[ZM_KIND_SHELL_TYPE] = &zm_emitter_shell_type,
	[ZM_KIND_ENUM] = &zm_emitter_enum,
	[ZM_KIND_DOMAIN] = &zm_emitter_domain,
	[ZM_KIND_DOMAIN_CONSTRAINT] = &zm_emitter_domain_constraint,
	[ZM_KIND_COMPOSITE_TYPE] = &zm_emitter_composite_type,
	[ZM_KIND_ATTRIBUTE] = &zm_emitter_attribute,
	[ZM_KIND_RANGE] = &zm_emitter_range,
	[ZM_KIND_BASE_TYPE] = &zm_emitter_base_type,
	[ZM_KIND_FOREIGN_DATA_WRAPPER] = &zm_emitter_foreign_data_wrapper,
	[ZM_KIND_SERVER] = &zm_emitter_server,
	[ZM_KIND_USER_MAPPING] = &zm_emitter_user_mapping,
	[ZM_KIND_SEQUENCE] = &zm_emitter_sequence,
	[ZM_KIND_TABLE] = &zm_emitter_table,
	[ZM_KIND_FOREIGN_TABLE] = &zm_emitter_foreign_table,
	[ZM_KIND_COLUMN] = &zm_emitter_column,
	[ZM_KIND_DEFAULT] = &zm_emitter_default,
	[ZM_KIND_FUNCTION] = &zm_emitter_routine,
	[ZM_KIND_PROCEDURE] = &zm_emitter_routine,
	[ZM_KIND_AGGREGATE] = &zm_emitter_aggregate,
	[ZM_KIND_OPERATOR] = &zm_emitter_operator,
	[ZM_KIND_OPERATOR_FAMILY] = &zm_emitter_operator_family,
	[ZM_KIND_OPERATOR_CLASS] = &zm_emitter_operator_class,
	[ZM_KIND_OPERATOR_FAMILY_MEMBERS] = &zm_emitter_operator_family_members,
	[ZM_KIND_CAST] = &zm_emitter_cast,
	[ZM_KIND_CONVERSION] = &zm_emitter_conversion,
	[ZM_KIND_TRANSFORM] = &zm_emitter_transform,
	[ZM_KIND_TEXT_SEARCH_PARSER] = &zm_emitter_text_search_parser,
	[ZM_KIND_TEXT_SEARCH_TEMPLATE] = &zm_emitter_text_search_template,
	[ZM_KIND_TEXT_SEARCH_DICTIONARY] = &zm_emitter_text_search_dictionary,
	[ZM_KIND_TEXT_SEARCH_CONFIGURATION] =
		&zm_emitter_text_search_configuration,
	[ZM_KIND_VIEW] = &zm_emitter_view,
	[ZM_KIND_MATERIALIZED_VIEW] = &zm_emitter_materialized_view,
	[ZM_KIND_CONSTRAINT] = &zm_emitter_constraint,
	[ZM_KIND_INDEX] = &zm_emitter_index,
	[ZM_KIND_INHERITANCE] = &zm_emitter_inheritance,
	[ZM_KIND_PARTITION] = &zm_emitter_partition,
	[ZM_KIND_FOREIGN_KEY] = &zm_emitter_foreign_key,
	[ZM_KIND_STATISTICS] = &zm_emitter_statistics,
	[ZM_KIND_RULE] = &zm_emitter_rule,
	[ZM_KIND_TRIGGER] = &zm_emitter_trigger,
	[ZM_KIND_PARTITION_TRIGGER] = &zm_emitter_partition_trigger,
	[ZM_KIND_POLICY] = &zm_emitter_policy,
	[ZM_KIND_PUBLICATION] = &zm_emitter_publication,
	[ZM_KIND_PUBLICATION_TABLE] = &zm_emitter_publication_table,
	[ZM_KIND_PUBLICATION_SCHEMA] = &zm_emitter_publication_schema,
	[ZM_KIND_SUBSCRIPTION] = &zm_emitter_subscription,
	[ZM_KIND_EVENT_TRIGGER] = &zm_emitter_event_trigger,
	[ZM_KIND_PRIVILEGES] = &zm_emitter_privileges,
	[ZM_KIND_DEFAULT_PRIVILEGES] = &zm_emitter_default_privileges};

const ZmEmitter *
zm_emitter(const ZmKind *kind)
{
	return emitters[zm_kind_id(kind)];
}
