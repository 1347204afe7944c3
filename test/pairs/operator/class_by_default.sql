-- Another operator class takes the place of a type's default one: what reads the same is altered besides.
CREATE FUNCTION point_hash(point) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT hashtext($1::text)';
CREATE FUNCTION point_hash(point, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT hashtextextended($1::text, $2)';
CREATE OPERATOR CLASS first_ops DEFAULT FOR TYPE point USING hash AS
  OPERATOR 1 ~=, FUNCTION 1 point_hash(point), FUNCTION 2 point_hash(point, bigint);
CREATE TABLE t (a point, b point, c point, CONSTRAINT x EXCLUDE USING hash (c WITH ~=));
CREATE INDEX t_a ON t USING hash (a);
CREATE INDEX t_b ON t USING hash (b) WHERE a IS NULL;
CREATE TABLE parts (a point) PARTITION BY HASH (a);
CREATE TABLE part PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
INSERT INTO t VALUES ('(1,2)', '(3,4)', '(5,6)');
INSERT INTO parts VALUES ('(1,2)');
-- becomes
CREATE FUNCTION point_hash(point) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT hashtext($1::text)';
CREATE FUNCTION point_hash(point, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT hashtextextended($1::text, $2)';
CREATE OPERATOR CLASS second_ops DEFAULT FOR TYPE point USING hash AS
  OPERATOR 1 ~=, FUNCTION 1 point_hash(point), FUNCTION 2 point_hash(point, bigint);
CREATE TABLE t (a point, b point, c point, CONSTRAINT x EXCLUDE USING hash (c WITH ~=) WITH (fillfactor = 50));
CREATE INDEX t_a ON t USING hash (a) WITH (fillfactor = 50);
CREATE INDEX t_b ON t USING hash (b) WHERE a IS NULL;
COMMENT ON INDEX t_b IS 'two';
CREATE TABLE parts (a point) PARTITION BY HASH (a);
COMMENT ON TABLE parts IS 'two';
CREATE TABLE part PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
