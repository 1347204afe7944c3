-- Views of functions in FROM.
CREATE TABLE t (id int, tags text[], doc jsonb);
CREATE VIEW a AS SELECT t.id, u.tag FROM t, unnest(tags) AS u (tag);
-- becomes
CREATE TABLE t (id int, tags text[], doc jsonb);
CREATE VIEW a AS SELECT t.id, u.tag, u.n FROM t CROSS JOIN LATERAL unnest(tags) WITH ORDINALITY AS u (tag, n);
CREATE VIEW b AS SELECT r.a, r.b FROM t, jsonb_to_record(doc) AS r (a int, b text COLLATE "C");
CREATE VIEW c AS SELECT l.*, s FROM t LEFT JOIN LATERAL (SELECT id * 2 AS dbl, doc -> 'x' AS x) l ON true, generate_series(1, 3) s;
CREATE VIEW d AS SELECT * FROM ROWS FROM (generate_series(1, 2), json_to_recordset('[]') AS (x int, y text)) WITH ORDINALITY z (p, q, r, n);
CREATE VIEW e AS SELECT * FROM json_each('{}') e, pg_catalog.current_setting('x.y', true) c;
