-- Rows of functions as a whole, whose columns the query has given names.
CREATE TABLE a (id int, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE VIEW same1 AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (p, q, n);
CREATE VIEW same2 AS SELECT u::text AS r, u.k FROM ROWS FROM (f(), generate_series(1, 2)) u (p, q, k);
CREATE VIEW same3 AS SELECT row_to_json(u) AS r FROM f() u (p, q);
CREATE VIEW changed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (p, q, n);
CREATE VIEW renamed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u;
-- becomes
CREATE TABLE a (x text, id int);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE VIEW same1 AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (q, p, n);
CREATE VIEW same2 AS SELECT u::text AS r, u.k FROM ROWS FROM (f(), generate_series(1, 2)) u (q, p, k);
CREATE VIEW same3 AS SELECT row_to_json(u) AS r FROM f() u (p, q);
CREATE VIEW changed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (p, q, n);
CREATE VIEW renamed AS SELECT row_to_json(u) AS r FROM f() WITH ORDINALITY u (x, p, n);
