--
-- What CREATE EXTENSION installs, who may use it, what it never picks up, and
-- what remains when it goes.
--
-- Majors tell the context of an error in different words.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;

-- Its members; types come with their tables.
SELECT pg_describe_object(classid, objid, 0) COLLATE "C" AS member
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'zishu_migrate')
  AND classid <> 'pg_type'::regclass
ORDER BY 1;

-- All functions are in pg_catalog and have a comment; so have the tables.
SELECT p.oid::regprocedure AS without_comment
FROM pg_proc p
WHERE (p.proname LIKE 'zishu%') AND obj_description(p.oid, 'pg_proc') IS NULL
ORDER BY 1;
SELECT p.oid::regprocedure AS elsewhere
FROM pg_proc p
WHERE p.proname LIKE 'zishu%' AND p.pronamespace <> 'pg_catalog'::regnamespace;
SELECT c.relname, obj_description(c.oid, 'pg_class') AS comment
FROM pg_class c
WHERE c.relnamespace = 'zishu_migrate'::regnamespace AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C";

-- Nothing runs with the rights of somebody else, or is trusted with leaks.
SELECT p.oid::regprocedure AS function
FROM pg_proc p
WHERE p.proname LIKE 'zishu%'
  AND (p.prosecdef OR p.proleakproof OR p.proparallel <> 'u' OR p.provolatile <> 'v');

-- PUBLIC looks and waits; everything else is granted by name.
SELECT p.oid::regprocedure AS function, has_function_privilege('public', p.oid, 'EXECUTE') AS public
FROM pg_proc p
WHERE p.proname LIKE 'zishu%'
ORDER BY 2 DESC, p.proname COLLATE "C", p.oid::regprocedure::text COLLATE "C";

-- PUBLIC reads the tables, but for the scripts, and writes none.
SELECT has_schema_privilege('public', 'zishu_migrate', 'USAGE') AS usage,
  has_schema_privilege('public', 'zishu_migrate', 'CREATE') AS "create";
SELECT c.relname, p.privilege,
  CASE WHEN c.relkind = 'r' THEN has_table_privilege('public', c.oid, p.privilege)
  ELSE CASE WHEN p.privilege IN ('SELECT', 'UPDATE') THEN has_sequence_privilege('public', c.oid, p.privilege) END END AS public
FROM pg_class c,
  (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p (privilege)
WHERE c.relnamespace = 'zishu_migrate'::regnamespace AND c.relkind IN ('r', 'S')
  AND (c.relkind = 'r' OR p.privilege IN ('SELECT', 'UPDATE'))
ORDER BY c.relname COLLATE "C", p.privilege;
SELECT c.relname, a.attname,
  has_column_privilege('public', c.oid, a.attnum, 'SELECT') AS public,
  has_column_privilege('public', c.oid, a.attnum, 'INSERT')
    OR has_column_privilege('public', c.oid, a.attnum, 'UPDATE')
    OR has_column_privilege('public', c.oid, a.attnum, 'REFERENCES') AS public_more
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'zishu_migrate'::regnamespace AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C", a.attnum;

-- A dump takes the rows of every table, and where the sequences stand; but not
-- the pictures, which are built again when they are missing.
SELECT config::regclass AS dumped, condition
FROM pg_extension, unnest(extconfig, extcondition) u (config, condition)
WHERE extname = 'zishu_migrate'
ORDER BY config::regclass::text COLLATE "C";
SELECT c.oid::regclass AS not_dumped
FROM pg_class c, pg_extension e
WHERE c.relnamespace = 'zishu_migrate'::regnamespace AND c.relkind IN ('r', 'S')
  AND e.extname = 'zishu_migrate' AND NOT c.oid = ANY (e.extconfig)
ORDER BY c.relname COLLATE "C";

--
-- Any search_path will do.
--
SET search_path = '';
SELECT zishu_revision('one', 'CREATE TABLE public.zm_one (a int)', 'DROP TABLE public.zm_one', rev_id => 'one');
SELECT step, action, revision, statements FROM zishu_upgrade();
SELECT * FROM zishu_current();
SET search_path = pg_temp;
SELECT zishu_revision('two', '', '', rev_id => 'two');
SET search_path = nowhere;
SELECT step, action, revision, statements FROM zishu_upgrade();
RESET search_path;

-- The history is not a part of public.
BEGIN;
SET LOCAL client_min_messages = warning;
DROP SCHEMA public CASCADE;
RESET client_min_messages;
SELECT revision, is_current FROM zishu_history();
SELECT step, action, revision FROM zishu_downgrade();
ROLLBACK;

-- Nor can a part of it be dropped by itself, or moved.
DROP TABLE zishu_migrate.event;
DROP FUNCTION zishu_upgrade(text, text, boolean);
ALTER EXTENSION zishu_migrate SET SCHEMA public;

--
-- What somebody planted before is not taken in.
--
DROP EXTENSION zishu_migrate;
DROP TABLE zm_one;

-- Nothing remains.
SELECT count(*) FROM pg_namespace WHERE nspname = 'zishu_migrate';
SELECT count(*) FROM pg_proc WHERE proname LIKE 'zishu%';
SELECT count(*) FROM pg_class WHERE relname IN ('event_revision_idx', 'revision_position_seq');

CREATE ROLE regress_zm_planter;
SELECT format('GRANT CREATE ON DATABASE %I TO regress_zm_planter', current_database()) \gexec
SET SESSION AUTHORIZATION regress_zm_planter;
CREATE EXTENSION zishu_migrate;
CREATE SCHEMA zishu_migrate;
RESET SESSION AUTHORIZATION;
CREATE EXTENSION zishu_migrate;
\echo :SQLSTATE
SET SESSION AUTHORIZATION regress_zm_planter;
CREATE TABLE zishu_migrate.revision (revision text PRIMARY KEY, upgrade_script text);
CREATE FUNCTION zishu_migrate.now() RETURNS timestamptz LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''planted''; END';
RESET SESSION AUTHORIZATION;
CREATE EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate SCHEMA pg_catalog;
CREATE EXTENSION zishu_migrate SCHEMA public;
SELECT count(*) FROM pg_extension WHERE extname = 'zishu_migrate';
SELECT n.nspowner::regrole, c.relname, c.relowner::regrole,
  (SELECT count(*) FROM pg_depend d WHERE d.objid IN (n.oid, c.oid) AND d.deptype = 'e') AS memberships
FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
WHERE n.nspname = 'zishu_migrate';
SELECT count(*) FROM pg_proc WHERE proname LIKE 'zishu%';
SET client_min_messages = warning;
DROP SCHEMA zishu_migrate CASCADE;
RESET client_min_messages;

-- One's own function in pg_catalog makes it fail, too; only a superuser could
-- have made it.
SET allow_system_table_mods = on;
CREATE FUNCTION pg_catalog.zishu_current(tenant text DEFAULT '') RETURNS text LANGUAGE sql AS 'SELECT ''planted''';
CREATE EXTENSION zishu_migrate;
DROP FUNCTION pg_catalog.zishu_current(text);
RESET allow_system_table_mods;

--
-- Functions, operators, types and tables planted where a search_path finds
-- them: each would make the call fail. They stand before pg_catalog, and in
-- the temporary schema.
--
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.trap() RETURNS void LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''planted code ran as %'', current_user; END';
DO $$
DECLARE
  f record;
BEGIN
  -- Functions that our statements call, or could.
  FOR f IN
    SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS args,
      pg_get_function_result(p.oid) AS result
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND p.proname IN ('now', 'clock_timestamp', 'current_user', 'session_user', 'current_setting',
        'set_config', 'count', 'sum', 'max', 'unnest', 'texteq', 'text', 'name', 'int8', 'md5',
        'pg_extension_config_dump', 'array_append', 'array_length', 'quote_ident', 'lower')
      AND NOT EXISTS (
        SELECT FROM unnest(p.proargtypes) t
        WHERE t IN ('internal'::regtype, 'cstring'::regtype, '"any"'::regtype))
    ORDER BY p.oid
  LOOP
    EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L',
      f.proname, f.args, f.result, 'BEGIN PERFORM hostile.trap(); END');
  END LOOP;
  -- Operators between the types of our columns.
  FOR f IN
    SELECT DISTINCT ON (l, r, result)
      format_type(o.oprleft, NULL) AS l, format_type(o.oprright, NULL) AS r,
      format_type(o.oprresult, NULL) AS result, array_agg(o.oprname) AS names
    FROM pg_operator o
    WHERE o.oprname IN ('=', '<>', '<', '>', '<=', '>=', '||', '<@', '@>', '&&', '+', '-')
      AND o.oprkind = 'b' AND o.oprnamespace = 'pg_catalog'::regnamespace
      AND o.oprleft::regtype::text IN ('text', 'name', 'bigint', 'integer', 'bytea', 'anyarray',
        'anycompatiblearray', 'anycompatible', 'timestamp with time zone', 'boolean')
      AND o.oprright::regtype::text IN ('text', 'name', 'bigint', 'integer', 'bytea', 'anyarray',
        'anycompatiblearray', 'anycompatible', 'timestamp with time zone', 'boolean', 'interval')
    GROUP BY l, r, result
  LOOP
    EXECUTE format('CREATE FUNCTION hostile.%I(%s, %s) RETURNS %s LANGUAGE plpgsql AS %L',
      'op_' || f.result, f.l, f.r, f.result, 'BEGIN PERFORM hostile.trap(); END');
    FOR i IN 1 .. cardinality(f.names) LOOP
      EXECUTE format('CREATE OPERATOR hostile.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = hostile.%I)',
        f.names[i], f.l, f.r, 'op_' || f.result);
    END LOOP;
  END LOOP;
END
$$;
CREATE DOMAIN hostile.text AS pg_catalog.text CHECK (hostile.trap() IS NOT NULL);
CREATE DOMAIN hostile.name AS pg_catalog.name CHECK (hostile.trap() IS NOT NULL);
CREATE VIEW hostile.version AS SELECT hostile.trap()::pg_catalog.text AS tenant, ''::pg_catalog.text AS revision;
CREATE VIEW hostile.revision AS SELECT hostile.trap()::pg_catalog.text AS revision;
CREATE VIEW hostile.event AS SELECT hostile.trap()::pg_catalog.text AS revision;
CREATE TEMP TABLE unnest (revision pg_catalog.text, statements pg_catalog.int4);
CREATE TEMP TABLE version (tenant pg_catalog.text, revision pg_catalog.text);
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (hostile.trap() IS NOT NULL);
CREATE DOMAIN pg_temp.name AS pg_catalog.name CHECK (hostile.trap() IS NOT NULL);
CREATE FUNCTION hostile.zishu_upgrade(target pg_catalog.text DEFAULT 'head') RETURNS void LANGUAGE sql AS 'SELECT hostile.trap()';
SET search_path = hostile, pg_temp, pg_catalog;

-- They do work.
SELECT now();
SELECT 'a'::pg_catalog.text = 'b'::pg_catalog.text;
SELECT 'a'::text;
SELECT * FROM version;
SELECT zishu_upgrade();

-- And are not picked up.
CREATE EXTENSION zishu_migrate;
SELECT pg_catalog.zishu_revision('a', 'SET search_path = pg_catalog', '', rev_id => 'a', branch_label => '{lab}');
SELECT pg_catalog.zishu_revision('b', '', '', rev_id => 'b', depends_on => '{a}');
SELECT pg_catalog.zishu_revision('c', '', '', rev_id => 'c', head => '{a}', splice => true);
SELECT pg_catalog.zishu_merge(rev_id => 'm');
SELECT pg_catalog.zishu_revision('x', '', '', rev_id => 'x');
SELECT pg_catalog.zishu_edit('x', 'SELECT', '');
SELECT pg_catalog.zishu_remove('x');
SELECT revision, action FROM pg_catalog.zishu_import('native', ARRAY['n.sql'], ARRAY[E'-- revision: n\n-- revises: m\n-- created: 2025-01-02 03:04:05+00\n-- message: n\n-- zishu:upgrade\n-- zishu:downgrade\n']);
SELECT revision, action FROM pg_catalog.zishu_import('native', ARRAY['n.sql'], ARRAY[E'-- revision: n\n-- revises: m\n-- message: n\n-- zishu:upgrade\n-- zishu:downgrade\n']);
SELECT revision, is_applied FROM pg_catalog.zishu_history();
SELECT step, action, revision FROM pg_catalog.zishu_upgrade('m');
SELECT step, action, revision FROM pg_catalog.zishu_downgrade('a');
SELECT action, revision FROM pg_catalog.zishu_stamp('b');
SELECT action, revision FROM pg_catalog.zishu_stamp('{m}'::pg_catalog.text[], purge => true);
SELECT revision FROM pg_catalog.zishu_current();
SELECT revision FROM pg_catalog.zishu_heads(true);
SELECT revision, branches_into FROM pg_catalog.zishu_branches();
SELECT revision FROM pg_catalog.zishu_show('n');
SELECT pg_catalog.length(pg_catalog.string_agg(line, '')) IS NOT NULL AS drawn FROM pg_catalog.zishu_graph();
SELECT current, heads, pending, last_revision FROM pg_catalog.zishu_status();
SELECT * FROM pg_catalog.zishu_validate();
SELECT pg_catalog.zishu_require('m'), pg_catalog.zishu_wait('m', timeout => '0');
SELECT pg_catalog.length(pg_catalog.zishu_upgrade_sql()), pg_catalog.length(pg_catalog.zishu_downgrade_sql('n:base', 'zishu'));
SELECT pg_catalog.length(pg_catalog.zishu_stamp_sql('{n}'));
SELECT name FROM pg_catalog.zishu_export();
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT step, action, revision FROM pg_catalog.zishu_upgrade();
COMMIT;
-- Only the last words of a search_path decide what a call without a schema
-- means: as long as nobody puts pg_catalog behind others, it is ours.
SET search_path = hostile, pg_temp;
SELECT step, action, revision FROM zishu_downgrade();
RESET search_path;

DROP EXTENSION zishu_migrate;
SET client_min_messages = warning;
DROP SCHEMA hostile CASCADE;
RESET client_min_messages;
SELECT format('REVOKE CREATE ON DATABASE %I FROM regress_zm_planter', current_database()) \gexec
DROP ROLE regress_zm_planter;
CREATE EXTENSION zishu_migrate;
