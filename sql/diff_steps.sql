--
-- What a difference does not do: steps that are not needed, and marks that are
-- not true.
--

-- A database of its own: nothing in it but the extension.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_diff_steps;
CREATE DATABASE regression_diff_steps TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
\c regression_diff_steps
SET client_min_messages = warning;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
\pset format unaligned
\pset tuples_only on
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE r (x int PRIMARY KEY);
CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES r, CHECK (b > 0))
  PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TABLE t3 PARTITION OF t FOR VALUES FROM (20) TO (30);
CREATE INDEX i ON t (b);
CREATE TRIGGER g BEFORE INSERT ON t
  FOR EACH ROW WHEN (NEW.b > 1) EXECUTE FUNCTION noted();
CREATE TYPE state AS ENUM ('done');

-- Partitions go, and the trigger of their parent stays as it is.
SELECT zishu_model('m', $$
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql
  AS $f$ BEGIN RETURN NEW; END $f$;
CREATE TABLE r (x int PRIMARY KEY);
CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES r, CHECK (b > 0))
  PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 (a int PRIMARY KEY, b int CONSTRAINT t_b_fkey REFERENCES r,
  CONSTRAINT t_b_check CHECK (b > 0));
CREATE INDEX ON t2 (b);
CREATE INDEX i ON t (b);
CREATE TRIGGER g BEFORE INSERT ON t
  FOR EACH ROW WHEN (NEW.b > 1) EXECUTE FUNCTION noted();
CREATE TYPE state AS ENUM ('done');
$$);
SELECT statement, hazard FROM zishu_diff()
  WHERE change IN ('detach', 'drop') OR object_type = 'trigger' ORDER BY step;

-- A table is partitioned otherwise, and its partitions stay with all they have.
SELECT zishu_model('m', $$
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql
  AS $f$ BEGIN RETURN NEW; END $f$;
CREATE TABLE r (x int PRIMARY KEY);
CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES r, CHECK (b > 0))
  PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
CREATE TABLE t3 PARTITION OF t FOR VALUES IN (3);
CREATE INDEX i ON t (b);
CREATE TRIGGER g BEFORE INSERT ON t
  FOR EACH ROW WHEN (NEW.b > 1) EXECUTE FUNCTION noted();
CREATE TYPE state AS ENUM ('done');
$$);
SELECT change, count(*) FROM zishu_diff()
  WHERE object_name ~ 't[123]' GROUP BY change ORDER BY change;

-- A new label is used in constants only, and not in a comment; what goes is
-- marked with its lock.
SELECT zishu_model('m', $$
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql
  AS $f$ BEGIN RETURN NEW; END $f$;
CREATE TABLE r (x int PRIMARY KEY);
CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES r, CHECK (b > 0))
  PARTITION BY RANGE (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TABLE t3 PARTITION OF t FOR VALUES FROM (20) TO (30);
CREATE INDEX i ON t (b);
CREATE TYPE state AS ENUM ('done', 'open', 'it''s');
CREATE TABLE shop (open int, "it's" int, CHECK (open > "it's"));
COMMENT ON TABLE shop IS 'open';
$$);
SELECT commit_after, statement, hazard FROM zishu_diff() ORDER BY step;
SELECT zishu_model('m', ddl || $$ALTER TABLE shop ADD how text DEFAULT 'open'$$)
  FROM zishu_migrate.model;
SELECT commit_after, statement FROM zishu_diff()
  WHERE commit_after ORDER BY step;

-- A function whose arguments change goes at once.
CREATE FUNCTION sized(n int) RETURNS int LANGUAGE sql RETURN n;
CREATE VIEW sizes AS SELECT sized(a) AS size FROM t;
SELECT zishu_model('m', ddl || $$;
CREATE TRIGGER g BEFORE INSERT ON t
  FOR EACH ROW WHEN (NEW.b > 1) EXECUTE FUNCTION noted();
CREATE FUNCTION sized(n bigint) RETURNS bigint LANGUAGE sql RETURN n;
CREATE VIEW sizes AS SELECT sized(a) AS size FROM t$$)
  FROM zishu_migrate.model;
SELECT statement FROM zishu_diff()
  WHERE object_type = 'function' ORDER BY step;

-- A table is written anew once for all of its columns; zishu_check() tells them
-- one by one.
CREATE TABLE visits (id int, at timestamp, until timestamp, note varchar(10), size int DEFAULT 1);
CREATE TABLE "Other" (a int, b int);
SELECT zishu_model('m', $$
CREATE TABLE visits (id bigint, at timestamptz, until timestamptz, note text, size int DEFAULT 2);
CREATE TABLE "Other" (a int, b text);
$$);
SELECT change, object_type, object_name, statement, hazard FROM zishu_diff()
  WHERE object_name ~ 'visits|Other' ORDER BY step;
DO $$
DECLARE what text;
BEGIN
  PERFORM zishu_check();
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS what = PG_EXCEPTION_DETAIL;
  RAISE INFO '%', (SELECT string_agg(line, E'\n') FROM string_to_table(what, E'\n') line
    WHERE line ~ 'visits|Other');
END $$;
\c :home
DROP DATABASE regression_diff_steps;
