-- dumps alike
-- What tells a cycle of a recursive query, printed with casts that the parser
-- does not take there.
CREATE TABLE n (id int, parent int);
-- becomes
CREATE SCHEMA s;
CREATE TYPE s.en AS ENUM ('p', 'q');
CREATE TABLE n (id int, parent int);
CREATE VIEW v1 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO 'y' DEFAULT 'n' USING p SELECT id, c FROM r;
CREATE VIEW v2 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) SEARCH DEPTH FIRST BY id SET o CYCLE id SET c TO s.en 'q' DEFAULT NULL USING p SELECT id, c FROM r ORDER BY o;
CREATE VIEW v3 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO varchar 'it''s' DEFAULT E'a\\b' USING p SELECT id, c FROM r;
CREATE VIEW v4 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO 1 DEFAULT 2.5 USING p SELECT id, c FROM r;
CREATE VIEW v5 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO false DEFAULT true USING p SELECT id, c FROM r;
CREATE VIEW v6 AS WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO B'10' DEFAULT B'01' USING p SELECT id, c FROM r;
CREATE FUNCTION f() RETURNS SETOF date BEGIN ATOMIC WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO date '2020-01-02' DEFAULT 'infinity' USING p SELECT c FROM r; END;
CREATE FUNCTION g() RETURNS SETOF int BEGIN ATOMIC WITH RECURSIVE r AS (SELECT id FROM n UNION SELECT n.id FROM n JOIN r ON n.parent = r.id) CYCLE id SET c TO int '-1' DEFAULT 1 USING p SELECT c FROM r; END;
