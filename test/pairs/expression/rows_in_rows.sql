-- dumps alike
-- Rows that are compared as such, which the parser does with what is in them
-- unless they are in others.
CREATE TYPE pair AS (x int, y text);
CREATE TABLE t (a int, b int, c int, p pair);
INSERT INTO t VALUES (1, 2, 3, '(4,five)'), (1, NULL, 3, NULL);
-- becomes
CREATE TYPE pair AS (x int, y text);
CREATE TABLE t (a int, b int, c int, p pair,
  same bool GENERATED ALWAYS AS (((a, b), c) = ((1, NULL::int), 3)) STORED,
  other bool DEFAULT ((1, (2, 3)) <> (1, (2, 4))),
  CONSTRAINT once CHECK (((a, b), (b, c), c) IS DISTINCT FROM ((1, 2), (4, 5), 3)),
  CONSTRAINT deeper CHECK ((((a, b), c), 1) IS NOT DISTINCT FROM (((a, b), c), 1)),
  CONSTRAINT of_type CHECK ((ROW(a, 'x')::pair, b) <> (ROW(7, 'y')::pair, 8)),
  CONSTRAINT within CHECK ((a, b) IN ((1, 2), (1, NULL)) OR ((a, b), 1) IN (((1, 2), 1), ((a, NULL::int), 1))));
INSERT INTO t VALUES (1, 2, 3, '(4,five)'), (1, NULL, 3, NULL);
CREATE INDEX i ON t (a) WHERE ((a, b), c) IS DISTINCT FROM ((1, 2), 3);
CREATE VIEW v AS
  SELECT a, ((a, b), (b, c)) = ((1, 2), (2, 3)) AS three, ROW(ROW(a)) = ROW(ROW(1)) AS one,
    CASE WHEN ((a, b), c) <> ((1, 2), 3) AND a BETWEEN 1 AND 2 AND b = 2 THEN (1, 2) < (a, b) END AS less
    FROM t WHERE ((a, p), b) = ((1, p), b) OR (ROW(a, 'x')::pair, b) IS DISTINCT FROM (ROW(7, 'y')::public.pair, 8);
CREATE FUNCTION f(m int, n int) RETURNS bool RETURN ((m, n), 1) IS DISTINCT FROM ((n, m), 1);
