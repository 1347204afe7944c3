CREATE TABLE t (a integer, b text, c integer[], "d e" text, f text COLLATE "C");
INSERT INTO t VALUES (1, 'x', '{1}', 'y', 'z');
CREATE INDEX gone ON t (a);
CREATE INDEX changed ON t (a);
CREATE INDEX same ON t (b DESC NULLS LAST);
COMMENT ON INDEX changed IS 'changes';
-- becomes
CREATE TABLE t (a integer, b text, c integer[], "d e" text, f text COLLATE "C");
CREATE INDEX changed ON t (a DESC, b);
CREATE INDEX same ON t (b DESC NULLS LAST);
CREATE INDEX "Odd name" ON t ("d e" COLLATE "C" text_pattern_ops, f COLLATE "POSIX" NULLS FIRST) INCLUDE (a);
CREATE UNIQUE INDEX uniq ON t (a) NULLS NOT DISTINCT;
CREATE INDEX expr ON t (lower(b), (a + 1), ("d e" || b)) WHERE a > 0 AND b <> 'x''y';
CREATE INDEX arr ON t USING gin (c) WITH (fastupdate = off);
CREATE INDEX br ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 8);
CREATE INDEX h ON t USING hash (a);
COMMENT ON INDEX changed IS 'has changed';
