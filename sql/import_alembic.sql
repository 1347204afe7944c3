--
-- Histories of Alembic, as it prints them
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
\set format '\'auto\''

INSERT INTO files VALUES ('upgrade.sql', $$BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> a1

CREATE TABLE t (i int);

INSERT INTO alembic_version (version_num) VALUES ('a1') RETURNING alembic_version.version_num;

-- Running upgrade a1 -> b1

COMMIT;

INSERT INTO t VALUES (1);

BEGIN;

UPDATE alembic_version SET version_num='b1' WHERE alembic_version.version_num = 'a1';

-- Running upgrade a1 -> b2, add something, and more

SELECT '
-- Running upgrade no -> none
';

INSERT INTO alembic_version (version_num) VALUES ('b2') RETURNING alembic_version.version_num;

-- Running upgrade b1, b2 -> c

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b1';

UPDATE alembic_version SET version_num='c' WHERE alembic_version.version_num = 'b2';

-- Running upgrade  -> d

INSERT INTO alembic_version (version_num) VALUES ('d') RETURNING alembic_version.version_num;

-- Running upgrade d -> e-1

COMMENT ON TABLE t IS 'alembic_version';

DELETE FROM alembic_version WHERE alembic_version.version_num = 'c';

UPDATE alembic_version SET version_num='e-1' WHERE alembic_version.version_num = 'd';

COMMIT;

$$), ('downgrade.sql', $$BEGIN;

-- Running downgrade e-1 -> d

COMMENT ON TABLE t IS NULL;

INSERT INTO alembic_version (version_num) VALUES ('c') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='d' WHERE alembic_version.version_num = 'e-1';

-- Running downgrade d -> 

DELETE FROM alembic_version WHERE alembic_version.version_num = 'd';

-- Running downgrade c -> b1, b2

INSERT INTO alembic_version (version_num) VALUES ('b1') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'c';

-- Running downgrade b2 -> a1

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b2';

-- Running downgrade b1 -> a1

DELETE FROM t;

UPDATE alembic_version SET version_num='a1' WHERE alembic_version.version_num = 'b1';

-- Running downgrade a1 ->

DROP TABLE t;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';

DROP TABLE alembic_version;

COMMIT;

$$);
:load;
SELECT * FROM stored;
SELECT revision FROM zishu_upgrade('heads');
SELECT to_regclass('alembic_version');
SELECT revision FROM zishu_current();
SELECT revision FROM zishu_downgrade('base');
:load;
-- The same with other line ends, and both directions in one file
UPDATE files SET content = replace(content, E'\n', E'\r\n');
:load;
CREATE TABLE one AS SELECT 'both.sql' AS name, string_agg(replace(content, E'\r', ''), '' ORDER BY name DESC) AS content FROM files;
SELECT i.* FROM one, zishu_import(:format, ARRAY[name], ARRAY[content]) i;
DROP TABLE one;
-- A downgrade that Alembic could not print, an upgrade that is missing,
-- a line that is not SQL, and a step in Python
TRUNCATE files;
INSERT INTO files VALUES
  ('a.sql', E'-- Running upgrade  -> x1\n\nSELECT 1;\n\n-- Running downgrade x2 -> x1\n\nSELECT 2;\n'),
  ('b.sql', E'-- Running upgrade x1 -> x3\nSELECT 3;\nSELECT ''open\n'),
  ('c.sql', E'-- Running upgrade x3 -> x4\n\nSELECT 4 -- four;\n\nUPDATE alembic_version SET version_num=''x4'';\n'),
  ('versions/x.py', '');
:load;
:load_partly;
SELECT * FROM stored WHERE revision LIKE 'x%';

-- A version row that had moved on tells of no dependency, and none of a label:
-- the files in Python do.  They name no step that was not printed.
TRUNCATE files;
INSERT INTO files VALUES
  ('up.sql', E'-- Running upgrade  -> y1\n\nINSERT INTO alembic_version (version_num) VALUES (''y1'');\n\n'
   '-- Running upgrade y1 -> y2\n\nUPDATE alembic_version SET version_num=''y2'' WHERE alembic_version.version_num = ''y1'';\n\n'
   '-- Running upgrade  -> z1\n\nINSERT INTO alembic_version (version_num) VALUES (''z1'');\n\n'
   '-- Running upgrade z1 -> z2\n\nUPDATE alembic_version SET version_num=''z2'' WHERE alembic_version.version_num = ''z1'';\n'),
  ('versions/y1.py', E'"""First\n\nRevision ID: y1\n"""\nfrom alembic import op\n\nrevision: str = ''y1''\ndown_revision = None\nbranch_labels: Union[str, Sequence[str], None] = ("y_side",)\ndepends_on = None\n'),
  ('versions/y2.py', E'revision = "y2"\r\nrevision_date = "x"\r\ndepends_on = None # "none"\r\n'),
  ('versions/z1.py', E'revision = ''z1''\n  depends_on = "y2"\ndepends_on = [ # all of it\n  ''y_side'', "y1",\n]\nlast = "y2"\n'),
  ('versions/z2.py', E'revision = ''z2''\ndepends_on = ("y2", ''y1\n'),
  ('versions/__init__.py', ''), ('env.py', 'import alembic');
:load_partly;
SELECT revision, down, depends, (SELECT branch_labels FROM zishu_migrate.revision r WHERE r.revision = s.revision) FROM stored s WHERE revision ~ '^[yz]';
INSERT INTO files VALUES ('versions/z3.py', E'revision = ''z3''\ndown_revision = ''z2''\n');
:load;

SET client_min_messages = warning;
DROP VIEW stored;
DROP TABLE files;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
