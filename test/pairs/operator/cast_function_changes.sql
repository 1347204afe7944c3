CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_of(i int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::pair';
CREATE CAST (int AS pair) WITH FUNCTION pair_of(int) AS IMPLICIT;
COMMENT ON CAST (int AS pair) IS 'twice';
CREATE TABLE t (p pair DEFAULT 1::pair, i int);
INSERT INTO t VALUES ('(1,2)', 3);
CREATE VIEW v AS SELECT i::pair AS x FROM t;
-- becomes
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_of(n int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::pair';
CREATE CAST (int AS pair) WITH FUNCTION pair_of(int) AS IMPLICIT;
COMMENT ON CAST (int AS pair) IS 'twice';
CREATE TABLE t (p pair DEFAULT 1::pair, i int);
CREATE VIEW v AS SELECT i::pair AS x FROM t;
