CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS fam_int FOR TYPE int USING btree FAMILY fam AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
ALTER OPERATOR FAMILY fam USING btree ADD
  OPERATOR 1 < (int, bigint), OPERATOR 3 = (int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint);
COMMENT ON OPERATOR FAMILY fam USING btree IS 'numbers';
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a fam_int);
-- becomes
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS fam_int FOR TYPE int USING btree FAMILY fam AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
CREATE OPERATOR CLASS fam_bigint FOR TYPE oid USING btree FAMILY fam AS
  OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btoidcmp(oid, oid);
ALTER OPERATOR FAMILY fam USING btree ADD
  OPERATOR 1 < (int, bigint), OPERATOR 5 > (int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint);
ALTER OPERATOR FAMILY fam USING btree OWNER TO regress_b;
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a fam_int);
