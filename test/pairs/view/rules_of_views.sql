-- Rules of views with several actions.
CREATE TABLE t (id int, x text);
CREATE TABLE log (id int, what text);
CREATE VIEW v AS SELECT * FROM t;
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.*);
CREATE RULE del AS ON DELETE TO v WHERE old.id IN (1, 2) DO ALSO INSERT INTO log VALUES (old.id);
CREATE RULE del2 AS ON DELETE TO v DO INSTEAD NOTHING;
-- becomes
CREATE TABLE t (id int, x text);
CREATE TABLE log (id int, what text);
CREATE VIEW v AS SELECT id, x FROM t;
CREATE RULE ins AS ON INSERT TO v WHERE new.id BETWEEN 1 AND 5 AND new.x <> '' DO INSTEAD (INSERT INTO t (id, x) VALUES (new.id, DEFAULT); INSERT INTO log SELECT new.id, t.x FROM t WHERE t.id = new.id ON CONFLICT DO NOTHING; WITH d AS (SELECT 1 AS n) DELETE FROM log USING d WHERE log.id = d.n);
CREATE RULE ins2 AS ON INSERT TO v DO INSTEAD NOTHING;
CREATE RULE del AS ON DELETE TO v WHERE old.id IN (1, 2) DO ALSO (UPDATE log SET (id, what) = (SELECT t.id, t.x FROM t LIMIT 1) WHERE log.id = old.id);
CREATE RULE del2 AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE id = old.id RETURNING t.*;
