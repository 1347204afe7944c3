CREATE TABLE t (a int PRIMARY KEY, b int, c text, d int);
CREATE TABLE u (a int PRIMARY KEY, b int);
CREATE PUBLICATION p FOR TABLE t (a, b), u WHERE (b > 1) WITH (publish = 'insert');
CREATE PUBLICATION q FOR TABLE t WHERE (d > 1) WITH (publish = 'insert');
INSERT INTO t VALUES (1, 2, 'x', 4);
-- becomes
CREATE TABLE t (a int PRIMARY KEY, b bigint, c text, d numeric);
CREATE TABLE u (a int PRIMARY KEY, b int);
CREATE PUBLICATION p FOR TABLE t (a, c) WHERE (c = 'x'), u WITH (publish = 'insert');
CREATE PUBLICATION q FOR TABLE t (a, d) WHERE (d > 2) WITH (publish = 'insert');
