-- Typed tables whose type is made anew, because a table stores it, and tables
-- that leave their type.
CREATE TYPE address AS (street text, zip int);
CREATE TYPE person AS (name text, home address, others address[]);
CREATE DOMAIN named AS person CHECK ((VALUE).name <> '');
CREATE TABLE t (p person, q person[], d named DEFAULT ROW('x', NULL, NULL)::person);
CREATE FUNCTION street(p person) RETURNS text LANGUAGE sql IMMUTABLE RETURN (p.home).street;
CREATE INDEX ON t (street(p));
CREATE VIEW v AS SELECT (p).home.zip, street(p), d FROM t;
CREATE TABLE typed OF address (zip NOT NULL);
INSERT INTO t VALUES (ROW('a', ROW('s', 1), NULL), NULL, DEFAULT);
INSERT INTO typed VALUES ('x', 3);
CREATE TYPE a AS (x int, y int);
CREATE TYPE b AS (x int, z int);
CREATE TABLE leaves OF a;
CREATE TABLE changes OF a;
CREATE TABLE becomes (x int, y int);
-- becomes
CREATE TYPE address AS (street text, zip text, country text);
CREATE TYPE person AS (name text, home address, others address[]);
CREATE DOMAIN named AS person CHECK ((VALUE).name <> '');
CREATE TABLE t (p person, q person[], d named DEFAULT ROW('x', NULL, NULL)::person);
CREATE FUNCTION street(p person) RETURNS text LANGUAGE sql IMMUTABLE RETURN (p.home).street;
CREATE INDEX ON t (street(p));
CREATE VIEW v AS SELECT (p).home.zip, street(p), d FROM t;
CREATE TABLE typed OF address (zip NOT NULL);
CREATE TYPE a AS (x int, y int);
CREATE TYPE b AS (x int, z int);
CREATE TABLE leaves (x int, w text);
CREATE TABLE changes OF b;
CREATE TABLE becomes OF b;
