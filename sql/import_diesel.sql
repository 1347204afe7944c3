--
-- Histories of Diesel
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
\set format '\'diesel\''

-- The newer form of a version has four more digits; the order is that of
-- strings, and '-' does not count.
INSERT INTO files VALUES
  ('2024-01-02-030405-0000_newer/up.sql', 'CREATE TABLE newer ();'),
  ('2024-01-02-030405-0000_newer/down.sql', 'DROP TABLE newer;'),
  ('2024-01-02-030405_older/up.sql', E'CREATE TABLE older ();\r\nCREATE INDEX ON older ((1));\r\n'),
  ('2024-01-02-030405_older/down.sql', E'-- nothing\r\nDROP TABLE older;\r\n'),
  ('00000000000000_diesel_initial_setup/up.sql', 'SELECT 1;'),
  ('00000000000000_diesel_initial_setup/down.sql', '-- a comment alone is enough'),
  ('2024-01-02-030405_older/metadata.toml', 'run_in_transaction = false'),
  ('README.md', 'not a migration');
:load;
SELECT * FROM stored;

-- Up and down
SELECT revision FROM zishu_upgrade();
SELECT revision FROM zishu_downgrade('base');
-- Again: nothing changes.
:load;
TRUNCATE files;

-- An empty down, none at all, an empty up, a lonely down
INSERT INTO files VALUES
  ('1_a/up.sql', 'SELECT 1'), ('1_a/down.sql', E' \n'),
  ('2_b/up.sql', 'SELECT 2'),
  ('3_c/up.sql', ''), ('3_c/down.sql', 'SELECT 3');
:load;
SELECT revision, up, down_script FROM stored WHERE length(revision) = 1;
INSERT INTO files VALUES ('4_d/down.sql', 'SELECT 4');
:load;
TRUNCATE files;
-- One version twice
INSERT INTO files VALUES ('2024-01_a/up.sql', 'SELECT 1'), ('20240-1_b/up.sql', 'SELECT 2');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
