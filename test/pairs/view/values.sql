-- The server prints some lists of rows with a blank more once it has read what
-- it printed.
CREATE VIEW one (p, q) AS VALUES (1, 2), (3, 4);
CREATE VIEW three AS SELECT x.a, '(VALUES (1))' AS text FROM (VALUES (1, 2), (3, 4)) x (a, b);
-- becomes
CREATE VIEW one (p, q, r) AS VALUES (1, 2, ARRAY['a', 'b']::varchar[]::text[]), (5, 6, NULL);
CREATE VIEW two (p) AS WITH w (z) AS (VALUES (1)) SELECT z FROM w WHERE z IN (VALUES (1), (2));
CREATE VIEW three AS SELECT x.a, '(VALUES (1))' AS text FROM (VALUES (1, 2), (3, 4)) x (a, b);
CREATE MATERIALIZED VIEW four (p) AS VALUES (1) UNION VALUES (2);
