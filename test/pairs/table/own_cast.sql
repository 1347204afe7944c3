CREATE TYPE cents AS (n bigint);
CREATE FUNCTION to_cents(int) RETURNS cents IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1 * 100)::cents';
CREATE CAST (int AS cents) WITH FUNCTION to_cents(int);
CREATE TABLE t (a int);
INSERT INTO t VALUES (5);
-- becomes
CREATE TYPE cents AS (n bigint);
CREATE FUNCTION to_cents(int) RETURNS cents IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1 * 100)::cents';
CREATE CAST (int AS cents) WITH FUNCTION to_cents(int);
CREATE FUNCTION of_cents(cents) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.n / 100';
CREATE CAST (cents AS int) WITH FUNCTION of_cents(cents) AS ASSIGNMENT;
CREATE TABLE t (a cents);
