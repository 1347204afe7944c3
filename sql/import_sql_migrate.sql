--
-- Histories of sql-migrate
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
\set format '\'sql-migrate\''

-- By number, then by name; the id is the whole name.
INSERT INTO files VALUES
  ('10-ten.sql', E'-- +migrate Up notransaction\nCREATE TABLE ten ();\n-- +migrate Down\nDROP TABLE ten;\n'),
  ('9_nine.sql', E'-- +migrate Up\r\n-- before\r\nCREATE TABLE sm_nine\r\n-- within\r\n();\r\n-- +migrate Down\r\nDROP TABLE sm_nine;\r\n'),
  ('2023-01-27.1-b.sql', E'-- +migrate Up\n-- +migrate StatementBegin\nCREATE FUNCTION sm_f() RETURNS int LANGUAGE plpgsql AS $$\n-- thrown away\nBEGIN\n  --kept\n  RETURN 1;\nEND $$;\n-- +migrate StatementEnd\n-- +migrate Down\nDROP FUNCTION sm_f();\n'),
  ('2023-01-27.0-a.sql', E'-- +migrate Down\nSELECT 1;\n-- +migrate Up\nSELECT 2;\n-- +migrate Down\nSELECT 3;\n'),
  ('named.sql', E'-- +migrate Up\n');
:load;
SELECT * FROM stored;
SELECT revision FROM zishu_upgrade('9_nine.sql');
SELECT revision FROM zishu_upgrade('2023_01_27.1_b.sql');
SELECT prosrc FROM pg_proc WHERE proname = 'sm_f';
SELECT revision FROM zishu_downgrade('base');
:load;
TRUNCATE files;
INSERT INTO files VALUES
  ('1.sql', E'\nSELECT 1;\n-- +migrate Up\nSELECT 1\n'),
  ('2.sql', 'SELECT 1;'),
  ('3.sql', E'-- +migrate up\n-- +migrate Up\n-- +migrate Sideways\n'),
  ('4.sql', E'-- +migrate Up\n-- +migrate StatementBegin\nSELECT 1;\n');
:load;
:load_partly;
SELECT revision, message, up, down_script FROM stored WHERE revision IN ('1.sql', '3.sql', '4.sql');

-- Lines are told as the file has them, though comments within a statement go.
TRUNCATE files;
INSERT INTO files VALUES
  ('5.sql', E'-- +migrate Up\nSELECT\n-- one\n-- two\n1;\nSAVEPOINT s;\nSELECT\n-- three\n2;\nRELEASE s;\n');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
