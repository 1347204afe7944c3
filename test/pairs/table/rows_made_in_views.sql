-- views that make rows are made anew although they are written the same
CREATE TABLE t (a integer, b text);
CREATE VIEW v AS SELECT '(1,x)'::t AS r;
CREATE VIEW w AS SELECT ROW(length('x'), 'x')::t AS r FROM t;
CREATE VIEW whole AS SELECT t, (t).b FROM t;
CREATE VIEW counts AS SELECT count(*) FROM t;
CREATE MATERIALIZED VIEW old AS SELECT v.r AS a, w.r FROM v, w;
CREATE DOMAIN d AS text DEFAULT ('(1,x)'::t)::text;
CREATE TABLE h (a integer);
CREATE FUNCTION f(x t DEFAULT '(1,x)') RETURNS text LANGUAGE sql AS 'SELECT x.b';
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT '(1,x)'::t AS r;
CREATE VIEW w AS SELECT ROW(length('x'), 'x')::t AS r FROM t;
CREATE VIEW whole AS SELECT t, (t).b FROM t;
CREATE VIEW counts AS SELECT count(*) FROM t;
CREATE MATERIALIZED VIEW new AS SELECT v.r AS a, w.r FROM v, w;
CREATE DOMAIN d AS text DEFAULT ('(1,x)'::t)::text;
CREATE TABLE h (a integer, b d);
CREATE FUNCTION f(x t DEFAULT '(1,x)') RETURNS text LANGUAGE sql AS 'SELECT x.b';
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
