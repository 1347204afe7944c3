-- The columns that a deletion sets to null stand elsewhere in the partition.
CREATE TABLE pk (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE fk (gone text, b int, also_gone int, a int, c int) PARTITION BY LIST (c);
ALTER TABLE fk DROP COLUMN gone, DROP COLUMN also_gone;
CREATE TABLE fk_1 (c int, a int, b int) PARTITION BY LIST (a);
CREATE TABLE fk_1_1 (b int, a int, c int);
ALTER TABLE fk_1 ATTACH PARTITION fk_1_1 FOR VALUES IN (1);
ALTER TABLE fk ATTACH PARTITION fk_1 FOR VALUES IN (1);
ALTER TABLE fk ADD CONSTRAINT key FOREIGN KEY (a, b) REFERENCES pk ON DELETE SET NULL (b);
-- becomes
CREATE TABLE pk (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE fk (b int, a int, c int) PARTITION BY LIST (c);
CREATE TABLE fk_1 (c int, a int, b int) PARTITION BY LIST (a);
CREATE TABLE fk_1_1 (b int, a int, c int);
ALTER TABLE fk_1 ATTACH PARTITION fk_1_1 FOR VALUES IN (1);
ALTER TABLE fk ATTACH PARTITION fk_1 FOR VALUES IN (1);
ALTER TABLE fk ADD CONSTRAINT key FOREIGN KEY (a, b) REFERENCES pk ON DELETE SET DEFAULT (a);
