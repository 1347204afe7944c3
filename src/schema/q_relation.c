/*
 * q_relation.c
 *
 * Catalog queries: tables, foreign tables, columns, defaults, inheritance,
 * partitions, sequences.
 *
 * A table's place under its parent has no address of its own in the server's
 * dependencies; here it is that of its row in pg_inherits, told by the child
 * and the number of the parent (depends.c makes the needs).
 */
#include "postgres.h"

#include "compat.h"
#include "schema/queries.h"

/* This build of the server keeps a version of its own among the options of a
 * column; of most it is the only one. */
#define IS_VERSION(option) "starts_with(" option ", 'pg_attver=')"
#define COLUMN_OPTIONS(options)                                            \
	"CASE WHEN " options " IS NOT NULL "                                   \
	"AND NOT (cardinality(" options ") = 1 AND " IS_VERSION(               \
		options "[1]") ") THEN NULLIF(ARRAY(SELECT o FROM unnest(" options \
					   ") o "                                              \
					   "WHERE NOT " IS_VERSION(                            \
						   "o") " ORDER BY o COLLATE \"C\"), '{}') END"

#define STORAGE_WORD(letter)                                          \
	"CASE " letter " WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' " \
	"WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END"

/* A relation that users make, and the schema that it lives in. */
#define FROM_RELATION \
	"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
#define IS_OURS             \
	ZM_SQL_USER_SCHEMA("n") \
	" AND c.relpersistence <> 't' AND " ZM_SQL_NOT_MEMBER("pg_class", "c.oid")

#define COLUMN_ADDRESS                                            \
	"'pg_class'::regclass::oid AS classid, a.attrelid AS objid, " \
	"a.attnum::int4 AS objsubid, "

#define INHERITANCE_ADDRESS                                          \
	"'pg_inherits'::regclass::oid AS classid, i.inhrelid AS objid, " \
	"i.inhseqno AS objsubid, "                                       \
	"'pg_class'::regclass::oid AS parentclass, i.inhrelid AS parentid, "

/* clang-format off */
const ZmQuery zm_queries_relation[] = {
	/* The limits that a sequence has if nothing is said depend on its type and
	 * direction; where it starts, on its limits. */
	{ZM_KIND_SEQUENCE,
	 "SELECT 'pg_class'::regclass::oid AS classid, s.oid AS objid, "
	 "s.nspname::text AS schema, s.relname::text AS name, "
	 ZM_SQL_RELATION("s", "s") " AS identity, "
	 "s.relowner AS owner, s.relacl AS privileges, "
	 "CASE WHEN s.seqtypid <> 'bigint'::regtype "
	 "THEN format_type(s.seqtypid, NULL) END AS type, "
	 "NULLIF(s.seqincrement, 1) AS increment, "
	 "NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 "
	 "ELSE s.least END) AS minimum, "
	 "NULLIF(s.seqmax, CASE WHEN s.seqincrement > 0 THEN s.greatest "
	 "ELSE -1 END) AS maximum, "
	 "NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin "
	 "ELSE s.seqmax END) AS start, "
	 "NULLIF(s.seqcache, 1) AS cache, s.seqcycle AS cycle, "
	 "CASE WHEN s.relpersistence = 'u' THEN 'unlogged' END AS persistence, "
	 "CASE WHEN o.relname IS NOT NULL THEN " ZM_SQL_RELATION("o", "o")
	 " || '.' || quote_ident(o.attname) END AS \"owned by\", "
	 "CASE o.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' "
	 "END AS \"generated\" "
	 "FROM (SELECT c.oid, c.relname, c.relowner, c.relacl, c.relpersistence, "
	 "n.nspname, q.*, "
	 "CASE q.seqtypid WHEN 'smallint'::regtype THEN -32768 "
	 "WHEN 'integer'::regtype THEN -2147483648 "
	 "ELSE '-9223372036854775808'::bigint END AS least, "
	 "CASE q.seqtypid WHEN 'smallint'::regtype THEN 32767 "
	 "WHEN 'integer'::regtype THEN 2147483647 "
	 "ELSE 9223372036854775807 END AS greatest " FROM_RELATION
	 "JOIN pg_sequence q ON q.seqrelid = c.oid "
	 "WHERE " IS_OURS ") s "
	 "LEFT JOIN (SELECT d.objid, n.nspname, c.relname, a.attname, "
	 "CASE WHEN d.deptype = 'i' THEN a.attidentity END AS attidentity "
	 FROM_RELATION "JOIN pg_depend d ON d.refobjid = c.oid "
	 "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid "
	 "WHERE d.classid = 'pg_class'::regclass AND d.objsubid = 0 "
	 "AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 "
	 "AND d.deptype IN ('a', 'i')) o ON o.objid = s.oid"},

	/* The server keeps the columns of a partition key from being altered. */
	{ZM_KIND_TABLE,
	 "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, "
	 "n.nspname::text AS schema, c.relname::text AS name, "
	 ZM_SQL_RELATION("n", "c") " AS identity, "
	 "c.relowner AS owner, c.relacl AS privileges, "
	 "CASE WHEN c.relpersistence = 'u' AND c.relkind = 'r' "
	 "THEN 'unlogged' END AS persistence, "
	 "NULLIF(m.amname::text, 'heap') AS \"access method\", "
	 "s.spcname::text AS tablespace, " ZM_SQL_SORTED("c.reloptions")
	 " AS options, " ZM_SQL_SORTED("toast.reloptions")
	 " AS \"toast options\", "
	 "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END "
	 "AS \"partition key\", "
	 "p.types AS \"partition key types\", "
	 "CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END "
	 "AS \"of type\", "
	 "CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' END "
	 "AS \"replica identity\", "
	 "c.relrowsecurity AS \"row security\", "
	 "c.relforcerowsecurity AS \"force row security\" " FROM_RELATION
	 "LEFT JOIN pg_am m ON m.oid = c.relam "
	 "LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace "
	 "LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid "
	 "LEFT JOIN (SELECT d.objid, array_agg(quote_ident(a.attname) || ' ' || "
	 "format_type(a.atttypid, a.atttypmod) || "
	 "CASE WHEN a.attcollation <> 0 "
	 "THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END "
	 "ORDER BY a.attname) AS types FROM pg_depend d "
	 "JOIN pg_attribute a ON a.attrelid = d.objid AND a.attnum = d.objsubid "
	 "WHERE d.classid = 'pg_class'::regclass AND d.objsubid > 0 "
	 "AND d.refclassid = 'pg_class'::regclass AND d.refobjid = d.objid "
	 "AND d.refobjsubid = 0 AND d.deptype = 'i' "
	 "GROUP BY d.objid) p ON p.objid = c.oid "
	 "WHERE c.relkind IN ('r', 'p') AND " IS_OURS},

	{ZM_KIND_FOREIGN_TABLE,
	 "SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, "
	 "n.nspname::text AS schema, c.relname::text AS name, "
	 ZM_SQL_RELATION("n", "c") " AS identity, "
	 "c.relowner AS owner, c.relacl AS privileges, "
	 "s.srvname::text AS server, " ZM_SQL_SORTED("f.ftoptions") " AS options "
	 FROM_RELATION "JOIN pg_foreign_table f ON f.ftrelid = c.oid "
	 "JOIN pg_foreign_server s ON s.oid = f.ftserver "
	 "WHERE " IS_OURS},

	/* Of tables, foreign tables, views and materialized views. */
	{ZM_KIND_COLUMN,
	 "SELECT " COLUMN_ADDRESS
	 "'pg_class'::regclass::oid AS parentclass, a.attrelid AS parentid, "
	 "a.attname::text AS name, " ZM_SQL_RELATION("n", "c")
	 " || '.' || quote_ident(a.attname) AS identity, "
	 "a.attacl AS privileges, "
	 "format_type(a.atttypid, a.atttypmod) AS type, "
	 "CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation "
	 "THEN a.attcollation::regcollation::text END AS collation, "
	 ZM_SQL_COLUMN_NOT_NULL("a")
	 "CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END "
	 "AS generated, "
	 "pg_get_expr(g.adbin, g.adrelid) AS expression, "
	 "CASE WHEN a.attstorage <> t.typstorage THEN "
	 STORAGE_WORD("a.attstorage") " END AS storage, "
	 "CASE WHEN a.attstorage <> t.typstorage THEN "
	 STORAGE_WORD("t.typstorage") " END AS \"storage of type\", "
	 "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END "
	 "AS compression, "
	 "NULLIF(a.attstattarget, -1) AS statistics, "
	 COLUMN_OPTIONS("a.attoptions") " AS options, "
	 ZM_SQL_SORTED("a.attfdwoptions") " AS \"foreign options\", "
	 "NULLIF(a.attinhcount, 0) AS inherited, "
	 "a.attinhcount > 0 AND a.attislocal AS local, "
	 "a.attnum - CASE WHEN gone.numbers IS NULL THEN 0 ELSE "
	 "(SELECT count(*) FROM unnest(gone.numbers) number "
	 "WHERE number < a.attnum) END AS position " FROM_RELATION
	 "JOIN pg_attribute a ON a.attrelid = c.oid "
	 "JOIN pg_type t ON t.oid = a.atttypid "
	 ZM_SQL_JOIN_NOT_NULL("a")
	 "LEFT JOIN pg_attrdef g ON a.attgenerated <> '' "
	 "AND g.adrelid = a.attrelid AND g.adnum = a.attnum "
	 "LEFT JOIN (SELECT attrelid, array_agg(attnum) AS numbers "
	 "FROM pg_attribute WHERE attisdropped GROUP BY attrelid) gone "
	 "ON gone.attrelid = a.attrelid "
	 "WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND a.attnum > 0 "
	 "AND NOT a.attisdropped AND " IS_OURS},

	/* What a generated column is computed from is the column's own. */
	{ZM_KIND_DEFAULT,
	 "SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, d.adrelid AS parentid, "
	 "d.adnum::int4 AS parentsubid, "
	 "a.attname::text AS name, " ZM_SQL_RELATION("n", "c")
	 " || '.' || quote_ident(a.attname) AS identity, "
	 "pg_get_expr(d.adbin, d.adrelid) AS expression " FROM_RELATION
	 "JOIN pg_attribute a ON a.attrelid = c.oid "
	 "JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
	 "WHERE c.relkind IN ('r', 'p', 'f', 'v') AND a.attgenerated = '' "
	 "AND " IS_OURS},

	{ZM_KIND_INHERITANCE,
	 "SELECT " INHERITANCE_ADDRESS ZM_SQL_RELATION("n", "c")
	 " || ' INHERIT ' || " ZM_SQL_RELATION("pn", "p") " AS identity, "
	 ZM_SQL_RELATION("pn", "p") " AS parent, "
	 "i.inhseqno AS position " FROM_RELATION
	 "JOIN pg_inherits i ON i.inhrelid = c.oid "
	 "JOIN pg_class p ON p.oid = i.inhparent "
	 "JOIN pg_namespace pn ON pn.oid = p.relnamespace "
	 "WHERE c.relkind IN ('r', 'f', 'p') AND NOT c.relispartition "
	 "AND " IS_OURS},

	{ZM_KIND_PARTITION,
	 "SELECT " INHERITANCE_ADDRESS ZM_SQL_RELATION("n", "c") " AS identity, "
	 ZM_SQL_RELATION("pn", "p") " AS parent, "
	 "pg_get_expr(c.relpartbound, c.oid) AS bound " FROM_RELATION
	 "JOIN pg_inherits i ON i.inhrelid = c.oid "
	 "JOIN pg_class p ON p.oid = i.inhparent "
	 "JOIN pg_namespace pn ON pn.oid = p.relnamespace "
	 "WHERE c.relkind IN ('r', 'f', 'p') AND c.relispartition "
	 "AND " IS_OURS},

	{0, NULL}};
