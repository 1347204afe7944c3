CREATE FUNCTION plus(a text, b int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT a || b::text$$;
CREATE OPERATOR + (FUNCTION = plus, LEFTARG = text, RIGHTARG = int);
COMMENT ON OPERATOR + (text, int) IS 'appends';
ALTER OPERATOR + (text, int) OWNER TO regress_a;
CREATE TABLE t (a text, b int, c text GENERATED ALWAYS AS (a + b) STORED);
CREATE INDEX t_i ON t ((a + b));
CREATE VIEW v AS SELECT a + b AS ab FROM t;
INSERT INTO t VALUES ('a', 1);
-- becomes
CREATE FUNCTION plus(x text, y int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT x || y::text$$;
CREATE OPERATOR + (FUNCTION = plus, LEFTARG = text, RIGHTARG = int);
COMMENT ON OPERATOR + (text, int) IS 'appends';
ALTER OPERATOR + (text, int) OWNER TO regress_a;
CREATE TABLE t (a text, b int, c text GENERATED ALWAYS AS (a + b) STORED);
CREATE INDEX t_i ON t ((a + b));
CREATE VIEW v AS SELECT a + b AS ab FROM t;
INSERT INTO t VALUES ('a', 1);
