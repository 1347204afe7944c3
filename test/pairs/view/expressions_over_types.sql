CREATE TABLE t (id int, d jsonb, ts timestamptz, arr int[], s text);
CREATE VIEW v1 AS SELECT id, CASE WHEN s ILIKE 'a%' THEN 1 WHEN s SIMILAR TO 'b' THEN 2 ELSE 0 END AS c, COALESCE(d #>> '{a,b}', 'x') AS x, arr[1:2] AS sl, EXTRACT(epoch FROM ts) AS ep FROM t;
CREATE VIEW v2 AS WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5), o AS MATERIALIZED (SELECT * FROM t) SELECT r.n, o.id FROM r LEFT JOIN o ON o.id = r.n WHERE EXISTS (SELECT 1 FROM t WHERE t.id = r.n) ORDER BY n LIMIT 5 OFFSET 1;
CREATE VIEW v3 AS SELECT s, count(*) FILTER (WHERE id > 0) AS n, array_agg(id ORDER BY ts DESC) AS ids, percentile_cont(0.5) WITHIN GROUP (ORDER BY id) AS p FROM t GROUP BY GROUPING SETS ((s), ()) HAVING count(*) > 1;
CREATE VIEW v4 AS SELECT t.id, x.k, x.v FROM t CROSS JOIN LATERAL jsonb_each(t.d) AS x (k, v) UNION ALL SELECT 1, 'a', '1'::jsonb EXCEPT SELECT id, s, d FROM t;
CREATE VIEW v5 AS SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g (a, b), unnest(ARRAY[1,2]) u;
CREATE VIEW v6 AS SELECT sum(id) OVER w AS w, lag(s, 1, 'x') OVER (w ROWS UNBOUNDED PRECEDING) AS l FROM t WINDOW w AS (PARTITION BY s ORDER BY ts DESC NULLS LAST);
-- becomes
CREATE TABLE t (id bigint, d json, ts timestamp, arr bigint[], s varchar(9));
CREATE VIEW v1 AS SELECT id, CASE WHEN s ILIKE 'a%' THEN 1 WHEN s SIMILAR TO 'b' THEN 2 ELSE 0 END AS c, COALESCE(d #>> '{a,b}', 'x') AS x, arr[1:2] AS sl, EXTRACT(epoch FROM ts) AS ep FROM t;
CREATE VIEW v2 AS WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5), o AS MATERIALIZED (SELECT * FROM t) SELECT r.n, o.id FROM r LEFT JOIN o ON o.id = r.n WHERE EXISTS (SELECT 1 FROM t WHERE t.id = r.n) ORDER BY n LIMIT 5 OFFSET 1;
CREATE VIEW v3 AS SELECT s, count(*) FILTER (WHERE id > 0) AS n, array_agg(id ORDER BY ts DESC) AS ids, percentile_cont(0.5) WITHIN GROUP (ORDER BY id) AS p FROM t GROUP BY GROUPING SETS ((s), ()) HAVING count(*) > 1;
CREATE VIEW v4 AS SELECT t.id, x.k, x.v FROM t CROSS JOIN LATERAL json_each(t.d) AS x (k, v) UNION ALL SELECT 1, 'a', '1'::json;
CREATE VIEW v5 AS SELECT * FROM generate_series(1, 4) WITH ORDINALITY AS g (a, b), unnest(ARRAY[1,2]) u;
CREATE VIEW v6 AS SELECT sum(id) OVER w AS w, lag(s, 1, 'x') OVER (w ROWS UNBOUNDED PRECEDING) AS l FROM t WINDOW w AS (PARTITION BY s ORDER BY ts DESC NULLS LAST);
