CREATE SCHEMA app;
CREATE TYPE app."Odd Name" AS ENUM ('it''s', 'a "b"', 'c\d', 'ä, {}');
CREATE TYPE plain AS ENUM ('x');
CREATE TABLE t (id integer, o app."Odd Name", p plain);
CREATE VIEW v AS SELECT o FROM t;
INSERT INTO t VALUES (1, 'it''s', 'x'), (2, 'c\d', NULL);
-- becomes
CREATE TABLE t (id integer, o text);
CREATE VIEW v AS SELECT o FROM t;
