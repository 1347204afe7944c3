CREATE TABLE t (id int, "we""ird" text);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT id, "we""ird" FROM f();
CREATE TYPE ct AS (p int, q text);
CREATE FUNCTION g() RETURNS SETOF ct LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
CREATE VIEW w AS SELECT g.*, h.ordinality FROM g() JOIN g() WITH ORDINALITY h USING (p);
-- becomes
CREATE TABLE t ("we""ird" text, id int);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT id, "we""ird" FROM f() WHERE id > 1;
CREATE VIEW v2 AS SELECT a, max(b), n FROM f() WITH ORDINALITY f2 (b, a, n) GROUP BY a, n;
CREATE TYPE ct AS (p int, q text);
CREATE FUNCTION g() RETURNS SETOF ct LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
CREATE VIEW w AS SELECT g.*, h.ordinality FROM g() JOIN g() WITH ORDINALITY h USING (p) WHERE g.p > 1;
CREATE VIEW defined AS SELECT * FROM json_to_recordset('[]') AS r (a int, b text), (VALUES (1, 2)) s (c, d);
