CREATE TABLE t (id int PRIMARY KEY, note text);
INSERT INTO t VALUES (1, 'a');
-- becomes
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
COMMENT ON EXTENSION hstore IS 'pairs';
CREATE TABLE t (id int PRIMARY KEY, note text, more ext.hstore,
                token uuid DEFAULT uuid_generate_v4());
CREATE INDEX t_more ON t USING gist (more);
INSERT INTO t VALUES (1, 'a');
