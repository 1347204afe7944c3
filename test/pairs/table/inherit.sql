CREATE TABLE p (a int, b text DEFAULT 'p' NOT NULL, CHECK (a > 0));
CREATE TABLE q (z int);
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE d (a int, b text NOT NULL, y int, CONSTRAINT p_a_check CHECK (a > 0));
INSERT INTO p VALUES (1); INSERT INTO c VALUES (2); INSERT INTO d VALUES (3, 'd');
-- becomes
CREATE TABLE p (a int, b text DEFAULT 'p' NOT NULL, CHECK (a > 0));
CREATE TABLE q (z int);
CREATE TABLE c (a int, b text DEFAULT 'p' NOT NULL, x int, CONSTRAINT p_a_check CHECK (a > 0));
CREATE TABLE d (a int, b text NOT NULL, y int, CONSTRAINT p_a_check CHECK (a > 0));
ALTER TABLE d INHERIT p;
CREATE TABLE e (w int) INHERITS (q, p);
CREATE TABLE f (b text DEFAULT 'f', v int) INHERITS (p);
CREATE TABLE g () INHERITS (f);
ALTER TABLE f ALTER a SET DEFAULT 7;
