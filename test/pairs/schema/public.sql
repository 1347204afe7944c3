CREATE TABLE t (id int);
INSERT INTO t VALUES (1);
-- becomes
DROP SCHEMA public;
CREATE SCHEMA app;
CREATE TABLE app.t (id int);
