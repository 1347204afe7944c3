CREATE TABLE p1 (a int, b int);
CREATE TABLE p2 (a int, c int);
CREATE TABLE c (x int) INHERITS (p1);
INSERT INTO c VALUES (1, 2, 3);
-- becomes
CREATE TABLE p1 (a int, b int);
CREATE TABLE p2 (a int, c int);
CREATE TABLE c (a int, b int, x int, c int);
ALTER TABLE c INHERIT p2;
