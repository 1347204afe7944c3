-- what makes rows of a table makes them without a field
-- one way
CREATE TABLE t (a integer, z integer, b text);
CREATE TABLE h (id integer);
CREATE VIEW v AS SELECT id, ROW(id, 3, 'x')::t AS r FROM h;
CREATE VIEW w AS SELECT id, (r).b, (r).a FROM v;
CREATE MATERIALIZED VIEW x AS SELECT (ROW(1, 3, 'a')::t)::text;
CREATE FUNCTION f(x integer) RETURNS text RETURN (ROW(x, 3, 'x')::t)::text;
CREATE FUNCTION g(x integer) RETURNS t BEGIN ATOMIC SELECT ROW(x, 3, 'x')::t; END;
CREATE FUNCTION k(x integer) RETURNS SETOF t BEGIN ATOMIC SELECT x, 3, 'x'::text; END;
CREATE FUNCTION m(x integer) RETURNS t LANGUAGE sql AS 'SELECT x, 3, ''x''::text';
CREATE FUNCTION n(x t DEFAULT ROW(1, 3, 'x')::t) RETURNS t LANGUAGE sql AS 'SELECT x';
CREATE POLICY p ON h USING ((ROW(id, 3, 'x')::t).a > 0);
CREATE INDEX i ON h (((ROW(id, 3, 'x')::t).b));
CREATE RULE s AS ON UPDATE TO h WHERE (ROW(new.id, 3, 'x')::t).a > 0 DO INSTEAD NOTHING;
INSERT INTO t VALUES (1);
-- becomes
CREATE TABLE t (a integer, b text);
CREATE TABLE h (id integer);
CREATE VIEW v AS SELECT id, ROW(id, 'x')::t AS r FROM h;
CREATE VIEW w AS SELECT id, (r).b, (r).a FROM v;
CREATE MATERIALIZED VIEW x AS SELECT (ROW(1, 'a')::t)::text;
CREATE FUNCTION f(x integer) RETURNS text RETURN (ROW(x, 'x')::t)::text;
CREATE FUNCTION g(x integer) RETURNS t BEGIN ATOMIC SELECT ROW(x, 'x')::t; END;
CREATE FUNCTION k(x integer) RETURNS SETOF t BEGIN ATOMIC SELECT x, 'x'::text; END;
CREATE FUNCTION m(x integer) RETURNS t LANGUAGE sql AS 'SELECT x, ''x''::text';
CREATE FUNCTION n(x t DEFAULT ROW(1, 'x')::t) RETURNS t LANGUAGE sql AS 'SELECT x';
CREATE POLICY p ON h USING ((ROW(id, 'x')::t).a > 0);
CREATE INDEX i ON h (((ROW(id, 'x')::t).b));
CREATE RULE s AS ON UPDATE TO h WHERE (ROW(new.id, 'x')::t).a > 0 DO INSTEAD NOTHING;
INSERT INTO t VALUES (1);
