--
-- Plain directories: Supabase and Atlas
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
CREATE TABLE files (name text, content text);
CREATE VIEW stored AS
  SELECT revision, down_revisions AS down, depends_on AS depends, message, upgrade_script AS up, downgrade_script AS down_script, source
  FROM zishu_migrate.revision ORDER BY position;
\pset null '(null)'
\set load 'SELECT i.* FROM (SELECT array_agg(name) AS n, array_agg(content) AS c FROM files) f, zishu_import(:format, f.n, f.c) i'
\set load_partly 'SELECT i.* FROM (SELECT array_agg(name) AS n, array_agg(content) AS c FROM files) f, zishu_import(:format, f.n, f.c, partial => true) i'
\set format '\'supabase\''

INSERT INTO files VALUES
  ('config.toml', ''), ('seed.sql', 'not a migration'),
  ('migrations/20240102030406_second-one.sql', 'CREATE TABLE second ();'),
  ('migrations/20240102030405_first.sql', E'BEGIN;\r\nCREATE TABLE first ();\r\nEND;\r\n'),
  ('migrations/notes.sql', 'not a migration');
:load;
SELECT * FROM stored;
SELECT name FROM zishu_export();
SELECT revision FROM zishu_upgrade();
:load;
DROP TABLE first, second;
TRUNCATE files;
SELECT zishu_stamp('base', purge => true);
\set format '\'auto\''
INSERT INTO files VALUES
  ('supabase/config.toml', ''), ('supabase/migrations/20240102030405_first.sql', E'BEGIN;\r\nCREATE TABLE first ();\r\nEND;\r\n');
:load;
TRUNCATE files;
-- The directory alone
\set format '\'supabase\''
INSERT INTO files VALUES ('20250102030405_third.sql', 'SELECT 1'), ('other/20250102030406_fourth.sql', 'SELECT 1');
:load;
TRUNCATE files;
-- Atlas
\set format '\'auto\''
INSERT INTO files VALUES
  ('atlas.sum', 'h1:...'), ('20260102030405_five_six.sql', E'-- atlas:txmode none\n\nSELECT 5;'), ('20260102030406.sql', 'SELECT 7'), ('sub/1_x.sql', '');
:load;
SELECT revision, message, up FROM stored WHERE revision > '2026';
INSERT INTO files VALUES ('20260102030405_five_six.down.sql', 'SELECT 5;');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
