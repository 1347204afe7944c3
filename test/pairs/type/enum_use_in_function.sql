-- A function that is there before the label that it names.
CREATE TYPE mood AS ENUM ('ok');
CREATE FUNCTION f(integer) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN ''late''::public.mood::text || $1; END';
CREATE TABLE t (id integer);
INSERT INTO t VALUES (1);
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'late');
CREATE FUNCTION f(integer) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN ''late''::public.mood::text || $1; END';
CREATE TABLE t (id integer);
CREATE INDEX t_f ON t (f(id));
