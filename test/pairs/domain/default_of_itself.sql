-- The function that a domain's default calls returns the domain.
CREATE TABLE t (a int);
-- becomes
CREATE DOMAIN d AS int;
CREATE FUNCTION usual() RETURNS d LANGUAGE sql AS 'SELECT 3::d';
ALTER DOMAIN d SET DEFAULT usual();
CREATE TABLE t (a d DEFAULT 4, b d);
