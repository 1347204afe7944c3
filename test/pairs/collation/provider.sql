CREATE COLLATION c (provider = libc, locale = 'C');
CREATE TABLE t (a text COLLATE c UNIQUE);
INSERT INTO t VALUES ('a'), ('b');
-- becomes
CREATE COLLATION c (provider = icu, locale = 'und');
CREATE TABLE t (a text COLLATE c UNIQUE);
