--
-- The model, the desired schema: its pieces, and how they come in. What is
-- built of them is tested elsewhere.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
CREATE VIEW pieces AS SELECT name, ddl FROM zishu_migrate.model ORDER BY name COLLATE "C";

--
-- One piece at a time
--
SELECT zishu_model('020_b', 'CREATE TABLE b (id int)');
SELECT zishu_model('010_a', E'-- zishu:rename table old new\nCREATE TABLE a (id int);\n');
SELECT zishu_model('010_a', E'-- zishu:rename table old new\nCREATE TABLE a (id int);\n');
SELECT zishu_model('020_b', 'CREATE TABLE b (id bigint)');
SELECT zishu_model('030_c', NULL);
SELECT * FROM pieces;
SELECT zishu_model('010_a', NULL);
SELECT zishu_model('', 'SELECT 1');
SELECT zishu_model(NULL, 'SELECT 1');

-- What cannot be parsed is not stored; where it is said to be wrong is counted
-- in the piece.
\set SHOW_CONTEXT always
SELECT zishu_model('bad', E'CREATE TABLE a (id int);\nCREATE TABEL b ();');
\echo :LAST_ERROR_SQLSTATE
SELECT zishu_model('bad', E'/* é */ BEGIN;\nCREATE TABEL b ();\nCOMMIT;');
SELECT zishu_model('bad', E'BEGIN;\nCREATE TABLE b ();\nCOMMIT;\nSELECT 1');
SELECT zishu_model('bad', E'COPY a FROM stdin;\n1\n\\.\n');
SELECT zishu_model('bad', E'\\i other.sql\n');
\set SHOW_CONTEXT errors
-- These can.
SELECT zishu_model('good', '');
SELECT zishu_model('good', E'\n-- nothing\n');
SELECT zishu_model('good', E'\\restrict abc\nCREATE TABLE b ();\n\\unrestrict abc\n');
SELECT zishu_model('good', E'-- all of it\nBEGIN;\nCREATE TABLE b ();\nCOMMIT;\n-- done\n');
SELECT zishu_model('good', 'CREATE INDEX CONCURRENTLY i ON b (id); VACUUM b');
SELECT * FROM pieces;

--
-- All of them: what the files say is then the model.
--
SELECT * FROM zishu_import_model('{030_c,010_a,020_b}', ARRAY['SELECT 3', 'SELECT 1', 'CREATE TABLE b (id bigint)']);
SELECT * FROM zishu_import_model('{030_c,010_a,020_b}', ARRAY['SELECT 3', 'SELECT 1', 'CREATE TABLE b (id bigint)']);
SELECT * FROM zishu_import_model('{040_d,020_b}', ARRAY['SELECT 4', 'SELECT 2']);
SELECT * FROM pieces;
-- All or nothing
SELECT * FROM zishu_import_model('{a,b}', ARRAY['SELECT 1', 'SELEKT 2']);
SELECT * FROM zishu_import_model('{a,a}', ARRAY['SELECT 1', 'SELECT 2']);
SELECT * FROM zishu_import_model('{a,b}', ARRAY['SELECT 1']);
SELECT * FROM zishu_import_model('{a}', ARRAY[NULL]);
SELECT * FROM zishu_import_model(NULL, '{}');
SELECT * FROM pieces;
SELECT * FROM zishu_import_model('{}', '{}');
SELECT * FROM pieces;

-- A directory of the server
\getenv abs_builddir PG_ABS_BUILDDIR
\set dir :abs_builddir '/results/model.dir'
\setenv ZM_DIR :dir
\! rm -rf "$ZM_DIR" && mkdir -p "$ZM_DIR" && chmod 755 "$ZM_DIR"
\! printf 'CREATE TABLE b ();\n' >"$ZM_DIR/20_b.sql"; printf '\357\273\277CREATE TABLE a ();\n' >"$ZM_DIR/10_a.sql"; echo x >"$ZM_DIR/note.txt"
SELECT * FROM zishu_load_model(:'dir');
SELECT * FROM zishu_load_model(:'dir');
SELECT name, quote_literal(ddl) FROM pieces;
\! rm "$ZM_DIR/10_a.sql"; printf 'CREATE TABLE c ();\n' >"$ZM_DIR/30_c.sql"; printf 'CREATE TABLE b (id int);\n' >"$ZM_DIR/20_b.sql"
SELECT * FROM zishu_load_model(:'dir');
\! printf 'CREATE\n' >"$ZM_DIR/30_c.sql"
SELECT * FROM zishu_load_model(:'dir');
SELECT * FROM pieces;
\! rm -r "$ZM_DIR"

--
-- Rights
--
CREATE ROLE regress_zm_model;
SELECT p.oid::regprocedure AS function, has_function_privilege('public', p.oid, 'EXECUTE') AS public,
  obj_description(p.oid) IS NOT NULL AS commented
FROM pg_proc p WHERE p.proname IN ('zishu_model', 'zishu_load_model', 'zishu_import_model', 'zishu_check', 'zishu_diff')
ORDER BY p.proname COLLATE "C";
GRANT EXECUTE ON FUNCTION zishu_model, zishu_load_model TO regress_zm_model;
SET ROLE regress_zm_model;
SELECT zishu_model('mine', 'SELECT 1');
SELECT * FROM zishu_load_model('pg_twophase');
SELECT name FROM zishu_migrate.model WHERE name = 'mine';
SELECT ddl FROM zishu_migrate.model;
SELECT schema FROM zishu_migrate.picture;
DELETE FROM zishu_migrate.model;
SELECT * FROM zishu_import_model('{}', '{}');
RESET ROLE;
BEGIN READ ONLY;
SELECT zishu_model('mine', 'SELECT 2');
ROLLBACK;
REVOKE EXECUTE ON FUNCTION zishu_model, zishu_load_model FROM regress_zm_model;
DROP ROLE regress_zm_model;

-- A dump takes the pieces, and not the pictures.
SELECT config::regclass AS dumped FROM pg_extension, unnest(extconfig) config
WHERE extname = 'zishu_migrate' AND config::regclass::text ~ 'model|picture';

DROP VIEW pieces;

-- A table that is made anew counts on behind the rows that its partitions
-- bring along. The model is all of the schema, so it has a database for itself.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_model;
RESET client_min_messages;
CREATE DATABASE regression_model TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
ALTER DATABASE regression_model SET lc_messages = 'C';
\c regression_model
CREATE EXTENSION zishu_migrate;
CREATE TABLE counted (id serial, n int GENERATED ALWAYS AS IDENTITY, a int) PARTITION BY LIST (a);
CREATE TABLE counted_1 PARTITION OF counted FOR VALUES IN (1);
INSERT INTO counted (a) VALUES (1), (1), (1);
SELECT zishu_model('counted', $$
CREATE TABLE counted (id serial, n int GENERATED ALWAYS AS IDENTITY, a int) PARTITION BY RANGE (a);
CREATE TABLE counted_1 PARTITION OF counted FOR VALUES FROM (1) TO (2);
$$);
DO $$
DECLARE s text;
BEGIN
  FOR s IN SELECT statement FROM zishu_diff() ORDER BY step LOOP
    EXECUTE s;
  END LOOP;
END $$;
SELECT zishu_check();
INSERT INTO counted (a) VALUES (1) RETURNING id, n;

-- The way back goes by the order of attributes that the upgrade has left, not
-- by the model's.
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE pair AS (l text, r text, m mood);
CREATE TABLE held (p pair);
INSERT INTO held VALUES ('(left,right,sad)');
SELECT zishu_model('held', $$
CREATE TYPE mood AS ENUM ('sad', 'merry');
CREATE TYPE pair AS (r text, l text, m mood);
CREATE TABLE held (p pair);
$$);
SELECT zishu_revision('moods', autogenerate => true, rev_id => 'moods');
SELECT action, revision FROM zishu_upgrade();
SELECT (p).l, (p).r FROM held;
SELECT action, revision FROM zishu_downgrade();
SELECT (p).l, (p).r FROM held;

-- What takes several statements is one difference.
SELECT zishu_model('held', $$
CREATE TYPE mood AS ENUM ('sad', 'glad', 'merry', 'calm');
CREATE TYPE pair AS (r text, l text, m mood);
CREATE TABLE held (p pair);
$$);
SELECT zishu_check();
\c :home
DROP DATABASE regression_model;
