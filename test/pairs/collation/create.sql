CREATE TABLE t (a text);
-- becomes
CREATE TABLE t (a text);
CREATE SCHEMA app;
CREATE COLLATION german (provider = icu, locale = 'de-DE');
CREATE COLLATION app."Ignore Case" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE COLLATION mixed (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
COMMENT ON COLLATION german IS 'phone book';
COMMENT ON COLLATION app."Ignore Case" IS 'it''s both';
ALTER COLLATION plain OWNER TO regress_a;
