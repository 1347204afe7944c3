-- Transforms that functions ask for, and whose functions change.
CREATE FUNCTION to_internal(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION to_internal(internal));
CREATE TRANSFORM FOR bigint LANGUAGE sql (TO SQL WITH FUNCTION int8recv(internal));
COMMENT ON TRANSFORM FOR bigint LANGUAGE sql IS 'goes';
CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer AS 'SELECT 1';
CREATE FUNCTION two(bigint) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE bigint AS 'SELECT 1';
-- becomes
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS 'stays';
CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer AS 'SELECT 1';
CREATE FUNCTION two(bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
