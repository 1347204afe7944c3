-- Views of recursive queries, windows and grouping sets.
CREATE TABLE t (id int PRIMARY KEY, parent int, x text, n numeric, ts timestamptz);
CREATE VIEW tree AS WITH RECURSIVE r (id, depth, path) AS (SELECT id, 0, ARRAY[id] FROM t WHERE parent IS NULL UNION ALL SELECT t.id, r.depth + 1, r.path || t.id FROM t JOIN r ON t.parent = r.id) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET is_cycle USING cp SELECT id, depth, is_cycle, path FROM r ORDER BY ord;
CREATE VIEW win AS SELECT id, sum(n) OVER w AS s, rank() OVER (w ORDER BY ts DESC NULLS LAST) FROM t WINDOW w AS (PARTITION BY parent);
-- becomes
CREATE TABLE t (id int PRIMARY KEY, parent int, x text, n numeric, ts timestamptz);
CREATE VIEW tree AS WITH RECURSIVE r AS NOT MATERIALIZED (SELECT id, 0 AS depth FROM t WHERE parent IS NULL UNION SELECT t.id, r.depth + 1 FROM t JOIN r ON t.parent = r.id) SELECT * FROM r;
CREATE VIEW win AS SELECT id, sum(n) OVER w AS s, first_value(x) OVER (PARTITION BY parent ORDER BY ts ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) AS f, last_value(x) OVER (ORDER BY ts RANGE BETWEEN '1 day'::interval PRECEDING AND CURRENT ROW) AS l, nth_value(x, 2) OVER (ORDER BY id GROUPS 2 PRECEDING) FROM t WINDOW w AS (PARTITION BY parent, x ORDER BY id);
CREATE VIEW sets AS SELECT parent, x, GROUPING(parent, x) AS g, sum(n), count(DISTINCT x), array_agg(x ORDER BY id DESC), percentile_cont(0.5) WITHIN GROUP (ORDER BY n) FROM t GROUP BY GROUPING SETS ((parent, x), ROLLUP (parent), CUBE (x, parent), ()) HAVING sum(n) BETWEEN 1 AND 5 AND count(*) > 1;
