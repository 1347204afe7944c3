-- a value becomes the only one of an array, and the only one a value
CREATE TYPE tone AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE anew AS ENUM ('a', 'b', 'c');
CREATE DOMAIN amount AS integer CHECK (VALUE > 0);
CREATE DOMAIN amounts AS integer[] CHECK (cardinality(VALUE) < 9);
CREATE DOMAIN each_amount AS amount[];
CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 7, w smallint, x numeric(6,2), e tone DEFAULT 'low',
  ea anew, u uuid, d timestamptz(3), d2 amount, d3 integer, d4 numeric, p point, b boolean, many bigint[], one "char", r pair NOT NULL DEFAULT '(,)');
CREATE INDEX t_n ON t (n);
CREATE VIEW v AS SELECT n, e FROM t;
INSERT INTO t VALUES (1, 5, 6, 1.5, 'high', 'b', '75bf0037-a8b8-4512-beea-5a186f8abf1e', '2020-01-02 03:04:05', 3, 4, 5, '(1,2)', true, '{1,2}', 'c');
INSERT INTO t (id, e) VALUES (2, NULL);
CREATE TABLE parts (k integer, n integer) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
INSERT INTO parts VALUES (1, 2);
-- becomes
CREATE TYPE tone AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE anew AS ENUM ('c', 'b', 'a');
CREATE DOMAIN amount AS integer CHECK (VALUE > 0);
CREATE DOMAIN amounts AS integer[] CHECK (cardinality(VALUE) < 9);
CREATE DOMAIN each_amount AS amount[];
CREATE TABLE t (id integer PRIMARY KEY, n integer[] NOT NULL DEFAULT '{7}', w text[], x numeric(8,3)[], e tone[] DEFAULT '{low}',
  ea anew[], u uuid[], d date[], d2 amount[], d3 amounts, d4 each_amount, p point[], b integer[], many numeric[], one "char"[],
  r pair[] NOT NULL DEFAULT '{"(,)"}');
CREATE INDEX t_n ON t USING gin (n);
CREATE VIEW v AS SELECT n, e FROM t;
INSERT INTO t VALUES (1, '{5}', '{6}', '{1.5}', '{high}', '{b}', '{75bf0037-a8b8-4512-beea-5a186f8abf1e}', '{2020-01-02}', '{3}', '{4}', '{5}', ARRAY[point '(1,2)'], '{1}', '{1,2}', '{c}');
INSERT INTO t (id, e) VALUES (2, NULL);
CREATE TABLE parts (k integer, n integer[]) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
INSERT INTO parts VALUES (1, '{2}');
