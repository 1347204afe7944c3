--
-- Tenants: a schema each, with version rows of its own.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

CREATE SCHEMA one;
CREATE SCHEMA two;
SELECT zishu_revision('make it', E'CREATE TABLE here (id int);\nINSERT INTO here VALUES (1)', 'DROP TABLE here', rev_id => 'make');
SELECT zishu_revision('fill it', 'INSERT INTO here VALUES (2)', 'DELETE FROM here WHERE id = 2', rev_id => 'fill');
SELECT zishu_revision('where it is', 'CREATE TABLE path AS SELECT current_setting(''search_path'') AS path, current_schemas(false) AS found', 'DROP TABLE path', rev_id => 'path');

-- Each stands where it stands.
SELECT step, action, revision, statements FROM zishu_upgrade('fill', 'one');
SELECT step, action, revision, statements FROM zishu_upgrade('make', tenant => 'two');
SELECT schemaname, tablename FROM pg_tables WHERE tablename IN ('here', 'path') ORDER BY 1, 2;
SELECT tenant, revision FROM zishu_migrate.version ORDER BY 1, 2;
SELECT id, tenant, revision, action, heads_after FROM zishu_migrate.event ORDER BY id;
SELECT * FROM zishu_current('one');
SELECT * FROM zishu_current('two');
SELECT * FROM zishu_current();
SELECT revision, is_current, is_applied FROM zishu_history(tenant => 'one');
SELECT revision, is_current, is_applied FROM zishu_history(tenant => 'two');
SELECT revision, is_current, is_applied FROM zishu_history('current:', 'two');
SELECT revision, is_current FROM zishu_heads(tenant => 'one');
SELECT revision, is_current, is_applied FROM zishu_show('current', 'two');
SELECT current, heads, pending, last_revision, last_action FROM zishu_status('one');
SELECT current, heads, pending, last_revision, last_action FROM zishu_status('two');
SELECT current, heads, pending, last_revision, last_action FROM zishu_status();
SELECT * FROM zishu_graph(tenant => 'two');
SELECT zishu_require('fill', 'one');
SELECT zishu_require('fill', 'two');
\echo :SQLSTATE
SELECT zishu_require('make');
SELECT zishu_wait('make', '0', 'two');
SELECT zishu_wait('head', '0', 'two');
\echo :SQLSTATE

-- search_path: the tenant, then public; the caller's is not touched.
SELECT step, revision FROM zishu_upgrade(tenant => 'one');
SELECT * FROM one.path;
SHOW search_path;
-- Without a tenant it is the caller's that counts.
CREATE SCHEMA neither;
SET search_path = neither;
SELECT step, revision FROM zishu_upgrade();
SELECT * FROM neither.path;
SHOW search_path;
SELECT step, revision FROM zishu_downgrade('base');
RESET search_path;
SELECT tenant, revision FROM zishu_migrate.version ORDER BY 1, 2;

-- One back, the other stays.
SELECT step, action, revision FROM zishu_downgrade(tenant => 'one', dry_run => true);
SELECT step, action, revision FROM zishu_downgrade('make', 'one');
SELECT * FROM one.here;
SELECT tenant, revision FROM zishu_migrate.version ORDER BY 1, 2;
SELECT action, revision FROM zishu_stamp('fill', tenant => 'two');
SELECT action, revision FROM zishu_stamp('{head}'::text[], true, 'two');
SELECT tenant, revision FROM zishu_migrate.version ORDER BY 1, 2;
SELECT revision, problem FROM zishu_validate('one');
SELECT revision, problem FROM zishu_validate('two');

-- What is applied anywhere stays as it is.
SELECT zishu_edit('make', 'SELECT 1', '');
\echo :SQLSTATE
SELECT zishu_edit('fill', 'SELECT 1', '');
SELECT zishu_remove('path');
\echo :SQLSTATE
SELECT action FROM zishu_import('native', '{p.sql}', ARRAY[E'-- revision: path\n-- revises: fill\n-- zishu:upgrade\nSELECT 1;\n-- zishu:downgrade\n']);
\echo :SQLSTATE
SELECT action, revision FROM zishu_stamp('base', tenant => 'two');
SELECT zishu_remove('path');
SELECT zishu_edit('fill', 'INSERT INTO here VALUES (3)', 'DELETE FROM here WHERE id = 3');

-- No such schema: nothing may land in public.
SELECT * FROM zishu_upgrade(tenant => 'nosuch');
\echo :SQLSTATE
SELECT * FROM zishu_upgrade(tenant => 'nosuch', dry_run => true);
SELECT * FROM zishu_downgrade('base', 'nosuch');
SELECT * FROM zishu_stamp('make', tenant => 'nosuch');
\echo :SQLSTATE
SELECT * FROM zishu_current('nosuch');
SELECT current, pending FROM zishu_status('nosuch');
-- One whose schema has gone may be forgotten.
CREATE SCHEMA three;
SELECT revision FROM zishu_upgrade('make', 'three');
SET client_min_messages = warning;
DROP SCHEMA three CASCADE;
RESET client_min_messages;
SELECT * FROM zishu_upgrade(tenant => 'three');
SELECT * FROM zishu_stamp('base', tenant => 'three');
SELECT tenant, revision FROM zishu_migrate.version ORDER BY 1, 2;

-- Names with everything in them
CREATE SCHEMA "Upper Case";
CREATE SCHEMA "it's, ""quoted"";";
CREATE SCHEMA "租户";
SELECT zishu_revision('path again', 'CREATE TABLE path AS SELECT current_setting(''search_path'') AS path, current_schemas(false) AS found', 'DROP TABLE path', rev_id => 'path2', head => '{base}');
SELECT step, revision FROM zishu_upgrade('path2', 'Upper Case');
SELECT step, revision FROM zishu_upgrade('path2', 'it''s, "quoted";');
SELECT step, revision FROM zishu_upgrade('path2', '租户');
SELECT * FROM "Upper Case".path;
SELECT * FROM "it's, ""quoted"";".path;
SELECT * FROM "租户".path;
SELECT schemaname FROM pg_tables WHERE tablename = 'path' ORDER BY schemaname COLLATE "C";
-- The case counts, and nothing is folded or cut.
SELECT * FROM zishu_upgrade('path2', 'upper case');
SELECT * FROM zishu_upgrade('path2', '"Upper Case"');
CREATE SCHEMA a_schema_whose_name_has_exactly_as_many_letters_as_there_may_be_;
SELECT revision FROM zishu_upgrade('path2', 'a_schema_whose_name_has_exactly_as_many_letters_as_there_may_be_');
\echo :SQLSTATE
SELECT revision FROM zishu_upgrade('path2', 'a_schema_whose_name_has_exactly_as_many_letters_as_there_may_be');
SELECT tenant, revision FROM zishu_migrate.version WHERE revision = 'path2' ORDER BY tenant COLLATE "C";

-- search_path would take this one for something else.
CREATE SCHEMA "$user";
DO $$
BEGIN
  PERFORM zishu_upgrade('path2', '$user');
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'refused';
END
$$;
SELECT to_regclass('public.path') AS not_in_public;
SELECT * FROM zishu_upgrade('path2', 'pg_temp');
\echo :SQLSTATE

-- Nor does it find a schema that the caller may not use, and again nothing
-- may land in public for it.
CREATE ROLE regress_zm_tenant;
GRANT EXECUTE ON FUNCTION zishu_upgrade TO regress_zm_tenant;
CREATE SCHEMA mine AUTHORIZATION regress_zm_tenant;
SET ROLE regress_zm_tenant;
SELECT revision FROM zishu_upgrade('path2', 'mine');
SELECT * FROM mine.path;
RESET ROLE;
GRANT CREATE ON SCHEMA public TO regress_zm_tenant;
SET ROLE regress_zm_tenant;
SELECT revision FROM zishu_upgrade('path2', 'two');
\echo :SQLSTATE
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM regress_zm_tenant;
SELECT to_regclass('public.path') AS not_in_public;
SELECT tenant FROM zishu_migrate.version WHERE revision = 'path2' AND tenant IN ('mine', 'two');

-- Version rows that name nothing hurt only their own tenant, but nothing may
-- be changed for good as long as nobody knows what they stand for.
INSERT INTO zishu_migrate.version (tenant, revision) VALUES ('two', 'gone');
SELECT * FROM zishu_current('two');
\echo :SQLSTATE
SELECT revision FROM zishu_current('one');
SELECT revision FROM zishu_upgrade('make', 'one');
SELECT zishu_edit('path2', '', '');
SELECT action, revision FROM zishu_stamp('make', true, 'two');

SET client_min_messages = warning;
DROP SCHEMA one, two, mine, neither, "Upper Case", "it's, ""quoted"";", "$user", "租户",
  a_schema_whose_name_has_exactly_as_many_letters_as_there_may_be CASCADE;
DROP EXTENSION zishu_migrate;
DROP ROLE regress_zm_tenant;
CREATE EXTENSION zishu_migrate;
