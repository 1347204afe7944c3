--
-- Histories of dbmate
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
\set format '\'dbmate\''

-- By file name, wherever the file is
INSERT INTO files VALUES
  ('b/2_two.sql', E'-- migrate:up\r\nCREATE TABLE two ();\r\n\r\n-- migrate:down\r\nDROP TABLE two;\r\n'),
  ('a/3_three.sql', E'\n-- a comment\n--migrate:up transaction:false\nCREATE TABLE three ();\n-- migrate:down transaction:false\n'),
  ('a/10_ten.sql', E'-- migrate:up\nCREATE TABLE ten ();\n-- migrate:down\nDROP TABLE ten;\n-- migrate:up\nCREATE TABLE ten2 ();\n-- migrate:down\nDROP TABLE ten2;\n'),
  ('schema.sql', 'not a migration');
:load;
SELECT * FROM stored;
SELECT revision FROM zishu_upgrade();
SELECT revision FROM zishu_downgrade('10');
DROP TABLE three;
SELECT revision FROM zishu_downgrade('base');
:load;
TRUNCATE files;
-- No down, an empty one, a marker in a string's line that is none
INSERT INTO files VALUES
  ('20_none.sql', E'-- migrate:up\nSELECT 1;\n'),
  ('21_empty.sql', E'-- migrate:up\n-- migrate:upper\n --migrate:down\nSELECT 2;\n-- migrate:down\n'),
  ('22.sql', E'-- migrate:up\nSELECT 3;\n-- migrate:up\nSELECT 4;\n-- migrate:down\nSELECT 5;');
:load;
SELECT revision, message, up, down_script FROM stored WHERE revision > '19' AND length(revision) = 2;
TRUNCATE files;
INSERT INTO files VALUES
  ('1_a.sql', E'SELECT 1;\nSELECT 2;\n-- migrate:up\nSELECT 1;'),
  ('1_b.sql', E'-- migrate:up\n'),
  ('2_c.sql', 'SELECT 1;'),
  ('3_d.sql', E'\n-- migrate:down\n'),
  ('4_e.sql', E'-- migrate:up\n-- migrate:down\n-- migrate:down\n'),
  ('5_f.sql', E'-- migrate:up\n\nCOPY t FROM stdin;\n1\n\\.\n-- migrate:down\n\\i x.sql\n');
:load;
:load_partly;
SELECT revision, up, down_script FROM stored WHERE length(revision) = 1 ORDER BY revision;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
