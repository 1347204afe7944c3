-- CREATE TABLE takes keys of the same columns for one.
CREATE TABLE t (a int, b int, c int);
INSERT INTO t VALUES (1, 1, 1);
CREATE TABLE u (a int PRIMARY KEY);
-- becomes
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t ADD CONSTRAINT one UNIQUE (a) INCLUDE (b), ADD CONSTRAINT two UNIQUE (a) INCLUDE (b);
CREATE TABLE u (a int PRIMARY KEY);
ALTER TABLE u ADD CONSTRAINT u_again UNIQUE (a);
CREATE TABLE v (a int, b int, PRIMARY KEY (a, b));
ALTER TABLE v ADD CONSTRAINT again UNIQUE (a, b), ADD CONSTRAINT once_more UNIQUE (a, b),
  ADD CONSTRAINT later UNIQUE (a, b) DEFERRABLE;
COMMENT ON CONSTRAINT once_more ON v IS 'the third';
