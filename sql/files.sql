--
-- Revision files: zishu_load, zishu_import, zishu_export.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

-- A directory of our own; the server writes the files, byte for byte.
\getenv abs_builddir PG_ABS_BUILDDIR
\set dir :abs_builddir '/results/files.dir'
\setenv ZM_DIR :dir
\! rm -rf "$ZM_DIR" && mkdir -p "$ZM_DIR" && chmod 777 "$ZM_DIR"
CREATE TABLE directory AS SELECT :'dir'::text AS path;
CREATE FUNCTION put(name text, content bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lo oid := lo_from_bytea(0, content);
BEGIN
  PERFORM lo_export(lo, (SELECT path FROM directory) || '/' || name);
  PERFORM lo_unlink(lo);
END
$$;
CREATE FUNCTION put(name text, content text) RETURNS void LANGUAGE sql AS
  'SELECT put(name, convert_to(content, ''UTF8''))';
\set load 'SELECT * FROM zishu_load((SELECT path FROM directory), ''native'')'
-- Files that an export would not give back as they are.
CREATE VIEW spoiled AS
  SELECT e.name, e.content
  FROM directory d, pg_ls_dir(d.path) f (name) FULL JOIN zishu_export() e USING (name)
  WHERE convert_to(e.content, 'UTF8') IS DISTINCT FROM pg_read_binary_file(d.path || '/' || f.name)
  ORDER BY 1;
CREATE VIEW stored AS
  SELECT revision, down_revisions AS down, depends_on AS depends, branch_labels AS labels, message,
    upgrade_script AS up, downgrade_script AS down_script, downgrade_script IS NULL AS one_way, source
  FROM zishu_migrate.revision ORDER BY position;

--
-- Native files, whose names are not in the order of the graph
--
SELECT put('c_first.sql', $$-- revision: first
-- revises:
-- depends on:
-- branch labels: trunk
-- created: 2025-10-30 09:12:00+08
-- message: the first one: 表 "t"

-- zishu:upgrade
CREATE TABLE files_t (id int);

-- zishu:downgrade
DROP TABLE files_t;
$$);
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- zishu:upgrade
INSERT INTO files_t VALUES (1);
$$);
SELECT put('a_third.sql', $$-- revision: third
--   revises  :  second,  other
-- A remark, which is anyone's: see the wiki.

-- depends on: trunk

-- message:   words   with   blanks   
-- zishu:upgrade

-- zishu:downgrade
$$);
SELECT put('d_other.sql', $$-- revision: other
-- branch labels: side, aside
-- zishu:upgrade


CREATE TABLE files_u ();


-- zishu:downgrade

DROP TABLE files_u;

$$);
SELECT put('not_sql.txt', 'neither read nor missed');
SELECT put('.hidden.sql', 'nor is this');
:load;
SELECT * FROM stored;
SELECT revision, created_at AT TIME ZONE 'UTC' AS utc FROM zishu_migrate.revision WHERE revision = 'first';
SELECT revision, quote_literal(upgrade_script) AS up, quote_literal(downgrade_script) AS down
FROM zishu_migrate.revision WHERE revision IN ('third', 'other') ORDER BY 1;
SELECT revision FROM zishu_history();
\! rm "$ZM_DIR/not_sql.txt" "$ZM_DIR/.hidden.sql"
SELECT * FROM spoiled;

-- Again: nothing changes.
CREATE TEMP TABLE before AS SELECT xmin::text AS x, ctid AS c, revision FROM zishu_migrate.revision;
:load;
SELECT b.revision AS touched FROM before b FULL JOIN zishu_migrate.revision r USING (revision)
WHERE (b.x, b.c) IS DISTINCT FROM (r.xmin::text, r.ctid);

-- A changed one that is not applied
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- message: now with words
-- zishu:upgrade
INSERT INTO files_t VALUES (2);
-- zishu:downgrade
DELETE FROM files_t;
$$);
:load;
SELECT * FROM stored WHERE revision = 'second';
SELECT * FROM spoiled;
:load;

-- Another parent
SELECT put('d_other.sql', $$-- revision: other
-- revises: first
-- branch labels: side
-- zishu:upgrade
CREATE TABLE files_u ();
-- zishu:downgrade
DROP TABLE files_u;
$$);
:load;
SELECT revision, down, labels FROM stored;
-- Another name
\! mv "$ZM_DIR/d_other.sql" "$ZM_DIR/d_another.sql"
:load;
SELECT * FROM spoiled;

--
-- What is applied stays what it is, but for layout, comments and words.
--
SELECT revision FROM zishu_upgrade('second');
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- message: now with words
-- zishu:upgrade
INSERT INTO files_t VALUES (3);
-- zishu:downgrade
DELETE FROM files_t;
$$);
:load;
\echo :SQLSTATE
-- its downgrade script,
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- message: now with words
-- zishu:upgrade
INSERT INTO files_t VALUES (2);
-- zishu:downgrade
$$);
:load;
-- that there is one,
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- message: now with words
-- zishu:upgrade
INSERT INTO files_t VALUES (2);
$$);
:load;
-- its place
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- depends on: other
-- message: now with words
-- zishu:upgrade
INSERT INTO files_t VALUES (2);
-- zishu:downgrade
DELETE FROM files_t;
$$);
:load;
\echo :SQLSTATE
-- Layout, comments and words
SELECT put('b_second.sql', $$-- revision: second
-- revises: first
-- message: better words

-- zishu:upgrade
-- one row
insert into
  files_t values
  (2) /* two */
;

-- zishu:downgrade
DELETE
FROM files_t; -- all of it
$$);
:load;
SELECT * FROM spoiled;
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_downgrade();

-- Applied in another tenant is applied.
CREATE SCHEMA files_tenant;
SELECT revision FROM zishu_upgrade('first', 'files_tenant');
SELECT put('c_first.sql', $$-- revision: first
-- branch labels: trunk
-- created: 2025-10-30 09:12:00+08
-- message: the first one
-- zishu:upgrade
CREATE TABLE files_t (id int, name text);
-- zishu:downgrade
DROP TABLE files_t;
$$);
:load;
\echo :SQLSTATE
SELECT revision FROM zishu_downgrade(tenant => 'files_tenant');
:load;

-- A label that somebody applied depends on goes to a revision that is not
-- applied: the graph would say that it is.
SELECT put('e_labelled.sql', $$-- revision: labelled
-- branch labels: needed
-- zishu:upgrade
-- zishu:downgrade
$$);
SELECT put('f_needs.sql', $$-- revision: needs
-- depends on: needed
-- zishu:upgrade
-- zishu:downgrade
$$);
:load;
SELECT revision FROM zishu_upgrade('needs');
SELECT put('e_labelled.sql', $$-- revision: labelled
-- zishu:upgrade
-- zishu:downgrade
$$);
SELECT put('g_not_run.sql', $$-- revision: not_run
-- branch labels: needed
-- zishu:upgrade
CREATE TABLE files_never ();
-- zishu:downgrade
DROP TABLE files_never;
$$);
\set VERBOSITY sqlstate
:load;
\set VERBOSITY default
SELECT revision FROM stored WHERE revision = 'not_run';

--
-- All or nothing
--
TRUNCATE zishu_migrate.revision, zishu_migrate.version, zishu_migrate.event RESTART IDENTITY;
\! rm -f "$ZM_DIR"/*
SELECT put('1.sql', E'-- revision: one\n-- zishu:upgrade\n');
SELECT put('2.sql', E'-- revision: two\n-- revises: one\n-- zishu:upgrade\n-- zishu:upgrade\n');
:load;
\echo :SQLSTATE
SELECT count(*) FROM zishu_migrate.revision;
-- Whose transaction it is may take it back.
SELECT put('2.sql', E'-- revision: two\n-- revises: one\n-- zishu:upgrade\n');
BEGIN;
:load;
ROLLBACK;
SELECT count(*) FROM zishu_migrate.revision;

--
-- Bad files, each with its line
--
CREATE FUNCTION import(content text) RETURNS TABLE (revision text, action text) LANGUAGE sql AS
  $$SELECT * FROM zishu_import('native', ARRAY['file.sql'], ARRAY[content])$$;
\set SHOW_CONTEXT never
SELECT * FROM import(E'-- revises: one\n-- zishu:upgrade\n');
\echo :SQLSTATE
SELECT * FROM import(E'-- revision:\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\n-- revision: b\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\n-- branch label: b\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- Revision: a\n-- zishu:upgrade\n');
-- A key counts without a blank, too, or the revision would be a base unseen.
SELECT * FROM import(E'-- revision: a\n-- revises:nosuch\n-- zishu:upgrade\n');
\echo :SQLSTATE
SELECT * FROM import(E'-- revision: a\n-- revises: b,,c\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\nSELECT 1;\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\n\n  -- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\nSELECT 1;');
SELECT * FROM import(E'-- revision: a\n');
SELECT * FROM import('');
SELECT * FROM import(E'-- revision: a\n-- zishu:downgrade\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\n-- zishu:upgrade\n-- zishu:upgrade\n');
SELECT * FROM import(E'-- revision: a\n-- zishu:upgrade\n-- zishu:downgrade\n\n\n-- zishu:downgrade\n');
SELECT * FROM import(E'-- revision: a\n-- zishu:upgrade\nSELECT 1;\n-- zishu:donwgrade\nSELECT 2;\n');
SELECT * FROM import(E'-- revision: a\n-- zishu:upgrade\nSELECT 1;\n--zishu:downgrade\nSELECT 2;\n');
SELECT * FROM import(E'-- revision: a\n-- zishu:upgrade\nSELECT 1;\n-- ZISHU: downgrade\nSELECT 2;\n');
\set VERBOSITY sqlstate
SELECT * FROM import(E'-- revision: a\n-- created: yesterday evening\n-- zishu:upgrade\n');
\set VERBOSITY default
SELECT * FROM import(E'-- revision: a@b\n-- zishu:upgrade\n');
\echo :SQLSTATE
\set SHOW_CONTEXT errors
-- and as files
\! rm -f "$ZM_DIR"/*
SELECT put('nul.sql', '\x2d2d207265766973696f6e3a20610a2d2d207a697368753a757067726164650a53454c45435420310041'::bytea);
:load;
\echo :SQLSTATE
\! rm -f "$ZM_DIR"/*
SELECT put('utf16.sql', '\xfffe2d002d002000'::bytea);
:load;
\! rm -f "$ZM_DIR"/*
SELECT put('latin1.sql', '\x2d2d207265766973696f6e3a20610a2d2d207a697368753a757067726164650a2d2d20fc0a'::bytea);
:load;
\echo :SQLSTATE
\! rm -f "$ZM_DIR"/*
SELECT put('empty.sql', '');
:load;
\! rm -f "$ZM_DIR"/*

--
-- Between files
--
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- zishu:upgrade\n', E'-- revision: a\n-- zishu:upgrade\n']);
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- branch labels: l\n-- zishu:upgrade\n', E'-- revision: b\n-- branch labels: l\n-- zishu:upgrade\n']);
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- branch labels: b\n-- zishu:upgrade\n', E'-- revision: b\n-- zishu:upgrade\n']);
SELECT * FROM zishu_import('native', '{a.sql}', ARRAY[E'-- revision: a\n-- revises: nosuch\n-- zishu:upgrade\n']);
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{a.sql}', ARRAY[E'-- revision: a\n-- depends on: nosuch\n-- zishu:upgrade\n']);
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- branch labels: l\n-- zishu:upgrade\n', E'-- revision: b\n-- revises: l\n-- zishu:upgrade\n']);
SELECT * FROM zishu_import('native', '{a.sql,b.sql,c.sql}', ARRAY[E'-- revision: a\n-- revises: c\n-- zishu:upgrade\n',
  E'-- revision: b\n-- revises: a\n-- zishu:upgrade\n', E'-- revision: c\n-- revises: b\n-- zishu:upgrade\n']);
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- zishu:upgrade\n',
  E'-- revision: b\n-- revises: a\n-- depends on: b\n-- zishu:upgrade\n']);
SELECT count(*) FROM zishu_migrate.revision;
-- A cycle that comes with a second load
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- zishu:upgrade\n', E'-- revision: b\n-- revises: a\n-- zishu:upgrade\n']);
SELECT * FROM zishu_import('native', '{a.sql}', ARRAY[E'-- revision: a\n-- revises: b\n-- zishu:upgrade\n']);
-- Turned around, both at once
SELECT * FROM zishu_import('native', '{a.sql,b.sql}', ARRAY[E'-- revision: a\n-- revises: b\n-- zishu:upgrade\n', E'-- revision: b\n-- zishu:upgrade\n']);
SELECT revision, down FROM stored ORDER BY 1;

--
-- Byte for byte, however it was written
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT put('bom.sql', '\xefbbbf'::bytea || convert_to(E'-- revision: bom\n-- zishu:upgrade\nSELECT ''é'';\n', 'UTF8'));
SELECT put('crlf.sql', E'-- revision: crlf\r\n-- revises: bom\r\n-- message: from Windows\r\n\r\n-- zishu:upgrade\r\nSELECT 1;\r\nSELECT\r\n2;\r\n\r\n-- zishu:downgrade\r\nSELECT 3;\r\n');
SELECT put('mixed.sql', E'-- revision: mixed\r\n-- revises: crlf\n-- zishu:upgrade\nSELECT 1;\r\n-- zishu:downgrade\r\nSELECT 3;\n\n');
SELECT put('no_newline.sql', E'-- revision: no_newline\n-- revises: mixed\n-- zishu:upgrade\nSELECT 1;\n-- zishu:downgrade\nSELECT 2');
SELECT put('no_newline2.sql', E'-- revision: no_newline2\n-- revises: no_newline\n-- zishu:upgrade\nSELECT 1;\n-- zishu:downgrade');
SELECT put('no_newline3.sql', E'-- revision: no_newline3\n-- revises: no_newline2\n-- zishu:upgrade');
SELECT put('blank.sql', E'\n\n-- revision: blank\n\n-- revises: no_newline3\t\n-- zishu:upgrade   \n\n\n\n-- zishu:downgrade\t\n\n\n\n\n');
SELECT put('wrapped.sql', E'-- revision: wrapped\n-- revises: blank\n-- zishu:upgrade\nBEGIN;\n\nSELECT 1;\nSELECT 2;\nCOMMIT;\n\n-- zishu:downgrade\n-- undo\nstart transaction;\nSELECT 3;\nend;\n');
SELECT put('wrapped2.sql', E'-- revision: wrapped2\n-- revises: wrapped\n-- zishu:upgrade\n/* a note */ BEGIN; SELECT 1; COMMIT;');
SELECT put('quoted.sql', E'-- revision: quoted\n-- revises: wrapped2\n-- zishu:upgrade\nDO $$BEGIN\n  PERFORM '' -- zishu:downgrade'';\nEND$$;\n-- zishu:repeat\nUPDATE nowhere SET a = 1 WHERE a = 0;\n');
SELECT put('faulty.sql', E'-- revision: faulty\n-- revises: quoted\n-- zishu:upgrade\nSELECT 1;\n\nCREATE TABEL x;\n-- zishu:downgrade\nDROP TABLE IF EXISTS;\n');
SELECT put('copy.sql', E'-- revision: copy\n-- revises: faulty\n-- zishu:upgrade\nCOPY x FROM stdin;\n1\t2\n\\.\n');
SELECT put('online.sql', E'-- revision: online\n-- revises: copy\n-- zishu:upgrade\nCREATE INDEX CONCURRENTLY ON x (a);\n');
SELECT put('half.sql', E'-- revision: half\n-- revises: online\n-- zishu:upgrade\nBEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;\n');
:load;
SELECT revision, quote_literal(up) AS up, quote_literal(down_script) AS down FROM stored;
SELECT * FROM spoiled;
:load;
-- The bad ones are refused before anything runs.
SELECT revision FROM zishu_upgrade('faulty');
\echo :SQLSTATE
SELECT current FROM zishu_status();
SELECT count(*) FROM zishu_upgrade('quoted', dry_run => true);
SELECT name, content FROM zishu_export() WHERE name = 'crlf.sql';
SELECT zishu_export('wrapped');

-- A file whose revision is edited here is made anew.
SELECT zishu_edit('crlf', 'SELECT 4', NULL);
SELECT name FROM spoiled;
SELECT regexp_replace(zishu_export('crlf'), '(created: ).*?\n', E'\\1...\n');

--
-- Files of what was written here
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('Add "users": 用户 & co.', E'CREATE TABLE u ();\n\n', '', rev_id => 'u1', branch_label => '{lab}');
SELECT zishu_revision(E'two\nlines', 'SELECT 1', rev_id => 'u/2 ..x');
SELECT zishu_revision('', E'\n', E'\n\n', rev_id => 'u3', head => '{u1}', splice => true, depends_on => '{u/2 ..x}');
SELECT zishu_merge(rev_id => 'u4', message => repeat('long words ', 10));
UPDATE zishu_migrate.revision SET created_at = '2025-01-02 03:04:05.678901+00';
SELECT name, content FROM zishu_export();
CREATE TABLE exported AS SELECT * FROM zishu_export();
SELECT zishu_export('u3') = content AS same FROM exported WHERE name LIKE 'u3%';
SELECT zishu_export('base') IS NULL;
SELECT zishu_export('heads');
SELECT zishu_export('nosuch');
\echo :SQLSTATE
-- Their files are taken back without a change; the name of the file is noted.
SELECT i.* FROM (SELECT array_agg(name), array_agg(content) FROM exported) x (names, contents), zishu_import('native', names, contents) i;
SELECT i.* FROM (SELECT array_agg(name), array_agg(content) FROM exported) x (names, contents), zishu_import('native', names, contents) i;
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT i.* FROM (SELECT array_agg(name), array_agg(content) FROM exported) x (names, contents), zishu_import('auto', names, contents) i;
SELECT e.name, e.content = x.content AS same FROM zishu_export() e FULL JOIN exported x USING (name) ORDER BY name COLLATE "C";
SELECT revision, down, depends, labels, message, quote_literal(up) AS up, quote_literal(down_script) AS down_script FROM stored;
-- whatever the time zone of those who write and read it
SELECT DISTINCT created_at AT TIME ZONE 'UTC' AS utc FROM zishu_migrate.revision;
-- A script with a line that a file could not hold
SELECT zishu_revision('m', E'SELECT $$\n-- zishu:downgrade\n$$', rev_id => 'marked', head => '{heads}');
SELECT zishu_export('marked');
\echo :SQLSTATE
SELECT * FROM zishu_export();
SELECT zishu_remove('marked');

--
-- Arguments
--
SELECT * FROM zishu_import('native', '{a.sql}', '{}');
\echo :SQLSTATE
SELECT * FROM zishu_import('native', ARRAY[NULL], '{x}');
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{a.sql}', ARRAY[NULL]);
SELECT * FROM zishu_import('native', '{}', '{}');
SELECT * FROM zishu_import(NULL, '{}', '{}');
\set VERBOSITY terse
SELECT * FROM zishu_import('nosuch', '{}', '{}');
\echo :SQLSTATE
SELECT * FROM zishu_load('/', 'nosuch');
\set VERBOSITY default
SELECT * FROM zishu_load('');
SELECT * FROM zishu_load_model('');
SELECT * FROM zishu_load('no/such/directory');
\echo :SQLSTATE
SELECT * FROM zishu_load('PG_VERSION');
SELECT * FROM zishu_load('pg_twophase');
-- Loading is for those who may read the server's files; importing is not.
CREATE ROLE regress_zm_loader;
GRANT EXECUTE ON FUNCTION zishu_load, zishu_import TO regress_zm_loader;
SET ROLE regress_zm_loader;
SELECT * FROM zishu_load('pg_twophase');
\echo :SQLSTATE
SELECT * FROM zishu_import('native', '{x.sql}', ARRAY[E'-- revision: imported\n-- zishu:upgrade\n']);
RESET ROLE;
GRANT pg_read_server_files TO regress_zm_loader;
SET ROLE regress_zm_loader;
SELECT * FROM zishu_load('pg_twophase');
RESET ROLE;
SELECT created_by FROM zishu_migrate.revision WHERE revision = 'imported';

\! rm -rf "$ZM_DIR"
SET client_min_messages = warning;
DROP VIEW stored, spoiled;
DROP TABLE exported, directory;
DROP FUNCTION put(text, text), put(text, bytea), import(text);
DROP SCHEMA files_tenant CASCADE;
DROP EXTENSION zishu_migrate;
DROP ROLE regress_zm_loader;
CREATE EXTENSION zishu_migrate;
