--
-- Which tool a history comes from, what is told of it, and directories.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

-- Native files come first; the header tells.
SELECT * FROM zishu_import('auto', '{1_a.up.sql}', ARRAY[E'-- revision: native\n-- zishu:upgrade\n']);
SELECT * FROM zishu_import('auto', '{}', '{}');
SELECT * FROM zishu_import('goose', '{}', '{}');
SELECT * FROM zishu_import('goose', '{notes.txt}', '{x}');

-- Each by its marks
SELECT * FROM zishu_import('auto', '{1_a/up.sql}', '{SELECT 1}');
SELECT * FROM zishu_import('auto', '{2_a.up.sql}', '{SELECT 1}');
SELECT * FROM zishu_import('auto', '{3_a.sql}', '{-- no-transaction}');
SELECT * FROM zishu_import('auto', '{4_a.sql}', '{-- migrate:up}');
SELECT * FROM zishu_import('auto', '{5_a.sql}', ARRAY[E'\n-- +goose Up']);
SELECT * FROM zishu_import('auto', '{6_a.sql}', ARRAY[E'\n-- +migrate Up']);
SELECT * FROM zishu_import('auto', '{a.sql}', '{-- Running upgrade  -> seven}');

-- Several, and none
\set VERBOSITY terse
SELECT * FROM zishu_import('auto', '{20240102030405_a.sql}', '{SELECT 1}');
\echo :SQLSTATE
\set VERBOSITY default
SELECT * FROM zishu_import('auto', '{20240102030405_a.sql}', ARRAY[E'-- migrate:up\n-- +goose Up\n']);
\set VERBOSITY terse
SELECT * FROM zishu_import('auto', '{a.sql}', '{SELECT 1}');
\echo :SQLSTATE
SELECT * FROM zishu_import('Goose', '{a.sql}', '{SELECT 1}');
\set VERBOSITY default

-- Names and contents as they may come
SELECT * FROM zishu_import('dbmate', '{x/1_a.sql,./x/1_a.sql}', '{a,b}');
SELECT * FROM zishu_import('dbmate', ARRAY[NULL], '{a}');
SELECT * FROM zishu_import('dbmate', '{a}', ARRAY[NULL]);
SELECT * FROM zishu_import('dbmate', '{a,b}', '{a}');
SELECT * FROM zishu_import('dbmate', ARRAY['', '/', '..', '../1_..', E'8_"; DROP\n$$.sql', '9_'], ARRAY['', '', '', '', E'-- migrate:up\nSELECT 1;', '']);
SELECT message FROM zishu_show('8');
SELECT * FROM zishu_import('dbmate', '{9_bom.sql}', ARRAY[E'\uFEFF-- migrate:up\nSELECT 1;\n-- migrate:down\n']);
SELECT * FROM zishu_import('dbmate', '{9_a.sql}', '{}', NULL, '{"a": 1}');
SELECT * FROM zishu_import('goose', '{9_a.sql}', '{x}', placeholders => '[1]');
SELECT * FROM zishu_import('goose', '{9_a.sql}', '{x}', placeholders => '{"a": {}}');

-- A directory, with directories in it
\getenv abs_builddir PG_ABS_BUILDDIR
\set dir :abs_builddir '/results/import.dir'
\setenv ZM_DIR :dir
\! rm -rf "$ZM_DIR" && mkdir -p "$ZM_DIR"/10_a "$ZM_DIR"/11_b "$ZM_DIR"/.git "$ZM_DIR"/12_c
\! cd "$ZM_DIR" && echo 'SELECT 1;' > 10_a/up.sql && echo 'SELECT 2;' > 10_a/down.sql && echo 'SELECT 3;' > 11_b/up.sql && echo x > .git/up.sql && printf '\377\000' > picture.png
SELECT * FROM zishu_load(:'dir');
SELECT * FROM zishu_load(:'dir', 'diesel');
\! cd "$ZM_DIR" && ln -s ../../../../../etc/passwd 12_c/up.sql && ln -s .. 12_c/loop && printf 'SELECT \377;' > 11_b/down.sql && printf 'SELECT \000;' > 11_b/up.sql
SELECT * FROM zishu_load(:'dir');
SELECT * FROM zishu_load(:'dir', partial => true);
\! cd "$ZM_DIR" && rm -r 11_b 12_c && mkdir -p a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r
DO $$
BEGIN
  PERFORM zishu_load(current_setting('data_directory') || '/nosuch');
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE '%', SQLSTATE;
END
$$;
\set VERBOSITY sqlstate
SELECT * FROM zishu_load(:'dir');
\set VERBOSITY default
\! rm -rf "$ZM_DIR"

-- Ten thousand files
SELECT count(*), count(*) FILTER (WHERE action = 'added')
FROM (SELECT array_agg(i || '_x.sql') AS n, array_agg(E'-- +goose Up\nSELECT 1;\n-- +goose Down\n'::text) AS c FROM generate_series(100001, 110000) i) f,
  zishu_import('auto', f.n, f.c);
-- A large one
SELECT revision, action
FROM (SELECT 'BEGIN;' || repeat(E'INSERT INTO t VALUES (''a:b'', 1);\n', 200000) || 'COMMIT;' AS c) f,
  zishu_import('golang-migrate', '{7_large.up.sql,7_large.down.sql}', ARRAY[c, '']);

SET client_min_messages = warning;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
