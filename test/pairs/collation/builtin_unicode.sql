-- needs 18
CREATE COLLATION a (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE t (x text COLLATE a, y text COLLATE pg_unicode_fast);
CREATE VIEW v AS SELECT casefold(x) AS x FROM t;
-- becomes
CREATE COLLATION a (provider = builtin, locale = 'PG_UNICODE_FAST');
CREATE TABLE t (x text COLLATE a, y text COLLATE a);
CREATE VIEW v AS SELECT casefold(x) AS x FROM t;
