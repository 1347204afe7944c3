/*
 * kinds.c
 *
 * The kinds of objects and their attributes.
 *
 * Rule: a kind is declared here once.  "setting" marks what can be altered
 * without a word of what the object needs, "fixed" what no ALTER of that
 * kind can change in any version; a kind whose emitter can alter an attribute
 * only sometimes has a rule in diff/rules.c.
 */
#include "postgres.h"

#include "object/object.h"

static const char *const common_attributes[ZM_COMMON_ATTRIBUTES] = {
	[ZM_OWNER] = "owner",
	[ZM_PRIVILEGES] = "privileges",
	[ZM_COMMENT] = "comment",
	[ZM_SECURITY_LABELS] = "security labels",
	[ZM_EXTENSIONS] = "depends on extensions"};

static const ZmAttribute extension_attributes[] = {
	{"in schema", ZM_ALTERABLE},
	{"version", ZM_ALTERABLE},
	{"relocatable", ZM_INFORMATION},
	{"configuration", ZM_INFORMATION}, /* tables whose rows are the user's */
	{"casts", ZM_INFORMATION}};
static const ZmAttribute language_attributes[] = {{"trusted", ZM_SETTING},
												  {"handler", ZM_ALTERABLE},
												  {"inline", ZM_ALTERABLE},
												  {"validator", ZM_ALTERABLE}};
static const ZmAttribute access_method_attributes[] = {{"type", ZM_FIXED},
													   {"handler", ZM_FIXED}};
static const ZmAttribute collation_attributes[] = {
	{"provider", ZM_FIXED},		{"deterministic", ZM_FIXED},
	{"collate", ZM_FIXED},		{"ctype", ZM_FIXED},
	{"locale", ZM_FIXED},		{"rules", ZM_FIXED},
	{"version", ZM_INFORMATION}};
static const ZmAttribute enum_attributes[] = {{"labels", ZM_SETTING}};
static const ZmAttribute domain_attributes[] = {
	{"type", ZM_FIXED},
	{"collation", ZM_FIXED},
	{"default", ZM_ALTERABLE},
	{"default" ZM_SPELLING, ZM_INFORMATION},
	{"not null", ZM_SETTING}};
static const ZmAttribute domain_constraint_attributes[] = {
	{"definition", ZM_FIXED},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"validated", ZM_SETTING}};
static const ZmAttribute attribute_attributes[] = {
	{"type", ZM_ALTERABLE},
	{"collation", ZM_ALTERABLE},
	{"position", ZM_INFORMATION}};
static const ZmAttribute range_attributes[] = {
	{"subtype", ZM_FIXED},
	{"operator class", ZM_FIXED},
	{"collation", ZM_FIXED},
	{"canonical", ZM_FIXED},
	{"subtype diff", ZM_FIXED},
	{"multirange", ZM_FIXED},
	{"multirange comment", ZM_SETTING}};
static const ZmAttribute base_type_attributes[] = {
	{"input", ZM_FIXED},		 {"output", ZM_FIXED},
	{"receive", ZM_ALTERABLE},	 {"send", ZM_ALTERABLE},
	{"typmod in", ZM_ALTERABLE}, {"typmod out", ZM_ALTERABLE},
	{"analyze", ZM_ALTERABLE},	 {"subscript", ZM_ALTERABLE},
	{"length", ZM_FIXED},		 {"passed by value", ZM_FIXED},
	{"alignment", ZM_FIXED},	 {"storage", ZM_SETTING},
	{"category", ZM_FIXED},		 {"preferred", ZM_FIXED},
	{"default", ZM_FIXED},		 {"element", ZM_FIXED},
	{"delimiter", ZM_FIXED},	 {"collatable", ZM_FIXED}};
static const ZmAttribute foreign_data_wrapper_attributes[] = {
	{"handler", ZM_ALTERABLE},
	{"validator", ZM_ALTERABLE},
	{"connection", ZM_ALTERABLE},
	{"options", ZM_SETTING}};
static const ZmAttribute server_attributes[] = {{"wrapper", ZM_FIXED},
												{"type", ZM_FIXED},
												{"version", ZM_SETTING},
												{"options", ZM_SETTING}};
static const ZmAttribute user_mapping_attributes[] = {{"options", ZM_SETTING}};
static const ZmAttribute sequence_attributes[] = {
	{"type", ZM_SETTING},		{"start", ZM_SETTING},
	{"increment", ZM_SETTING},	{"minimum", ZM_SETTING},
	{"maximum", ZM_SETTING},	{"cache", ZM_SETTING},
	{"cycle", ZM_SETTING},		{"persistence", ZM_SETTING},
	{"owned by", ZM_ALTERABLE},	  /* a column's identity */
	{"generated", ZM_ALTERABLE}}; /* always, by default: the column's numbers
								   * are an identity */
static const ZmAttribute table_attributes[] = {
	{"persistence", ZM_SETTING},
	{"access method", ZM_ALTERABLE},
	{"tablespace", ZM_SETTING},
	{"options", ZM_SETTING},
	{"toast options", ZM_SETTING},
	{"partition key", ZM_FIXED},
	{"partition key" ZM_SPELLING, ZM_INFORMATION},
	{"partition key types", ZM_FIXED}, /* of its columns */
	{"of type", ZM_ALTERABLE},
	{"replica identity",
	 ZM_SETTING}, /* full, nothing; an index says so itself */
	{"row security", ZM_SETTING},
	{"force row security", ZM_SETTING}};
static const ZmAttribute foreign_table_attributes[] = {
	{"server", ZM_FIXED}, {"options", ZM_SETTING}};
static const ZmAttribute column_attributes[] = {
	{"type", ZM_ALTERABLE},
	{"collation", ZM_ALTERABLE},
	{"not null", ZM_SETTING},
	/* ... by a constraint (18); one that is inherited cannot be renamed */
	{"not null name", ZM_SETTING},
	{"inherited not null name", ZM_INFORMATION},
	{"not null not valid", ZM_SETTING},
	{"not null no inherit", ZM_SETTING},
	{"not null local", ZM_INFORMATION}, /* although inherited */
	{"not null comment", ZM_SETTING},
	{"generated", ZM_ALTERABLE},  /* stored, virtual */
	{"expression", ZM_ALTERABLE}, /* ... as what */
	{"expression" ZM_SPELLING, ZM_INFORMATION},
	{"storage", ZM_SETTING},
	{"storage of type", ZM_INFORMATION}, /* if the storage is another one */
	{"compression", ZM_SETTING},
	{"statistics", ZM_SETTING},
	{"options", ZM_SETTING},
	{"foreign options", ZM_SETTING},
	{"inherited", ZM_ALTERABLE}, /* from how many parents */
	{"local", ZM_INFORMATION},
	{"position", ZM_INFORMATION}};
static const ZmAttribute default_attributes[] = {
	{"expression", ZM_ALTERABLE}, {"expression" ZM_SPELLING, ZM_INFORMATION}};
/* Functions and procedures. */
static const ZmAttribute routine_attributes[] = {
	{"arguments", ZM_FIXED}, /* names, modes and types, without defaults */
	{"argument defaults", ZM_ALTERABLE},
	{"held arguments", ZM_INFORMATION},
	{"default count", ZM_ALTERABLE},
	{"result", ZM_FIXED},
	{"window", ZM_FIXED},
	{"immutable", ZM_INFORMATION}, /* the definition says so, too */
	{"volatile", ZM_INFORMATION},
	{"language", ZM_ALTERABLE},
	{"body form", ZM_ALTERABLE}, /* string, atomic */
	/* of a table whose rows the body gives as they are: its columns */
	{"whole row", ZM_ALTERABLE},
	{"definition", ZM_ALTERABLE},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"definition" ZM_ORIGINAL, ZM_INFORMATION}}; /* see view_attributes */
static const ZmAttribute aggregate_attributes[] = {
	{"signature", ZM_INFORMATION}, /* as GRANT ... ON FUNCTION takes it */
	{"arguments", ZM_FIXED},
	{"result", ZM_FIXED},
	{"type", ZM_FIXED},
	{"definition", ZM_ALTERABLE}};
static const ZmAttribute operator_attributes[] = {
	{"function", ZM_FIXED},	   {"left", ZM_FIXED},
	{"right", ZM_FIXED},	   {"commutator", ZM_ALTERABLE},
	{"negator", ZM_ALTERABLE}, {"restrict", ZM_ALTERABLE},
	{"join", ZM_ALTERABLE},	   {"hashes", ZM_SETTING},
	{"merges", ZM_SETTING}};
static const ZmAttribute operator_family_attributes[] = {
	{"operators", ZM_ALTERABLE}, {"functions", ZM_ALTERABLE}};
/* Of a family that the server brought along. */
static const ZmAttribute operator_family_members_attributes[] = {
	{"operators", ZM_ALTERABLE}, {"functions", ZM_ALTERABLE}};
static const ZmAttribute operator_class_attributes[] = {
	{"access method", ZM_FIXED}, {"type", ZM_FIXED},
	{"family", ZM_FIXED},		 {"default", ZM_FIXED},
	{"storage", ZM_FIXED},		 {"operators", ZM_FIXED},
	{"functions", ZM_FIXED}};
static const ZmAttribute cast_attributes[] = {
	{"function", ZM_FIXED}, {"method", ZM_FIXED}, {"context", ZM_FIXED}};
static const ZmAttribute conversion_attributes[] = {{"source", ZM_FIXED},
													{"destination", ZM_FIXED},
													{"function", ZM_FIXED},
													{"default", ZM_FIXED}};
static const ZmAttribute transform_attributes[] = {{"from sql", ZM_ALTERABLE},
												   {"to sql", ZM_ALTERABLE}};
static const ZmAttribute text_search_parser_attributes[] = {
	{"start", ZM_FIXED},
	{"gettoken", ZM_FIXED},
	{"end", ZM_FIXED},
	{"headline", ZM_FIXED},
	{"lextypes", ZM_FIXED}};
static const ZmAttribute text_search_template_attributes[] = {
	{"init", ZM_FIXED}, {"lexize", ZM_FIXED}};
static const ZmAttribute text_search_dictionary_attributes[] = {
	{"template", ZM_FIXED}, {"options", ZM_SETTING}};
static const ZmAttribute text_search_configuration_attributes[] = {
	{"parser", ZM_FIXED}, {"mappings", ZM_ALTERABLE}};
/* A definition says nothing of where columns stand; if the original does, it
 * is told besides. */
static const ZmAttribute view_attributes[] = {
	{"definition", ZM_ALTERABLE},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"definition" ZM_ORIGINAL, ZM_INFORMATION},
	{"makes rows", ZM_INFORMATION}, /* of a table that it needs */
	{"options", ZM_SETTING}};
static const ZmAttribute materialized_view_attributes[] = {
	{"definition", ZM_FIXED},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"definition" ZM_ORIGINAL, ZM_INFORMATION},
	{"makes rows", ZM_INFORMATION},
	{"options", ZM_SETTING},
	{"toast options", ZM_SETTING},
	{"access method", ZM_ALTERABLE},
	{"tablespace", ZM_SETTING},
	{"populated", ZM_SETTING}};
/* Primary keys, unique, check and exclusion constraints, and what their
 * indexes have. */
static const ZmAttribute constraint_attributes[] = {
	{"type", ZM_FIXED},
	{"definition", ZM_FIXED}, /* without what follows */
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"predicate", ZM_FIXED},
	{"predicate" ZM_SPELLING, ZM_INFORMATION},
	{"deferrable", ZM_FIXED}, /* only foreign keys can be altered */
	{"not valid", ZM_SETTING},
	{"not enforced", ZM_SETTING},
	{"no inherit", ZM_FIXED},
	{"temporal", ZM_FIXED},
	{"inherited", ZM_ALTERABLE},
	{"local", ZM_ALTERABLE},		  /* although inherited */
	{"of partitioned", ZM_ALTERABLE}, /* the index it is attached to */
	{"tablespace", ZM_SETTING},
	{"options", ZM_SETTING},
	{"clustered", ZM_SETTING},
	{"replica identity", ZM_SETTING},
	{"statistics", ZM_SETTING},
	{"index comment", ZM_SETTING},
	{"invalid", ZM_INFORMATION}};
static const ZmAttribute foreign_key_attributes[] = {
	{"definition", ZM_FIXED},
	{"deferrable", ZM_SETTING},
	{"not valid", ZM_SETTING},
	{"not enforced", ZM_SETTING},
	{"references", ZM_FIXED},
	{"of partitioned", ZM_ALTERABLE}, /* the key it is a copy of */
	/* if the server copies it by the partitions of the table that it refers
	 * to: its columns as they are in the names of the copies */
	{"copied by", ZM_INFORMATION},
	{"copies", ZM_INFORMATION}}; /* ... of those that have others */
static const ZmAttribute index_attributes[] = {
	{"unique", ZM_FIXED},
	{"definition", ZM_FIXED}, /* from USING up to what follows */
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"predicate", ZM_FIXED},
	{"predicate" ZM_SPELLING, ZM_INFORMATION},
	{"tablespace", ZM_SETTING},
	{"options", ZM_SETTING},
	{"clustered", ZM_SETTING},
	{"replica identity", ZM_SETTING},
	{"statistics", ZM_SETTING},		  /* of its columns: number=target */
	{"of partitioned", ZM_ALTERABLE}, /* the index it is attached to */
	{"invalid", ZM_INFORMATION}};
static const ZmAttribute inheritance_attributes[] = {
	{"parent", ZM_ALTERABLE}, {"position", ZM_INFORMATION}};
static const ZmAttribute partition_attributes[] = {{"parent", ZM_FIXED},
												   {"bound", ZM_FIXED}};
static const ZmAttribute statistics_attributes[] = {
	{"definition", ZM_FIXED},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"target", ZM_SETTING}};
static const ZmAttribute rule_attributes[] = {
	{"definition", ZM_ALTERABLE},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"definition" ZM_ORIGINAL, ZM_INFORMATION},
	{"enabled", ZM_SETTING}};
static const ZmAttribute trigger_attributes[] = {
	{"definition", ZM_ALTERABLE},
	{"definition" ZM_SPELLING, ZM_INFORMATION},
	{"constraint", ZM_FIXED},
	{"enabled", ZM_SETTING}};
/* A partition's copy of its parent's trigger that is switched otherwise. */
static const ZmAttribute partition_trigger_attributes[] = {
	{"enabled", ZM_SETTING}};
static const ZmAttribute policy_attributes[] = {
	{"command", ZM_FIXED},
	{"permissive", ZM_FIXED},
	{"roles", ZM_SETTING},
	{"using", ZM_ALTERABLE},
	{"using" ZM_SPELLING, ZM_INFORMATION},
	{"using" ZM_ORIGINAL, ZM_INFORMATION},
	{"check", ZM_ALTERABLE},
	{"check" ZM_SPELLING, ZM_INFORMATION},
	{"check" ZM_ORIGINAL, ZM_INFORMATION}};
static const ZmAttribute publication_attributes[] = {
	{"all tables", ZM_FIXED},
	{"all tables except", ZM_FIXED},
	{"all sequences", ZM_FIXED},
	{"publish", ZM_SETTING}, /* not everything, but this */
	{"via partition root", ZM_SETTING},
	{"generated columns", ZM_SETTING}};
static const ZmAttribute publication_table_attributes[] = {
	{"columns", ZM_FIXED},
	{"where", ZM_FIXED},
	{"where" ZM_SPELLING, ZM_INFORMATION}};
static const ZmAttribute subscription_attributes[] = {
	{"connection", ZM_SETTING},	  {"server", ZM_ALTERABLE},
	{"publications", ZM_SETTING}, {"enabled", ZM_SETTING},
	{"slot", ZM_SETTING},		  {"two phase", ZM_FIXED},
	{"failover", ZM_FIXED},		  {"options", ZM_SETTING}}; /* all others */
static const ZmAttribute event_trigger_attributes[] = {
	{"event", ZM_FIXED},
	{"function", ZM_FIXED},
	{"tags", ZM_FIXED},
	{"enabled", ZM_SETTING}};

/* Of what an extension or the server itself brought along, where they are not
 * what they were then. */
static const ZmAttribute privileges_attributes[] = {
	{"initial privileges", ZM_INFORMATION}};
static const ZmAttribute default_privileges_attributes[] = {
	{"role", ZM_FIXED}};

#define ATTRIBUTES(a) .attributes = (a), .nattributes = lengthof(a)

static const ZmKind kinds[ZM_KIND_COUNT] = {
	[ZM_KIND_SCHEMA] = {.name = "schema",
						.sql = "SCHEMA",
						.acl_type = 'n',
						.has_owner = true},
	[ZM_KIND_EXTENSION] = {.name = "extension",
						   .sql = "EXTENSION",
						   ATTRIBUTES(extension_attributes)},
	[ZM_KIND_LANGUAGE] = {.name = "language",
						  .sql = "LANGUAGE",
						  .acl_type = 'l',
						  .has_owner = true,
						  ATTRIBUTES(language_attributes)},
	[ZM_KIND_ACCESS_METHOD] = {.name = "access method",
							   .sql = "ACCESS METHOD",
							   ATTRIBUTES(access_method_attributes)},
	[ZM_KIND_COLLATION] = {.name = "collation",
						   .sql = "COLLATION",
						   .has_owner = true,
						   ATTRIBUTES(collation_attributes)},
	[ZM_KIND_SHELL_TYPE] = {.name = "shell type",
							.sql = "TYPE",
							.names = ZM_NAMES_TYPE,
							.has_owner = true},
	[ZM_KIND_ENUM] = {.name = "enum type",
					  .sql = "TYPE",
					  .names = ZM_NAMES_TYPE,
					  .acl_type = 'T',
					  .has_owner = true,
					  ATTRIBUTES(enum_attributes)},
	[ZM_KIND_DOMAIN] = {.name = "domain",
						.sql = "DOMAIN",
						.names = ZM_NAMES_TYPE,
						.acl_type = 'T',
						.has_owner = true,
						ATTRIBUTES(domain_attributes)},
	[ZM_KIND_DOMAIN_CONSTRAINT] = {.name = "domain constraint",
								   .sql = "CONSTRAINT",
								   .folds = true,
								   ATTRIBUTES(domain_constraint_attributes)},
	[ZM_KIND_COMPOSITE_TYPE] = {.name = "composite type",
								.sql = "TYPE",
								.names = ZM_NAMES_TYPE,
								.acl_type = 'T',
								.has_owner = true},
	[ZM_KIND_ATTRIBUTE] = {.name = "attribute",
						   .sql = "COLUMN",
						   .folds = true,
						   ATTRIBUTES(attribute_attributes)},
	[ZM_KIND_RANGE] = {.name = "range type",
					   .sql = "TYPE",
					   .names = ZM_NAMES_TYPE,
					   .acl_type = 'T',
					   .has_owner = true,
					   ATTRIBUTES(range_attributes)},
	[ZM_KIND_BASE_TYPE] = {.name = "base type",
						   .sql = "TYPE",
						   .names = ZM_NAMES_TYPE,
						   .acl_type = 'T',
						   .has_owner = true,
						   ATTRIBUTES(base_type_attributes)},
	[ZM_KIND_FOREIGN_DATA_WRAPPER] = {.name = "foreign data wrapper",
									  .sql = "FOREIGN DATA WRAPPER",
									  .acl_type = 'F',
									  .has_owner = true,
									  ATTRIBUTES(
										  foreign_data_wrapper_attributes)},
	[ZM_KIND_SERVER] = {.name = "server",
						.sql = "SERVER",
						.acl_type = 'S',
						.has_owner = true,
						ATTRIBUTES(server_attributes)},
	[ZM_KIND_USER_MAPPING] = {.name = "user mapping",
							  .sql = "USER MAPPING",
							  ATTRIBUTES(user_mapping_attributes)},
	[ZM_KIND_SEQUENCE] = {.name = "sequence",
						  .sql = "SEQUENCE",
						  .names = ZM_NAMES_RELATION,
						  .acl_type = 's',
						  .has_owner = true,
						  ATTRIBUTES(sequence_attributes)},
	[ZM_KIND_TABLE] = {.name = "table",
					   .sql = "TABLE",
					   .names = ZM_NAMES_RELATION,
					   .acl_type = 'r',
					   .has_owner = true,
					   .with_table = true,
					   ATTRIBUTES(table_attributes)},
	[ZM_KIND_FOREIGN_TABLE] = {.name = "foreign table",
							   .sql = "FOREIGN TABLE",
							   .names = ZM_NAMES_RELATION,
							   .acl_type = 'r',
							   .has_owner = true,
							   ATTRIBUTES(foreign_table_attributes)},
	[ZM_KIND_COLUMN] = {.name = "column",
						.sql = "COLUMN",
						.acl_type = 'c',
						.folds = true,
						.with_table = true,
						ATTRIBUTES(column_attributes)},
	[ZM_KIND_DEFAULT] = {.name = "default",
						 .sql = NULL,
						 .folds = true,
						 ATTRIBUTES(default_attributes)},
	[ZM_KIND_FUNCTION] = {.name = "function",
						  .sql = "FUNCTION",
						  .names = ZM_NAMES_ROUTINE,
						  .acl_type = 'f',
						  .has_owner = true,
						  ATTRIBUTES(routine_attributes)},
	[ZM_KIND_PROCEDURE] = {.name = "procedure",
						   .sql = "PROCEDURE",
						   .names = ZM_NAMES_ROUTINE,
						   .acl_type = 'f',
						   .has_owner = true,
						   ATTRIBUTES(routine_attributes)},
	[ZM_KIND_AGGREGATE] = {.name = "aggregate",
						   .sql = "AGGREGATE",
						   .names = ZM_NAMES_ROUTINE,
						   .acl_type = 'f',
						   .has_owner = true,
						   ATTRIBUTES(aggregate_attributes)},
	[ZM_KIND_OPERATOR] = {.name = "operator",
						  .sql = "OPERATOR",
						  .has_owner = true,
						  ATTRIBUTES(operator_attributes)},
	[ZM_KIND_OPERATOR_FAMILY] = {.name = "operator family",
								 .sql = "OPERATOR FAMILY",
								 .has_owner = true,
								 ATTRIBUTES(operator_family_attributes)},
	[ZM_KIND_OPERATOR_CLASS] = {.name = "operator class",
								.sql = "OPERATOR CLASS",
								.has_owner = true,
								ATTRIBUTES(operator_class_attributes)},
	[ZM_KIND_OPERATOR_FAMILY_MEMBERS] =
		{
			.name = "operator family members",
			.sql = NULL,
			ATTRIBUTES(operator_family_members_attributes)},
	[ZM_KIND_CAST] = {.name = "cast",
					  .sql = "CAST",
					  ATTRIBUTES(cast_attributes)},
	[ZM_KIND_CONVERSION] = {.name = "conversion",
							.sql = "CONVERSION",
							.has_owner = true,
							ATTRIBUTES(conversion_attributes)},
	[ZM_KIND_TRANSFORM] = {.name = "transform",
						   .sql = "TRANSFORM",
						   ATTRIBUTES(transform_attributes)},
	[ZM_KIND_TEXT_SEARCH_PARSER] = {.name = "text search parser",
									.sql = "TEXT SEARCH PARSER",
									ATTRIBUTES(text_search_parser_attributes)},
	[ZM_KIND_TEXT_SEARCH_TEMPLATE] = {.name = "text search template",
									  .sql = "TEXT SEARCH TEMPLATE",
									  ATTRIBUTES(
										  text_search_template_attributes)},
	[ZM_KIND_TEXT_SEARCH_DICTIONARY] =
		{.name = "text search dictionary",
		 .sql = "TEXT SEARCH DICTIONARY",
		 .has_owner = true,
		 ATTRIBUTES(text_search_dictionary_attributes)},
	[ZM_KIND_TEXT_SEARCH_CONFIGURATION] =
		{.name = "text search configuration",
		 .sql = "TEXT SEARCH CONFIGURATION",
		 .has_owner = true,
		 ATTRIBUTES(text_search_configuration_attributes)},
	[ZM_KIND_VIEW] = {.name = "view",
					  .sql = "VIEW",
					  .names = ZM_NAMES_RELATION,
					  .acl_type = 'r',
					  .has_owner = true,
					  ATTRIBUTES(view_attributes)},
	[ZM_KIND_MATERIALIZED_VIEW] = {.name = "materialized view",
								   .sql = "MATERIALIZED VIEW",
								   .names = ZM_NAMES_RELATION,
								   .acl_type = 'r',
								   .has_owner = true,
								   ATTRIBUTES(materialized_view_attributes)},
	[ZM_KIND_CONSTRAINT] = {.name = "constraint",
							.sql = "CONSTRAINT",
							.folds = true,
							ATTRIBUTES(constraint_attributes)},
	[ZM_KIND_INDEX] = {.name = "index",
					   .sql = "INDEX",
					   .names = ZM_NAMES_RELATION,
					   ATTRIBUTES(index_attributes)},
	[ZM_KIND_INHERITANCE] = {.name = "inheritance",
							 .sql = NULL,
							 .folds = true,
							 ATTRIBUTES(inheritance_attributes)},
	[ZM_KIND_PARTITION] = {.name = "partition",
						   .sql = NULL,
						   ATTRIBUTES(partition_attributes)},
	[ZM_KIND_FOREIGN_KEY] = {.name = "foreign key",
							 .sql = "CONSTRAINT",
							 ATTRIBUTES(foreign_key_attributes)},
	[ZM_KIND_STATISTICS] = {.name = "statistics",
							.sql = "STATISTICS",
							.has_owner = true,
							ATTRIBUTES(statistics_attributes)},
	[ZM_KIND_RULE] = {.name = "rule",
					  .sql = "RULE",
					  ATTRIBUTES(rule_attributes)},
	[ZM_KIND_TRIGGER] = {.name = "trigger",
						 .sql = "TRIGGER",
						 ATTRIBUTES(trigger_attributes)},
	[ZM_KIND_PARTITION_TRIGGER] = {.name = "partition trigger",
								   .sql = NULL,
								   ATTRIBUTES(partition_trigger_attributes)},
	[ZM_KIND_POLICY] = {.name = "policy",
						.sql = "POLICY",
						ATTRIBUTES(policy_attributes)},
	[ZM_KIND_PUBLICATION] = {.name = "publication",
							 .sql = "PUBLICATION",
							 .has_owner = true,
							 ATTRIBUTES(publication_attributes)},
	[ZM_KIND_PUBLICATION_TABLE] = {.name = "publication table",
								   .sql = NULL,
								   .folds = true,
								   ATTRIBUTES(publication_table_attributes)},
	[ZM_KIND_PUBLICATION_SCHEMA] = {.name = "publication schema",
									.sql = NULL,
									.folds = true},
	[ZM_KIND_SUBSCRIPTION] = {.name = "subscription",
							  .sql = "SUBSCRIPTION",
							  .has_owner = true,
							  ATTRIBUTES(subscription_attributes)},
	[ZM_KIND_EVENT_TRIGGER] = {.name = "event trigger",
							   .sql = "EVENT TRIGGER",
							   .has_owner = true,
							   ATTRIBUTES(event_trigger_attributes)},
	[ZM_KIND_PRIVILEGES] = {.name = "privileges",
							.sql = NULL,
							ATTRIBUTES(privileges_attributes)},
	[ZM_KIND_DEFAULT_PRIVILEGES] = {
		.name = "default privileges",
		.sql = NULL,
		ATTRIBUTES(default_privileges_attributes)}};

const ZmKind *
zm_kind(ZmKindId id)
{
	return &kinds[id];
}

ZmKindId
zm_kind_id(const ZmKind *kind)
{
	return (ZmKindId) (kind - kinds);
}

const ZmKind *
zm_kind_by_name(const char *name)
{
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

int
zm_attribute_count(const ZmKind *kind)
{
	return ZM_COMMON_ATTRIBUTES + kind->nattributes;
}

const char *
zm_attribute_name(const ZmKind *kind, int index)
{
	if (index < ZM_COMMON_ATTRIBUTES)
		return common_attributes[index];
	return kind->attributes[index - ZM_COMMON_ATTRIBUTES].name;
}

ZmAttributeUse
zm_attribute_use(const ZmKind *kind, int index)
{
	if (index < ZM_COMMON_ATTRIBUTES)
		return index == ZM_EXTENSIONS ? ZM_ALTERABLE : ZM_SETTING;
	return kind->attributes[index - ZM_COMMON_ATTRIBUTES].use;
}

int
zm_attribute_find(const ZmKind *kind, const char *name)
{
	int count = zm_attribute_count(kind);

	for (int i = 0; i < count; i++)
	{
		if (strcmp(zm_attribute_name(kind, i), name) == 0)
			return i;
	}
	return -1;
}

int
zm_attribute_index(const ZmKind *kind, const char *name)
{
	int index = zm_attribute_find(kind, name);

	if (index < 0)
		elog(ERROR, "kind \"%s\" has no attribute \"%s\"", kind->name, name);
	return index;
}
