CREATE OPERATOR CLASS gin_ints FOR TYPE int[] USING gin AS
  OPERATOR 1 &&(anyarray, anyarray), OPERATOR 2 @>(anyarray, anyarray),
  FUNCTION 1 btint4cmp(int, int),
  FUNCTION 2 ginarrayextract(anyarray, internal, internal),
  FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
  FUNCTION 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal),
  STORAGE int;
-- becomes
CREATE OPERATOR CLASS gin_ints FOR TYPE int[] USING gin AS
  OPERATOR 1 &&(anyarray, anyarray),
  FUNCTION 1 btint4cmp(int, int),
  FUNCTION 2 ginarrayextract(anyarray, internal, internal),
  FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
  FUNCTION 6 ginarraytriconsistent(internal, smallint, anyarray, integer, internal, internal, internal),
  STORAGE int;
CREATE OPERATOR CLASS only_storage FOR TYPE int[] USING gin AS STORAGE int;
CREATE OPERATOR CLASS nothing FOR TYPE int USING hash AS STORAGE int;
CREATE TABLE t (a int[]);
CREATE INDEX t_a ON t USING gin (a gin_ints);
