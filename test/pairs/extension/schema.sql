CREATE SCHEMA one;
CREATE EXTENSION hstore SCHEMA one;
CREATE EXTENSION citext SCHEMA one;
CREATE TABLE t (id int, h one.hstore DEFAULT '', c one.citext);
CREATE INDEX t_h ON t USING gin (h);
CREATE VIEW v AS SELECT id, h OPERATOR(one.->) 'a'::text AS a FROM t;
CREATE FUNCTION f(one.hstore) RETURNS one.hstore LANGUAGE sql AS 'SELECT $1';
INSERT INTO t VALUES (1, 'a=>1', 'X');
-- becomes
CREATE SCHEMA two;
CREATE EXTENSION hstore SCHEMA two;
CREATE EXTENSION citext SCHEMA public;
CREATE TABLE t (id int, h two.hstore DEFAULT '', c citext);
CREATE INDEX t_h ON t USING gin (h);
CREATE VIEW v AS SELECT id, h OPERATOR(two.->) 'a'::text AS a FROM t;
CREATE FUNCTION f(two.hstore) RETURNS two.hstore LANGUAGE sql AS 'SELECT $1';
