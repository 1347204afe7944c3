CREATE TABLE a (x text, id int, z text);
CREATE TABLE b (y text, id int);
CREATE VIEW v AS SELECT p, q FROM a t (p, q) WHERE p > 'x';
-- becomes
CREATE TABLE a (id int, x text, z text);
CREATE TABLE b (id int, y text);
CREATE VIEW v AS SELECT q AS p, p AS q FROM a t (p, q) WHERE q > 'y';
CREATE VIEW w AS WITH c (a1, a2) AS (SELECT * FROM a t (k, l)) SELECT c.a1, (SELECT max(l) FROM b u (m, l) WHERE m = a1) FROM c;
CREATE VIEW r AS SELECT t AS r, row_to_json(t) AS j FROM a t (p, q);
CREATE MATERIALIZED VIEW m AS SELECT k + 1 AS n FROM b AS b2 (k, l) WHERE l <> '';
CREATE VIEW s AS SELECT 1 AS n UNION ALL SELECT k FROM a t (k, l);
ALTER VIEW s RENAME n TO o;
