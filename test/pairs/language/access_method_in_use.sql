-- Access methods that tables, operator classes and indexes are of.
CREATE ACCESS METHOD finder TYPE INDEX HANDLER bthandler;
CREATE ACCESS METHOD going TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD finder IS 'finds';
COMMENT ON ACCESS METHOD going IS 'goes';
CREATE OPERATOR CLASS numbers DEFAULT FOR TYPE integer USING finder AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE t (a integer, b box);
CREATE TABLE u (a integer) USING going;
CREATE MATERIALIZED VIEW m USING going AS SELECT a FROM t;
INSERT INTO u VALUES (1);
-- becomes
CREATE ACCESS METHOD finder TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD finder IS 'finds';
CREATE ACCESS METHOD other TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD other IS 'other';
CREATE OPERATOR CLASS boxes DEFAULT FOR TYPE box USING finder AS
  OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 6 ~=,
  FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal),
  FUNCTION 2 gist_box_union(internal, internal),
  FUNCTION 5 gist_box_penalty(internal, internal, internal),
  FUNCTION 6 gist_box_picksplit(internal, internal),
  FUNCTION 7 gist_box_same(box, box, internal);
CREATE TABLE t (a integer, b box);
CREATE INDEX t_b ON t USING finder (b);
CREATE TABLE u (a integer);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
