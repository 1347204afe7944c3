CREATE TABLE t (id int);
CREATE VIEW a WITH (security_barrier, check_option = local) AS SELECT id FROM t;
CREATE VIEW b WITH (check_option = local) AS SELECT id FROM t;
CREATE VIEW c AS SELECT id FROM t;
CREATE VIEW d WITH (security_barrier = false) AS SELECT id FROM t;
-- becomes
CREATE TABLE t (id int);
CREATE VIEW a WITH (security_invoker) AS SELECT id FROM t;
CREATE VIEW b WITH (check_option = cascaded, security_barrier) AS SELECT id FROM t;
CREATE VIEW c WITH (security_invoker = true) AS SELECT id FROM t;
CREATE VIEW d AS SELECT id FROM t;
