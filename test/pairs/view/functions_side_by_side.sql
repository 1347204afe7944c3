-- Functions side by side of which columns have one name, in types whose
-- columns stand in another order, were dropped, or are called otherwise.
CREATE TABLE a (id int, x text, z int, gone int);
CREATE TABLE b (id int, y text, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE FUNCTION g(n int = 1) RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
CREATE FUNCTION one() RETURNS b LANGUAGE sql AS 'SELECT * FROM b LIMIT 1';
CREATE FUNCTION outs(OUT id int, OUT q text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''''';
CREATE VIEW same1 AS SELECT x.z, x.y FROM ROWS FROM (f(), g()) x;
CREATE VIEW same2 AS SELECT u.i1, u.i2, u.y, n + 1 AS n FROM ROWS FROM (f(), g()) WITH ORDINALITY u (i1, x1, z, d, i2, y, x2, n) WHERE u.x1 > u.x2;
CREATE VIEW same3 AS SELECT b.id, u.i1, u.q FROM b LEFT JOIN ROWS FROM (one(), outs(), g(b.id)) u (i1, y1, x1, i2, q, i3, y, x) ON u.i3 = b.id AND b.y = u.x JOIN a USING (id);
CREATE VIEW same4 AS SELECT count(*), u.i2 FROM ROWS FROM (f(), json_to_recordset('[{}]') AS (id int, k text)) u (i1, x, z, g, i2, k) GROUP BY u.i2, u.k ORDER BY max(u.i2) OVER (PARTITION BY u.k);
CREATE VIEW same5 AS SELECT row_to_json(u) AS r, u.i1 FROM ROWS FROM (f(), outs()) u (i1, x, z, g, i2, q);
CREATE VIEW same6 AS SELECT (SELECT sum(a.z + u.i2) FROM a WHERE a.id = u.i1) AS s, w.n FROM ROWS FROM (f(), g()) u (i1, x1, z, d, i2), LATERAL ROWS FROM (g(u.i2), generate_series(1, u.i1)) w (a, b, c, n);
CREATE VIEW gone AS SELECT u.i1 FROM ROWS FROM (f(), g()) u (i1, x1, z, d, i2);
CREATE VIEW changed AS SELECT u.i1 FROM ROWS FROM (f(), g()) u (i1, x1, z, d, i2);
CREATE FUNCTION body() RETURNS SETOF int BEGIN ATOMIC SELECT u.i2 FROM ROWS FROM (f(), g()) u (i1, x1, z, d, i2); END;
CREATE POLICY p ON a USING (EXISTS (SELECT FROM ROWS FROM (g(), g(2)) u (i, y, z, k) WHERE u.k = a.id));
CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO b (id) SELECT k FROM ROWS FROM (g(), g(new.id)) u (i, y, z, k);
ALTER TABLE a DROP gone;
-- becomes
CREATE TABLE a (z int, x text, id int);
CREATE TABLE b (x text, id int, y text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE FUNCTION g(n int = 1) RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
CREATE FUNCTION one() RETURNS b LANGUAGE sql AS 'SELECT * FROM b LIMIT 1';
CREATE FUNCTION outs(OUT id int, OUT q text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''''';
CREATE VIEW same1 AS SELECT x.z, x.y FROM ROWS FROM (f(), g()) x;
CREATE VIEW same2 AS SELECT u.i1, u.i2, u.y, n + 1 AS n FROM ROWS FROM (f(), g()) WITH ORDINALITY u (z, x1, i1, x2, i2, y, n) WHERE u.x1 > u.x2;
CREATE VIEW same3 AS SELECT b.id, u.i1, u.q FROM b LEFT JOIN ROWS FROM (one(), outs(), g(b.id)) u (x1, i1, y1, i2, q, x, i3, y) ON u.i3 = b.id AND b.y = u.x JOIN a USING (id);
CREATE VIEW same4 AS SELECT count(*), u.i2 FROM ROWS FROM (f(), json_to_recordset('[{}]') AS (id int, k text)) u (z, x, i1, i2, k) GROUP BY u.i2, u.k ORDER BY max(u.i2) OVER (PARTITION BY u.k);
CREATE VIEW same5 AS SELECT row_to_json(u) AS r, u.i1 FROM ROWS FROM (f(), outs()) u (z, x, i1, i2, q);
CREATE VIEW same6 AS SELECT (SELECT sum(a.z + u.i2) FROM a WHERE a.id = u.i1) AS s, w.n FROM ROWS FROM (f(), g()) u (z, x1, i1, d, i2), LATERAL ROWS FROM (g(u.i2), generate_series(1, u.i1)) w (a, b, c, n);
CREATE VIEW changed AS SELECT u.i2 FROM ROWS FROM (f(), g()) u (z, x1, i1, d, i2);
CREATE VIEW new AS SELECT u.i1, row_to_json(w) AS w FROM ROWS FROM (f(), g()) u (z, x1, i1, d, i2) JOIN (ROWS FROM (g(), f()) w JOIN b ON b.id = w.z) ON true;
CREATE FUNCTION body() RETURNS SETOF int BEGIN ATOMIC SELECT u.i2 FROM ROWS FROM (f(), g()) u (z, x1, i1, d, i2); END;
CREATE POLICY p ON a USING (EXISTS (SELECT FROM ROWS FROM (g(), g(2)) u (z, i, y, zk, k) WHERE u.k = a.id));
CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO b (id) SELECT k FROM ROWS FROM (g(), g(new.id)) u (z, i, y, zk, k);
