CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (a integer, s e, g integer GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT k CHECK (s <> 'a'), CONSTRAINT gk CHECK (g > 0), CONSTRAINT u UNIQUE (g, s));
CREATE INDEX i ON t (s) WHERE s = 'b';
CREATE INDEX j ON t (g);
CREATE STATISTICS st ON g, s FROM t;
INSERT INTO t VALUES (1, 'b');
-- becomes
CREATE TYPE e AS ENUM ('b', 'c');
CREATE TABLE t (a integer, s e, g integer GENERATED ALWAYS AS (a + 2) STORED, CONSTRAINT k CHECK (s <> 'c'), CONSTRAINT gk CHECK (g > 0), CONSTRAINT u UNIQUE (g, s));
CREATE INDEX i ON t (s) WHERE s = 'b';
CREATE INDEX j ON t (g);
CREATE STATISTICS st ON g, s FROM t;
