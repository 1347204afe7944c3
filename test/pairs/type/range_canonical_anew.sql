CREATE TYPE whole;
CREATE FUNCTION whole_canonical(whole) RETURNS whole LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE whole AS RANGE (SUBTYPE = integer, SUBTYPE_DIFF = int4range_subdiff, CANONICAL = whole_canonical);
COMMENT ON TYPE whole IS 'closed below';
CREATE TABLE t (id integer, w whole DEFAULT '[1,2]');
CREATE VIEW v AS SELECT w FROM t;
INSERT INTO t VALUES (1, '[1,4]');
-- becomes
CREATE TYPE whole AS RANGE (SUBTYPE = integer, SUBTYPE_DIFF = int4range_subdiff);
COMMENT ON TYPE whole IS 'closed below';
CREATE TABLE t (id integer, w whole DEFAULT '[1,2]');
CREATE VIEW v AS SELECT w FROM t;
