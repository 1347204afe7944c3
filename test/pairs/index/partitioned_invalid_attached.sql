-- An invalid index is attached behind its table.
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_low (a int, b int) PARTITION BY LIST (b);
CREATE INDEX t_low_a ON ONLY t_low (a);
CREATE TABLE t_low_1 PARTITION OF t_low FOR VALUES IN (1);
CREATE TABLE t_low_2 (a int, b int);
-- becomes
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
CREATE TABLE t_low_1 PARTITION OF t_low FOR VALUES IN (1);
CREATE TABLE t_low_2 PARTITION OF t_low FOR VALUES IN (2);
CREATE INDEX t_a ON ONLY t (a);
CREATE INDEX t_low_a ON ONLY t_low (a);
ALTER INDEX t_a ATTACH PARTITION t_low_a;
