CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (m mood);
INSERT INTO t VALUES ('a');
-- becomes
CREATE TYPE mood AS ENUM ('a', 'c', 'b', 'd');
CREATE FUNCTION mood_same(mood, mood) RETURNS boolean IMMUTABLE STRICT LANGUAGE sql AS 'SELECT $1::text = $2::text';
CREATE FUNCTION mood_hash(mood) RETURNS int IMMUTABLE STRICT LANGUAGE sql AS 'SELECT hashtext($1::text)';
CREATE OPERATOR ==== (FUNCTION = mood_same, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = ====, HASHES);
CREATE OPERATOR CLASS mood_hashing FOR TYPE mood USING hash AS OPERATOR 1 ====, FUNCTION 1 mood_hash(mood);
CREATE TABLE t (m mood);
CREATE INDEX t_m ON t USING hash (m mood_hashing);
