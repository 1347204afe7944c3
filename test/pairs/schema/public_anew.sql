CREATE TABLE t (id int);
-- becomes
DROP SCHEMA public;
CREATE SCHEMA public;
CREATE TABLE t (id int);
