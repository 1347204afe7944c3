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
  ('atlas.sum', E'h1:Smxa1Ohkqd8QhnSOPKpcfJOW7XoGAXogrI7l9zUKbds=\n20260102030405_five_six.sql h1:Frn9a3ZePL6+4pyR4PbtMsROjhQXw5ot8SH2bkDgi90=\n20260102030406.sql h1:lNqJAG+33LHn3YSKFoCvpWnFkPixD//yhXPzp7uVKEo=\n'), ('20260102030405_five_six.sql', E'-- atlas:txmode none\n\nSELECT 5;'), ('20260102030406.sql', 'SELECT 7'), ('sub/1_x.sql', '');
:load;
SELECT revision, message, up FROM stored WHERE revision > '2026';
INSERT INTO files VALUES ('20260102030405_five_six.down.sql', 'SELECT 5;');
:load;
-- The sums: a file that has none, one without its file, an edited one, and one
-- that wants none.
DELETE FROM files WHERE name LIKE '%.down.sql';
INSERT INTO files VALUES ('20260102030407_new.sql', 'SELECT 8');
:load;
DELETE FROM files WHERE name LIKE '%\_new.sql' OR name LIKE '%06.sql';
:load;
INSERT INTO files VALUES ('20260102030406.sql', 'SELECT 7 + 0');
:load;
UPDATE files SET content = content || ' ' WHERE name LIKE '%\_six.sql';
:load;
TRUNCATE files;
INSERT INTO files VALUES ('atlas.sum', E'h1:of all\n1_a.sql h1:izrrC2dbXQuqXBPABRpFsBXOmpbCpsa+qZCmYa03djs=\n3 c.sql h1:SCsSy83DRbAafqUHzc0/AomySD1c0bk4O7os2rtXRbU=\n'), ('1_a.sql', 'SELECT 1'), ('2_b.sql', E'-- atlas:sum ignore\nSELECT 2'), ('3 c.sql', 'SELECT 3');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
