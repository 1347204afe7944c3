CREATE TABLE p (a int, b int);
CREATE TABLE q (b int, c int);
CREATE TABLE c () INHERITS (p, q);
INSERT INTO c VALUES (1, 2, 3);
-- becomes
CREATE TABLE p (a int);
CREATE TABLE q (c int, d int);
CREATE TABLE c () INHERITS (p, q);
