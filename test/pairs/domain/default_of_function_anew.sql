-- dumps alike
-- the function that a domain's default calls is made anew, and the domain stays
CREATE FUNCTION usual() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3';
CREATE FUNCTION most() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 9';
CREATE SEQUENCE numbers;
CREATE DOMAIN amount AS integer DEFAULT usual() CHECK (VALUE <= most());
CREATE DOMAIN number AS integer DEFAULT nextval('numbers') NOT NULL;
CREATE DOMAIN other AS amount DEFAULT usual() + most();
CREATE FUNCTION first() RETURNS amount LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN own AS amount DEFAULT first();
CREATE TABLE t (a amount, b number, c other DEFAULT 5, d own[], e amount DEFAULT first(), CHECK (a < 100));
CREATE VIEW v AS SELECT a, c FROM t;
INSERT INTO t DEFAULT VALUES;
-- becomes
CREATE FUNCTION usual() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 3';
CREATE FUNCTION most() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 9';
CREATE SEQUENCE numbers AS smallint;
CREATE DOMAIN amount AS integer DEFAULT usual() CHECK (VALUE <= most());
CREATE DOMAIN number AS integer DEFAULT nextval('numbers');
CREATE DOMAIN other AS amount DEFAULT most() - usual();
CREATE FUNCTION first(OUT given amount) LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN own AS amount DEFAULT first();
CREATE TABLE t (a amount, b number, c other DEFAULT 5, d own[], e amount DEFAULT first(), CHECK (a < 100));
CREATE VIEW v AS SELECT a, c FROM t;
INSERT INTO t DEFAULT VALUES;
