CREATE TABLE t (a int);
INSERT INTO t VALUES (1);
-- becomes
CREATE SCHEMA s;
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN s.d AS text CHECK (VALUE <> '');
CREATE SEQUENCE s.q;
CREATE FUNCTION s.f() RETURNS s.mood LANGUAGE sql AS $$SELECT 'ok'::s.mood$$;
CREATE COLLATION s.c (provider = libc, locale = 'C');
CREATE TABLE t (a int, b s.mood DEFAULT s.f(), c s.d DEFAULT 'c' NOT NULL, e bigint DEFAULT nextval('s.q') NOT NULL, f text COLLATE s.c);
