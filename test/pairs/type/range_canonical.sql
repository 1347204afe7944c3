CREATE TABLE t (id integer);
-- becomes
CREATE TYPE whole;
CREATE FUNCTION whole_canonical(whole) RETURNS whole LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE whole AS RANGE (SUBTYPE = integer, SUBTYPE_DIFF = int4range_subdiff, CANONICAL = whole_canonical);
COMMENT ON TYPE whole IS 'closed below';
GRANT USAGE ON TYPE whole TO regress_a;
CREATE TABLE t (id integer, w whole);
