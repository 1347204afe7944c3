CREATE TABLE t (a text DEFAULT '1', b int DEFAULT 1, c boolean DEFAULT true NOT NULL, d text, e int, f text, g text DEFAULT '{}', h bigint, i boolean, j uuid, k int[], l text DEFAULT '2020-01-01', m interval, n jsonb, o money);
INSERT INTO t VALUES ('1', 1, true, '2020-01-01', 5, 'a', '{"a": 1}', 1, false, NULL, '{1,2}', '2020-02-02', '1 day', '5', 5);
-- becomes
CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'x', c int DEFAULT 1 NOT NULL, d date, e boolean, f varchar(3), g jsonb DEFAULT '{}', h boolean, i bigint, j int, k text[], l date DEFAULT '2020-01-01', m text, n int, o numeric);
