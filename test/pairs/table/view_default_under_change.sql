CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER a SET DEFAULT 5;
GRANT INSERT (a) ON v TO regress_a;
COMMENT ON COLUMN v.a IS 'the a';
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE VIEW v AS SELECT b, a FROM t;
ALTER VIEW v ALTER a SET DEFAULT 5;
GRANT INSERT (a) ON v TO regress_a;
COMMENT ON COLUMN v.a IS 'the a';
