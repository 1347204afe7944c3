CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS gone ON a, b FROM t;
CREATE STATISTICS changed (ndistinct) ON a, b FROM t;
CREATE STATISTICS target ON a, c FROM t;
CREATE STATISTICS back ON b, c FROM t;
ALTER STATISTICS back SET STATISTICS 7;
-- becomes
CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS changed (dependencies, mcv) ON a, b, c FROM t;
CREATE STATISTICS target ON a, c FROM t;
ALTER STATISTICS target SET STATISTICS 99;
CREATE STATISTICS back ON b, c FROM t;
CREATE STATISTICS s."Other" ON (a + b), lower(c) FROM t;
CREATE STATISTICS s.single ON (a * b) FROM t;
ALTER STATISTICS s.single SET STATISTICS 0;
COMMENT ON STATISTICS changed IS 'more of them';
ALTER STATISTICS changed OWNER TO regress_a;
