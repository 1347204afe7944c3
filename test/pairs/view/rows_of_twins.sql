-- dumps alike
-- Rows as a whole of which two fields have one name, which the server prints
-- with a number.
CREATE TABLE a (id int, x text);
CREATE TABLE b (x int, id int);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE FUNCTION g() RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
-- becomes
CREATE TABLE a (id int, x text);
CREATE TABLE b (x int, id int);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE FUNCTION g() RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
CREATE VIEW v1 AS SELECT row_to_json(r) AS j FROM ROWS FROM (f(), g()) r;
CREATE VIEW v2 AS SELECT row_to_json(j) AS j FROM (a JOIN b ON a.id = b.id) j;
CREATE VIEW v3 AS SELECT j::text AS t FROM (a JOIN b USING (id)) j GROUP BY j;
CREATE FUNCTION body() RETURNS SETOF json BEGIN ATOMIC SELECT to_json(r) FROM ROWS FROM (g(), f()) WITH ORDINALITY r ORDER BY r; END;
