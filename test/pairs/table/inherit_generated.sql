CREATE TABLE p (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c int GENERATED ALWAYS AS (a) STORED);
CREATE TABLE c (x int) INHERITS (p);
CREATE INDEX ON c (b);
INSERT INTO c (a, x) VALUES (1, 2);
-- becomes
CREATE TABLE p (a bigint, b bigint GENERATED ALWAYS AS (a + 2) STORED, c int);
CREATE TABLE c (x int) INHERITS (p);
CREATE INDEX ON c (b);
