-- with zishu_migrate.compare_owners = on
-- a sequence that is linked to a table cannot get another owner
CREATE TABLE a (x int);
ALTER TABLE a OWNER TO regress_a;
CREATE TABLE b (x int);
ALTER TABLE b OWNER TO regress_b;
CREATE TABLE c (x int);
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNER TO regress_a;
ALTER SEQUENCE s OWNED BY a.x;
CREATE SEQUENCE r;
ALTER SEQUENCE r OWNER TO regress_a;
ALTER SEQUENCE r OWNED BY a.x;
-- becomes
CREATE TABLE a (x int);
ALTER TABLE a OWNER TO regress_a;
CREATE TABLE b (x int);
ALTER TABLE b OWNER TO regress_b;
CREATE TABLE c (x int);
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNER TO regress_b;
ALTER SEQUENCE s OWNED BY b.x;
CREATE SEQUENCE r;
ALTER SEQUENCE r OWNER TO regress_b;
