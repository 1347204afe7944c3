-- dumps alike
-- What is made from the row of a function tells the names that the query gives.
CREATE TABLE a (id int, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE VIEW renamed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u;
CREATE VIEW swapped AS SELECT row_to_json(u) AS r FROM ROWS FROM (f(), generate_series(1, 2)) u (p, q, n);
-- becomes
CREATE TABLE a (id int, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE VIEW renamed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (p, x, n);
CREATE VIEW swapped AS SELECT row_to_json(u) AS r FROM ROWS FROM (f(), generate_series(1, 2)) u (q, p, n);
