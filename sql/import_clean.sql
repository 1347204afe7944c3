--
-- What an imported script loses to run inside the server, and what stays in the way
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

\set show 'SELECT revision, up FROM stored'
-- A transaction around it
INSERT INTO files VALUES
  ('1_a/up.sql', E'-- first\nbegin work;\nSELECT 1;\n\nEND ; -- last\n'),
  ('2_b/up.sql', E'START TRANSACTION; SELECT 2; COMMIT'),
  ('3_c/up.sql', E'BEGIN; COMMIT;'),
  ('4_d/up.sql', E'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT 1; END;\nDO $$ BEGIN COMMIT; END $$;'),
-- psql's commands that only change what it shows
  ('5_e/up.sql', E'\\restrict abc\n\\set ON_ERROR_STOP on\n\\set QUIET 1\n\\pset pager off\n\n\\echo ''hello;''\nSELECT 5; \\timing\n\\unrestrict abc\n'),
  ('6_f/up.sql', E'\\echo once\r\nSELECT 6;\r\n'),
-- colons that are SQL
  ('7_g/up.sql', E'SELECT a[1:b], ''{"a":"b"}''::jsonb, ''x:y'' FROM (VALUES (ARRAY[1], 1)) v (a, b); SELECT $$ :x $$; -- :z\n');
:load;
:show;
TRUNCATE files;

-- What cannot be carried over, with the line
INSERT INTO files VALUES
  ('1_a/up.sql', E'BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n'),
  ('2_b/up.sql', E'BEGIN ISOLATION LEVEL SERIALIZABLE;\nCOMMIT;\n'),
  ('3_c/up.sql', E'SELECT 1;\n\n  ROLLBACK; SAVEPOINT x;\n'),
  ('4_d/up.sql', E'\\set x 1\nSELECT :x;\nSELECT :''x'',\n  1;\nINSERT INTO :"t" VALUES (1);\nSELECT 1 WHERE :{?x};\n'),
  ('5_e/up.sql', E'COPY t FROM stdin;\nit''s\t1\n\\N\t2\n\\.\nCOPY t (a) FROM STDIN WITH (FORMAT csv);\n"\n'),
  ('6_f/up.sql', E'COPY t FROM ''/tmp/x'';\nCOPY t TO STDOUT;\n\\copy t from x\n\\i other.sql\nSELECT 1 \\gset\nSELECT 2 \\g\n\\if true\n\\! ls\n\\q\n'),
  ('7_g/up.sql', E'SELECT 1;\nSELEKT 2;\nSELECT ''a;\n'),
  ('7_g/down.sql', E'\r\n\r\nCOMMIT;\r\n');
:load;
\echo :SQLSTATE
:load_partly;
SELECT revision, up, down_script FROM stored;
TRUNCATE files;

-- More problems than are listed
INSERT INTO files SELECT i || '_x/up.sql', E'COMMIT;\n' FROM generate_series(100, 1700) i;
DO $$
DECLARE
  detail text;
BEGIN
  PERFORM zishu_import('diesel', array_agg(name), array_agg(content)) FROM files;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
  RAISE NOTICE '%; % lines, the last: %', SQLERRM, array_length(string_to_array(detail, E'\n'), 1), substring(detail from '[^\n]*$');
END
$$;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
