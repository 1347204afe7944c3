-- Materialized views over each other, with indexes and statistics, while types change.
CREATE TABLE t (id int PRIMARY KEY, g int, x varchar(10));
CREATE MATERIALIZED VIEW a AS SELECT g, count(*) AS n FROM t GROUP BY g;
CREATE UNIQUE INDEX a_g ON a (g);
CREATE MATERIALIZED VIEW b WITH (fillfactor = 70) AS SELECT sum(n) AS s FROM a;
CREATE VIEW c AS SELECT * FROM b;
CREATE INDEX b_s ON b (s) WHERE s IN (1, 2);
CREATE STATISTICS st ON g, n FROM a;
COMMENT ON INDEX a_g IS 'i'; GRANT SELECT ON b TO regress_reader;
-- becomes
CREATE TABLE t (id bigint PRIMARY KEY, g bigint, x varchar(20));
CREATE MATERIALIZED VIEW a AS SELECT g, count(*) AS n, max(x) AS x FROM t WHERE x IN ('a', 'b') OR g BETWEEN 1 AND 2 GROUP BY g;
CREATE UNIQUE INDEX a_g ON a (g) INCLUDE (n);
CREATE INDEX a_x ON a ((x IN ('a', 'b')), lower(x) DESC);
CREATE MATERIALIZED VIEW b WITH (autovacuum_enabled = false, fillfactor = 80) AS SELECT sum(n) AS s FROM a WITH NO DATA;
CREATE VIEW c AS SELECT s, s + 1 AS more FROM b;
CREATE STATISTICS st (ndistinct) ON g, n, x FROM a;
COMMENT ON INDEX a_g IS 'j'; GRANT SELECT ON b TO regress_reader;
CLUSTER a USING a_g;
ALTER MATERIALIZED VIEW a ALTER x SET STATISTICS 50;
