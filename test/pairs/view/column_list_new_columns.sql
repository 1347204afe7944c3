CREATE TABLE t (id int, x text, gone int);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT id, x FROM f();
CREATE VIEW w AS SELECT p, q FROM t a (p, q);
CREATE TABLE u (id int, x text);
CREATE VIEW y AS SELECT p, q FROM u a (p, q);
-- becomes
CREATE TABLE t (id int, between int, x text, n int);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT id, x FROM f() WHERE n > 1;
CREATE VIEW w AS SELECT p, q, r FROM t a (p, o, q, r);
CREATE TABLE u (id int, x text, n int);
CREATE VIEW y AS SELECT p, q, r FROM u a (p, q, r);
CREATE VIEW z AS SELECT q FROM u a (p, q);
