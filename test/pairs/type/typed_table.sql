CREATE TYPE row_type AS (id integer, name text, gone date, kind integer);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY, kind DEFAULT 5);
CREATE INDEX t_name ON t (name);
CREATE VIEW v AS SELECT id, name, kind FROM t;
INSERT INTO t VALUES (1, 'a', '2020-01-01', 3), (2, 'b', NULL, 4);
-- becomes
CREATE TYPE row_type AS (id integer, name varchar, kind bigint, added date);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY, kind DEFAULT 5, added DEFAULT '2020-02-02');
CREATE INDEX t_name ON t (name);
CREATE VIEW v AS SELECT id, name, kind FROM t;
