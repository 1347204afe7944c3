-- columns hold rows of tables that are altered with others
-- of partitions and of tables that inherit
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE p (a integer, id integer) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE i (a integer);
CREATE TABLE ic () INHERITS (i);
CREATE TABLE h (id integer, p p, p1 p1, i i, ic ic);
INSERT INTO p VALUES (1, 1);
INSERT INTO i VALUES (1);
INSERT INTO h VALUES (1, ROW(1, 1), ROW(1, 1), ROW(1), ROW(1));

-- of these only
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE p (a integer, id integer) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE i (a integer);
CREATE TABLE ic () INHERITS (i);
CREATE TABLE h (id integer, p1 p1, ic ic[]);
INSERT INTO p VALUES (1, 1);
INSERT INTO i VALUES (1);
INSERT INTO h VALUES (1, ROW(1, 1), ARRAY[ROW(1)]::ic[]);

-- of typed tables
CREATE SCHEMA s3;
SET search_path = s3;
CREATE TYPE c AS (a integer);
CREATE TABLE t OF c;
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE p (a bigint, id integer,
  g integer GENERATED ALWAYS AS (id) STORED)
  PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE i (a bigint, x integer GENERATED ALWAYS AS (1) STORED, y integer);
CREATE TABLE ic () INHERITS (i);
CREATE TABLE h (id integer, p p, p1 p1, i i, ic ic);
INSERT INTO p VALUES (1, 1);
INSERT INTO i VALUES (1);
INSERT INTO h VALUES (1);

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE p (a bigint, id integer,
  g integer GENERATED ALWAYS AS (id) STORED)
  PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE i (a integer, y integer DEFAULT 4);
CREATE TABLE ic () INHERITS (i);
CREATE TABLE h (id integer, p1 p1, ic ic[]);
INSERT INTO p VALUES (1, 1);
INSERT INTO i VALUES (1);
INSERT INTO h VALUES (1);

CREATE SCHEMA s3;
SET search_path = s3;
CREATE TYPE c AS (a bigint);
CREATE TABLE t OF c;
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
