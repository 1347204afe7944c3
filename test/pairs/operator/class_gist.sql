-- becomes
CREATE FUNCTION sim(box, box) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 ~= $2';
CREATE OPERATOR ~~~~ (FUNCTION = sim, LEFTARG = box, RIGHTARG = box, COMMUTATOR = ~~~~);
CREATE OPERATOR FAMILY gist_boxes USING gist;
CREATE OPERATOR CLASS gist_boxes FOR TYPE box USING gist FAMILY gist_boxes AS
  OPERATOR 3 &&, OPERATOR 6 ~~~~, OPERATOR 15 <-> (box, point) FOR ORDER BY float_ops,
  FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal),
  FUNCTION 2 gist_box_union(internal, internal),
  FUNCTION 5 gist_box_penalty(internal, internal, internal),
  FUNCTION 6 gist_box_picksplit(internal, internal),
  FUNCTION 7 gist_box_same(box, box, internal),
  FUNCTION 8 gist_box_distance(internal, box, smallint, oid, internal);
CREATE TABLE t (b box, EXCLUDE USING gist (b gist_boxes WITH ~~~~));
