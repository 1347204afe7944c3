-- needs 18
CREATE TABLE p (a int NOT NULL, b int NOT NULL NO INHERIT, c int NOT NULL, d int, e int NOT NULL NO INHERIT);
CREATE TABLE c1 (x int) INHERITS (p);
CREATE TABLE c2 (c int CONSTRAINT own_c NOT NULL) INHERITS (p);
CREATE TABLE c3 (a int CONSTRAINT a_of_c3 NOT NULL, b int, c int NOT NULL, d int, e int);
CREATE TABLE c4 (a int CONSTRAINT a_of_c4 NOT NULL, b int, c int NOT NULL, d int, e int);
ALTER TABLE c4 INHERIT p;
INSERT INTO c1 VALUES (1, 2, 3, 4, 5);
-- becomes
CREATE TABLE p (a int NOT NULL NO INHERIT, b int NOT NULL, c int, d int CONSTRAINT d_given NOT NULL, e int);
CREATE TABLE c1 (x int) INHERITS (p);
ALTER TABLE c1 ALTER a DROP NOT NULL;
CREATE TABLE c2 (c int CONSTRAINT own_c NOT NULL) INHERITS (p);
CREATE TABLE c3 (a int CONSTRAINT a_of_c3 NOT NULL, b int NOT NULL, c int NOT NULL, d int NOT NULL, e int);
ALTER TABLE c3 INHERIT p;
CREATE TABLE c4 (a int CONSTRAINT a_of_c4 NOT NULL, b int, c int NOT NULL, d int, e int);
