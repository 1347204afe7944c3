CREATE TABLE t (id integer);
-- becomes
CREATE SCHEMA app;
CREATE TYPE app."Two Things" AS ("First" text COLLATE "C", second numeric(10, 2)[], third timestamp(3) with time zone);
ALTER TYPE app."Two Things" OWNER TO regress_a;
GRANT USAGE ON TYPE app."Two Things" TO regress_b WITH GRANT OPTION;
COMMENT ON COLUMN app."Two Things"."First" IS 'ab';
CREATE TYPE nothing AS ();
CREATE TYPE nested AS (a app."Two Things", b app."Two Things"[]);
CREATE TABLE t (id integer, n nested);
