CREATE COLLATION c (provider = icu, locale = 'de-DE');
CREATE DOMAIN name_text AS text COLLATE c;
CREATE TYPE pair AS (l text COLLATE c, r integer);
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE c DEFAULT 'x', n name_text, p pair);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_lower ON t (lower(a)) WHERE a > 'b';
CREATE VIEW v AS SELECT a, a < 'm' AS early FROM t;
INSERT INTO t VALUES (1, 'a', 'n', ROW('x', 1)), (2, 'b', 'm', ROW('y', 2));
-- becomes
CREATE COLLATION c (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN name_text AS text COLLATE c;
CREATE TYPE pair AS (l text COLLATE c, r integer);
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE c DEFAULT 'x', n name_text, p pair);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_lower ON t (lower(a)) WHERE a > 'b';
CREATE VIEW v AS SELECT a, a < 'm' AS early FROM t;
INSERT INTO t VALUES (1, 'a', 'n', ROW('x', 1)), (2, 'b', 'm', ROW('y', 2));
