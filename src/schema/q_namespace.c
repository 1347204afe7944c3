/*
 * q_namespace.c
 *
 * Catalog queries: schemas, extensions.
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
	 "e.extversion AS version "
	 "FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
	 "WHERE e.extname <> 'zishu_migrate'"},

	{0, NULL}};
