-- generated columns of a table of which domains' defaults have rows
CREATE TABLE t (a integer, b text, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE DOMAIN d AS text DEFAULT ('(1,x,2)'::t)::text;
CREATE DOMAIN e AS t DEFAULT '(1,x,2)'::t;
CREATE TYPE c AS (t t, n integer);
CREATE DOMAIN f AS c DEFAULT '("(1,x,2)",1)'::c;
CREATE TABLE h (id integer, r d, n e, f f);
INSERT INTO t VALUES (1);
INSERT INTO h (id) VALUES (1);
-- becomes
CREATE TABLE t (a integer, b text, g integer GENERATED ALWAYS AS (a + 2) STORED);
CREATE DOMAIN d AS text DEFAULT ('(1,x,2)'::t)::text;
CREATE DOMAIN e AS t DEFAULT '(1,x,2)'::t;
CREATE TYPE c AS (t t, n integer);
CREATE DOMAIN f AS c DEFAULT '("(1,x,2)",1)'::c;
CREATE TABLE h (id integer, r d, n e, f f);
INSERT INTO t VALUES (1);
INSERT INTO h (id) VALUES (1);
