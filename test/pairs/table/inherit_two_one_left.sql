-- A column that comes from two tables: one is left, the other one drops it.
CREATE TABLE p (a int, b int, c int);
CREATE TABLE q (a int, b int);
CREATE TABLE c (x int) INHERITS (p, q);
CREATE TABLE d (b int) INHERITS (p, q);
INSERT INTO c VALUES (1, 2, 3, 4);
INSERT INTO d VALUES (1, 2, 3);
-- becomes
CREATE TABLE p (a int, c int);
CREATE TABLE q (a int, b int);
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE d () INHERITS (p);
