CREATE TABLE a (x text, id int);
CREATE TABLE b (y text, id int);
CREATE TABLE c (z text, id int);
-- becomes
CREATE TABLE a (id int, x text);
CREATE TABLE b (id int, y text);
CREATE TABLE c (id int, z text);
CREATE VIEW v AS SELECT x, y FROM (a JOIN b ON a.id = b.id) j (id, x, id2, y) WHERE id2 > 1;
CREATE VIEW n AS SELECT j.* FROM (a JOIN b USING (id)) j;
CREATE VIEW u AS SELECT k.id, a.x FROM a JOIN b USING (id) AS k;
CREATE VIEW w AS SELECT k.* FROM ((a JOIN b USING (id)) JOIN c USING (id)) k (one, two, three, four);
CREATE VIEW l AS SELECT j.n, s.w FROM (a FULL JOIN b USING (id)) j (n, p), LATERAL (SELECT max(q) || j.p AS w FROM c AS c2 (r, q) WHERE r = j.n) s;
CREATE VIEW o AS SELECT row_to_json(j) FROM (a JOIN b USING (id)) j (one);
