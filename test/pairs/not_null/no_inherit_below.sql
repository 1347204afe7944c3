-- needs 18
-- What is a table's alone would be in the way of one from above.
CREATE TABLE p (a int, b int NOT NULL);
CREATE TABLE c (a int NOT NULL NO INHERIT) INHERITS (p);
CREATE TABLE d (a int CONSTRAINT d_a NOT NULL NO INHERIT, b int NOT NULL NO INHERIT);
CREATE TABLE d1 () INHERITS (d);
INSERT INTO c VALUES (1, 2);
INSERT INTO d1 VALUES (1, 2);
-- becomes
CREATE TABLE p (a int CONSTRAINT p_a NOT NULL, b int NOT NULL);
CREATE TABLE c (a int NOT NULL) INHERITS (p);
CREATE TABLE d (a int CONSTRAINT d_a NOT NULL, b int NOT NULL) INHERITS (p);
CREATE TABLE d1 () INHERITS (d);
