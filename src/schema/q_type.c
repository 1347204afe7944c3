/*
 * q_type.c
 *
 * Catalog queries: types and domains.
 */
#include "postgres.h"

#include "compat.h"
#include "schema/queries.h"

#define TYPE_COLUMNS                                                         \
	"'pg_type'::regclass::oid AS classid, t.oid AS objid, "                  \
	"n.nspname::text AS schema, t.typname::text AS name, " ZM_SQL_QUALIFIED( \
		"n.nspname",                                                         \
		"t.typname") " AS identity, "                                        \
					 "t.typowner AS owner, t.typacl AS privileges"

#define TYPE_IS_OURS \
	ZM_SQL_USER_SCHEMA("n") " AND " ZM_SQL_NOT_MEMBER("pg_type", "t.oid")

#define FUNCTION(column) "NULLIF(" column ", 0)::regproc::text"

const ZmQuery zm_queries_type[] = {
	{ZM_KIND_SHELL_TYPE,
	 "SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, "
	 "n.nspname::text AS schema, t.typname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "t.typname") " AS identity, "
					  "t.typowner AS owner "
					  "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
					  "WHERE t.typtype = 'p' AND NOT t.typisdefined AND " TYPE_IS_OURS},

	{ZM_KIND_ENUM,
	 "SELECT " TYPE_COLUMNS ", e.labels "
	 "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
	 "LEFT JOIN (SELECT enumtypid, array_agg(enumlabel::text "
	 "ORDER BY enumsortorder) AS labels FROM pg_enum GROUP BY 1) e "
	 "ON e.enumtypid = t.oid WHERE t.typtype = 'e' AND " TYPE_IS_OURS},

	{ZM_KIND_DOMAIN,
	 "SELECT " TYPE_COLUMNS ", "
	 "format_type(t.typbasetype, t.typtypmod) AS type, "
	 "CASE WHEN t.typcollation <> b.typcollation "
	 "THEN t.typcollation::regcollation::text END AS collation, "
	 "pg_get_expr(t.typdefaultbin, 0) AS \"default\", " ZM_SQL_DOMAIN_NOT_NULL(
		 "t") " AS \"not null\" "
			  "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
			  "JOIN pg_type b ON b.oid = t.typbasetype "
			  "WHERE t.typtype = 'd' AND " TYPE_IS_OURS},

	{ZM_KIND_DOMAIN_CONSTRAINT,
	 "SELECT 'pg_constraint'::regclass::oid AS classid, o.oid AS objid, "
	 "'pg_type'::regclass::oid AS parentclass, t.oid AS parentid, "
	 "n.nspname::text AS schema, o.conname::text AS name, "
	 "quote_ident(o.conname) || ' ON DOMAIN ' || " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "t.typname") " AS identity, "
					  "CASE WHEN o.convalidated THEN full_text "
					  "ELSE left(full_text, - length(' NOT VALID')) END AS definition, "
					  "o.convalidated AS validated "
					  "FROM pg_constraint o "
					  "CROSS JOIN LATERAL pg_get_constraintdef(o.oid) full_text "
					  "JOIN pg_type t ON t.oid = o.contypid "
					  "JOIN pg_namespace n ON n.oid = t.typnamespace "
					  "WHERE o.contype IN " ZM_SQL_DOMAIN_CONSTRAINT_TYPES
					  " AND " TYPE_IS_OURS},

	{ZM_KIND_COMPOSITE_TYPE,
	 "SELECT " TYPE_COLUMNS " "
	 "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
	 "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' "
	 "WHERE " TYPE_IS_OURS},

	{ZM_KIND_ATTRIBUTE,
	 "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, "
	 "a.attnum::int4 AS objsubid, "
	 "'pg_type'::regclass::oid AS parentclass, t.oid AS parentid, "
	 "n.nspname::text AS schema, a.attname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "t.typname") " || '.' || quote_ident(a.attname) AS identity, "
					  "format_type(a.atttypid, a.atttypmod) AS type, "
					  "CASE WHEN a.attcollation <> at.typcollation "
					  "THEN a.attcollation::regcollation::text END AS collation, "
					  "row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) "
					  "AS position "
					  "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
					  "AND c.relkind = 'c' JOIN pg_type t ON t.oid = c.reltype "
					  "JOIN pg_namespace n ON n.oid = t.typnamespace "
					  "JOIN pg_type at ON at.oid = a.atttypid "
					  "WHERE a.attnum > 0 AND NOT a.attisdropped AND " TYPE_IS_OURS},

	{ZM_KIND_RANGE,
	 "SELECT " TYPE_COLUMNS ", "
	 "format_type(r.rngsubtype, NULL) AS subtype, "
	 "CASE WHEN NOT oc.opcdefault THEN " ZM_SQL_QUALIFIED(
		 "ocn.nspname",
		 "oc.opcname") " END AS \"operator class\", "
					   "CASE WHEN r.rngcollation <> st.typcollation "
					   "THEN r.rngcollation::regcollation::text END AS collation, " FUNCTION("r.rngcanonical::oid") " AS canonical, " FUNCTION("r.rngsubdiff::oid") " AS \"subtype diff\", " ZM_SQL_QUALIFIED(
						   "mn.nspname",
						   "m.typname") " AS multirange, "
										"md.description AS \"multirange comment\" "
										"FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid "
										"JOIN pg_namespace n ON n.oid = t.typnamespace "
										"JOIN pg_opclass oc ON oc.oid = r.rngsubopc "
										"JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace "
										"JOIN pg_type st ON st.oid = r.rngsubtype "
										"JOIN pg_type m ON m.oid = r.rngmultitypid "
										"JOIN pg_namespace mn ON mn.oid = m.typnamespace "
										"LEFT JOIN pg_description md ON md.objoid = m.oid "
										"AND md.classoid = 'pg_type'::regclass "
										"WHERE " TYPE_IS_OURS},

	/* Array types belong to their elements' types. */
	{ZM_KIND_BASE_TYPE,
	 "SELECT " TYPE_COLUMNS ", "
	 "t.typinput::text AS input, t.typoutput::text AS output, " FUNCTION("t.typreceive::oid") " AS receive, " FUNCTION("t.typsend::oid") " AS send, " FUNCTION("t.typmodin::oid") " AS \"typmod in\", " FUNCTION("t.typmodout::oid") " AS \"typmod out\", " FUNCTION(
		 "t.typanalyze::oid") " AS analyze, " FUNCTION("t.typsubscript::oid") " AS subscript, "
																			  "CASE WHEN t.typlen >= 0 THEN t.typlen::text ELSE 'VARIABLE' END "
																			  "AS length, "
																			  "t.typbyval AS \"passed by value\", "
																			  "CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' "
																			  "WHEN 'd' THEN 'double' ELSE 'int4' END AS alignment, "
																			  "CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' "
																			  "WHEN 'm' THEN 'main' ELSE 'plain' END AS storage, "
																			  "t.typcategory::text AS category, t.typispreferred AS preferred, "
																			  "t.typdefault AS \"default\", "
																			  "format_type(NULLIF(t.typelem, 0), NULL) AS element, "
																			  "t.typdelim::text AS delimiter, t.typcollation <> 0 AS collatable "
																			  "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
																			  "WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e "
																			  "WHERE e.typarray = t.oid) AND " TYPE_IS_OURS},

	{0, NULL}};
