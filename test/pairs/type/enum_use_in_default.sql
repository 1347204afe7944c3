CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE t (id integer);
INSERT INTO t VALUES (1);
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'late');
CREATE FUNCTION last_mood() RETURNS mood STABLE LANGUAGE sql AS 'SELECT pg_catalog.enum_last(NULL::public.mood)';
CREATE TABLE t (id integer, m mood DEFAULT last_mood());
