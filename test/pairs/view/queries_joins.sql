-- Joins of all kinds over tables whose columns stand otherwise.
CREATE TABLE a (id int, x text); CREATE TABLE b (id int, y text); CREATE TABLE c (id int, z text);
CREATE VIEW v AS SELECT * FROM a NATURAL JOIN b;
CREATE VIEW w AS SELECT a.x, b.y FROM a FULL JOIN b USING (id) CROSS JOIN c;
-- becomes
CREATE TABLE a (x text, id int); CREATE TABLE b (y text, id bigint); CREATE TABLE c (z text, id int);
CREATE VIEW v AS SELECT id, x, y, j.z FROM a NATURAL JOIN b LEFT JOIN c AS j USING (id);
CREATE VIEW w AS SELECT u.id AS uid, a.x, b.y FROM a FULL JOIN b USING (id) AS u RIGHT JOIN (c c1 JOIN c c2 ON c1.id BETWEEN 1 AND c2.id AND c1.z = c2.z) ON a.id = c1.id;
CREATE VIEW u AS SELECT * FROM (SELECT id FROM a) p (k) JOIN LATERAL (SELECT b.y FROM b WHERE b.id = p.k) q ON q.y IS NOT NULL;
