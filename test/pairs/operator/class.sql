CREATE TABLE t (a int, b int);
CREATE INDEX t_a ON t (a);
INSERT INTO t VALUES (1, 2);
-- becomes
CREATE FUNCTION rev(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN $1 < $2 THEN 1 WHEN $1 > $2 THEN -1 ELSE 0 END';
CREATE OPERATOR CLASS int_rev FOR TYPE int USING btree AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 rev(int, int);
COMMENT ON OPERATOR CLASS int_rev USING btree IS 'downwards';
COMMENT ON OPERATOR FAMILY int_rev USING btree IS 'implicit';
ALTER OPERATOR CLASS int_rev USING btree OWNER TO regress_a;
CREATE TABLE t (a int, b int);
CREATE INDEX t_a ON t (a int_rev);
CREATE INDEX t_b ON t (b int_rev) INCLUDE (a);
CREATE TYPE rev_range AS RANGE (SUBTYPE = int, SUBTYPE_OPCLASS = int_rev);
