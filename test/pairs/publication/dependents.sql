CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text);
CREATE TABLE u (id int PRIMARY KEY, k text) PARTITION BY LIST (id);
CREATE PUBLICATION p FOR TABLE t (id, a, b) WHERE (a > 1);
CREATE PUBLICATION q FOR TABLE t, u;
INSERT INTO t VALUES (1, 2, 'b', 'c');
-- becomes
-- loses rows
CREATE TABLE t (id int PRIMARY KEY, a bigint, c text);
CREATE TABLE u (id int PRIMARY KEY, k text) PARTITION BY RANGE (id);
CREATE PUBLICATION p FOR TABLE t (id, a) WHERE (a > 1);
CREATE PUBLICATION q FOR TABLE t, u;
