-- Foreign keys that are only altered, while others take the place of the keys that they reference.
CREATE TABLE t (a integer, b integer, c integer, d integer, CONSTRAINT t_a UNIQUE (a), CONSTRAINT t_d PRIMARY KEY (d));
CREATE UNIQUE INDEX t_b ON t (b);
CREATE UNIQUE INDEX t_c ON t (c);
CREATE TABLE r (a integer, b integer, c integer, d integer);
ALTER TABLE r ADD CONSTRAINT r_a FOREIGN KEY (a) REFERENCES t (a) NOT VALID;
ALTER TABLE r ADD CONSTRAINT r_b FOREIGN KEY (b) REFERENCES t (b);
ALTER TABLE r ADD CONSTRAINT r_c FOREIGN KEY (c) REFERENCES t (c) DEFERRABLE;
ALTER TABLE r ADD CONSTRAINT r_d FOREIGN KEY (d) REFERENCES t (d) NOT VALID;
COMMENT ON CONSTRAINT r_b ON r IS 'one';
INSERT INTO t VALUES (1, 2, 3, 4);
INSERT INTO r VALUES (1, 2, 3, 4);
-- becomes
CREATE TABLE t (a integer, b integer, c integer, d integer, CONSTRAINT t_bb UNIQUE (b), CONSTRAINT t_cc PRIMARY KEY (c));
CREATE UNIQUE INDEX t_aa ON t (a);
CREATE UNIQUE INDEX t_dd ON t (d);
CREATE TABLE r (a integer, b integer, c integer, d integer);
ALTER TABLE r ADD CONSTRAINT r_a FOREIGN KEY (a) REFERENCES t (a);
ALTER TABLE r ADD CONSTRAINT r_b FOREIGN KEY (b) REFERENCES t (b);
ALTER TABLE r ADD CONSTRAINT r_c FOREIGN KEY (c) REFERENCES t (c) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE r ADD CONSTRAINT r_d FOREIGN KEY (d) REFERENCES t (d);
COMMENT ON CONSTRAINT r_b ON r IS 'another';
