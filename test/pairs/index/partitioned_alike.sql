-- Indexes that are alike go under the parent's index of the same turn.
CREATE TABLE t (a int, b int) PARTITION BY LIST (a);
-- becomes
CREATE TABLE t (a int, b int) PARTITION BY LIST (a);
CREATE TABLE t_1 (a int, b int) PARTITION BY LIST (b);
CREATE TABLE t_1_1 PARTITION OF t_1 FOR VALUES IN (1);
CREATE INDEX z_first ON t_1_1 (b);
CREATE INDEX a_second ON t_1_1 (b);
CREATE INDEX t_b_one ON t_1 (b);
CREATE INDEX t_b_two ON t_1 (b);
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES IN (1);
CREATE INDEX one ON t (b);
CREATE INDEX two ON t (b);
CREATE TABLE u (a int, b int) PARTITION BY LIST (a);
CREATE TABLE u_1 (a int, b int);
CREATE INDEX z_attached ON u_1 (b);
ALTER TABLE u ATTACH PARTITION u_1 FOR VALUES IN (1);
CREATE INDEX u_b ON u (b);
CREATE INDEX a_own ON u_1 (b);
