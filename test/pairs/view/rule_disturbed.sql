CREATE TABLE t (id int, n int);
CREATE TABLE log (id int, what text);
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.id, 'ins');
COMMENT ON RULE r1 ON t IS 'logs';
ALTER TABLE t DISABLE RULE r1;
INSERT INTO t VALUES (1, 2);
INSERT INTO log VALUES (1, 'x');
-- becomes
CREATE TABLE t (id bigint, n int);
CREATE TABLE log (id bigint, what text);
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.id, 'ins');
COMMENT ON RULE r1 ON t IS 'logs';
ALTER TABLE t DISABLE RULE r1;
