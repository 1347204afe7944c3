-- typed tables, their views, functions and keys
CREATE TYPE person AS (id integer, name text, born date);
CREATE TABLE people OF person (PRIMARY KEY (id), name NOT NULL);
CREATE TABLE others OF person (CHECK (born > '1900-01-01'), name DEFAULT 'x');
CREATE VIEW old_ones AS SELECT * FROM people WHERE born < '1950-01-01';
CREATE FUNCTION age_of(people) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION get_people() RETURNS SETOF people BEGIN ATOMIC SELECT * FROM people; END;
CREATE FUNCTION get_person(person) RETURNS SETOF person BEGIN ATOMIC SELECT * FROM people WHERE id = ($1).id; END;
INSERT INTO people VALUES (1, 'a', '2000-01-01');
INSERT INTO others VALUES (1, 'a', '2000-01-01');
-- becomes
CREATE TYPE person AS (id bigint, name varchar(20), email text);
CREATE TABLE people OF person (PRIMARY KEY (id), name NOT NULL);
CREATE TABLE others OF person (CHECK (email <> ''), name DEFAULT 'y');
CREATE VIEW old_ones AS SELECT * FROM people WHERE email LIKE '%';
CREATE FUNCTION age_of(people) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION get_people() RETURNS SETOF people BEGIN ATOMIC SELECT * FROM people; END;
CREATE FUNCTION get_person(person) RETURNS SETOF person BEGIN ATOMIC SELECT * FROM people WHERE id = ($1).id; END;
INSERT INTO people VALUES (1, 'a', 'x');
INSERT INTO others VALUES (1, 'a', 'x');
