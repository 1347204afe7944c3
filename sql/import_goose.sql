--
-- Histories of goose
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
\set format '\'goose\''

INSERT INTO files VALUES
  ('10_ten.sql', E'-- +goose Up\nCREATE TABLE ten ();\n-- +goose Down\nDROP TABLE ten;\n'),
  ('9_nine.sql', E'-- +goose no transaction \r\n-- +goose up\r\nCREATE TABLE nine ();\r\n\r\n--+goose Down\r\nDROP TABLE nine;\r\n'),
  ('00011_function.sql', E'-- about it\n-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION goose_f() RETURNS int LANGUAGE plpgsql AS $$\n-- kept\nBEGIN\n  RETURN 1;\nEND $$\n-- +goose StatementEnd\nSELECT goose_f();\n-- +goose StatementBegin\nSELECT 1; SELECT 2;\n-- +goose StatementEnd\n'),
  ('x_test.go', ''), ('README', '');
:load;
SELECT * FROM stored;
SELECT revision FROM zishu_upgrade();
SELECT prosrc FROM pg_proc WHERE proname = 'goose_f';
SELECT revision FROM zishu_downgrade('base');
DROP FUNCTION goose_f();
UPDATE files SET content = replace(content, 'SELECT 2;', 'SELECT 2; -- a comment');
:load;
TRUNCATE files;
-- Placeholders
INSERT INTO files VALUES ('20_env.sql', E'-- +goose Up\n-- +goose ENVSUB ON\nSELECT ''$A ${A} ${B:-b} ${C-} $$ $1 ${'';\n-- +goose ENVSUB OFF\nSELECT ''$A'';\n');
:load;
SELECT i.* FROM files, zishu_import(:format, ARRAY[name], ARRAY[content], placeholders => '{"A": "x"}') i;
SELECT up FROM stored WHERE revision = '20';
TRUNCATE files;
-- What goose refuses
INSERT INTO files VALUES
  ('1_a.sql', E'SELECT 1;\n-- +goose StatementBegin\n-- +goose Up\n  -- +goose Sideways\nSELECT 1;\n-- +goose Up\n'),
  ('2_b.sql', 'SELECT 1;'),
  ('3_c.sql', E'-- +goose Down\n-- +goose Up\nSELECT 1\n'),
  ('01_d.sql', E'-- +goose Up\n'),
  ('0_zero.sql', ''), ('name.sql', ''), ('4_step.go', ''),
  ('5_e.sql', E'-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose Down\n');
:load;
:load_partly;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
