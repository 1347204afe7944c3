/*
 * q_privileges.c
 *
 * Catalog queries: default privileges, and privileges on what an extension or
 * initdb has made; the server's own objects are no part of a schema, so of
 * these only the names are told.
 *
 * pg_init_privs tells what such an object had then; those that have what they
 * had are left out before anything else is asked of them.
 */
#include "postgres.h"

#include "schema/queries.h"

/* classid, objid, namespace, what GRANT calls it, owner, privileges now, at
 * first, and those that the server gives by itself */
#define SQL_CHANGED(catalog, namespace, name, owner, acl, type)               \
	"SELECT '" catalog                                                        \
	"'::regclass::oid, c.oid, " namespace ", " name ", c." owner ", c." acl   \
										  ", i.initprivs, acldefault(" type   \
										  ", c." owner ") FROM " catalog      \
										  " c LEFT JOIN pg_init_privs i "     \
										  "ON i.classoid = '" catalog         \
										  "'::regclass AND i.objoid = c.oid " \
										  "AND i.objsubid = 0 WHERE c." acl   \
										  " IS DISTINCT FROM i.initprivs "

#define CHANGED_ROUTINES                                       \
	SQL_CHANGED("pg_proc", "c.pronamespace",                   \
				"CASE c.prokind WHEN 'p' THEN 'PROCEDURE ' "   \
				"ELSE 'FUNCTION ' END || c.oid::regprocedure", \
				"proowner", "proacl", "'f'")
#define CHANGED_RELATIONS                                   \
	SQL_CHANGED("pg_class", "c.relnamespace",               \
				"CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' " \
				"ELSE 'TABLE ' END || c.oid::regclass",     \
				"relowner", "relacl",                       \
				"(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::\"char\"")
#define CHANGED_TYPES                                                     \
	SQL_CHANGED("pg_type", "c.typnamespace", "'TYPE ' || c.oid::regtype", \
				"typowner", "typacl", "'T'")
#define CHANGED_SCHEMAS                                                      \
	SQL_CHANGED("pg_namespace", "c.oid",                                     \
				"'SCHEMA ' || quote_ident(c.nspname)", "nspowner", "nspacl", \
				"'n'")
#define CHANGED_LANGUAGES                                                    \
	SQL_CHANGED("pg_language", "0", "'LANGUAGE ' || quote_ident(c.lanname)", \
				"lanowner", "lanacl", "'l'")
#define CHANGED_WRAPPERS                                             \
	SQL_CHANGED("pg_foreign_data_wrapper", "0",                      \
				"'FOREIGN DATA WRAPPER ' || quote_ident(c.fdwname)", \
				"fdwowner", "fdwacl", "'F'")
#define CHANGED_SERVERS                                                    \
	SQL_CHANGED("pg_foreign_server", "0",                                  \
				"'FOREIGN SERVER ' || quote_ident(c.srvname)", "srvowner", \
				"srvacl", "'S'")

#define SQL_SORTED(acl) \
	"ARRAY(SELECT item::text FROM unnest(" acl ") item ORDER BY 1)"
#define PRIVILEGES SQL_SORTED("coalesce(o.acl, o.built_in)")
#define INITIAL_PRIVILEGES SQL_SORTED("coalesce(o.initial, o.built_in)")

/* o: what has other privileges than at first, e: whose member it is.  Most are
 * a user's own, and not looked at any closer. */
#define FROM_CHANGED                                                        \
	"FROM (" CHANGED_ROUTINES "UNION ALL " CHANGED_RELATIONS                \
	"UNION ALL " CHANGED_TYPES "UNION ALL " CHANGED_SCHEMAS                 \
	"UNION ALL " CHANGED_LANGUAGES "UNION ALL " CHANGED_WRAPPERS            \
	"UNION ALL " CHANGED_SERVERS                                            \
	") o (classid, objid, namespace, identity, owner, acl, initial, "       \
	"built_in) "                                                            \
	"LEFT JOIN pg_depend m ON m.classid = o.classid AND m.objid = o.objid " \
	"AND m.objsubid = 0 AND m.deptype = 'e' "                               \
	"LEFT JOIN pg_extension e ON e.oid = m.refobjid "                       \
	"WHERE CASE WHEN m.objid IS NOT NULL OR o.objid < 16384 "               \
	"THEN " PRIVILEGES " <> " INITIAL_PRIVILEGES " END "

/* Of the server's own; information_schema has no entries in pg_init_privs. */
#define IS_SYSTEM                                    \
	"e.oid IS NULL AND o.objid < 16384 "             \
	"AND o.namespace <> ALL (ARRAY(SELECT oid FROM " \
	"pg_namespace WHERE nspname IN "                 \
	"('information_schema', 'public')))"

const ZmQuery zm_queries_privileges[] = {
	{ZM_KIND_PRIVILEGES,
	 "SELECT CASE WHEN e.oid IS NULL THEN 'privileges on ' || o.identity END "
	 "AS unknown, 'pg_extension'::regclass::oid AS parentclass, "
	 "e.oid AS parentid, o.identity, o.owner, "
	 "coalesce(o.acl, o.built_in) AS privileges, "
	 "coalesce(o.initial, o.built_in) AS \"initial privileges\" " FROM_CHANGED
	 "AND (e.extname <> 'zishu_migrate' OR " IS_SYSTEM ")"},

	/* The role counts as their owner. */
	{ZM_KIND_DEFAULT_PRIVILEGES,
	 "SELECT 'pg_default_acl'::regclass::oid AS classid, d.oid AS objid, "
	 "n.nspname::text AS schema, word AS name, "
	 "format('FOR ROLE %I%s ON %s', pg_get_userbyid(d.defaclrole), "
	 "' IN SCHEMA ' || quote_ident(n.nspname), word) AS identity, "
	 "pg_get_userbyid(d.defaclrole)::text AS role, "
	 "d.defaclrole AS owner, d.defaclacl AS privileges "
	 "FROM pg_default_acl d "
	 "JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'FUNCTIONS'), "
	 "('T', 'TYPES'), ('n', 'SCHEMAS'), ('L', 'LARGE OBJECTS')) "
	 "words (type, word) ON words.type = d.defaclobjtype::text "
	 "LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace "
	 "WHERE d.defaclnamespace = 0 OR " ZM_SQL_USER_SCHEMA("n")},

	{0, NULL}};
