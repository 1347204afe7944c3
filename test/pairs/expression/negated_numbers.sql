-- dumps alike
-- A number that an operator negates, which reads as a negative number.
CREATE TABLE t (a int, n numeric, arr int[]);
-- becomes
CREATE DOMAIN d AS int DEFAULT -1::int CHECK (VALUE > -5::int);
CREATE TABLE t (
  a int DEFAULT -1::int,
  n numeric DEFAULT - 1.5::numeric,
  arr int[] DEFAULT ARRAY[-1::int, -2],
  g int GENERATED ALWAYS AS (abs(-1::int)) STORED,
  b bigint DEFAULT -1::int,
  c bigint DEFAULT -1::bigint,
  m numeric DEFAULT (-1::int)::numeric,
  CONSTRAINT c1 CHECK (a > -1::int AND a < - 1::int OR n > -1e3::numeric AND a - 1 < 3),
  CONSTRAINT c2 CHECK (arr[-1::int] = 1 AND arr[-1:2] = arr[(- 1::int):3]),
  CONSTRAINT c3 CHECK (mod(-1::int, abs(-1::int)) = 0 AND -1::smallint = a - 1)
);
CREATE INDEX i ON t (abs(-1::int), (a - -1::int)) WHERE a <> -1::int;
CREATE STATISTICS s ON (abs(-1::int) + a), (a - 1), (a > -1::int) FROM t;
CREATE VIEW v AS SELECT -1::int AS a, abs(-1::int) AS b, - - 1::int AS c, a - 1::int AS d FROM t LIMIT abs(-1::int);
CREATE FUNCTION f(x int = -1::int) RETURNS int RETURN -1::int - x;
CREATE POLICY p ON t USING (a = -1::int);
