-- A family whose loose members are all the server's own.
CREATE ACCESS METHOD grown TYPE INDEX HANDLER gisthandler;
-- becomes
CREATE ACCESS METHOD grown TYPE INDEX HANDLER gisthandler;
CREATE OPERATOR CLASS boxes DEFAULT FOR TYPE box USING grown AS
  OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 6 ~=,
  FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal),
  FUNCTION 2 gist_box_union(internal, internal),
  FUNCTION 5 gist_box_penalty(internal, internal, internal),
  FUNCTION 6 gist_box_picksplit(internal, internal),
  FUNCTION 7 gist_box_same(box, box, internal);
CREATE TABLE t (b box);
CREATE INDEX t_b ON t USING grown (b);
CREATE OPERATOR FAMILY numbers USING btree;
ALTER OPERATOR FAMILY numbers USING btree ADD
  OPERATOR 1 < (int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint);
