--
-- Writing revisions: zishu_revision, zishu_merge, zishu_edit, zishu_remove.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

-- What stands in the store, in load order.
CREATE VIEW stored AS
  SELECT revision, down_revisions AS down, depends_on AS depends, branch_labels AS labels,
    message, upgrade_script AS up, downgrade_script AS down_script
  FROM zishu_migrate.revision ORDER BY position;

--
-- The simplest: a message, and Alembic's twelve digits come back.
--
SELECT zishu_revision('first') ~ '^[0-9a-f]{12}$' AS id;
SELECT revision ~ '^[0-9a-f]{12}$' AS id, down_revisions, depends_on, branch_labels, message,
  upgrade_script, downgrade_script, octet_length(digest) AS digest, octet_length(token_digest) AS tokens,
  created_at = now() OR created_at BETWEEN now() - interval '1 minute' AND now() AS recent,
  created_by = current_user AS mine, source, frame
FROM zishu_migrate.revision;
SELECT count(DISTINCT id) FROM generate_series(1, 20) n, LATERAL zishu_revision('number ' || n) id;
TRUNCATE zishu_migrate.revision RESTART IDENTITY;

--
-- Scripts and ids. No downgrade script is not the same as an empty one.
--
SELECT zishu_revision('both', 'CREATE TABLE a (id int)', 'DROP TABLE a', rev_id => 'r_both');
SELECT zishu_revision('none', 'SELECT 1', rev_id => 'r_none');
SELECT zishu_revision('empty', 'SELECT 1', '', rev_id => 'r_empty');
SELECT zishu_revision(NULL, NULL, NULL, rev_id => 'r_null');
SELECT zishu_revision('', '', '', rev_id => '数据 7.ü');
SELECT * FROM stored;
SELECT count(DISTINCT digest) AS digests, count(DISTINCT token_digest) AS tokens
FROM zishu_migrate.revision WHERE revision IN ('r_none', 'r_empty');

-- Ids
SELECT zishu_revision('x', rev_id => 'r_both');
\echo :SQLSTATE
SELECT zishu_revision('x', rev_id => '');
\echo :SQLSTATE
SELECT zishu_revision('x', rev_id => 'a@b');
\echo :SQLSTATE
SELECT zishu_revision('x', rev_id => 'a-b');
SELECT zishu_revision('x', rev_id => 'a+b');
SELECT zishu_revision('x', rev_id => 'a:b');
-- as long as one likes
SELECT length(zishu_revision('x', rev_id => repeat('long_', 1000)));
SELECT length(zishu_remove(repeat('long_', 1000)));

--
-- Where it goes: head, splice, base
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('a', rev_id => 'aaaa', downgrade => '');
SELECT zishu_revision('b', rev_id => 'bbbb', downgrade => '');
SELECT zishu_revision('c', rev_id => 'cccc', head => '{aaaa}', downgrade => '');
\echo :SQLSTATE
SELECT zishu_revision('c', rev_id => 'cccc', head => '{aaaa}', splice => true, downgrade => '');
SELECT zishu_revision('d', rev_id => 'dddd', downgrade => '');
\echo :SQLSTATE
SELECT zishu_revision('d', rev_id => 'dddd', head => '{head}', downgrade => '');
\echo :SQLSTATE
SELECT zishu_revision('d', rev_id => 'dddd', head => '{bb}', branch_label => '{left}', downgrade => '');
SELECT zishu_revision('e', rev_id => 'eeee', head => '{left@head}', downgrade => '');
SELECT zishu_revision('f', rev_id => 'ffff', head => '{heads}', downgrade => '');
SELECT zishu_revision('g', rev_id => 'gggg', head => '{base}', downgrade => '');
SELECT zishu_revision('h', rev_id => 'hhhh', head => '{ffff,gggg}', downgrade => '');
SELECT zishu_revision('i', rev_id => 'iiii', head => '{hhhh}', downgrade => '');
SELECT zishu_revision('j', rev_id => 'jjjj', head => '{}', downgrade => '');
SELECT * FROM stored;

-- What is wrong with a head
SELECT zishu_revision('x', head => '{nosuch}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{aaab}');
SELECT zishu_revision('x', head => '{right@head}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{jjjj,jjjj}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{jjjj,head}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{""}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{-20}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{aaaa:bbbb}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => ARRAY['jjjj', NULL]);
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{{jjjj,gggg}}', rev_id => 'two_dimensions');
-- the beginning of several ids
SELECT zishu_revision('x', rev_id => 'jjjk', head => '{base}');
SELECT zishu_revision('x', head => '{jjj}');
\echo :SQLSTATE

--
-- Labels and dependencies
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('a', rev_id => 'aaaa', branch_label => '{left,links}', downgrade => '');
SELECT zishu_revision('b', rev_id => 'bbbb', head => '{base}', branch_label => '{right}', downgrade => '');
SELECT zishu_revision('c', rev_id => 'cccc', head => '{left@head}', depends_on => '{right}', downgrade => '');
SELECT zishu_revision('d', rev_id => 'dddd', head => '{left@head}', depends_on => '{bbb,right@head}', downgrade => '');
SELECT revision, down, depends, labels FROM stored;
SELECT zishu_revision('x', head => '{left@head}', branch_label => '{right}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', branch_label => '{aaaa}');
SELECT zishu_revision('x', head => '{left@head}', branch_label => '{new,new}');
SELECT zishu_revision('x', head => '{left@head}', branch_label => '{same}', rev_id => 'same');
SELECT zishu_revision('x', head => '{left@head}', rev_id => 'right');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', branch_label => '{""}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', branch_label => ARRAY[NULL]);
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', depends_on => '{nosuch}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', depends_on => '{base}');
\echo :SQLSTATE
SELECT zishu_revision('x', head => '{left@head}', depends_on => ARRAY['bbbb', NULL]);
SELECT zishu_revision('x', head => '{left@head}', rev_id => 'self', depends_on => '{self}');

-- None of these has left anything.
SELECT count(*) FROM zishu_migrate.revision;
SELECT zishu_revision('x', 'SELECT 1', '', autogenerate => true);
\echo :SQLSTATE

--
-- Scripts are parsed; the place is told.
--
SELECT zishu_revision('add names', E'CREATE TABLE t (id int);\n\nALTER TABLE t\n  ADD COLUM name text;\n', rev_id => 'new', head => '{left@head}');
\echo :SQLSTATE
SELECT zishu_revision('add names', 'SELECT 1', E'SELECT 1;\nDROP TABEL t', rev_id => 'new', head => '{left@head}');
SELECT zishu_revision('add names', E'SELECT ''never closed', rev_id => 'new', head => '{left@head}');
SELECT zishu_revision('add names', E'SELECT ''用户'', nam e e', rev_id => 'new', head => '{left@head}');
SELECT zishu_revision('', 'SELEC', rev_id => 'new', head => '{left@head}');
SELECT zishu_revision('x', E'SELECT 1\n\\g', rev_id => 'new', head => '{left@head}');
\echo :SQLSTATE
SELECT zishu_revision('x', E'\\i other.sql', rev_id => 'new', head => '{left@head}');
-- names are not looked up
SELECT zishu_revision('names', 'SELECT nosuch FROM nowhere', 'DROP TABLE nowhere', rev_id => 'names', head => '{left@head}');

-- What can never run is stored with a warning; what runs online only is not
-- even worth that.
SELECT zishu_revision('x', 'COMMIT', '', rev_id => 'never1', head => '{left@head}');
SELECT zishu_revision('x', E'SELECT 1;\nROLLBACK TO here', 'BEGIN', rev_id => 'never2', head => '{left@head}');
SELECT zishu_revision('x', E'COPY t FROM STDIN;\n1\t2\n\\.\nSELECT 1', '', rev_id => 'never3', head => '{left@head}');
SELECT zishu_revision('x', 'CREATE INDEX CONCURRENTLY ON t (id)', 'DROP INDEX CONCURRENTLY t_id_idx', rev_id => 'online', head => '{left@head}');
SELECT revision, down, up, down_script FROM stored WHERE revision LIKE 'never%' OR revision IN ('names', 'online');

--
-- Merging
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('a', rev_id => 'aaaa', downgrade => '');
SELECT zishu_revision('b', rev_id => 'bbbb', downgrade => '');
SELECT zishu_revision('c', rev_id => 'cccc', head => '{aaaa}', splice => true, downgrade => '');
SELECT zishu_revision('d', rev_id => 'dddd', head => '{base}', branch_label => '{lab}', downgrade => '');
SELECT zishu_merge() ~ '^[0-9a-f]{12}$' AS id;
SELECT down, message, up, down_script FROM stored WHERE cardinality(down) > 1;
DELETE FROM zishu_migrate.revision WHERE cardinality(down_revisions) > 1;
SELECT zishu_merge('{bbbb,cccc}', rev_id => 'm_two');
SELECT zishu_merge('{m_two,lab@head}', 'bring them together', '{all}', 'm_all');
SELECT * FROM stored WHERE revision LIKE 'm%';
SELECT zishu_merge('{bbbb,dddd}');
\echo :SQLSTATE
SELECT zishu_merge('{bbbb,dddd}', rev_id => 'm_spliced', splice => true);
SELECT zishu_remove('m_spliced');
SELECT zishu_merge('{m_all,m_all}');
\echo :SQLSTATE
SELECT zishu_merge(NULL);
\echo :SQLSTATE
SELECT zishu_merge('{}');
\echo :SQLSTATE
SELECT zishu_merge('{bbbb,base}');
SELECT zishu_merge('{m_all,nosuch}');
\echo :SQLSTATE
-- of one, as in Alembic
SELECT zishu_merge('{m_all}', rev_id => 'm_one');
SELECT down, message FROM stored WHERE revision = 'm_one';

--
-- Editing what is applied nowhere
--
TRUNCATE zishu_migrate.revision RESTART IDENTITY;
SELECT zishu_revision('a', 'CREATE TABLE ta ()', 'DROP TABLE ta', rev_id => 'aaaa', branch_label => '{lab}');
SELECT zishu_revision('b', 'SELECT 1', 'SELECT 1', rev_id => 'bbbb', depends_on => '{lab}');
SELECT digest, token_digest FROM zishu_migrate.revision WHERE revision = 'bbbb' \gset old_
SELECT zishu_edit('bbb', 'SELECT 2', NULL);
SELECT * FROM stored WHERE revision = 'bbbb';
SELECT digest <> :'old_digest' AS digest, token_digest <> :'old_token_digest' AS tokens
FROM zishu_migrate.revision WHERE revision = 'bbbb';
SELECT zishu_edit('head', E'SELECT\n  1 -- one\n', 'SELECT 1', 'with a comment');
SELECT digest <> :'old_digest' AS digest, token_digest <> :'old_token_digest' AS tokens, message
FROM zishu_migrate.revision WHERE revision = 'bbbb';
SELECT zishu_edit('bbbb', NULL, '', '');
SELECT * FROM stored WHERE revision = 'bbbb';
SELECT zishu_edit('bbbb', 'SELEC', '');
SELECT zishu_edit('bbbb', 'COMMIT', '');
SELECT zishu_edit('nosuch', '', '');
\echo :SQLSTATE
SELECT zishu_edit(NULL, '', '');
\echo :SQLSTATE
SELECT zishu_edit('base', '', '');
\echo :SQLSTATE
SELECT zishu_edit('', '', '');
\echo :SQLSTATE

-- Who made it, and when, stays, whoever edits it; its place as well.
CREATE ROLE regress_zm_editor;
GRANT EXECUTE ON FUNCTION zishu_edit TO regress_zm_editor;
SELECT created_at, created_by, position FROM zishu_migrate.revision WHERE revision = 'bbbb' \gset old_
SET ROLE regress_zm_editor;
SELECT zishu_edit('bbbb', 'SELECT 3', 'SELECT 3');
RESET ROLE;
SELECT created_at = :'old_created_at' AS same_time, created_by = :'old_created_by' AS same_role,
  position = :old_position AS same_position, down_revisions, depends_on
FROM zishu_migrate.revision WHERE revision = 'bbbb';

-- Applied: not any more
SELECT revision FROM zishu_upgrade('aaaa');
SELECT zishu_edit('aaaa', '', '');
\echo :SQLSTATE
SELECT zishu_edit('bbbb', 'SELECT 4', 'SELECT 4');
SELECT revision FROM zishu_upgrade();
SELECT zishu_edit('aaaa', '', '');
SELECT zishu_edit('bbbb', '', '');
SELECT revision FROM zishu_downgrade();
SELECT zishu_edit('bbbb', 'SELECT 5', 'SELECT 5');
-- also elsewhere
CREATE SCHEMA tenant_1;
SELECT revision FROM zishu_stamp('bbbb', tenant => 'tenant_1');
SELECT zishu_edit('bbbb', 'SELECT 6', 'SELECT 6');
\echo :SQLSTATE
SELECT zishu_remove('bbbb');
\echo :SQLSTATE
SELECT revision FROM zishu_stamp('base', tenant => 'tenant_1');

--
-- Removing
--
SELECT zishu_remove('aaaa');
\echo :SQLSTATE
SELECT zishu_revision('c', rev_id => 'cccc', head => '{base}', depends_on => '{bbbb}', downgrade => '');
SELECT zishu_remove('bbbb');
SELECT zishu_remove('cccc');
SELECT zishu_remove('bbbb');
SELECT zishu_remove('bbbb');
\echo :SQLSTATE
SELECT zishu_remove('aaaa');
\echo :SQLSTATE
SELECT zishu_remove('base');
SELECT zishu_remove('') IS NULL;
SELECT zishu_remove(NULL) IS NULL AS nothing;
SELECT revision FROM zishu_downgrade();
SELECT zishu_remove('lab');
SELECT * FROM stored;
SELECT zishu_remove('head');
\echo :SQLSTATE
-- The id may be taken again.
SELECT zishu_revision('again', '', '', rev_id => 'aaaa');

-- A database that stands at an unknown revision: it may be any of them.
INSERT INTO zishu_migrate.version (revision) VALUES ('gone');
SELECT zishu_edit('aaaa', '', '');
\echo :SQLSTATE
SELECT zishu_remove('aaaa');
SELECT zishu_revision('goes on', '', '', rev_id => 'bbbb');
SELECT revision FROM zishu_stamp('base', purge => true);

--
-- Where nothing may be changed
--
BEGIN READ ONLY;
SELECT zishu_revision('x');
\echo :SQLSTATE
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_merge();
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_edit('bbbb', '', '');
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_remove('bbbb');
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_stamp('bbbb');
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_import('native', '{}', '{}');
ROLLBACK;
BEGIN READ ONLY;
SELECT zishu_load('/');
ROLLBACK;
BEGIN READ ONLY;
SELECT * FROM zishu_upgrade();
ROLLBACK;
BEGIN READ ONLY;
SELECT * FROM zishu_downgrade();
ROLLBACK;
-- but looking is fine
BEGIN READ ONLY;
SELECT revision FROM zishu_upgrade(dry_run => true);
SELECT revision FROM zishu_history();
SELECT pending FROM zishu_status();
COMMIT;

-- A superuser's REFRESH, REINDEX or ANALYZE runs what others have written.
CREATE ROLE regress_zm_sneak;
GRANT EXECUTE ON FUNCTION zishu_revision, zishu_remove TO regress_zm_sneak;
GRANT EXECUTE ON FUNCTION zishu_upgrade, zishu_stamp(text, boolean, text) TO regress_zm_sneak;
CREATE SCHEMA sneak AUTHORIZATION regress_zm_sneak;
SET ROLE regress_zm_sneak;
CREATE MATERIALIZED VIEW sneak.m AS SELECT zishu_revision('from a view') AS revision WITH NO DATA;
CREATE TABLE sneak.t (revision text);
INSERT INTO sneak.t VALUES ('bbbb');
CREATE FUNCTION sneak.act(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
  'BEGIN RETURN zishu_remove($1); END';
CREATE INDEX ON sneak.t (sneak.act(revision));
\echo :SQLSTATE
CREATE FUNCTION sneak.act2(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
  'BEGIN RETURN (SELECT revision FROM zishu_stamp($1) LIMIT 1); END';
\set SHOW_CONTEXT never
CREATE INDEX ON sneak.t (sneak.act2(revision));
\set SHOW_CONTEXT errors
RESET ROLE;
REFRESH MATERIALIZED VIEW sneak.m;
\echo :SQLSTATE
SELECT revision FROM stored;

-- One transaction: what is rolled back is not there.
BEGIN;
SELECT zishu_revision('x', rev_id => 'rolled_back');
ROLLBACK;
SELECT revision FROM stored;

SET client_min_messages = warning;
DROP VIEW stored;
DROP SCHEMA sneak CASCADE;
DROP SCHEMA tenant_1;
DROP EXTENSION zishu_migrate;
DROP ROLE regress_zm_sneak, regress_zm_editor;
CREATE EXTENSION zishu_migrate;
