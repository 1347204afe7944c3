CREATE TABLE t (id int);
REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO regress_a;
GRANT SELECT ON pg_authid TO regress_a;
-- becomes
CREATE TABLE t (id int);
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO regress_b;
GRANT CREATE ON SCHEMA pg_catalog TO regress_reader;
