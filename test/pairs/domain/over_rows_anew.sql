-- domains over the rows of a table and a view that are made anew, and one whose
-- default has them
-- loses rows
CREATE TABLE x (a int, b int);
CREATE DOMAIN y AS x DEFAULT ROW(1, 2)::x;
CREATE DOMAIN z AS x[];
CREATE TABLE u (y y, z z);
CREATE VIEW v AS SELECT 1 AS a, 2 AS b;
CREATE DOMAIN w AS v;
CREATE TABLE h (w w, n int);
CREATE DOMAIN q AS text DEFAULT (ROW(1, 2)::v)::text;
CREATE TABLE r (q q);
INSERT INTO r VALUES ('a');
-- becomes
CREATE TABLE x (a int, b int) PARTITION BY LIST (a);
CREATE DOMAIN y AS x DEFAULT ROW(1, 2)::x;
CREATE DOMAIN z AS x[];
CREATE TABLE u (y y, z z);
CREATE VIEW v AS SELECT 2 AS b, 1 AS a;
CREATE DOMAIN w AS v;
CREATE TABLE h (w w, n int);
CREATE DOMAIN q AS text DEFAULT (ROW(1, 2)::v)::text;
CREATE TABLE r (q q);
INSERT INTO r VALUES ('a');
