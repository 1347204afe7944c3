CREATE TABLE t0 (id int);
-- becomes
CREATE TABLE t0 (id int);
CREATE FUNCTION z_last() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION a_first() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT public.z_last()';
CREATE TABLE a (id int DEFAULT a_first(), CHECK (id > a_first()));
CREATE INDEX ON a ((id + a_first()));
CREATE FUNCTION b_atomic() RETURNS bigint BEGIN ATOMIC SELECT count(*) + z_last() FROM a; END;
CREATE FUNCTION over_own(a) RETURNS int LANGUAGE sql AS 'SELECT $1.id';
ALTER TABLE a ADD COLUMN own int DEFAULT b_atomic();
CREATE VIEW v AS SELECT b_atomic() AS n, over_own(a) FROM a;
CREATE FUNCTION of_v(v) RETURNS bigint LANGUAGE sql AS 'SELECT $1.n';
