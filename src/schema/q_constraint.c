/*
 * q_constraint.c
 *
 * Catalog queries: constraints of tables, foreign keys, indexes, extended
 * statistics.
 *
 * What the server writes of these things is told in pieces, so that what can
 * be altered in place is apart from what cannot.  Each piece that is cut off
 * is put together here as the server does it, and cut by its length.
 *
 * Rule: an index that a constraint made is told with the constraint, and what
 * the server keeps for each partition that a foreign key refers to, with the
 * key.  That a column is not null is told with the column, also where that is
 * a constraint.  A partition's own copy of its parent's key is told: it stays
 * when the partition is detached.
 */
#include "postgres.h"

#include "compat.h"
#include "schema/queries.h"

/* The table t in the schema n. */
#define TABLE "quote_ident(n.nspname) || '.' || quote_ident(t.relname)"
#define OF_USER             \
	ZM_SQL_USER_SCHEMA("n") \
	" AND " ZM_SQL_NOT_MEMBER("pg_class", "t.oid")

#define ENFORCED ZM_SQL_ENFORCED("c")
#define TEMPORAL ZM_SQL_TEMPORAL("c")

/* The end of a constraint's definition that says how it is checked. */
#define CHECKED                                                          \
	"CASE WHEN c.condeferrable THEN ' DEFERRABLE' ELSE '' END || "       \
	"CASE WHEN c.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END || " \
	"CASE WHEN NOT " ENFORCED " THEN ' NOT ENFORCED' "                   \
	"WHEN NOT c.convalidated THEN ' NOT VALID' ELSE '' END"

/* The same as columns. */
#define CHECKED_COLUMNS                                              \
	"CASE WHEN c.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED' "  \
	"WHEN c.condeferrable THEN 'DEFERRABLE' END AS \"deferrable\", " \
	"NOT c.convalidated AND " ENFORCED " AS \"not valid\", "         \
	"NOT " ENFORCED " AS \"not enforced\", "

#define CONSTRAINT_COLUMNS                                               \
	"'pg_constraint'::regclass::oid AS classid, c.oid AS objid, "        \
	"'pg_class'::regclass::oid AS parentclass, c.conrelid AS parentid, " \
	"n.nspname::text AS schema, c.conname::text AS name, "               \
	"quote_ident(c.conname) || ' ON ' || " TABLE                         \
	" AS identity, " CHECKED_COLUMNS

#define CONSTRAINT_TABLES                                         \
	"FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid " \
	"JOIN pg_namespace n ON n.oid = t.relnamespace "

#define CONSTRAINT_WHOLE  \
	"CROSS JOIN LATERAL " \
	"(SELECT pg_get_constraintdef(c.oid) AS whole OFFSET 0) d "

/* By copy of a foreign key: the key that it is a copy of in the end, which
 * reads the same.  Of a copy, the server can misread the columns that ON DELETE
 * SET NULL names, where the partition has them at other places. */
#define FOREIGN_KEY_ORIGINALS                                          \
	"LEFT JOIN (WITH RECURSIVE copies AS (SELECT k.oid AS copy, "      \
	"k.conparentid AS original FROM pg_constraint k "                  \
	"WHERE k.contype = 'f' AND k.conparentid <> 0 UNION ALL "          \
	"SELECT s.copy, k.conparentid FROM copies s JOIN pg_constraint k " \
	"ON k.oid = s.original WHERE k.conparentid <> 0) "                 \
	"SELECT s.copy, s.original FROM copies s JOIN pg_constraint k "    \
	"ON k.oid = s.original WHERE k.conparentid = 0) said "             \
	"ON said.copy = c.oid "

/* Of a foreign key to a partitioned table: its columns, as they are in the names
 * that the server makes up for the copies of the key, one for each partition of
 * that table, which are not told. */
#define COPIED_BY                                                   \
	"CASE WHEN r.relkind = 'p' THEN "                               \
	"(SELECT string_agg(a.attname, '_' ORDER BY u.ordinality) "     \
	"FROM unnest(c.conkey) WITH ORDINALITY u (attnum, ordinality) " \
	"JOIN pg_attribute a "                                          \
	"ON a.attrelid = c.conrelid AND a.attnum = u.attnum) END "

#define HIDDEN_COPIES                                                      \
	"LEFT JOIN (WITH RECURSIVE hidden AS (SELECT k.oid, k.conname, "       \
	"k.conparentid AS original FROM pg_constraint k JOIN pg_constraint o " \
	"ON o.oid = k.conparentid WHERE k.contype = 'f' "                      \
	"AND (o.conrelid = k.conrelid OR o.confrelid <> k.confrelid)), "       \
	"held AS (SELECT conname, original FROM hidden UNION ALL "             \
	"SELECT held.conname, above.original FROM held "                       \
	"JOIN hidden above ON above.oid = held.original) "                     \
	"SELECT original, array_agg(conname::text) AS names FROM held "        \
	"GROUP BY original) held ON held.original = c.oid "

/* Those names that the server would not make up today, by the table and its
 * columns or (18) by the key: any of these has another name by now. */
#define UNUSUAL_COPIES                                                     \
	"CASE WHEN held.names IS NOT NULL THEN "                               \
	"(SELECT array_agg(copy.name ORDER BY copy.name COLLATE \"C\") "       \
	"FROM (SELECT u.name, rtrim(u.name, '0123456789') AS chosen, "         \
	"rtrim(u.name, '0123456789_') AS numbered "                            \
	"FROM unnest(held.names) u (name)) copy "                              \
	"WHERE copy.chosen <> concat(t.relname, '_', " COPIED_BY ", '_fkey') " \
	"AND (copy.numbered = copy.name "                                      \
	"OR copy.numbered <> rtrim(c.conname, '0123456789_'))) END "

#define FOREIGN_KEY_DEFINITION                                      \
	"(SELECT left(d.whole, length(d.whole) - length(" CHECKED ")) " \
	"FROM pg_constraint c " CONSTRAINT_WHOLE                        \
	"WHERE c.oid = coalesce(said.original, own.key)) AS definition, "

/* The storage parameters of ic as the server writes them; '' for none. */
#define WITH_OPTIONS                                                       \
	"CASE WHEN ic.reloptions IS NULL THEN '' ELSE "                        \
	"(SELECT ' WITH (' || string_agg(quote_ident(o.name) || '=' || "       \
	"CASE WHEN quote_ident(o.value) = o.value THEN o.value "               \
	"ELSE quote_literal(o.value) END, ', ' ORDER BY o.ordinality) || ')' " \
	"FROM (SELECT split_part(e.option, '=', 1) AS name, "                  \
	"substr(e.option, strpos(e.option, '=') + 1) AS value, e.ordinality "  \
	"FROM unnest(ic.reloptions) WITH ORDINALITY e (option, ordinality)) "  \
	"o) END"

/* What an index has besides its definition; i is its row of pg_index, ic that
 * of pg_class. */
#define INDEX_COLUMNS                                             \
	"ts.spcname::text AS tablespace, "                            \
	"CASE WHEN ic.reloptions IS NOT NULL THEN "                   \
	"(SELECT array_agg(o ORDER BY o COLLATE \"C\") "              \
	"FROM unnest(ic.reloptions) o) END AS options, "              \
	"i.indisclustered AS clustered, "                             \
	"i.indisreplident AS \"replica identity\", "                  \
	"CASE WHEN i.indpred IS NOT NULL "                            \
	"THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate, "  \
	"NOT i.indisvalid AS invalid, targets.list AS statistics, "   \
	"quote_ident(pin.nspname) || '.' || quote_ident(pi.relname) " \
	"AS \"of partitioned\" "

#define INDEX_TABLES                                                   \
	"LEFT JOIN pg_tablespace ts ON ts.oid = ic.reltablespace "         \
	"LEFT JOIN pg_inherits inh ON inh.inhrelid = ic.oid "              \
	"LEFT JOIN pg_class pi ON pi.oid = inh.inhparent "                 \
	"LEFT JOIN pg_namespace pin ON pin.oid = pi.relnamespace "         \
	"LEFT JOIN (SELECT a.attrelid, "                                   \
	"array_agg(a.attnum || '=' || a.attstattarget ORDER BY a.attnum) " \
	"AS list FROM pg_attribute a WHERE a.attstattarget >= 0 "          \
	"AND a.attnum > 0 GROUP BY a.attrelid) targets "                   \
	"ON targets.attrelid = ic.oid "

const ZmQuery zm_queries_constraint[] = {
	{ZM_KIND_CONSTRAINT,
	 "SELECT " CONSTRAINT_COLUMNS
	 "CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' "
	 "WHEN 'x' THEN 'exclude' WHEN 'c' THEN 'check' END AS type, "
	 "left(d.whole, length(d.whole) - length(" CHECKED " || "
	 "CASE WHEN c.contype = 'x' THEN " WITH_OPTIONS " || "
	 "CASE WHEN i.indpred IS NULL THEN '' "
	 "ELSE ' WHERE (' || pg_get_expr(i.indpred, i.indrelid) || ')' END "
	 "WHEN c.contype = 'c' AND c.connoinherit THEN ' NO INHERIT' "
	 "ELSE '' END)) AS definition, "
	 "c.connoinherit AND c.contype = 'c' AS \"no inherit\", "
	 "NULLIF(c.coninhcount, 0) AS inherited, "
	 "c.conislocal AND c.coninhcount > 0 AS local, "
	 "descr.description AS \"index comment\", " TEMPORAL
	 " AS temporal, " INDEX_COLUMNS CONSTRAINT_TABLES CONSTRAINT_WHOLE
	 "LEFT JOIN pg_index i ON i.indexrelid = c.conindid "
	 "AND c.contype IN ('p', 'u', 'x') "
	 "LEFT JOIN pg_class ic ON ic.oid = i.indexrelid "
	 "LEFT JOIN pg_description descr ON descr.objoid = ic.oid "
	 "AND descr.classoid = 'pg_class'::regclass "
	 "AND descr.objsubid = 0 " INDEX_TABLES
	 "WHERE c.contype IN ('p', 'u', 'x', 'c') "
	 "AND t.relkind IN ('r', 'p', 'f') AND " OF_USER},

	{ZM_KIND_FOREIGN_KEY,
	 "SELECT " CONSTRAINT_COLUMNS FOREIGN_KEY_DEFINITION
	 "quote_ident(rn.nspname) || '.' || quote_ident(r.relname) "
	 "AS \"references\", " COPIED_BY "AS \"copied by\", " UNUSUAL_COPIES
	 "AS \"copies\", quote_ident(o.conname) || ' ON ' || "
	 "quote_ident(otn.nspname) || '.' || quote_ident(ot.relname) "
	 "AS \"of partitioned\" " CONSTRAINT_TABLES
	 "JOIN pg_class r ON r.oid = c.confrelid "
	 "JOIN pg_namespace rn ON rn.oid = r.relnamespace "
	 "LEFT JOIN pg_constraint o ON o.oid = c.conparentid "
	 "LEFT JOIN pg_class ot ON ot.oid = o.conrelid "
	 "LEFT JOIN pg_namespace otn ON otn.oid = ot.relnamespace " FOREIGN_KEY_ORIGINALS
		 HIDDEN_COPIES "CROSS JOIN LATERAL (SELECT c.oid AS key) own "
	 "WHERE c.contype = 'f' AND (c.conparentid = 0 "
	 "OR (o.conrelid <> c.conrelid AND o.confrelid = c.confrelid)) "
	 "AND " OF_USER},

	{ZM_KIND_INDEX,
	 "SELECT 'pg_class'::regclass::oid AS classid, ic.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, i.indrelid AS parentid, "
	 "n.nspname::text AS schema, ic.relname::text AS name, "
	 "quote_ident(n.nspname) || '.' || quote_ident(ic.relname) AS identity, "
	 "i.indisunique AS \"unique\", "
	 /* from "USING" to the predicate */
	 "substr(left(d.whole, length(d.whole) - length(" WITH_OPTIONS " || "
	 "CASE WHEN i.indpred IS NULL THEN '' "
	 "ELSE ' WHERE ' || pg_get_expr(i.indpred, i.indrelid) END)), "
	 "1 + length('CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' "
	 "ELSE '' END || 'INDEX ' || quote_ident(ic.relname) || ' ON ' || "
	 "CASE ic.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END || " TABLE
	 " || ' ')) AS definition, " INDEX_COLUMNS
	 "FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid "
	 "JOIN pg_class t ON t.oid = i.indrelid "
	 "JOIN pg_namespace n ON n.oid = t.relnamespace "
	 "CROSS JOIN LATERAL "
	 "(SELECT pg_get_indexdef(i.indexrelid) AS whole OFFSET 0) d "
	 "LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid "
	 "AND c.contype IN ('p', 'u', 'x') " INDEX_TABLES
	 "WHERE c.oid IS NULL AND t.relkind IN ('r', 'p', 'm') AND " OF_USER},

	/* The server lists the columns as they stand in the table. */
	{ZM_KIND_STATISTICS,
	 "SELECT 'pg_statistic_ext'::regclass::oid AS classid, s.oid AS objid, "
	 "'pg_class'::regclass::oid AS parentclass, s.stxrelid AS parentid, "
	 "n.nspname::text AS schema, s.stxname::text AS name, "
	 "s.identity, s.stxowner AS owner, "
	 "replace(substr(pg_get_statisticsobjdef(s.oid), "
	 "1 + length('CREATE STATISTICS ' || s.identity || ' ')), "
	 "'ON ' || coalesce(k.listed, ''), 'ON ' || coalesce(k.sorted, '')) "
	 "AS definition, "
	 "NULLIF(s.stxstattarget, -1) AS target "
	 "FROM (SELECT e.*, quote_ident(en.nspname) || '.' || "
	 "quote_ident(e.stxname) AS identity FROM pg_statistic_ext e "
	 "JOIN pg_namespace en ON en.oid = e.stxnamespace) s "
	 "JOIN pg_namespace n ON n.oid = s.stxnamespace "
	 "JOIN pg_class t ON t.oid = s.stxrelid "
	 "LEFT JOIN (SELECT e.oid, "
	 "string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS listed, "
	 "string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) AS sorted "
	 "FROM pg_statistic_ext e JOIN pg_attribute a "
	 "ON a.attrelid = e.stxrelid AND a.attnum = ANY (e.stxkeys::int2[]) "
	 "GROUP BY e.oid) k ON k.oid = s.oid "
	 "WHERE " OF_USER " AND " ZM_SQL_NOT_MEMBER("pg_statistic_ext", "s.oid")},

	{0, NULL}};
