-- Relations that become one of another kind.
-- loses rows
CREATE TABLE t (id int, x text);
CREATE TABLE becomes_view (id int);
CREATE VIEW becomes_table AS SELECT * FROM t;
CREATE MATERIALIZED VIEW becomes_plain AS SELECT * FROM t;
CREATE VIEW becomes_stored AS SELECT id FROM t;
CREATE VIEW over AS SELECT p.id FROM becomes_plain p, becomes_stored s;
-- becomes
CREATE TABLE t (id int, x text);
CREATE VIEW becomes_view AS SELECT id FROM t;
CREATE TABLE becomes_table (id int, x text);
CREATE VIEW becomes_plain AS SELECT * FROM t;
CREATE MATERIALIZED VIEW becomes_stored AS SELECT id FROM t;
CREATE VIEW over AS SELECT p.id FROM becomes_plain p, becomes_stored s;
