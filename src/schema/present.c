/*
 * present.c
 *
 * Is there anything for a query to find?
 *
 * Most schemas have objects of a few kinds only, and for a small one it costs
 * the server more to plan a query than to run it.  So a kind is asked for if
 * its catalog has a row that is not the server's own.
 *
 * Rule: a test here lets through whatever the kind's query would give, and may
 * let through more.  A kind without a test is always asked for.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/skey.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/pg_am.h"
#include "catalog/pg_amop.h"
#include "catalog/pg_amproc.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_conversion.h"
#include "catalog/pg_default_acl.h"
#include "catalog/pg_event_trigger.h"
#include "catalog/pg_foreign_data_wrapper.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_language.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_policy.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_publication.h"
#include "catalog/pg_publication_namespace.h"
#include "catalog/pg_publication_rel.h"
#include "catalog/pg_sequence.h"
#include "catalog/pg_statistic_ext.h"
#include "catalog/pg_subscription.h"
#include "catalog/pg_transform.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_ts_config.h"
#include "catalog/pg_ts_dict.h"
#include "catalog/pg_ts_parser.h"
#include "catalog/pg_ts_template.h"
#include "catalog/pg_type.h"
#include "catalog/pg_user_mapping.h"
#include "utils/fmgroids.h"
#include "utils/snapmgr.h"

#include "schema/queries.h"

#define MAX_CONDITIONS 2

/* A column, compared by a function of the server's. */
typedef struct Condition
{
	AttrNumber column; /* 0: none */
	RegProcedure function;
	Datum value;
} Condition;

typedef struct Presence
{
	ZmKindId kind;
	Oid catalog;
	Condition conditions[MAX_CONDITIONS]; /* all must hold */
} Presence;

/* What the server came with has lower numbers. */
#define BY_USER(column)                      \
	{                                        \
		column, F_OIDGE, FirstNormalObjectId \
	}
#define OUTSIDE_CATALOG(column)               \
	{                                         \
		column, F_OIDNE, PG_CATALOG_NAMESPACE \
	}
#define WITH_LETTER(column, letter) \
	{                               \
		column, F_CHAREQ, letter    \
	}
#define ANY_ROW \
	{           \
		0, 0, 0 \
	}

/* clang-format off */
/* One of a kind's lines is enough. */
static const Presence presences[] = {
	{ZM_KIND_LANGUAGE, LanguageRelationId, {BY_USER(Anum_pg_language_oid)}},
	{ZM_KIND_ACCESS_METHOD, AccessMethodRelationId, {BY_USER(Anum_pg_am_oid)}},
	{ZM_KIND_TRANSFORM, TransformRelationId, {BY_USER(Anum_pg_transform_oid)}},
	{ZM_KIND_CAST, CastRelationId, {BY_USER(Anum_pg_cast_oid)}},

	{ZM_KIND_SHELL_TYPE,
	 TypeRelationId,
	 {WITH_LETTER(Anum_pg_type_typtype, TYPTYPE_PSEUDO),
	  OUTSIDE_CATALOG(Anum_pg_type_typnamespace)}},
	{ZM_KIND_ENUM,
	 TypeRelationId,
	 {WITH_LETTER(Anum_pg_type_typtype, TYPTYPE_ENUM)}},
	{ZM_KIND_COMPOSITE_TYPE,
	 RelationRelationId,
	 {WITH_LETTER(Anum_pg_class_relkind, RELKIND_COMPOSITE_TYPE)}},
	{ZM_KIND_ATTRIBUTE,
	 RelationRelationId,
	 {WITH_LETTER(Anum_pg_class_relkind, RELKIND_COMPOSITE_TYPE)}},
	{ZM_KIND_RANGE,
	 TypeRelationId,
	 {WITH_LETTER(Anum_pg_type_typtype, TYPTYPE_RANGE),
	  OUTSIDE_CATALOG(Anum_pg_type_typnamespace)}},

	{ZM_KIND_COLLATION, CollationRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_collation_collnamespace)}},
	{ZM_KIND_CONVERSION, ConversionRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_conversion_connamespace)}},
	{ZM_KIND_TEXT_SEARCH_PARSER, TSParserRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_ts_parser_prsnamespace)}},
	{ZM_KIND_TEXT_SEARCH_TEMPLATE, TSTemplateRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_ts_template_tmplnamespace)}},
	{ZM_KIND_TEXT_SEARCH_DICTIONARY, TSDictionaryRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_ts_dict_dictnamespace)}},
	{ZM_KIND_TEXT_SEARCH_CONFIGURATION, TSConfigRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_ts_config_cfgnamespace)}},

	{ZM_KIND_SEQUENCE, SequenceRelationId, {ANY_ROW}},
	{ZM_KIND_FOREIGN_TABLE, ForeignTableRelationId, {ANY_ROW}},
	{ZM_KIND_DEFAULT, AttrDefaultRelationId, {ANY_ROW}},
	{ZM_KIND_INHERITANCE, InheritsRelationId, {ANY_ROW}},
	{ZM_KIND_PARTITION, InheritsRelationId, {ANY_ROW}},
	{ZM_KIND_FOREIGN_KEY,
	 ConstraintRelationId,
	 {WITH_LETTER(Anum_pg_constraint_contype, CONSTRAINT_FOREIGN)}},
	{ZM_KIND_STATISTICS, StatisticExtRelationId, {ANY_ROW}},
	{ZM_KIND_MATERIALIZED_VIEW,
	 RelationRelationId,
	 {WITH_LETTER(Anum_pg_class_relkind, RELKIND_MATVIEW)}},
	{ZM_KIND_TRIGGER,
	 TriggerRelationId,
	 {{Anum_pg_trigger_tgisinternal, F_BOOLEQ, false}}},
	{ZM_KIND_PARTITION_TRIGGER,
	 TriggerRelationId,
	 {{Anum_pg_trigger_tgparentid, F_OIDNE, InvalidOid}}},
	{ZM_KIND_EVENT_TRIGGER, EventTriggerRelationId, {ANY_ROW}},
	{ZM_KIND_POLICY, PolicyRelationId, {ANY_ROW}},

	{ZM_KIND_PROCEDURE,
	 ProcedureRelationId,
	 {WITH_LETTER(Anum_pg_proc_prokind, PROKIND_PROCEDURE)}},
	{ZM_KIND_AGGREGATE,
	 ProcedureRelationId,
	 {WITH_LETTER(Anum_pg_proc_prokind, PROKIND_AGGREGATE),
	  OUTSIDE_CATALOG(Anum_pg_proc_pronamespace)}},
	{ZM_KIND_OPERATOR, OperatorRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_operator_oprnamespace)}},
	{ZM_KIND_OPERATOR_FAMILY, OperatorFamilyRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_opfamily_opfnamespace)}},
	{ZM_KIND_OPERATOR_FAMILY_MEMBERS, AccessMethodOperatorRelationId,
	 {BY_USER(Anum_pg_amop_oid)}},
	{ZM_KIND_OPERATOR_FAMILY_MEMBERS, AccessMethodProcedureRelationId,
	 {BY_USER(Anum_pg_amproc_oid)}},
	{ZM_KIND_OPERATOR_CLASS, OperatorClassRelationId,
	 {OUTSIDE_CATALOG(Anum_pg_opclass_opcnamespace)}},

	{ZM_KIND_FOREIGN_DATA_WRAPPER, ForeignDataWrapperRelationId, {ANY_ROW}},
	{ZM_KIND_SERVER, ForeignServerRelationId, {ANY_ROW}},
	{ZM_KIND_USER_MAPPING, UserMappingRelationId, {ANY_ROW}},
	{ZM_KIND_PUBLICATION, PublicationRelationId, {ANY_ROW}},
	{ZM_KIND_PUBLICATION_TABLE, PublicationRelRelationId, {ANY_ROW}},
	{ZM_KIND_PUBLICATION_SCHEMA, PublicationNamespaceRelationId, {ANY_ROW}},
	{ZM_KIND_SUBSCRIPTION, SubscriptionRelationId, {ANY_ROW}},

	{ZM_KIND_DEFAULT_PRIVILEGES, DefaultAclRelationId, {ANY_ROW}},
};
/* clang-format on */

static bool has_row(const Presence *presence);

bool
zm_kind_present(ZmKindId kind)
{
	bool tested = false;

	for (int i = 0; i < lengthof(presences); i++)
	{
		if (presences[i].kind != kind)
			continue;
		if (has_row(&presences[i]))
			return true;
		tested = true;
	}
	return !tested;
}

static bool
has_row(const Presence *presence)
{
	Relation catalog = table_open(presence->catalog, AccessShareLock);
	ScanKeyData keys[MAX_CONDITIONS];
	int n = 0;
	SysScanDesc scan;
	bool found;

	for (; n < MAX_CONDITIONS && presence->conditions[n].column != 0; n++)
	{
		const Condition *condition = &presence->conditions[n];

		ScanKeyInit(&keys[n], condition->column, InvalidStrategy,
					condition->function, condition->value);
	}
	scan = systable_beginscan(catalog, InvalidOid, false, GetActiveSnapshot(),
							  n, keys);
	found = HeapTupleIsValid(systable_getnext(scan));
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return found;
}
