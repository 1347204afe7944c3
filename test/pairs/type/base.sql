CREATE TYPE only_shell;
CREATE TYPE other_shell;
COMMENT ON TYPE other_shell IS 'empty';
CREATE TABLE t (id integer);
-- becomes
CREATE TYPE other_shell;
CREATE TYPE "My Int";
CREATE FUNCTION my_in(cstring) RETURNS "My Int" LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION my_out("My Int") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION my_recv(internal) RETURNS "My Int" LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION my_send("My Int") RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE TYPE "My Int" (INPUT = my_in, OUTPUT = my_out, RECEIVE = my_recv, SEND = my_send, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4, STORAGE = plain, CATEGORY = 'N', DEFAULT = '7');
ALTER TYPE "My Int" OWNER TO regress_a;
COMMENT ON TYPE "My Int" IS 'mine';
GRANT USAGE ON TYPE "My Int" TO regress_b;
CREATE FUNCTION my_lt("My Int", "My Int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE OPERATOR < (LEFTARG = "My Int", RIGHTARG = "My Int", FUNCTION = my_lt);
CREATE CAST ("My Int" AS integer) WITHOUT FUNCTION AS IMPLICIT;
CREATE TABLE t (id integer, m "My Int", ms "My Int"[]);
