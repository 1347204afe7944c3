/*
 * q_namespace.c
 *
 * Catalog queries: schemas, extensions, languages, access methods, transforms.
 *
 * What initdb made has an OID below 16384; what it made as an extension is a
 * member of one.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_namespace[] = {
	{ZM_KIND_SCHEMA,
	 "SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, "
	 "n.nspname::text AS name, quote_ident(n.nspname) AS identity, "
	 "n.nspowner AS owner, n.nspacl AS privileges "
	 "FROM pg_namespace n "
	 "WHERE " ZM_SQL_USER_SCHEMA("n") " AND " ZM_SQL_NOT_MEMBER("pg_namespace",
																"n.oid")},

	{ZM_KIND_EXTENSION,
	 "SELECT 'pg_extension'::regclass::oid AS classid, e.oid AS objid, "
	 "e.extname::text AS name, quote_ident(e.extname) AS identity, "
	 "n.nspname::text AS \"in schema\", "
	 "e.extversion AS version, e.extrelocatable AS relocatable, "
	 "nullif(ARRAY(SELECT config::regclass::text "
	 "FROM unnest(e.extconfig) config "
	 "ORDER BY config::regclass::text COLLATE \"C\"), '{}') "
	 "AS configuration, "
	 "nullif(ARRAY(SELECT '(' || format_type(c.castsource, NULL) || ' AS ' || "
	 "format_type(c.casttarget, NULL) || ')' "
	 "FROM pg_depend d JOIN pg_cast c ON c.oid = d.objid "
	 "WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid "
	 "AND d.classid = 'pg_cast'::regclass AND d.deptype = 'e' "
	 "ORDER BY 1), '{}') AS casts "
	 "FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
	 "WHERE e.extname <> 'zishu_migrate'"},

	{ZM_KIND_LANGUAGE,
	 "SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, "
	 "l.lanname::text AS name, quote_ident(l.lanname) AS identity, "
	 "l.lanowner AS owner, l.lanacl AS privileges, l.lanpltrusted AS trusted, "
	 "nullif(l.lanplcallfoid, 0)::regproc AS handler, "
	 "nullif(l.laninline, 0)::regproc AS inline, "
	 "nullif(l.lanvalidator, 0)::regproc AS validator "
	 "FROM pg_language l "
	 "WHERE l.oid >= 16384 AND " ZM_SQL_NOT_MEMBER("pg_language", "l.oid")},

	{ZM_KIND_ACCESS_METHOD,
	 "SELECT 'pg_am'::regclass::oid AS classid, a.oid AS objid, "
	 "a.amname::text AS name, quote_ident(a.amname) AS identity, "
	 "CASE a.amtype WHEN 't' THEN 'table' ELSE 'index' END AS type, "
	 "a.amhandler::regproc AS handler "
	 "FROM pg_am a "
	 "WHERE a.oid >= 16384 AND " ZM_SQL_NOT_MEMBER("pg_am", "a.oid")},

	{ZM_KIND_TRANSFORM,
	 "SELECT 'pg_transform'::regclass::oid AS classid, t.oid AS objid, "
	 "format('FOR %s LANGUAGE %I', t.trftype::regtype, l.lanname) "
	 "AS identity, "
	 "nullif(t.trffromsql, 0)::regprocedure AS \"from sql\", "
	 "nullif(t.trftosql, 0)::regprocedure AS \"to sql\" "
	 "FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang "
	 "WHERE t.oid >= 16384 AND " ZM_SQL_NOT_MEMBER("pg_transform", "t.oid")},

	{0, NULL}};
