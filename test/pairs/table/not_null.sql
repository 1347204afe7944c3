CREATE TABLE t (a int, b int NOT NULL, c int PRIMARY KEY, d int);
INSERT INTO t VALUES (1, 2, 3, 4);
-- becomes
CREATE TABLE t (a int NOT NULL, b int, c int, d int PRIMARY KEY);
