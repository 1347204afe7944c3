CREATE TABLE a (id int, x int);
CREATE TABLE b (id int, y int);
CREATE TABLE c (z text, id int, w int);
CREATE TABLE s (x text, id smallint);
CREATE TABLE l (y text, id bigint);
CREATE VIEW v AS SELECT a.x, y, z FROM a FULL JOIN b USING (id) LEFT JOIN c ON c.w = x;
-- becomes
CREATE TABLE a (id int, x int);
CREATE TABLE b (id int, y int);
CREATE TABLE c (id int, z text, w int, n int);
CREATE TABLE s (id smallint, x text);
CREATE TABLE l (id bigint, y text);
CREATE VIEW v AS SELECT a.x, y, z FROM a FULL JOIN b USING (id) LEFT JOIN c ON c.w = x;
CREATE VIEW w AS SELECT j.id, x, y, z, c.id AS other FROM a FULL JOIN b USING (id) AS j LEFT JOIN c ON c.w = x WHERE j.id > 1;
CREATE VIEW casts AS SELECT j.id, s.x, y, c.z FROM s LEFT JOIN l USING (id) AS j JOIN c ON c.id = s.id;
CREATE MATERIALIZED VIEW three AS SELECT j.id, x FROM a t1 FULL JOIN b t2 USING (id) FULL JOIN c t3 USING (id) AS j JOIN c t4 ON t4.w = t1.x;
CREATE VIEW groups AS SELECT j.id, count(*) FROM s NATURAL FULL JOIN (SELECT * FROM l) l2 JOIN c ON c.w = 1 JOIN (s s2 FULL JOIN l l3 USING (id)) j ON true GROUP BY j.id ORDER BY j.id;
