-- with zishu_migrate.diff_online = on
CREATE TABLE t (a int, b int);
INSERT INTO t VALUES (1, 2);
-- becomes
CREATE TABLE t (a int NOT NULL, b int NOT NULL CHECK (b > 0));
