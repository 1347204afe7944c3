-- A stored generated column becomes a plain one and keeps its values while what
-- it was computed from changes.
CREATE TABLE t (a int, d int GENERATED ALWAYS AS (a * 2) STORED, e int GENERATED ALWAYS AS (a * 3) STORED,
  CONSTRAINT values_are_kept CHECK (d IS NOT NULL AND e IS NOT NULL));
CREATE TABLE below () INHERITS (t);
CREATE INDEX ON t (d);
INSERT INTO t VALUES (1);
INSERT INTO below VALUES (2);
-- becomes
CREATE TABLE t (a bigint, d int, e bigint DEFAULT 5,
  CONSTRAINT values_are_kept CHECK (d IS NOT NULL AND e IS NOT NULL));
CREATE TABLE below () INHERITS (t);
CREATE INDEX ON t (d);
