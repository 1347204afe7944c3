-- What a snapshot does not know is named, but for what is temporary.
CREATE TABLE zishu_migrate.unknown_table (
  id int PRIMARY KEY DEFAULT 1 CHECK (id > 0));
CREATE VIEW zishu_migrate.unknown_view AS SELECT * FROM zishu_migrate.unknown_table;
CREATE FUNCTION zishu_migrate.unknown_function() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TEMP TABLE passing (id serial PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''));
CREATE TEMP TABLE passing_too (id int REFERENCES passing);
CREATE INDEX ON passing (lower(a));
CREATE TEMP VIEW passing_view AS SELECT * FROM passing JOIN passing_too USING (id);
CREATE FUNCTION pg_temp.passing() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE pg_temp.passing_type AS ENUM ('a');
SELECT zishu_snapshot() NOT LIKE '%unknown%' AS left_out;

-- Large objects are counted.
DROP VIEW zishu_migrate.unknown_view;
DROP TABLE zishu_migrate.unknown_table;
DROP FUNCTION zishu_migrate.unknown_function();
SELECT lo_create(4711), lo_create(4712);
SELECT zishu_snapshot() NOT LIKE '%passing%' AS passed_over;
SELECT lo_unlink(4711), lo_unlink(4712);

-- Many are not all named.
CREATE TABLE zishu_migrate.unknown_1 ();
CREATE TABLE zishu_migrate.unknown_2 ();
CREATE TABLE zishu_migrate.unknown_3 ();
CREATE TABLE zishu_migrate.unknown_4 ();
CREATE TABLE zishu_migrate.unknown_5 ();
CREATE TABLE zishu_migrate.unknown_6 ();
CREATE TABLE zishu_migrate.unknown_7 ();
SELECT zishu_snapshot() NOT LIKE '%passing%' AS passed_over;
DROP TABLE zishu_migrate.unknown_1, zishu_migrate.unknown_2,
  zishu_migrate.unknown_3, zishu_migrate.unknown_4, zishu_migrate.unknown_5,
  zishu_migrate.unknown_6, zishu_migrate.unknown_7;
-- The server's own objects are none of a schema's.
REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC;
SELECT zishu_snapshot() NOT LIKE '%pg_sleep%' AS left_out;
GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO PUBLIC;
DROP FUNCTION pg_temp.passing();
DROP TYPE pg_temp.passing_type;
DROP VIEW passing_view;
DROP TABLE passing, passing_too;
SELECT zishu_snapshot() NOT LIKE '%passing%' AS silent;

-- What is about something temporary goes with the session, and so is no part
-- of the schema, for this session and for others.
CREATE TABLE lasting (id int PRIMARY KEY);
CREATE OPERATOR FAMILY lasting USING btree;
CREATE FUNCTION pick() RETURNS text LANGUAGE plpgsql
AS $$ BEGIN RETURN zishu_snapshot(); END $$;
CREATE TEMP TABLE before AS SELECT pick() AS text;
-- (19 says by itself what becomes temporary.)
SET client_min_messages = warning;
CREATE TEMP TABLE passing (a int, b text);
CREATE FUNCTION pg_temp.passing(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION going_f(p passing) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT p.a';
CREATE FUNCTION going_g(p passing[]) RETURNS int IMMUTABLE LANGUAGE sql RETURN going_f(p[1]);
CREATE VIEW going_v AS SELECT going_f(ROW(1, 'a')::passing) AS x;
CREATE VIEW going_w AS SELECT x FROM going_v;
COMMENT ON COLUMN going_w.x IS 'c';
CREATE DOMAIN going_d AS passing;
CREATE TABLE going_t (d going_d) PARTITION BY LIST (d);
CREATE AGGREGATE going_a (passing) (SFUNC = array_append, STYPE = passing[]);
CREATE CAST (passing AS int) WITH FUNCTION going_f(passing);
CREATE FUNCTION going_c(passing, passing) RETURNS int LANGUAGE sql AS 'SELECT $1.a - $2.a';
ALTER OPERATOR FAMILY lasting USING btree ADD FUNCTION 1 (passing, passing) going_c(passing, passing);
ALTER OPERATOR FAMILY pg_catalog.integer_ops USING btree
  ADD FUNCTION 1 (passing, passing) going_c(passing, passing);
ALTER TABLE lasting ADD g int GENERATED ALWAYS AS (pg_temp.passing(id)) STORED, ADD p passing;
ALTER TABLE lasting ALTER id SET DEFAULT pg_temp.passing(1);
ALTER TABLE lasting ADD CHECK (pg_temp.passing(id) > 0);
CREATE INDEX ON lasting (going_f(p));
SET client_min_messages = error;
SELECT (SELECT text FROM before) = pick() AS same;
SET client_min_messages = warning;
DROP FUNCTION pg_temp.passing(int) CASCADE;
DROP FUNCTION going_f(passing), going_c(passing, passing) CASCADE;
DROP AGGREGATE going_a (passing);
DROP TABLE going_t;
SELECT (SELECT text FROM before) = pick() AS same;
DROP DOMAIN going_d;
ALTER TABLE lasting DROP p;
SELECT (SELECT text FROM before) = pick() AS same;
DROP TABLE before, passing, lasting;
DROP FUNCTION pick();
DROP OPERATOR FAMILY lasting USING btree;
RESET client_min_messages;
