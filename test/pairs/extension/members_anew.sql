CREATE EXTENSION hstore VERSION '1.6';
CREATE EXTENSION pg_stat_statements;
GRANT SELECT ON pg_stat_statements TO regress_reader;
REVOKE SELECT ON pg_stat_statements FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION hstore(text, text) FROM PUBLIC;
-- becomes
CREATE SCHEMA ext;
CREATE EXTENSION hstore VERSION '1.5' SCHEMA ext;
GRANT EXECUTE ON FUNCTION ext.hstore(text, text) TO regress_a;
