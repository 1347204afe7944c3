-- with zishu_migrate.compare_owners = on
-- a sequence is linked to a table when that has its new owner, too
CREATE TABLE a (x int, w int);
ALTER TABLE a OWNER TO regress_a;
CREATE TABLE b (x int, w int);
ALTER TABLE b OWNER TO regress_a;
CREATE SEQUENCE s;
CREATE SEQUENCE r;
ALTER SEQUENCE r OWNER TO regress_a;
ALTER SEQUENCE r OWNED BY a.x;
CREATE SEQUENCE q;
ALTER SEQUENCE q OWNER TO regress_a;
ALTER SEQUENCE q OWNED BY a.x;
-- becomes
CREATE TABLE a (x int, w int);
ALTER TABLE a OWNER TO regress_b;
CREATE TABLE b (x int, w int, n int);
ALTER TABLE b OWNER TO regress_b;
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNER TO regress_b;
ALTER SEQUENCE s OWNED BY a.x;
CREATE SEQUENCE r;
ALTER SEQUENCE r OWNER TO regress_b;
ALTER SEQUENCE r OWNED BY b.x;
GRANT USAGE ON SEQUENCE r TO regress_a;
CREATE SEQUENCE q;
ALTER SEQUENCE q OWNER TO regress_b;
ALTER SEQUENCE q OWNED BY b.n;
GRANT SELECT ON SEQUENCE q TO regress_reader;
CREATE SEQUENCE newly;
ALTER SEQUENCE newly OWNER TO regress_b;
ALTER SEQUENCE newly OWNED BY a.w;
