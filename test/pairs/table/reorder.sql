CREATE TABLE t (a int, b int, c int);
INSERT INTO t VALUES (1, 2, 3);
-- becomes
CREATE TABLE t (c int, b int, a int, d int);
