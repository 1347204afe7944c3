-- Links come and go beside operators that a view uses.
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION qe(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE FUNCTION ne(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
CREATE OPERATOR === (FUNCTION = eq, LEFTARG = int, RIGHTARG = text);
CREATE OPERATOR === (FUNCTION = qe, LEFTARG = text, RIGHTARG = int);
CREATE OPERATOR !== (FUNCTION = ne, LEFTARG = int, RIGHTARG = text);
CREATE OPERATOR |== (FUNCTION = eq, LEFTARG = int, RIGHTARG = text);
CREATE OPERATOR |!= (FUNCTION = ne, LEFTARG = int, RIGHTARG = text, NEGATOR = |==);
CREATE VIEW v AS SELECT 1 OPERATOR(public.===) 'a'::text AS a, 1 OPERATOR(public.|==) 'a'::text AS b;
-- becomes
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION qe(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE FUNCTION ne(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
CREATE OPERATOR === (FUNCTION = eq, LEFTARG = int, RIGHTARG = text, HASHES, MERGES, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel);
CREATE OPERATOR === (FUNCTION = qe, LEFTARG = text, RIGHTARG = int, COMMUTATOR = ===);
CREATE OPERATOR !== (FUNCTION = ne, LEFTARG = int, RIGHTARG = text, NEGATOR = ===);
CREATE OPERATOR |== (FUNCTION = eq, LEFTARG = int, RIGHTARG = text);
CREATE VIEW v AS SELECT 1 OPERATOR(public.===) 'a'::text AS a, 1 OPERATOR(public.|==) 'a'::text AS b;
