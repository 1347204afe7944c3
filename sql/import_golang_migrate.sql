--
-- Histories of golang-migrate
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
\set format '\'golang-migrate\''

-- Versions are numbers, however many zeros stand before them.
INSERT INTO files VALUES
  ('10_ten.up.sql', 'CREATE TABLE ten ();'), ('10_ten.down.sql', 'DROP TABLE ten;'),
  ('9_nine.up.sql', E'BEGIN;\r\nCREATE TABLE nine ();\r\nCOMMIT;\r\n'), ('009_nine.down.sql', E'DROP TABLE nine;\r\n'),
  ('0001_one.up.pgsql', 'CREATE TABLE one ();'), ('0001_one.down.pgsql', 'DROP TABLE one;'),
  ('notes.sql', 'no migration'), ('11_eleven.sql', 'no migration');
:load;
SELECT * FROM stored;

-- Up and down
SELECT revision FROM zishu_upgrade();
SELECT revision FROM zishu_downgrade('base');
-- Again: nothing changes.
:load;
TRUNCATE files;

-- Missing and empty downs, a missing up, a dot in the title
INSERT INTO files VALUES
  ('1_a.b.up.sql', 'SELECT 1'),
  ('2_.up.sql', 'SELECT 2'), ('2_.down.sql', ''),
  ('3_c.down.sql', 'SELECT 3');
:load;
SELECT revision, message, up, down_script FROM stored WHERE length(revision) = 1;
TRUNCATE files;
-- Twice the same, a step in Go, a number beyond all
INSERT INTO files VALUES
  ('1_a.up.sql', 'SELECT 1'), ('01_b.up.sql', 'SELECT 2'), ('1_c.down.sql', 'SELECT 3'), ('1_d.down.sql', 'SELECT 3'),
  ('2_b.up.go', 'package x'), ('18446744073709551615_z.up.sql', 'SELECT 4'), ('18446744073709551616_z.up.sql', 'SELECT 5');
:load;
:load_partly;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
