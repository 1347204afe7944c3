--
-- Runs as scripts for psql: zishu_upgrade_sql, zishu_downgrade_sql,
-- zishu_stamp_sql.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
\pset format unaligned
\pset tuples_only on

-- An empty store
SELECT zishu_upgrade_sql();
SELECT zishu_upgrade_sql('heads', 'zishu');
SELECT zishu_downgrade_sql('base:base');

--
--   a -- b ---- m -- z
--     \- c ----/           x ~> b
--
SELECT zishu_revision('make a', 'CREATE TABLE off_a (id int)', 'DROP TABLE off_a', rev_id => 'a');
SELECT zishu_revision(E'the\nsecond; -- one', E'CREATE TABLE off_b (id int);\n-- done\n', 'DROP TABLE off_b;', rev_id => 'b');
SELECT zishu_revision('c''s', E'INSERT INTO off_a VALUES (1);\nINSERT INTO off_a VALUES (2) -- no semicolon', E'DELETE FROM off_a;\n', rev_id => 'c', head => '{a}', splice => true, branch_label => '{it''s}');
SELECT zishu_merge(rev_id => 'm');
SELECT zishu_revision('nothing at all', '', '', rev_id => 'z');
SELECT zishu_revision('alone', 'CREATE TABLE off_x ()', 'DROP TABLE off_x', rev_id => 'x', head => '{base}', depends_on => '{b}');
SELECT zishu_upgrade_sql('z');
SELECT zishu_upgrade_sql('z', 'zishu');
SELECT zishu_upgrade_sql('z', 'none');
SELECT zishu_upgrade_sql('heads');
-- From where the database stands
SELECT zishu_upgrade_sql('b:z');
SELECT zishu_upgrade_sql('a:+1', 'none');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('a:it''s@+1', 'none');
SELECT zishu_upgrade_sql('base:a', 'none');
SELECT zishu_upgrade_sql('z:z');
-- Nothing is left to do, so nothing is done.
SELECT zishu_upgrade_sql('z:a');

-- Back
SELECT zishu_downgrade_sql('z:base');
SELECT zishu_downgrade_sql('z:base', 'zishu');
SELECT zishu_downgrade_sql('z:m', 'none');
SELECT zishu_downgrade_sql('m:-1');
\echo :SQLSTATE
SELECT zishu_downgrade_sql('m:b');
SELECT zishu_downgrade_sql('b:-1');

-- Stamps
SELECT zishu_stamp_sql('{z}');
SELECT zishu_stamp_sql('{heads}');
SELECT zishu_stamp_sql('{b,c}');
SELECT zishu_stamp_sql('{a:z}');
SELECT zishu_stamp_sql('{z:base}');
SELECT zishu_stamp_sql('{z:base}', 'zishu');
SELECT zishu_stamp_sql('{z:z}');
SELECT zishu_stamp_sql('{b,c}', 'zishu');
SELECT zishu_stamp_sql('{b,c}', 'none');

--
-- What is wrong
--
\pset tuples_only off
\pset format aligned
SELECT zishu_upgrade_sql('head');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('nosuch');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('nosuch:z');
SELECT zishu_upgrade_sql('a:b:c');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('');
\echo :SQLSTATE
SELECT zishu_upgrade_sql(':z');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('a:');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('heads:z');
\echo :SQLSTATE
SELECT zishu_upgrade_sql('z', 'flyway');
\echo :SQLSTATE
SELECT zishu_downgrade_sql('base');
\echo :SQLSTATE
SELECT zishu_downgrade_sql('-1');
SELECT zishu_downgrade_sql('b:z');
\echo :SQLSTATE
SELECT zishu_downgrade_sql('b:x');
SELECT zishu_stamp_sql('{}');
\echo :SQLSTATE
SELECT zishu_stamp_sql('{a:b,c:m}');
\echo :SQLSTATE
SELECT zishu_stamp_sql('{nosuch}');
SELECT zishu_stamp_sql(ARRAY['a', NULL]);
\echo :SQLSTATE
SELECT zishu_upgrade_sql(NULL) IS NULL AS nothing;

--
-- What one script leaves, the next must not find.
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
\pset format unaligned
\pset tuples_only on
SELECT zishu_revision('sets', E'SET search_path = pg_catalog;\nSET ROLE postgres', '', rev_id => 'sets');
SELECT zishu_revision('sets by a function', 'SELECT pg_catalog.set_config(''work_mem'', ''1MB'', false);', '', rev_id => 'sets2');
SELECT zishu_revision('temporary', 'CREATE TEMP TABLE off_temp AS SELECT 1', '', rev_id => 'temporary');
SELECT zishu_revision('at the top', E'CREATE INDEX CONCURRENTLY ON off_a (id);\nVACUUM;\n', E'DROP INDEX CONCURRENTLY off_a_id_idx', rev_id => 'top');
SELECT zishu_revision('plain', 'SELECT 1', rev_id => 'plain');
SELECT zishu_upgrade_sql('plain', 'none');
SELECT zishu_upgrade_sql('plain', 'zishu');
SELECT zishu_downgrade_sql('top:temporary');
SET zishu_migrate.owner_role = 'Some Body';
SELECT zishu_upgrade_sql('temporary:plain', 'zishu');
SELECT zishu_upgrade_sql('sets', 'none');
RESET zishu_migrate.owner_role;
-- Nothing was run or noted.
SELECT count(*) FROM zishu_migrate.event;
SELECT count(*) FROM zishu_migrate.version;
\pset tuples_only off
\pset format aligned
SELECT zishu_downgrade_sql('plain:base');
\echo :SQLSTATE

-- What could not run there is refused here.
SELECT zishu_revision('commits', E'SELECT 1;\nCOMMIT;\nSELECT 2', rev_id => 'commits');
SELECT zishu_upgrade_sql();
\echo :SQLSTATE
SELECT zishu_edit('commits', E'COPY off_a FROM STDIN;\n1\n\\.\n', '');
SELECT zishu_upgrade_sql();
\echo :SQLSTATE
UPDATE zishu_migrate.revision SET upgrade_script = E'SELECT 1;\nSELEC 2' WHERE revision = 'commits';
SELECT zishu_upgrade_sql();
\echo :SQLSTATE
SELECT zishu_remove('commits');

-- An id that is longer than Alembic's column, and one that has quotes
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
\pset format unaligned
\pset tuples_only on
SELECT zishu_revision('long', '', '', rev_id => 'an_identifier_of_thirty_six_letters_');
SELECT zishu_revision('quotes', '', '', rev_id => 'it''s \ "q"');
SELECT zishu_upgrade_sql();
SELECT zishu_stamp_sql('{head}', 'zishu');

--
-- Run by psql, the scripts do the same as a real run.
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('make a', 'CREATE TABLE off_a (id int)', 'DROP TABLE off_a', rev_id => 'a');
SELECT zishu_revision('empty path', 'SELECT set_config(''search_path'', '''', false); CREATE TABLE public.off_b ()', 'DROP TABLE off_b', rev_id => 'b');
SELECT zishu_revision('temp', 'CREATE TEMP TABLE off_t (); CREATE TABLE off_c ()', 'DROP TABLE off_c', rev_id => 'c', head => '{a}', splice => true);
SELECT zishu_revision('temp again', 'CREATE TEMP TABLE off_t ();', '', rev_id => 'd', head => '{c}');
SELECT zishu_revision('top', 'CREATE INDEX CONCURRENTLY off_i ON off_a (id)', 'DROP INDEX CONCURRENTLY off_i', rev_id => 'e', head => '{b}');
SELECT zishu_upgrade_sql('heads') AS script \gset
:script
SELECT * FROM alembic_version ORDER BY 1;
SELECT relname FROM pg_class WHERE relname LIKE 'off\_%' ORDER BY 1;
SELECT zishu_downgrade_sql('e:a') AS script \gset
:script
SELECT * FROM alembic_version ORDER BY 1;
SELECT relname FROM pg_class WHERE relname LIKE 'off\_%' ORDER BY 1;
SELECT zishu_downgrade_sql('d:base', 'none') AS script \gset
:script
SELECT relname FROM pg_class WHERE relname LIKE 'off\_%' ORDER BY 1;
DROP TABLE alembic_version;
SELECT zishu_upgrade_sql('heads', 'zishu') AS script \gset
:script
SELECT revision FROM zishu_current() ORDER BY 1;
SELECT action, revision FROM zishu_migrate.event ORDER BY id;
SELECT * FROM zishu_upgrade('heads');
SELECT zishu_stamp_sql('{heads}') AS script \gset
:script
SELECT * FROM alembic_version ORDER BY 1;
SELECT zishu_stamp_sql('{a:base}') AS script \gset
:script
SELECT * FROM alembic_version ORDER BY 1;

\pset tuples_only off
\pset format aligned
DROP TABLE alembic_version, off_a, off_b, off_c;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
