-- needs 17
-- Names that a query gives the columns of JSON_TABLE and XMLTABLE.
CREATE TABLE t (id int, j jsonb, x xml);
CREATE TABLE log (id int);
CREATE VIEW v AS SELECT q.k, q.n FROM t, JSON_TABLE(j, '$.a[*]' COLUMNS (a int, o FOR ORDINALITY, b text PATH '$.c', NESTED PATH '$.d' COLUMNS (e int))) q (k, n, l, m);
-- becomes
CREATE TABLE t (x xml, j jsonb, id int);
CREATE TABLE log (id int);
CREATE VIEW v AS SELECT q.k, q.n, q.m FROM t, JSON_TABLE(j, '$.a[*]' COLUMNS (a int, o FOR ORDINALITY, b text PATH '$.c', NESTED PATH '$.d' COLUMNS (e int))) q (k, n, l, m);
CREATE VIEW w AS SELECT q.k FROM t, JSON_TABLE(j, '$.a[*]' COLUMNS (a int, ex bool EXISTS, q jsonb WITH WRAPPER)) q (k, l, m) WHERE l;
CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log SELECT q.k FROM JSON_TABLE(old.j, '$[*]' COLUMNS (a int)) q (k);
CREATE POLICY p ON t USING (EXISTS (SELECT FROM JSON_TABLE(j, '$[*]' COLUMNS (a int)) q (k) WHERE q.k = id));
CREATE FUNCTION f(j jsonb) RETURNS SETOF int BEGIN ATOMIC SELECT q.k FROM JSON_TABLE(j, '$[*]' COLUMNS (a int)) q (k); END;
