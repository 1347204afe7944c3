-- values become JSON that says the same, and scalars out of JSON become values
CREATE TYPE tone AS ENUM ('low', 'the "high"');
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, d date DEFAULT '2020-01-01', u uuid, e tone, n numeric, b boolean, i interval, r pair, a text[], m integer[][], txt text);
INSERT INTO t VALUES (1, '2021-02-03', '75bf0037-a8b8-4512-beea-5a186f8abf1e', 'the "high"', 1.5, true, '1 day', NULL, NULL, NULL, '{"a": 1}');
INSERT INTO t (id) VALUES (2);
-- becomes
CREATE TYPE tone AS ENUM ('low', 'the "high"');
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, d jsonb DEFAULT '"2020-01-01"', u json, e jsonb, n jsonb, b json, i jsonb, r jsonb, a jsonb, m json, txt jsonb);
INSERT INTO t VALUES (1, '"2021-02-03"', '"75bf0037-a8b8-4512-beea-5a186f8abf1e"', '"the \"high\""', '1.5', 'true', '"1 day"', NULL, NULL, NULL, '{"a": 1}');
INSERT INTO t (id) VALUES (2);
