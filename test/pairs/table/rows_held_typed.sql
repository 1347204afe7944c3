-- columns of typed tables hold rows
CREATE TABLE t (a integer);
CREATE TYPE c AS (id integer, r t);
CREATE TABLE h OF c;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
-- becomes
CREATE TABLE t (a bigint);
CREATE TYPE c AS (id integer, r t);
CREATE TABLE h OF c;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
