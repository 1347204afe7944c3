-- The server prints a table with its own name as one that it was given, to put
-- a list behind it: made from that text, the view is the same.
SELECT 1;
-- becomes
CREATE TABLE a (id int, x text);
CREATE TABLE b (id int, y text);
CREATE TABLE c (id int, w text, z text);
CREATE VIEW v AS SELECT a.x, b.y, c.z FROM a JOIN b USING (id) LEFT JOIN c ON c.w = a.x;
CREATE VIEW w AS SELECT k.one, k.three FROM (a JOIN b USING (id)) k (one, two, three);
CREATE VIEW named AS SELECT a.id, a.x, c.z FROM a a JOIN b bb USING (id) LEFT JOIN c c ON c.w = a.x;
CREATE MATERIALIZED VIEW m AS SELECT b.id, c.id AS other FROM a FULL JOIN b USING (id) LEFT JOIN c ON c.w = a.x;
