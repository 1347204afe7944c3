-- attributes go while others of the type change, with all that reads them
CREATE TYPE c AS (a integer, b text, e boolean);
CREATE DOMAIN d AS c CHECK ((VALUE).e IS NULL);
CREATE TABLE h (id integer, x c, y d, z c[], CHECK ((x).e IS NULL), g boolean GENERATED ALWAYS AS ((x).e) STORED);
CREATE INDEX ON h (((x).e));
CREATE VIEW v AS SELECT (x).e, (z[1]).a FROM h;
CREATE MATERIALIZED VIEW m AS SELECT (y).e FROM h;
CREATE FUNCTION f(c) RETURNS boolean RETURN ($1).e;
CREATE POLICY p ON h USING ((x).e);
CREATE TABLE t OF c (CHECK (e));
INSERT INTO h VALUES (1, ROW(1, 'x', NULL), ROW(1, 'x', NULL), ARRAY[ROW(1, 'x', NULL)::c]);
INSERT INTO t VALUES (1, 'x', true);
-- becomes
CREATE TYPE c AS (a bigint, b text, n date);
CREATE DOMAIN d AS c CHECK ((VALUE).n IS NULL);
CREATE TABLE h (id integer, x c, y d, z c[], CHECK ((x).n IS NULL), g date GENERATED ALWAYS AS ((x).n) STORED);
CREATE INDEX ON h (((x).n));
CREATE VIEW v AS SELECT (x).n, (z[1]).a FROM h;
CREATE MATERIALIZED VIEW m AS SELECT (y).n FROM h;
CREATE FUNCTION f(c) RETURNS date RETURN ($1).n;
CREATE POLICY p ON h USING ((x).n < '2020-01-01');
CREATE TABLE t OF c (CHECK (n < '2020-01-01'));
INSERT INTO h VALUES (1, ROW(1, 'x', NULL), ROW(1, 'x', NULL), ARRAY[ROW(1, 'x', NULL)::c]);
INSERT INTO t VALUES (1, 'x', '2010-01-01');
