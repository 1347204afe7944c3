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
