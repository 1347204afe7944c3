-- columns hold rows in domains with checks and defaults
CREATE TABLE t (a integer, b text);
CREATE DOMAIN d AS t DEFAULT ROW(1, 'x') CHECK ((VALUE).a > 0);
CREATE DOMAIN dd AS d[] CHECK ((VALUE[1]).a < 100);
CREATE TABLE h (id integer, r d, m dd);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1, 'x'), ARRAY[ROW(1, 'x')::d]);
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE DOMAIN d AS t DEFAULT ROW(1, 'x') CHECK ((VALUE).a > 0);
CREATE DOMAIN dd AS d[] CHECK ((VALUE[1]).a < 100);
CREATE TABLE h (id integer, r d, m dd);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
