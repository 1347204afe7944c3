-- expressions in which values of a composite type are that no column has
CREATE TYPE t AS (a integer, b text);
CREATE FUNCTION good(t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a > 0';
CREATE TABLE h (id integer CHECK (good(ROW(id, 'x')::t)), g boolean DEFAULT good('(1,x)'));
CREATE INDEX i ON h (good(ROW(id, 'x')::t));
CREATE VIEW v AS SELECT good(ROW(length('x'), 'x')::t);
CREATE FUNCTION f(x integer) RETURNS t RETURN ROW(x, 'x')::t;
CREATE DOMAIN d AS integer DEFAULT (ROW(1, 'x')::t).a CHECK (good(ROW(VALUE, 'x')::t));
CREATE DOMAIN e AS text DEFAULT ('(1,x)'::t)::text;
INSERT INTO h VALUES (1);
-- becomes
CREATE TYPE t AS (a bigint, b text);
CREATE FUNCTION good(t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a > 0';
CREATE VIEW v AS SELECT good(ROW(length('x'), 'x')::t);
CREATE FUNCTION f(x integer) RETURNS t RETURN ROW(x, 'x')::t;
CREATE DOMAIN d AS integer DEFAULT (ROW(1, 'x')::t).a CHECK (good(ROW(VALUE, 'x')::t));
CREATE DOMAIN e AS text DEFAULT ('(1,x)'::t)::text;
CREATE TABLE h (id integer CHECK (good(ROW(id, 'x')::t)), g boolean DEFAULT good('(1,x)'), e e, d d);
CREATE INDEX i ON h (good(ROW(id, 'x')::t));
INSERT INTO h VALUES (1);
