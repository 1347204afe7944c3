-- A value becomes the only element; of strings, the array is what they say.
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE DOMAIN amount AS int CHECK (VALUE > 0);
CREATE DOMAIN amounts AS bigint[] CHECK (cardinality(VALUE) < 5);
CREATE TABLE t (
  i int, n int NOT NULL DEFAULT 3, p numeric(5,2), d date, u uuid, j jsonb, s size DEFAULT 's', a amount, b amount,
  w text, c varchar(5)
);
INSERT INTO t VALUES
  (1, 2, 3.25, '2026-01-31', '2b7f21c4-5d9b-4c6e-9b0e-0d8a52a2a9f1', '{"a": [1]}', 'm', 4, 5, '{one,two}', '{}'),
  (NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE INDEX t_i ON t (i);
CREATE VIEW v AS SELECT i, d, s FROM t;
-- becomes
-- one way
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE DOMAIN amount AS int CHECK (VALUE > 0);
CREATE DOMAIN amounts AS bigint[] CHECK (cardinality(VALUE) < 5);
CREATE TABLE t (
  i int[], n bigint[] NOT NULL DEFAULT '{3}', p numeric(7,3)[], d date[], u uuid[], j jsonb[], s size[] DEFAULT '{s}',
  a amount[], b amounts, w text[], c varchar(5)[]
);
CREATE INDEX t_i ON t (i);
CREATE VIEW v AS SELECT i, d, s FROM t;
