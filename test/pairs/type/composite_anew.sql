CREATE TYPE inner_pair AS (x integer, y integer);
CREATE TYPE pair AS (gone text, l text, r integer, i inner_pair);
CREATE DOMAIN checked AS pair CHECK ((VALUE).r > 0);
CREATE TABLE t (id integer, p pair, ps pair[] DEFAULT '{}', d checked, i inner_pair);
CREATE INDEX t_l ON t (((p).l));
CREATE VIEW v AS SELECT (p).l, ((p).i).x FROM t;
CREATE FUNCTION f(p pair) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT p.l; END;
CREATE FUNCTION g(integer) RETURNS pair LANGUAGE sql AS $$SELECT NULL::pair$$;
INSERT INTO t VALUES (1, ROW('x', 'a', 1, ROW(1, 2)), ARRAY[ROW('y', 'b', 2, NULL)::pair], ROW(NULL, 'c', 5, ROW(3, NULL)), ROW(4, 5)), (2, NULL, NULL, NULL, NULL);
-- becomes
CREATE TYPE inner_pair AS (x bigint, y integer);
CREATE TYPE pair AS (added numeric, l varchar(10), r text, i inner_pair, behind date);
CREATE DOMAIN checked AS pair CHECK ((VALUE).r > '0');
CREATE TABLE t (id integer, p pair, ps pair[] DEFAULT '{}', d checked, i inner_pair);
CREATE INDEX t_l ON t (((p).l));
CREATE VIEW v AS SELECT (p).l, ((p).i).x FROM t;
CREATE FUNCTION f(p pair) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT p.l; END;
CREATE FUNCTION g(integer) RETURNS pair LANGUAGE sql AS $$SELECT NULL::pair$$;
