-- a type that no column has loses an attribute in rows of it
-- one way
CREATE TYPE t AS (a integer, z integer, b text);
CREATE TABLE h (id integer CHECK ((ROW(id, 1, 'x')::t).a > 0));
CREATE VIEW v AS SELECT ROW(1, 2, 'x')::t AS r;
CREATE FUNCTION f(x integer) RETURNS t RETURN ROW(x, 2, 'x')::t;
CREATE FUNCTION g(x t DEFAULT ROW(1, 2, 'x')) RETURNS text LANGUAGE sql AS 'SELECT x.b';
CREATE INDEX i ON h (((ROW(id, 3, 'x')::t).b));
CREATE DOMAIN d AS integer DEFAULT (ROW(1, 2, 'x')::t).a CHECK ((ROW(VALUE, 2, 'x')::t).a > 0);
-- becomes
CREATE TYPE t AS (a integer, b text);
CREATE TABLE h (id integer CHECK ((ROW(id, 'x')::t).a > 0));
CREATE VIEW v AS SELECT ROW(1, 'x')::t AS r;
CREATE FUNCTION f(x integer) RETURNS t RETURN ROW(x, 'x')::t;
CREATE FUNCTION g(x t DEFAULT ROW(1, 'x')) RETURNS text LANGUAGE sql AS 'SELECT x.b';
CREATE INDEX i ON h (((ROW(id, 'x')::t).b));
CREATE DOMAIN d AS integer DEFAULT (ROW(1, 'x')::t).a CHECK ((ROW(VALUE, 'x')::t).a > 0);
