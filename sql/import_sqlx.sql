--
-- Histories of sqlx
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
\set format '\'sqlx\''

INSERT INTO files VALUES
  ('20240102_simple table.sql', 'CREATE TABLE simple ();'),
  ('3_pair.up.sql', E'-- no-transaction\r\nCREATE TABLE pair ();'), ('3_pair.down.sql', 'DROP TABLE pair;'),
  ('20240103_under_scores.sql', 'SELECT 1'),
  ('sub/4_no.sql', 'not read'), ('sqlx.toml', '');
:load;
SELECT * FROM stored;
SELECT revision FROM zishu_upgrade();
DROP TABLE simple;
SELECT revision FROM zishu_downgrade('3');
SELECT revision FROM zishu_stamp('3', purge => true);
SELECT revision FROM zishu_downgrade('base');
:load;
TRUNCATE files;
-- Kinds that are mixed, names without a version, a down alone
INSERT INTO files VALUES
  ('1_a.sql', 'SELECT 1'), ('1_a.up.sql', 'SELECT 1'), ('2_b.up.sql', 'SELECT 2'), ('02_c.up.sql', 'SELECT 2'),
  ('3_d.down.sql', 'SELECT 3'), ('x_y.sql', 'SELECT 4'), ('9223372036854775808_z.sql', 'SELECT 5');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
