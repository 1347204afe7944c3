/*
 * compat.h
 *
 * What differs between PostgreSQL 15 and 19.
 *
 * Rule: the only file that names a server version.  Each shim takes the
 * newest form, so that the callers read as if written for that version.
 */
#ifndef ZM_COMPAT_H
#define ZM_COMPAT_H

#include "fmgr.h"
#include "parser/scanner.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "storage/lock.h"
#if PG_VERSION_NUM < 170000
#include "storage/sinvaladt.h"
#endif
#if PG_VERSION_NUM >= 160000
#include "varatt.h" /* was part of postgres.h */
#endif

#if PG_VERSION_NUM < 150000
#error "zishu_migrate needs PostgreSQL 15 or later"
#endif

/* 18 can carry the module's name. */
#if PG_VERSION_NUM >= 180000
#define ZM_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "zishu_migrate")
#else
#define ZM_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* 17 renamed backend ids to process numbers. */
static inline PGPROC *
zm_virtual_transaction_proc(VirtualTransactionId vxid)
{
#if PG_VERSION_NUM >= 170000
	return ProcNumberGetProc(vxid.procNumber);
#else
	return BackendIdGetProc(vxid.backendId);
#endif
}

/* 19 always has standard strings, and no warning about the others. */
static inline void
zm_ignore_string_escapes(core_yy_extra_type *scanner)
{
#if PG_VERSION_NUM < 190000
	scanner->escape_string_warning = false;
#endif
}

/* 19 made CLUSTER a case of REPACK. */
#if PG_VERSION_NUM < 190000
#define RepackStmt ClusterStmt
#define T_RepackStmt T_ClusterStmt
#define zm_repack_relation(statement) (((ClusterStmt *) (statement))->relation)
#else
#define zm_repack_relation(statement)                       \
	(((RepackStmt *) (statement))->relation                 \
		 ? ((RepackStmt *) (statement))->relation->relation \
		 : NULL)
#endif

/* 19 can also refresh sequences. */
#if PG_VERSION_NUM < 190000
#define ALTER_SUBSCRIPTION_REFRESH_PUBLICATION ALTER_SUBSCRIPTION_REFRESH
#endif

/* Of a row of pg_attribute: is it not null, and since 18, by which constraint;
 * there a parent's need not be its children's. */
#if PG_VERSION_NUM >= 180000
#define ZM_HAS_NOT_NULL_CONSTRAINTS true
#define ZM_SQL_COLUMN_NOT_NULL(a)                                  \
	"nn.oid IS NOT NULL AS \"not null\", "                         \
	"CASE WHEN nn.coninhcount = 0 THEN nn.conname::text END "      \
	"AS \"not null name\", "                                       \
	"CASE WHEN nn.coninhcount > 0 THEN nn.conname::text END "      \
	"AS \"inherited not null name\", "                             \
	"NOT nn.convalidated AS \"not null not valid\", "              \
	"nn.connoinherit AS \"not null no inherit\", "                 \
	"nn.conislocal AND nn.coninhcount > 0 AS \"not null local\", " \
	"nnd.description AS \"not null comment\", "
#define ZM_SQL_JOIN_NOT_NULL(a)                                           \
	"LEFT JOIN pg_constraint nn ON nn.contype = 'n' AND nn.conrelid = " a \
	".attrelid AND nn.conkey[1] = " a ".attnum "                          \
	"LEFT JOIN pg_description nnd ON nnd.objoid = nn.oid "                \
	"AND nnd.classoid = 'pg_constraint'::regclass AND nnd.objsubid = 0 "
#else
#define ZM_HAS_NOT_NULL_CONSTRAINTS false
#define ZM_SQL_COLUMN_NOT_NULL(a) a ".attnotnull AS \"not null\", "
#define ZM_SQL_JOIN_NOT_NULL(a) ""
#endif

/* 17 can give a generated column another expression. */
#if PG_VERSION_NUM >= 170000
#define ZM_HAS_SET_EXPRESSION true
#else
#define ZM_HAS_SET_EXPRESSION false
#endif

/* 17 can link operators that are there, and mark them as fit for hashing and
 * merging. */
#if PG_VERSION_NUM >= 170000
#define ZM_HAS_OPERATOR_LINKS true
#else
#define ZM_HAS_OPERATOR_LINKS false
#endif

/* 16 lets a table say the expression of a generated column that it inherits. */
#if PG_VERSION_NUM >= 160000
#define ZM_CHILD_SAYS_GENERATED true
#else
#define ZM_CHILD_SAYS_GENERATED false
#endif

/* 17 has MAINTAIN on tables. */
#if PG_VERSION_NUM >= 170000
#define ZM_TABLE_RIGHTS "arwdDxtm"
#else
#define ZM_TABLE_RIGHTS "arwdDxt"
#endif

/* Of a row of pg_constraint.  18 has constraints that are not enforced, and
 * keys over a period. */
#if PG_VERSION_NUM >= 180000
#define ZM_SQL_ENFORCED(c) c ".conenforced"
#define ZM_SQL_TEMPORAL(c) c ".conperiod"
#else
#define ZM_SQL_ENFORCED(c) "true"
#define ZM_SQL_TEMPORAL(c) "false"
#endif

/* 18 takes foreign keys of partitioned tables that are not valid. */
#if PG_VERSION_NUM >= 180000
#define ZM_HAS_NOT_VALID_KEYS_BELOW true
#else
#define ZM_HAS_NOT_VALID_KEYS_BELOW false
#endif

/* Of a row of pg_type.  17 has not-null constraints of domains, which are
 * objects. */
#if PG_VERSION_NUM >= 170000
#define ZM_SQL_DOMAIN_NOT_NULL(t) "false"
#define ZM_SQL_DOMAIN_CONSTRAINT_TYPES "('c', 'n')"
#else
#define ZM_SQL_DOMAIN_NOT_NULL(t) t ".typnotnull"
#define ZM_SQL_DOMAIN_CONSTRAINT_TYPES "('c')"
#endif

/* Of a row of pg_collation.  17 has one column for the locales of all providers;
 * 16 has rules. */
#if PG_VERSION_NUM >= 170000
#define ZM_SQL_COLLATION_LOCALE(c) c ".colllocale"
#else
#define ZM_SQL_COLLATION_LOCALE(c) c ".colliculocale"
#endif
#if PG_VERSION_NUM >= 160000
#define ZM_SQL_COLLATION_RULES(c) c ".collicurules"
#else
#define ZM_SQL_COLLATION_RULES(c) "NULL::text"
#endif

/* 18 runs every portal once. */
#if PG_VERSION_NUM >= 180000
#define zm_portal_run(portal, count, top_level, dest, alternative, \
					  completion)                                  \
	PortalRun(portal, count, top_level, dest, alternative, completion)
#else
#define zm_portal_run(portal, count, top_level, dest, alternative, \
					  completion)                                  \
	PortalRun(portal, count, top_level, true, dest, alternative, completion)
#endif

/* 16 has one function for all kinds. */
#if PG_VERSION_NUM >= 160000
#define zm_may_create_in_tablespace(tablespace, role)                       \
	(object_aclcheck(TableSpaceRelationId, tablespace, role, ACL_CREATE) == \
	 ACLCHECK_OK)
#define zm_owns_relation(relation, role) \
	object_ownercheck(RelationRelationId, relation, role)
#else
#define zm_may_create_in_tablespace(tablespace, role) \
	(pg_tablespace_aclcheck(tablespace, role, ACL_CREATE) == ACLCHECK_OK)
#define zm_owns_relation(relation, role) pg_class_ownercheck(relation, role)
#endif

/* Attributes of pg_database.  17 has a locale for all providers but libc; 16
 * has rules. */
#if PG_VERSION_NUM >= 170000
#define ZM_DATABASE_LOCALE Anum_pg_database_datlocale
#else
#define ZM_DATABASE_LOCALE Anum_pg_database_daticulocale
#endif
#if PG_VERSION_NUM >= 160000
#define ZM_DATABASE_ICU_RULES Anum_pg_database_daticurules
#else
#define ZM_DATABASE_ICU_RULES InvalidAttrNumber
#endif

/* Is a column that RETURNING gives that of the row as it is then?  18 has "old"
 * and "new", too. */
#if PG_VERSION_NUM >= 180000
#define ZM_IS_OF_ROW(var) ((var)->varreturningtype == VAR_RETURNING_DEFAULT)
#else
#define ZM_IS_OF_ROW(var) true
#endif

/* The columns of an entry, dropped ones too.  18 can take those of RETURNING. */
#if PG_VERSION_NUM >= 180000
#define zm_expand_entry(entry, number, columns) \
	expandRTE(entry, number, 0, VAR_RETURNING_DEFAULT, -1, true, NULL, columns)
#else
#define zm_expand_entry(entry, number, columns) \
	expandRTE(entry, number, 0, -1, true, NULL, columns)
#endif

/* Of a row of pg_publication.  18 can publish generated columns, 19 all
 * sequences. */
#if PG_VERSION_NUM >= 180000
#define ZM_SQL_PUBLISHES_STORED(p) p ".pubgencols = 's'"
#else
#define ZM_SQL_PUBLISHES_STORED(p) "false"
#endif
#if PG_VERSION_NUM >= 190000
#define ZM_SQL_PUBLISHES_SEQUENCES(p) p ".puballsequences"
#else
#define ZM_SQL_PUBLISHES_SEQUENCES(p) "false"
#endif

/* Of a row of pg_publication_rel.  19 can leave tables out of all. */
#if PG_VERSION_NUM >= 190000
#define ZM_SQL_PUBLICATION_EXCEPT(r) r ".prexcept"
#else
#define ZM_SQL_PUBLICATION_EXCEPT(r) "false"
#endif

/* Of a row of pg_subscription: the options that ALTER SUBSCRIPTION can set,
 * as texts "name=value"; one that the slot has, too; and (19) the server
 * whose options are the connection. */
#if PG_VERSION_NUM >= 160000
#define ZM_SQL_SUBSCRIPTION_16(s)                                            \
	"'origin=' || " s ".suborigin, "                                         \
	"'password_required=' || " s ".subpasswordrequired, "                    \
	"'run_as_owner=' || " s ".subrunasowner, "                               \
	"'streaming=' || CASE " s ".substream WHEN 't' THEN 'on' WHEN 'p' THEN " \
	"'parallel' ELSE 'off' END, "
#else
#define ZM_SQL_SUBSCRIPTION_16(s) "'streaming=' || " s ".substream, "
#endif
#if PG_VERSION_NUM >= 190000
#define ZM_SQL_SUBSCRIPTION_19(s)                          \
	"'max_retention_duration=' || " s ".submaxretention, " \
	"'retain_dead_tuples=' || " s ".subretaindeadtuples, " \
	"'wal_receiver_timeout=' || " s ".subwalrcvtimeout, "
#define ZM_SQL_SUBSCRIPTION_SERVER(s) s ".subserver"
#else
#define ZM_SQL_SUBSCRIPTION_19(s) ""
#define ZM_SQL_SUBSCRIPTION_SERVER(s) "0"
#endif
#if PG_VERSION_NUM >= 170000
#define ZM_SQL_SUBSCRIPTION_FAILOVER(s) s ".subfailover"
#else
#define ZM_SQL_SUBSCRIPTION_FAILOVER(s) "false"
#endif

/* Of a row of pg_foreign_data_wrapper.  19 has a function that makes a
 * connection of a server's options, for subscriptions. */
#if PG_VERSION_NUM >= 190000
#define ZM_SQL_WRAPPER_CONNECTION(w) \
	"nullif(" w ".fdwconnection, 0)::regproc::text"
#else
#define ZM_SQL_WRAPPER_CONNECTION(w) "NULL::text"
#endif

/* 19 takes flags. */
#if PG_VERSION_NUM >= 190000
#define zm_table_beginscan(relation, snapshot, nkeys, keys) \
	table_beginscan(relation, snapshot, nkeys, keys, SO_NONE)
#else
#define zm_table_beginscan(relation, snapshot, nkeys, keys) \
	table_beginscan(relation, snapshot, nkeys, keys)
#endif

/* 16 hands them out with their number. */
#if PG_VERSION_NUM >= 160000
#define zm_guc_variables(n) get_guc_variables(n)
#else
#define zm_guc_variables(n) (*(n) = GetNumConfigOptions(), get_guc_variables())
#endif

/* 16 can be told that columns may be missing. */
#if PG_VERSION_NUM >= 160000
#define zm_attribute_map(in, out) build_attrmap_by_name(in, out, false)
#else
#define zm_attribute_map(in, out) build_attrmap_by_name(in, out)
#endif

/* What the actions of a JSON parser return: nothing before 16.  17 can have
 * the lexer elsewhere. */
#if PG_VERSION_NUM >= 160000
#define ZmJsonResult JsonParseErrorType
#define ZM_JSON_CONTINUE return JSON_SUCCESS
#else
#define ZmJsonResult void
#define ZM_JSON_CONTINUE return
#endif
#if PG_VERSION_NUM >= 170000
#define zm_json_lexer(text, length, encoding) \
	makeJsonLexContextCstringLen(NULL, text, length, encoding, true)
#else
#define zm_json_lexer(text, length, encoding) \
	makeJsonLexContextCstringLen(text, length, encoding, true)
#endif

/* 18 writes it before the declaration. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

#endif /* ZM_COMPAT_H */
