CREATE DOMAIN d AS integer;
CREATE DOMAIN e AS integer;
CREATE DOMAIN f AS text;
ALTER DOMAIN f ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID;
CREATE TYPE pair AS (x e, y integer);
CREATE TABLE t (ds d[] DEFAULT '{1}', p pair, fs f[], plain d);
CREATE INDEX t_ds ON t USING gin (ds);
INSERT INTO t VALUES ('{1,2}', ROW(3, 4), '{a,b}', 5), (NULL, NULL, NULL, NULL);
-- becomes
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE DOMAIN e AS integer NOT NULL;
CREATE DOMAIN f AS text;
ALTER DOMAIN f ADD CONSTRAINT c CHECK (VALUE <> '');
CREATE TYPE pair AS (x e, y integer);
CREATE TABLE t (ds d[] DEFAULT '{1}', p pair, fs f[], plain d);
CREATE INDEX t_ds ON t USING gin (ds);
