-- Views over views with columns of other names.
CREATE TABLE t (id int, a text, b text);
CREATE VIEW v1 AS SELECT id, a FROM t;
CREATE VIEW v2 (k, l) AS SELECT * FROM v1;
CREATE VIEW v3 AS SELECT k AS id, l AS a FROM v2 WHERE EXISTS (SELECT FROM v1 WHERE v1.id = v2.k);
-- becomes
CREATE TABLE t (id int, a text, b text);
CREATE VIEW v1 AS SELECT id, a, b FROM t;
CREATE VIEW v2 (k, m, l) AS SELECT id, b, a FROM v1;
CREATE VIEW v3 AS SELECT k AS id, l AS a FROM v2 WHERE EXISTS (SELECT FROM v1 WHERE v1.id = v2.k);
CREATE VIEW v4 AS SELECT v2, v3.* FROM v2 NATURAL JOIN v3;
