CREATE TABLE t (id int, x text);
CREATE TABLE b (id int, y text);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION one(n int) RETURNS SETOF int BEGIN ATOMIC SELECT id FROM f() WHERE id > n; END;
-- becomes
CREATE TABLE t (x text, id int);
CREATE TABLE b (y text, id int);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION one(n int) RETURNS SETOF int BEGIN ATOMIC SELECT id FROM f() WHERE id < n; END;
CREATE FUNCTION two(n int, "a b" text) RETURNS text STABLE RETURN (SELECT max(p) || "a b" FROM t u (p, q) WHERE q > n);
CREATE PROCEDURE three(n int) BEGIN ATOMIC
  INSERT INTO b (id, y) SELECT j.q, j.p FROM (t JOIN b USING (id)) j (q, p) WHERE j.q > n;
  UPDATE b SET y = u.p FROM t u (p, q) WHERE u.q = b.id;
  DELETE FROM b USING f() g (r, s) WHERE g.s = b.id AND b.id = three.n;
END;
CREATE FUNCTION five(n int, m text) RETURNS text RETURN n || (SELECT max(f.x || five.m || five.n::text) FROM f() WHERE id = $1) || (SELECT string_agg(s.x, ',') FROM (SELECT g.x, n + 1 AS n FROM f() g UNION ALL SELECT 'a'::text AS x, 2 AS n) s);
CREATE FUNCTION six(n int) RETURNS int BEGIN ATOMIC
  INSERT INTO b (id, y) SELECT n + 1, 'a' || '
 ' FROM f() WHERE id > n RETURNING id + 1;
  WITH w AS (SELECT id FROM f() WHERE id IN (SELECT b.id FROM b WHERE b.id > n)) SELECT id + six.n FROM w UNION SELECT 1 + n FROM f() ORDER BY 1;
END;
CREATE FUNCTION r(t) RETURNS int RETURN ($1).id + (SELECT max(id) FROM f() WHERE f.x = ($1).x);
CREATE FUNCTION nr(a t, b numeric) RETURNS int RETURN (a).id + (SELECT max(id) FROM f() WHERE f.x = (a).x AND id > abs(b));
