CREATE TABLE t (id int);
GRANT SELECT ON t TO regress_a;
GRANT SELECT (id) ON t TO regress_a;
CREATE VIEW v AS SELECT id FROM t;
ALTER VIEW v OWNER TO regress_a;
GRANT SELECT ON v TO regress_b;
-- becomes
CREATE TABLE t (id int);
ALTER TABLE t OWNER TO regress_a;
GRANT SELECT ON t TO regress_b;
CREATE VIEW v AS SELECT id, 1 AS one FROM t;
ALTER VIEW v OWNER TO regress_b;
GRANT SELECT ON v TO regress_a WITH GRANT OPTION;
