-- a type that is a row of a table with a composite
CREATE TYPE c AS (a integer, b text);
CREATE TABLE t (id integer, c c);
CREATE TABLE h (t t, ts t[], c c);
CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql AS 'SELECT ($1.c).a';
CREATE VIEW v AS SELECT ((t).c).a, (ts[1]).id FROM h;
INSERT INTO t VALUES (1, ROW(1, 'x'));
INSERT INTO h VALUES (ROW(1, ROW(2, 'x')), ARRAY[ROW(1, ROW(2, 'x'))::t], ROW(3, 'y'));
-- becomes
CREATE TYPE c AS (a bigint, b text);
CREATE TABLE t (id bigint, c c);
CREATE TABLE h (t t, ts t[], c c);
CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql AS 'SELECT ($1.c).a::integer';
CREATE VIEW v AS SELECT ((t).c).a, (ts[1]).id FROM h;
INSERT INTO t VALUES (1, ROW(1, 'x'));
INSERT INTO h VALUES (ROW(1, ROW(2, 'x')), ARRAY[ROW(1, ROW(2, 'x'))::t], ROW(3, 'y'));
