-- needs 17
CREATE COLLATION a (provider = builtin, locale = 'C.UTF-8');
CREATE COLLATION b (provider = builtin, locale = 'C');
CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < g');
CREATE TABLE t (x text COLLATE a, y text COLLATE c, z text COLLATE pg_c_utf8);
CREATE INDEX ty ON t (y COLLATE b);
INSERT INTO t VALUES ('a', 'b', 'c');
-- becomes
CREATE COLLATION a (provider = builtin, locale = 'C');
CREATE COLLATION b (provider = libc, locale = 'C');
CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < h');
CREATE COLLATION d (provider = builtin, locale = 'C.UTF-8');
COMMENT ON COLLATION d IS 'd';
CREATE TABLE t (x text COLLATE a, y text COLLATE c, z text COLLATE d);
CREATE INDEX ty ON t (y COLLATE b);
