CREATE COLLATION c1 (provider = libc, locale = 'C');
CREATE TABLE t (a text, b text COLLATE c1);
CREATE INDEX i ON t (a COLLATE c1 DESC);
CREATE INDEX j ON t (b);
-- becomes
CREATE COLLATION c1 (provider = libc, locale = 'POSIX');
CREATE TABLE t (a text, b text COLLATE c1);
CREATE INDEX i ON t (a COLLATE c1 DESC);
CREATE INDEX j ON t (b);
