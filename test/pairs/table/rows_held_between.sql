-- columns hold rows of a table that also gets and loses others
CREATE TABLE t (a integer, gone text, b integer);
CREATE TABLE h (id integer, r t, s t[]);
INSERT INTO t VALUES (1, 'x', 2);
INSERT INTO h VALUES (1, ROW(1, 'x', 2), ARRAY[ROW(1, 'y', 2)::t]);
-- becomes
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (a bigint, b integer, x integer,
  g integer GENERATED ALWAYS AS (x + 1) STORED,
  y e, z integer DEFAULT 7);
CREATE TABLE h (id integer, r t, s t[]);
INSERT INTO t VALUES (1, 2);
INSERT INTO h VALUES (1);
