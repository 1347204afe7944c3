/*
 * q_foreign.c
 *
 * Catalog queries: foreign data wrappers, servers, user mappings,
 * publications, subscriptions.
 */
#include "postgres.h"

#include "catalog/pg_subscription.h"
#include "miscadmin.h"
#include "utils/acl.h"

#include "compat.h"
#include "schema/queries.h"

/* Generic options, in the order of their names. */
#define SQL_OPTIONS(options)                                       \
	"CASE WHEN " options " <> '{}' THEN ARRAY(SELECT option FROM " \
	"unnest(" options ") option ORDER BY option COLLATE \"C\") END"

#define WRAPPER_OPTIONS SQL_OPTIONS("w.fdwoptions")
#define SERVER_OPTIONS SQL_OPTIONS("s.srvoptions")
#define MAPPING_OPTIONS SQL_OPTIONS("m.umoptions")
#define USER_WRAPPER ZM_SQL_NOT_MEMBER("pg_foreign_data_wrapper", "w.oid")
#define USER_SERVER ZM_SQL_NOT_MEMBER("pg_foreign_server", "s.oid")
#define USER_MAPPING ZM_SQL_NOT_MEMBER("pg_user_mapping", "m.umid")
#define USER_PUBLICATION ZM_SQL_NOT_MEMBER("pg_publication", "p.oid")
#define IS_EXCEPTED ZM_SQL_PUBLICATION_EXCEPT("r")
#define ALL_SEQUENCES ZM_SQL_PUBLISHES_SEQUENCES("p")
#define STORED_COLUMNS ZM_SQL_PUBLISHES_STORED("p")

#define SUBSCRIPTION_SERVER ZM_SQL_SUBSCRIPTION_SERVER("s")
#define FAILOVER ZM_SQL_SUBSCRIPTION_FAILOVER("s")
#define OPTIONS_16 ZM_SQL_SUBSCRIPTION_16("s")
#define OPTIONS_19 ZM_SQL_SUBSCRIPTION_19("s")

#define SQL_SUBSCRIPTION(connection)                                       \
	"SELECT 'pg_subscription'::regclass::oid AS classid, s.oid AS objid, " \
	"s.subname::text AS name, quote_ident(s.subname) AS identity, "        \
	"s.subowner AS owner, " connection " AS connection, "                  \
	"f.srvname::text AS server, "                                          \
	"ARRAY(SELECT name FROM unnest(s.subpublications) name "               \
	"ORDER BY name COLLATE \"C\") AS publications, "                       \
	"s.subenabled AS enabled, s.subslotname::text AS slot, "               \
	"s.subtwophasestate <> 'd' AS \"two phase\", "                         \
	"" FAILOVER " AS failover, "                                           \
	"ARRAY['binary=' || s.subbinary, "                                     \
	"'disable_on_error=' || s.subdisableonerr, " OPTIONS_16 OPTIONS_19     \
	"'synchronous_commit=' || s.subsynccommit] AS options "                \
	"FROM pg_subscription s "                                              \
	"LEFT JOIN pg_foreign_server f ON f.oid = " SUBSCRIPTION_SERVER        \
	" WHERE s.subdbid = (SELECT oid FROM pg_database "                     \
	"WHERE datname = current_database())"

const ZmQuery zm_queries_foreign[] = {
	{ZM_KIND_FOREIGN_DATA_WRAPPER,
	 "SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, "
	 "w.oid AS objid, w.fdwname::text AS name, "
	 "quote_ident(w.fdwname) AS identity, w.fdwowner AS owner, "
	 "w.fdwacl AS privileges, nullif(w.fdwhandler, 0)::regproc AS handler, "
	 "nullif(w.fdwvalidator, 0)::regproc AS validator, "
	 "" ZM_SQL_WRAPPER_CONNECTION(
		 "w") " AS connection, "
			  "" WRAPPER_OPTIONS " AS options "
			  "FROM pg_foreign_data_wrapper w WHERE " USER_WRAPPER},

	{ZM_KIND_SERVER,
	 "SELECT 'pg_foreign_server'::regclass::oid AS classid, s.oid AS objid, "
	 "s.srvname::text AS name, quote_ident(s.srvname) AS identity, "
	 "s.srvowner AS owner, s.srvacl AS privileges, "
	 "w.fdwname::text AS wrapper, s.srvtype AS type, "
	 "s.srvversion AS version, " SERVER_OPTIONS " AS options "
	 "FROM pg_foreign_server s "
	 "JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE " USER_SERVER},

	/* The view shows the options to those who may see them. */
	{ZM_KIND_USER_MAPPING,
	 "SELECT 'pg_user_mapping'::regclass::oid AS classid, m.umid AS objid, "
	 "format('FOR %s SERVER %I', CASE WHEN m.umuser = 0 THEN 'PUBLIC' "
	 "ELSE quote_ident(pg_get_userbyid(m.umuser)) END, m.srvname) "
	 "AS identity, " MAPPING_OPTIONS " AS options "
	 "FROM pg_user_mappings m WHERE " USER_MAPPING},

	{ZM_KIND_PUBLICATION,
	 "SELECT 'pg_publication'::regclass::oid AS classid, p.oid AS objid, "
	 "p.pubname::text AS name, quote_ident(p.pubname) AS identity, "
	 "p.pubowner AS owner, p.puballtables AS \"all tables\", "
	 "nullif(ARRAY(SELECT r.prrelid::regclass::text FROM pg_publication_rel r "
	 "WHERE r.prpubid = p.oid AND " IS_EXCEPTED
	 " ORDER BY 1), '{}') AS \"all tables except\", "
	 "" ALL_SEQUENCES " AS \"all sequences\", "
	 "CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete "
	 "AND p.pubtruncate) THEN concat_ws(', ', "
	 "CASE WHEN p.pubinsert THEN 'insert' END, "
	 "CASE WHEN p.pubupdate THEN 'update' END, "
	 "CASE WHEN p.pubdelete THEN 'delete' END, "
	 "CASE WHEN p.pubtruncate THEN 'truncate' END) END AS publish, "
	 "p.pubviaroot AS \"via partition root\", "
	 "CASE WHEN " STORED_COLUMNS " THEN 'stored' END "
	 "AS \"generated columns\" "
	 "FROM pg_publication p WHERE " USER_PUBLICATION},

	/* The columns are a set. */
	{ZM_KIND_PUBLICATION_TABLE,
	 "SELECT 'pg_publication_rel'::regclass::oid AS classid, r.oid AS objid, "
	 "'pg_publication'::regclass::oid AS parentclass, p.oid AS parentid, "
	 "n.nspname::text AS schema, c.relname::text AS name, "
	 "format('%I.%I IN %I', n.nspname, c.relname, p.pubname) AS identity, "
	 "(SELECT string_agg(quote_ident(a.attname), ', ' "
	 "ORDER BY a.attname COLLATE \"C\") "
	 "FROM unnest(r.prattrs) number JOIN pg_attribute a "
	 "ON a.attrelid = r.prrelid AND a.attnum = number) AS columns, "
	 "pg_get_expr(r.prqual, r.prrelid) AS \"where\" "
	 "FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid "
	 "JOIN pg_class c ON c.oid = r.prrelid "
	 "JOIN pg_namespace n ON n.oid = c.relnamespace "
	 "WHERE NOT " IS_EXCEPTED " AND " USER_PUBLICATION},

	{ZM_KIND_PUBLICATION_SCHEMA,
	 "SELECT 'pg_publication_namespace'::regclass::oid AS classid, "
	 "r.oid AS objid, 'pg_publication'::regclass::oid AS parentclass, "
	 "p.oid AS parentid, n.nspname::text AS name, "
	 "format('%I IN %I', n.nspname, p.pubname) AS identity "
	 "FROM pg_publication_namespace r "
	 "JOIN pg_publication p ON p.oid = r.pnpubid "
	 "JOIN pg_namespace n ON n.oid = r.pnnspid WHERE " USER_PUBLICATION},

	{0, NULL}};

static const ZmQuery subscriptions = {ZM_KIND_SUBSCRIPTION,
									  SQL_SUBSCRIPTION("NULL::text")};
static const ZmQuery connections = {ZM_KIND_SUBSCRIPTION,
									SQL_SUBSCRIPTION("s.subconninfo")};

/* A connection can hold a password: not everybody may read it. */
const ZmQuery *
zm_subscription_query(void)
{
	if (pg_class_aclcheck(SubscriptionRelationId, GetUserId(), ACL_SELECT) ==
			ACLCHECK_OK ||
		pg_attribute_aclcheck(SubscriptionRelationId,
							  Anum_pg_subscription_subconninfo, GetUserId(),
							  ACL_SELECT) == ACLCHECK_OK)
		return &connections;
	return &subscriptions;
}
