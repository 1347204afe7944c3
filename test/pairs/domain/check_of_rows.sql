-- a domain's check calls a function that reads a field of a row
CREATE TABLE t (a integer, b text);
CREATE FUNCTION ok(t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a > 0';
CREATE DOMAIN d AS t CHECK (ok(VALUE));
CREATE DOMAIN e AS t DEFAULT ROW(1, 'x')::t CHECK (ok(VALUE));
CREATE TABLE h (id integer, r d, s e, u e NOT NULL DEFAULT ROW(3, 'y'));
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(2, 'x'), ROW(3, 'x'), ROW(3, 'x'));
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE FUNCTION ok(t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a > 0';
CREATE DOMAIN d AS t CHECK (ok(VALUE));
CREATE DOMAIN e AS t DEFAULT ROW(1, 'x')::t CHECK (ok(VALUE));
CREATE TABLE h (id integer, r d, s e, u e NOT NULL DEFAULT ROW(3, 'y'));
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(2, 'x'), ROW(3, 'x'), ROW(3, 'x'));
