-- a partition key holds rows, and a column rows with a type that is made anew
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a integer);
CREATE TABLE p (id integer, r t) PARTITION BY LIST (r);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (ROW(1)::t);

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (a e);
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES ('a');
INSERT INTO h VALUES (1, ROW('a'));
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a bigint);
CREATE TABLE p (id integer, r t) PARTITION BY LIST (r);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (ROW(1)::t);

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE t (a e);
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES ('a');
INSERT INTO h VALUES (1, ROW('a'));
