-- with zishu_migrate.compare_owners = on
CREATE SCHEMA s AUTHORIZATION pg_database_owner;
CREATE TABLE s.t (a int);
ALTER TABLE s.t OWNER TO pg_database_owner;
GRANT SELECT ON s.t TO regress_a;
-- becomes
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
GRANT SELECT ON s.t TO pg_database_owner;
ALTER SCHEMA public OWNER TO regress_a;
