-- A table that becomes a partition has two indexes like the parent's: the
-- server takes the first one, be it meant or not.
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE UNIQUE INDEX p_a ON p (a);
CREATE TABLE p1 (a int, b int);
CREATE INDEX own ON p1 (b DESC);
CREATE INDEX other ON p1 ((b + 1));
COMMENT ON INDEX own IS 'mine';
ALTER TABLE p1 ADD CONSTRAINT own_key UNIQUE (a);
INSERT INTO p1 VALUES (1, 1);
-- becomes
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE INDEX p_b ON p (b);
CREATE UNIQUE INDEX p_a ON p (a);
CREATE TABLE p1 (a int, b int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
CREATE INDEX own ON p1 (b DESC);
CREATE INDEX other ON p1 ((b + 1));
COMMENT ON INDEX own IS 'mine';
ALTER TABLE p1 ADD CONSTRAINT own_key UNIQUE (a);
INSERT INTO p1 VALUES (1, 1);
