-- a domain and the function that its default calls, which returns the domain,
-- are made anew, or only the function
CREATE DOMAIN d AS integer;
CREATE FUNCTION usual() RETURNS d LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION usual_old(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
ALTER DOMAIN d SET DEFAULT usual();
CREATE TABLE t (a d DEFAULT 4, b d);
CREATE DOMAIN e AS integer;
CREATE FUNCTION common(was e) RETURNS e LANGUAGE sql AS 'SELECT 3';
ALTER DOMAIN e SET DEFAULT common(1);
CREATE TABLE u (a e, b e[]);
CREATE FUNCTION plain() RETURNS integer LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION plain_old(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE DOMAIN f AS integer DEFAULT plain();
CREATE TABLE w (a f);
INSERT INTO t VALUES (1, 2);
INSERT INTO u VALUES (1, '{2}');
INSERT INTO w VALUES (1);
-- becomes
CREATE DOMAIN d AS bigint;
CREATE FUNCTION usual() RETURNS d LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION usual_old(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
ALTER DOMAIN d SET DEFAULT usual();
CREATE TABLE t (a d DEFAULT 4, b d);
CREATE DOMAIN e AS integer;
CREATE FUNCTION common(now e) RETURNS e LANGUAGE sql AS 'SELECT 3';
ALTER DOMAIN e SET DEFAULT common(1);
CREATE TABLE u (a e, b e[]);
CREATE FUNCTION plain() RETURNS bigint LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION plain_old(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE DOMAIN f AS bigint DEFAULT plain();
CREATE TABLE w (a f);
INSERT INTO t VALUES (1, 2);
INSERT INTO u VALUES (1, '{2}');
INSERT INTO w VALUES (1);
