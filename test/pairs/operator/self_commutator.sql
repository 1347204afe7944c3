-- becomes
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE FUNCTION same(mood, mood) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1::text = $2::text';
CREATE FUNCTION differ(mood, mood) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1::text <> $2::text';
CREATE OPERATOR === (FUNCTION = same, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR !== (FUNCTION = differ, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = !==, NEGATOR = ===, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE TABLE t (id int, m mood, CHECK (m === 'a'));
CREATE VIEW v AS SELECT * FROM t WHERE m !== 'b';
CREATE INDEX i ON t (id) WHERE m === 'b';
