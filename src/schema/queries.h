/*
 * queries.h
 *
 * The catalog queries, a file per family of kinds.
 *
 * A query gives a row per object.  Its columns are told by their names:
 *
 *	 classid, objid, objsubid	  oid, oid, int4: the address
 *	 parentclass, parentid, parentsubid	 the same of its parent, or left out
 *	 schema, name, identity		  text, see ZmObject
 *	 unknown					  text: the row is no object, but this is the name
 *								  of something that the snapshot leaves out
 *	 owner						  oid
 *	 privileges					  aclitem[]: NULL means the default
 *	 any other attribute of the kind  text (a list: text[]; a yes/no: bool;
 *								  a number: any integer)
 *
 * Columns of attributes may be left out.  Identities are qualified and quoted:
 * run with an empty search_path, regclass, regtype, regprocedure and the like
 * give them, and so do the pg_get_*def functions.  ZM_SQL_* are building
 * blocks; ZM_SQL_USER(oid) says "made by a user, not part of an extension".
 *
 * Rule: one pass over each catalog; no query per object, no sub-select that
 * runs per row where a join does.
 */
#ifndef ZM_QUERIES_H
#define ZM_QUERIES_H

#include "object/object.h"

typedef struct ZmQuery
{
	ZmKindId kind;
	const char *sql;
} ZmQuery;

/* Ends with an entry whose sql is NULL. */
extern const ZmQuery zm_queries_namespace[];  /* q_namespace.c: schema,
 * extension, language, access method, transform */
extern const ZmQuery zm_queries_privileges[]; /* q_privileges.c: default
 * privileges, privileges of members */
extern const ZmQuery zm_queries_type[];		  /* q_type.c, domains too */
extern const ZmQuery zm_queries_collation[];  /* q_collation.c: collation,
											  * conversion, text search */
extern const ZmQuery zm_queries_relation[];	  /* q_relation.c: tables, foreign
											  * tables, columns, defaults,
											  * inheritance, partition,
											  * sequence */
extern const ZmQuery zm_queries_constraint[]; /* q_constraint.c, indexes and
											   * statistics too */
extern const ZmQuery zm_queries_view[]; /* q_view.c: views, materialized views,
										 * rules, triggers, event triggers,
										 * policies */
extern const ZmQuery zm_queries_routine[]; /* q_routine.c: functions,
											 * procedures, aggregates, operators
											 * and their classes, casts */
extern const ZmQuery zm_queries_foreign[]; /* q_foreign.c: wrappers, servers,
											 * mappings, publications,
											 * subscriptions */

/* q_foreign.c: of subscriptions, with the connections for those who may read
 * them. */
extern const ZmQuery *zm_subscription_query(void);

/* present.c: could a query for this kind find anything?  Under the active
 * snapshot; a few small scans of catalogs. */
extern bool zm_kind_present(ZmKindId kind);

/* Is this row of pg_namespace a schema that users make objects in? */
#define ZM_SQL_USER_SCHEMA(n)             \
	n ".nspname <> 'information_schema' " \
	  "AND " n ".nspname <> 'zishu_migrate' AND " n ".nspname !~ '^pg_'"

/* Schema and name of a row of pg_class, quoted. */
#define ZM_SQL_RELATION(n, c) \
	"quote_ident(" n ".nspname) || '.' || quote_ident(" c ".relname)"

#define ZM_SQL_QUALIFIED(schema, name) \
	"quote_ident(" schema ") || '.' || quote_ident(" name ")"

/* A text[] in an order of its own. */
#define ZM_SQL_SORTED(array)                                           \
	"CASE WHEN " array " IS NOT NULL THEN "                            \
	"(SELECT array_agg(o ORDER BY o COLLATE \"C\") FROM unnest(" array \
	") o) END"

/* Not a member of an extension; classid is a regclass literal's name. */
#define ZM_SQL_NOT_MEMBER(class, oid)                                         \
	"NOT EXISTS (SELECT FROM pg_depend member WHERE member.classid = '" class \
		"'::regclass AND member.objid = " oid " AND member.deptype = 'e')"

#endif /* ZM_QUERIES_H */
