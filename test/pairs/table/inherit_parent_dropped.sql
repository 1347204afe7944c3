CREATE TABLE p (a int, b int DEFAULT 5 NOT NULL, CHECK (a > 0));
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE d () INHERITS (p);
INSERT INTO c VALUES (1, 2, 3);
-- becomes
CREATE TABLE c (a int, b int DEFAULT 5 NOT NULL, x int);
