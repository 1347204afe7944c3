/*
 * q_collation.c
 *
 * Catalog queries: collations, conversions, text search objects.
 */
#include "postgres.h"

#include "compat.h"
#include "schema/queries.h"

#define QUALIFIED(schema, name) \
	"quote_ident(" schema ") || '.' || quote_ident(" name ")"

/* Address and names of a catalog's rows, in schema n. */
#define NAMED(class, row, name_column)                              \
	"'" class "'::regclass::oid AS classid, " row ".oid AS objid, " \
			  "n.nspname::text AS schema, " row "." name_column     \
			  "::text AS name, "                                    \
			  "quote_ident(n.nspname) || '.' || quote_ident(" row   \
			  "." name_column ") AS identity"

#define FROM_OURS(class, row, schema_column)                                  \
	"FROM " class " " row " "                                                 \
				  "JOIN pg_namespace n ON n.oid = " row "." schema_column " " \
				  "AND " ZM_SQL_USER_SCHEMA("n") " AND " ZM_SQL_NOT_MEMBER(   \
					  class, row ".oid") " "

/* A function by its name; none is no value. */
#define FUNCTION(column) "NULLIF(" column ", 0)::regproc::text"

const ZmQuery zm_queries_collation[] = {
	{ZM_KIND_COLLATION,
	 "SELECT " NAMED(
		 "pg_collation", "c",
		 "collname") ", "
					 "c.collowner AS owner, "
					 "CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' "
					 "ELSE 'libc' END AS provider, "
					 "CASE WHEN NOT c.collisdeterministic THEN 'false' END AS deterministic, "
					 "c.collcollate AS collate, c.collctype AS ctype, " ZM_SQL_COLLATION_LOCALE(
						 "c") " AS locale, " ZM_SQL_COLLATION_RULES("c") " AS rules, "
																		 "c.collversion AS version " FROM_OURS(
																			 "pg_collation",
																			 "c",
																			 "collnamespace")},

	{ZM_KIND_CONVERSION,
	 "SELECT " NAMED(
		 "pg_conversion", "c",
		 "conname") ", "
					"c.conowner AS owner, "
					"pg_encoding_to_char(c.conforencoding)::text AS source, "
					"pg_encoding_to_char(c.contoencoding)::text AS destination, "
					"c.conproc::text AS function, c.condefault AS \"default\" " FROM_OURS(
						"pg_conversion", "c", "connamespace")},

	{ZM_KIND_TEXT_SEARCH_PARSER,
	 "SELECT " NAMED(
		 "pg_ts_parser", "p",
		 "prsname") ", "
					"p.prsstart::text AS start, p.prstoken::text AS gettoken, "
					"p.prsend::text AS \"end\", " FUNCTION(
						"p.prsheadline") " AS headline, "
										 "p.prslextype::text AS lextypes " FROM_OURS(
											 "pg_ts_parser", "p",
											 "prsnamespace")},

	{ZM_KIND_TEXT_SEARCH_TEMPLATE,
	 "SELECT " NAMED("pg_ts_template", "t", "tmplname") ", " FUNCTION(
		 "t.tmplinit") " AS init, t.tmpllexize::text AS lexize " FROM_OURS("pg_ts_template",
																		   "t",
																		   "tmplnamespace")},

	{ZM_KIND_TEXT_SEARCH_DICTIONARY,
	 "SELECT " NAMED(
		 "pg_ts_dict", "d",
		 "dictname") ", "
					 "d.dictowner AS owner, " QUALIFIED(
						 "tn.nspname",
						 "t.tmplname") " AS template, "
									   "d.dictinitoption AS options " FROM_OURS(
										   "pg_ts_dict", "d",
										   "dictnamespace") "JOIN pg_ts_template t ON t.oid = d.dicttemplate "
															"JOIN pg_namespace tn ON tn.oid = t.tmplnamespace"},

	/* What tokens there are is known to the parser alone: each is asked
	 * once. */
	{ZM_KIND_TEXT_SEARCH_CONFIGURATION,
	 "SELECT " NAMED(
		 "pg_ts_config", "c",
		 "cfgname") ", "
					"c.cfgowner AS owner, " QUALIFIED(
						"pn.nspname",
						"p.prsname") " AS parser, "
									 "m.mappings " FROM_OURS(
										 "pg_ts_config", "c",
										 "cfgnamespace") "JOIN pg_ts_parser p ON p.oid = c.cfgparser "
														 "JOIN pg_namespace pn ON pn.oid = p.prsnamespace "
														 "LEFT JOIN (SELECT l.mapcfg, array_agg(quote_ident(k.alias) "
														 "|| ' WITH ' || l.dictionaries ORDER BY k.alias COLLATE \"C\") AS mappings "
														 "FROM (SELECT m.mapcfg, m.maptokentype, g.cfgparser, "
														 "string_agg(" QUALIFIED(
															 "dn.nspname",
															 "d.dictname") ", ', ' "
																		   "ORDER BY m.mapseqno) AS dictionaries "
																		   "FROM pg_ts_config_map m JOIN pg_ts_config g ON g.oid = m.mapcfg "
																		   "JOIN pg_namespace n ON n.oid = g.cfgnamespace "
																		   "AND " ZM_SQL_USER_SCHEMA(
																			   "n") " "
																					"JOIN pg_ts_dict d ON d.oid = m.mapdict "
																					"JOIN pg_namespace dn ON dn.oid = d.dictnamespace "
																					"GROUP BY m.mapcfg, m.maptokentype, g.cfgparser) l "
																					"JOIN (SELECT u.cfgparser, t.tokid, t.alias "
																					"FROM (SELECT DISTINCT g.cfgparser FROM pg_ts_config g "
																					"JOIN pg_namespace n ON n.oid = g.cfgnamespace "
																					"AND " ZM_SQL_USER_SCHEMA(
																						"n") ") u "
																							 "CROSS JOIN LATERAL ts_token_type(u.cfgparser) t) k "
																							 "ON k.cfgparser = l.cfgparser AND k.tokid = l.maptokentype "
																							 "GROUP BY l.mapcfg) m ON m.mapcfg = c.oid"},

	{0, NULL}};
