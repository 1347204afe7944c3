CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a);
CREATE TABLE r (a integer PRIMARY KEY);
-- becomes
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (a);
CREATE INDEX i ON t (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE VIEW r AS SELECT 1 AS a;
CREATE INDEX r_pkey ON t (b);
