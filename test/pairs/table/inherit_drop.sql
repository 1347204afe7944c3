CREATE TABLE p (a int, b int, c int);
CREATE TABLE c1 (x int) INHERITS (p);
CREATE TABLE c2 (b int, y int) INHERITS (p);
CREATE TABLE g1 () INHERITS (c2);
INSERT INTO c1 VALUES (1, 2, 3, 4); INSERT INTO c2 VALUES (1, 2, 3, 4);
-- becomes
CREATE TABLE p (a int);
CREATE TABLE c1 (x int, c int) INHERITS (p);
CREATE TABLE c2 (y int) INHERITS (p);
CREATE TABLE g1 () INHERITS (c2);
