-- needs 18
CREATE EXTENSION btree_gist;
CREATE TYPE textr AS RANGE (subtype = text);
CREATE DOMAIN span AS int4range CHECK (NOT isempty(VALUE));
CREATE TABLE t (id int, r textr, s span);
INSERT INTO t VALUES (1, '[a,b)', '[1,3)');
-- becomes
CREATE EXTENSION btree_gist;
CREATE TYPE textr AS RANGE (subtype = text);
CREATE DOMAIN span AS int4range CHECK (NOT isempty(VALUE));
CREATE TABLE t (id int, r textr, s span, PRIMARY KEY (id, r WITHOUT OVERLAPS), UNIQUE (id, s WITHOUT OVERLAPS));
