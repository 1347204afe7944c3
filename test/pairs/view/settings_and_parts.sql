-- What hangs on views whose columns change: checks, defaults, triggers, rules.
CREATE TABLE t (id int PRIMARY KEY, x text, secret text);
CREATE VIEW a WITH (security_barrier) AS SELECT id, x FROM t WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW b AS SELECT id, x FROM a WITH CASCADED CHECK OPTION;
ALTER VIEW a ALTER x SET DEFAULT 'new';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER ins INSTEAD OF INSERT ON b FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE up AS ON UPDATE TO a DO INSTEAD UPDATE t SET x = new.x WHERE id = old.id RETURNING id, x;
COMMENT ON VIEW a IS 'a'; COMMENT ON COLUMN a.x IS 'x'; GRANT SELECT (x) ON a TO regress_a; GRANT ALL ON b TO regress_b WITH GRANT OPTION;
-- becomes
CREATE TABLE t (id int PRIMARY KEY, x text, secret text);
CREATE VIEW a WITH (security_invoker = true, security_barrier = false) AS SELECT x AS label, id FROM t WHERE id BETWEEN 0 AND 5 AND x <> '';
CREATE VIEW b WITH (check_option = local) AS SELECT id, label FROM a;
ALTER VIEW a ALTER label SET DEFAULT 'newer';
ALTER VIEW b ALTER id SET DEFAULT -1::int;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER ins INSTEAD OF INSERT OR UPDATE OR DELETE ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE up AS ON UPDATE TO b DO INSTEAD UPDATE t SET x = new.label WHERE id = old.id RETURNING id, x;
COMMENT ON VIEW a IS 'aa'; COMMENT ON COLUMN a.label IS 'x'; GRANT SELECT (label) ON a TO regress_a; GRANT SELECT ON b TO regress_b;
