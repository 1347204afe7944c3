-- A check that two tables have of their own, with one between that has not.
CREATE TABLE a (x int, y int, CONSTRAINT c CHECK (x > 0), CONSTRAINT d CHECK (y > 0));
CREATE TABLE b () INHERITS (a);
CREATE TABLE e (CONSTRAINT c CHECK (x > 0), CONSTRAINT d CHECK (y > 0)) INHERITS (b);
INSERT INTO e VALUES (1, 2);
-- becomes
CREATE TABLE a (x int, y int, CONSTRAINT c CHECK (x > 1 OR x < 5));
CREATE TABLE b () INHERITS (a);
CREATE TABLE e () INHERITS (b);
