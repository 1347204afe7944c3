--
-- The Zishu project: its four revisions, from an empty database to the schema
-- it runs on and back. test/data/zishu holds that schema as facts, one row per
-- table, column, constraint and index; what the revisions build must be
-- exactly these.
--
\getenv abs_srcdir PG_ABS_SRCDIR
\set versions :abs_srcdir '/examples/zishu/versions'
\set data :abs_srcdir '/test/data/zishu'

-- A database of its own: nothing in it but the extension.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_zishu_schema;
RESET client_min_messages;
CREATE DATABASE regression_zishu_schema TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
ALTER DATABASE regression_zishu_schema SET lc_messages = 'C';
\c regression_zishu_schema
CREATE EXTENSION zishu_migrate;

-- The facts
CREATE SCHEMA fact;
CREATE TABLE fact.revision (
  revision text, down_revision text, create_date text, what text
);
CREATE TABLE fact.table (table_name text, columns bigint);
CREATE TABLE fact.column (
  table_name text, position int, column_name text, data_type text, not_null boolean, default_expr text
);
CREATE TABLE fact.constraint (
  table_name text, constraint_name text, kind text, definition text
);
CREATE TABLE fact.index (
  table_name text, index_name text, is_unique boolean, definition text
);
\set file :data '/revisions.tsv'
COPY fact.revision FROM :'file' WITH (FORMAT csv, DELIMITER E'\t', HEADER);
\set file :data '/tables.tsv'
COPY fact.table FROM :'file' WITH (FORMAT csv, DELIMITER E'\t', HEADER);
\set file :data '/columns.tsv'
COPY fact.column FROM :'file' WITH (FORMAT csv, DELIMITER E'\t', HEADER);
\set file :data '/constraints.tsv'
COPY fact.constraint FROM :'file' WITH (FORMAT csv, DELIMITER E'\t', HEADER);
\set file :data '/indexes.tsv'
COPY fact.index FROM :'file' WITH (FORMAT csv, DELIMITER E'\t', HEADER);

-- The same, as the catalogs of this database have it. NOT NULL is told with
-- the columns, whether or not the server keeps a constraint for it too; the
-- index behind a key is told with the key.
CREATE SCHEMA live;
CREATE VIEW live.table AS
  SELECT c.relname::text AS table_name, count(a.attnum) AS columns
  FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f')
  GROUP BY c.oid, c.relname;
CREATE VIEW live.column AS
  SELECT c.relname::text AS table_name, a.attnum::int AS position, a.attname::text AS column_name,
    format_type(a.atttypid, a.atttypmod) AS data_type, a.attnotnull AS not_null,
    pg_get_expr(d.adbin, d.adrelid) AS default_expr
  FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f');
CREATE VIEW live.constraint AS
  SELECT c.relname::text AS table_name, k.conname::text AS constraint_name,
    CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key'
      WHEN 'u' THEN 'unique' ELSE k.contype::text END AS kind,
    pg_get_constraintdef(k.oid) AS definition
  FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
  WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n';
CREATE VIEW live.index AS
  SELECT c.relname::text AS table_name, i.relname::text AS index_name, x.indisunique AS is_unique,
    pg_get_indexdef(x.indexrelid) AS definition
  FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class c ON c.oid = x.indrelid
  WHERE i.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid);

-- A fingerprint of the public schema: a row per object, with all that a
-- migration could leave different about it. "object" is the long stop: every
-- thing of any kind that lives in the schema, by name. pg_attver is a counter
-- that recent minor releases keep among a column's options for themselves: new
-- for each table that is made, as an oid is, and no part of its definition.
CREATE VIEW live.fingerprint AS
  WITH rel AS (
    SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace
  )
  SELECT 'table' AS kind, relname::text AS name,
    concat_ws(' ', relkind, relpersistence, relreplident, relrowsecurity, relforcerowsecurity,
      relispartition, relowner::regrole, relacl, reloptions, pg_get_viewdef(oid),
      obj_description(oid, 'pg_class')) AS detail
  FROM rel WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  UNION ALL
  SELECT 'column', format('%s.%s', c.relname, a.attname),
    concat_ws(' ', a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
      a.attgenerated, a.attcollation::regcollation, a.attstorage, a.attcompression, a.attstattarget,
      a.attacl,
      (SELECT array_agg(o) FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%'),
      pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
  FROM rel c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  UNION ALL
  SELECT CASE WHEN contype = 'n' THEN 'not null' ELSE 'constraint' END,
    format('%s.%s', conrelid::regclass, conname),
    concat_ws(' ', pg_get_constraintdef(oid), convalidated, condeferrable, condeferred)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'index', c.relname,
    concat_ws(' ', pg_get_indexdef(c.oid), x.indisvalid, x.indisready, x.indisprimary,
      x.indisclustered, x.indisreplident)
  FROM rel c JOIN pg_index x ON x.indexrelid = c.oid
  UNION ALL
  SELECT 'sequence', c.relname,
    concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqmin,
      s.seqcache, s.seqcycle, c.relowner::regrole, c.relacl)
  FROM rel c JOIN pg_sequence s ON s.seqrelid = c.oid
  UNION ALL
  SELECT 'type', t.typname,
    concat_ws(' ', t.typtype, t.typcategory, t.typnotnull, format_type(t.typbasetype, t.typtypmod),
      t.typdefault, t.typowner::regrole, t.typacl,
      (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
  FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'function', p.oid::regprocedure::text,
    concat_ws(' ', p.prokind, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
      p.prolang, p.provolatile, p.proisstrict, p.prosecdef, p.proparallel, p.proconfig, p.prosrc,
      pg_get_function_sqlbody(p.oid), p.proowner::regrole, p.proacl)
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'trigger', format('%s.%s', c.relname, t.tgname),
    concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM rel c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
  UNION ALL
  SELECT 'object', o.identity, o.type
  FROM pg_depend d, pg_identify_object(d.classid, d.objid, d.objsubid) o
  WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = 'public'::regnamespace
    AND d.classid <> 'pg_rewrite'::regclass  -- the views above name the schema
  UNION ALL
  SELECT 'schema', nspname, concat_ws(' ', nspowner::regrole, nspacl)
  FROM pg_namespace WHERE oid = 'public'::regnamespace;

CREATE TABLE live.step (step int, kind text, name text, detail text);
PREPARE keep(int) AS
  INSERT INTO live.step SELECT $1, * FROM live.fingerprint;
PREPARE compare_with(int) AS
  SELECT '-' AS side, d.* FROM (
    SELECT kind, name, detail FROM live.step WHERE step = $1 EXCEPT ALL TABLE live.fingerprint) d
  UNION ALL
  SELECT '+', d.* FROM (
    TABLE live.fingerprint EXCEPT ALL SELECT kind, name, detail FROM live.step WHERE step = $1) d
  ORDER BY kind, name, side;

-- Load the files.
SELECT * FROM zishu_load(:'versions');

-- The history they make is the project's: same chain, same words, same day.
SELECT h.revision, h.message, h.created_at AT TIME ZONE interval '8 hours' AS created,
  h.down_revisions = CASE f.down_revision WHEN '' THEN '{}' ELSE ARRAY[f.down_revision] END AS same_parent,
  f.create_date IN ('', to_char(h.created_at AT TIME ZONE interval '8 hours', 'YYYY-MM-DD')) AS same_day
FROM zishu_history() h FULL JOIN fact.revision f USING (revision)
ORDER BY h.created_at;

-- Exporting gives the bytes that were loaded, whatever the session's settings
-- for times, and every file of the directory is there.
SET TimeZone = 'America/New_York';
SET DateStyle = 'German';
SELECT e.name, convert_to(e.content, 'UTF8') = pg_read_binary_file(:'versions' || '/' || e.name) AS same_bytes
FROM zishu_export() e
ORDER BY e.name COLLATE "C";
RESET DateStyle;
RESET TimeZone;
SELECT f AS not_exported FROM pg_ls_dir(:'versions') f
EXCEPT
SELECT name FROM zishu_export();
SELECT zishu_export('adapter_config_001') = content AS same
FROM zishu_export() WHERE name LIKE 'adapter_config_001%';

-- Loading once more finds nothing to do.
SELECT * FROM zishu_load(:'versions');

-- Up, one revision at a time.
EXECUTE keep(0);
SELECT action, revision, message, statements FROM zishu_upgrade('+1');
EXECUTE keep(1);
SELECT action, revision, message, statements FROM zishu_upgrade('+1');
EXECUTE keep(2);
SELECT action, revision, message, statements FROM zishu_upgrade('+1');
EXECUTE keep(3);
SELECT action, revision, message, statements FROM zishu_upgrade('+1');
EXECUTE keep(4);
SELECT * FROM zishu_current();

SELECT step,
  count(*) FILTER (WHERE kind = 'table') AS tables,
  count(*) FILTER (WHERE kind = 'column') AS columns,
  count(*) FILTER (WHERE kind = 'constraint') AS constraints,
  count(*) FILTER (WHERE kind = 'index') AS indexes,
  count(*) FILTER (WHERE kind = 'sequence') AS sequences,
  count(*) FILTER (WHERE kind = 'type') AS types,
  count(*) FILTER (WHERE kind = 'function') AS functions
FROM live.step GROUP BY step ORDER BY step;

-- What the last revision is about: one column.
SELECT d.kind, d.name FROM (
  SELECT kind, name, detail FROM live.step WHERE step = 3 AND kind <> 'not null'
  EXCEPT
  SELECT kind, name, detail FROM live.step WHERE step = 4) d;

-- At head the catalogs are the facts: as many of each, and no difference.
SELECT 'table' AS kind, (SELECT count(*) FROM fact.table) AS facts, (SELECT count(*) FROM live.table) AS live
UNION ALL
SELECT 'column', (SELECT count(*) FROM fact.column), (SELECT count(*) FROM live.column)
UNION ALL
SELECT 'constraint', (SELECT count(*) FROM fact.constraint), (SELECT count(*) FROM live.constraint)
UNION ALL
SELECT 'index', (SELECT count(*) FROM fact.index), (SELECT count(*) FROM live.index);

SELECT 'missing' AS what, d.* FROM (TABLE fact.table EXCEPT ALL TABLE live.table) d
UNION ALL
SELECT 'too much', d.* FROM (TABLE live.table EXCEPT ALL TABLE fact.table) d
ORDER BY table_name, what;

SELECT 'missing' AS what, d.* FROM (TABLE fact.column EXCEPT ALL TABLE live.column) d
UNION ALL
SELECT 'too much', d.* FROM (TABLE live.column EXCEPT ALL TABLE fact.column) d
ORDER BY table_name, position, what;

SELECT 'missing' AS what, d.* FROM (TABLE fact.constraint EXCEPT ALL TABLE live.constraint) d
UNION ALL
SELECT 'too much', d.* FROM (TABLE live.constraint EXCEPT ALL TABLE fact.constraint) d
ORDER BY table_name, constraint_name, what;

SELECT 'missing' AS what, d.* FROM (TABLE fact.index EXCEPT ALL TABLE live.index) d
UNION ALL
SELECT 'too much', d.* FROM (TABLE live.index EXCEPT ALL TABLE fact.index) d
ORDER BY table_name, index_name, what;

-- Having been applied changes neither the files nor what loading them does.
SELECT count(*) AS files,
  bool_and(convert_to(content, 'UTF8') = pg_read_binary_file(:'versions' || '/' || name)) AS same_bytes
FROM zishu_export();
SELECT * FROM zishu_load(:'versions');

-- An installation without a workflow keeps the last revision from being taken
-- back; nothing has changed then.
INSERT INTO users (id, username, email, password_hash, salt, user_status, user_role, is_verified,
  login_attempts, is_deleted, status, version)
VALUES ('00000000-0000-0000-0000-000000000001', 'lin', 'lin@example.org', 'x', 'x', 'active', 'user', true,
  0, false, 'active', 1);
INSERT INTO skill_installations (id, package_id, user_id, adapter_id, package_version)
VALUES ('00000000-0000-0000-0000-000000000002', 'weather',
  '00000000-0000-0000-0000-000000000001', 'skill.weather', '1.0.0');
\set VERBOSITY terse
SELECT action, revision, message, statements FROM zishu_downgrade('-1');
\set VERBOSITY default
EXECUTE compare_with(4);
SELECT * FROM zishu_current();
DELETE FROM users;

-- Down, one revision at a time: each time to the catalogs of that step.
SELECT action, revision, message, statements FROM zishu_downgrade('-1');
EXECUTE compare_with(3);
SELECT action, revision, message, statements FROM zishu_downgrade('-1');
EXECUTE compare_with(2);
SELECT action, revision, message, statements FROM zishu_downgrade('-1');
EXECUTE compare_with(1);
SELECT action, revision, message, statements FROM zishu_downgrade('-1');
EXECUTE compare_with(0);

-- Nothing is left.
SELECT * FROM zishu_current();
SELECT kind, name FROM live.fingerprint WHERE kind <> 'schema';

-- All at once comes to the same, up and down.
SELECT action, revision, message, statements FROM zishu_upgrade('head');
EXECUTE compare_with(4);
SELECT action, revision, message, statements FROM zishu_downgrade('base');
EXECUTE compare_with(0);

\c :home
DROP DATABASE regression_zishu_schema;
