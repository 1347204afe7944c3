/*
 * q_view.c
 *
 * Catalog queries: views, materialized views, rules, triggers, event triggers
 * and policies.
 */
#include "postgres.h"

#include "schema/queries.h"

/* How a trigger or rule is switched on, unless in the usual way. */
#define ENABLED(column)                         \
	"CASE " column " WHEN 'D' THEN 'disabled' " \
	"WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END"

/* The same, in the usual way, too. */
#define SWITCHED(column) "coalesce(" ENABLED(column) ", 'enabled')"

const ZmQuery zm_queries_view[] = {
	{ZM_KIND_VIEW,
	 "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, "
	 "n.nspname::text AS schema, c.relname::text AS name, " ZM_SQL_RELATION(
		 "n",
		 "c") " AS identity, "
			  "c.relowner AS owner, c.relacl AS privileges, "
			  "pg_get_viewdef(c.oid) AS definition, " ZM_SQL_SORTED(
				  "c.reloptions") " AS options "
								  "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
								  "WHERE c.relkind = 'v' AND " ZM_SQL_USER_SCHEMA(
									  "n") " AND " ZM_SQL_NOT_MEMBER("pg_class",
																	 "c.oid")},

	{ZM_KIND_MATERIALIZED_VIEW,
	 "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, "
	 "n.nspname::text AS schema, c.relname::text AS name, " ZM_SQL_RELATION(
		 "n",
		 "c") " AS identity, "
			  "c.relowner AS owner, c.relacl AS privileges, "
			  "pg_get_viewdef(c.oid) AS definition, " ZM_SQL_SORTED("c.reloptions") " AS options, " ZM_SQL_SORTED(
				  "toast.reloptions") " AS \"toast options\", "
									  "NULLIF(am.amname, 'heap')::text AS \"access method\", "
									  "ts.spcname::text AS tablespace, c.relispopulated AS populated "
									  "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
									  "LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid "
									  "LEFT JOIN pg_am am ON am.oid = c.relam "
									  "LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace "
									  "WHERE c.relkind = 'm' AND " ZM_SQL_USER_SCHEMA(
										  "n") " AND " ZM_SQL_NOT_MEMBER("pg_class",
																		 "c.oid")},

	{ZM_KIND_RULE,
	 "SELECT 'pg_rewrite'::regclass::oid AS classid, r.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, c.oid AS parentid, "
	 "n.nspname::text AS schema, r.rulename::text AS name, "
	 "quote_ident(r.rulename) || ' ON ' || " ZM_SQL_RELATION(
		 "n",
		 "c") " AS identity, "
			  "rtrim(pg_get_ruledef(r.oid), ';') AS definition, " ENABLED(
				  "r.ev_enabled") " AS enabled "
								  "FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
								  "JOIN pg_namespace n ON n.oid = c.relnamespace "
								  "WHERE r.rulename <> '_RETURN' AND " ZM_SQL_USER_SCHEMA(
									  "n") " AND " ZM_SQL_NOT_MEMBER("pg_class",
																	 "c.oid")},

	/* Those of partitions that their parent's trigger made are its own, and
	 * told only where they are switched otherwise than that, or than the one
	 * between, as which they begin. */
	{ZM_KIND_TRIGGER,
	 "SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, c.oid AS parentid, "
	 "n.nspname::text AS schema, t.tgname::text AS name, "
	 "quote_ident(t.tgname) || ' ON ' || " ZM_SQL_RELATION(
		 "n",
		 "c") " AS identity, "
			  "pg_get_triggerdef(t.oid) AS definition, "
			  "t.tgconstraint <> 0 AS \"constraint\", " ENABLED(
				  "t.tgenabled") " AS enabled "
								 "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
								 "JOIN pg_namespace n ON n.oid = c.relnamespace "
								 "WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND " ZM_SQL_USER_SCHEMA(
									 "n") " AND " ZM_SQL_NOT_MEMBER("pg_class",
																	"c.oid")},

	{ZM_KIND_PARTITION_TRIGGER,
	 "WITH RECURSIVE copies AS (SELECT oid, tgrelid, tgname, tgenabled, "
	 "tgenabled AS above, tgenabled AS first FROM pg_trigger "
	 "WHERE NOT tgisinternal AND tgparentid = 0 "
	 "UNION ALL SELECT t.oid, t.tgrelid, t.tgname, t.tgenabled, "
	 "c.tgenabled, c.first FROM copies c JOIN pg_trigger t ON t.tgparentid = c.oid) "
	 "SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, "
	 "'pg_inherits'::regclass::oid AS parentclass, i.inhrelid AS parentid, "
	 "i.inhseqno AS parentsubid, "
	 "n.nspname::text AS schema, t.tgname::text AS name, "
	 "quote_ident(t.tgname) || ' ON ' || " ZM_SQL_RELATION("n", "c") " AS identity, " SWITCHED(
		 "t.tgenabled") " AS enabled "
						"FROM copies t JOIN pg_class c ON c.oid = t.tgrelid "
						"JOIN pg_namespace n ON n.oid = c.relnamespace "
						"JOIN pg_inherits i ON i.inhrelid = t.tgrelid "
						"WHERE (t.tgenabled <> t.first OR t.tgenabled <> t.above) AND " ZM_SQL_USER_SCHEMA(
							"n") " AND " ZM_SQL_NOT_MEMBER("pg_class",
														   "c.oid")},

	{ZM_KIND_EVENT_TRIGGER,
	 "SELECT 'pg_event_trigger'::regclass::oid AS classid, e.oid AS objid, "
	 "e.evtname::text AS name, quote_ident(e.evtname) AS identity, "
	 "e.evtowner AS owner, e.evtevent::text AS event, "
	 "e.evtfoid::regproc::text AS function, " ZM_SQL_SORTED("e.evttags") " AS tags, " ENABLED(
		 "e.evtenabled") " AS enabled "
						 "FROM pg_event_trigger e WHERE " ZM_SQL_NOT_MEMBER(
							 "pg_event_trigger", "e.oid")},

	{ZM_KIND_POLICY,
	 "SELECT 'pg_policy'::regclass::oid AS classid, p.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, c.oid AS parentid, "
	 "n.nspname::text AS schema, p.polname::text AS name, "
	 "quote_ident(p.polname) || ' ON ' || " ZM_SQL_RELATION(
		 "n",
		 "c") " AS identity, "
			  "CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' "
			  "WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' END AS command, "
			  "p.polpermissive AS permissive, roles.names AS roles, "
			  "pg_get_expr(p.polqual, p.polrelid) AS \"using\", "
			  "pg_get_expr(p.polwithcheck, p.polrelid) AS \"check\" "
			  "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
			  "JOIN pg_namespace n ON n.oid = c.relnamespace "
			  "LEFT JOIN LATERAL (SELECT array_agg(quote_ident(r.rolname) "
			  "ORDER BY r.rolname COLLATE \"C\") AS names "
			  "FROM pg_roles r WHERE r.oid = ANY (p.polroles)) roles "
			  "ON p.polroles <> '{0}' "
			  "WHERE " ZM_SQL_USER_SCHEMA("n") " AND " ZM_SQL_NOT_MEMBER(
				  "pg_class", "c.oid")},

	{0, NULL}};
