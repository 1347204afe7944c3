-- A check becomes a key of the same name, and the other way, in use.
-- with zishu_migrate.diff_online = on
CREATE TABLE t (a int, b int, CONSTRAINT first CHECK (a > 0), CONSTRAINT second UNIQUE (b));
INSERT INTO t VALUES (1, 2);
-- becomes
CREATE TABLE t (a int, b int, CONSTRAINT first UNIQUE (a), CONSTRAINT second CHECK (b > 0));
