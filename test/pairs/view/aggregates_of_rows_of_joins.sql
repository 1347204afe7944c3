-- until 17
-- Aggregates of the row of a join as a whole, which PostgreSQL 18 prints as a row
-- of tables that the join hides.
CREATE TABLE a (id int, x text);
CREATE TABLE b (id int, y text);
CREATE VIEW g8 AS SELECT j.id, max(j::text) AS m FROM (a JOIN b USING (id)) AS j GROUP BY j.id, j;
CREATE VIEW g9 AS SELECT count(DISTINCT j) FROM (a JOIN b USING (id)) AS j;
-- becomes
CREATE TABLE a (x text, id int);
CREATE TABLE b (y text, id int);
CREATE VIEW g8 AS SELECT j.id, max(j::text) AS m FROM (a JOIN b USING (id)) AS j GROUP BY j.id, j;
CREATE VIEW g9 AS SELECT count(DISTINCT j) FROM (a JOIN b USING (id)) AS j;
CREATE VIEW ng8 AS SELECT j.id, max(j::text) AS m FROM (a JOIN b USING (id)) AS j GROUP BY j.id, j;
CREATE VIEW ng9 AS SELECT count(DISTINCT j) FROM (a JOIN b USING (id)) AS j;
