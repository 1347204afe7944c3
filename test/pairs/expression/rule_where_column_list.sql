-- The condition of a rule says nothing of where columns stand.
CREATE TABLE a (id int, owner name, n int);
CREATE TABLE t (a_id int, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE RULE same AS ON UPDATE TO t WHERE EXISTS (SELECT FROM a u (i, o) WHERE i = old.a_id AND o = new.x) DO INSTEAD NOTHING;
CREATE RULE changed AS ON INSERT TO t WHERE new.a_id IN (SELECT i FROM a u (i, o)) DO ALSO INSERT INTO a (id) SELECT i FROM a u (i, o);
CREATE RULE rows AS ON DELETE TO t WHERE old.a_id = (SELECT g.id FROM f() g WHERE owner = old.x) DO ALSO (DELETE FROM a u WHERE u.id = old.a_id; UPDATE a SET n = 1 WHERE id IN (SELECT i FROM a u (i, o)));
-- becomes
CREATE TABLE a (n int, owner name, id int);
CREATE TABLE t (x text, a_id int);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE RULE same AS ON UPDATE TO t WHERE EXISTS (SELECT FROM a u (n, o, i) WHERE i = old.a_id AND o = new.x) DO INSTEAD NOTHING;
CREATE RULE changed AS ON INSERT TO t WHERE new.a_id IN (SELECT i FROM a u (k, o, i) WHERE k BETWEEN 1 AND 2 AND o = 'x') DO ALSO INSERT INTO a (id) SELECT i FROM a u (k, o, i);
CREATE RULE rows AS ON DELETE TO t WHERE old.a_id = (SELECT g.id FROM f() g WHERE owner = old.x) DO ALSO (DELETE FROM a u WHERE u.id = old.a_id; UPDATE a SET n = 1 WHERE id IN (SELECT i FROM a u (k, o, i)));
CREATE RULE new AS ON UPDATE TO a WHERE EXISTS (SELECT FROM t u (a, b) WHERE b = new.id) DO ALSO SELECT j.b FROM (t JOIN a u ON (a_id = id)) j (a, b);
