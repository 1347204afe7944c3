CREATE TYPE str;
CREATE FUNCTION str_in(cstring) RETURNS str LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION str_out(str) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE str (INPUT = str_in, OUTPUT = str_out, STORAGE = main, COLLATABLE = true);
CREATE TABLE t (s str, d integer);
INSERT INTO t VALUES ('a', 1);
-- becomes
CREATE TYPE str;
CREATE FUNCTION str_in(cstring) RETURNS str LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION str_out(str) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION str_recv(internal) RETURNS str LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION str_send(str) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE str (INPUT = str_in, OUTPUT = str_out, RECEIVE = str_recv, SEND = str_send, STORAGE = extended, COLLATABLE = true);
CREATE TABLE t (s str, d integer);
