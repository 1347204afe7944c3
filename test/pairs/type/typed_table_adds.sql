-- What a table says of an attribute that its type gets.
CREATE TYPE row_type AS (id integer, name text);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY);
CREATE TABLE u OF row_type (name DEFAULT 'x' NOT NULL);
-- becomes
CREATE TYPE row_type AS (id integer, name text, note text, size bigint);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY, note NOT NULL, size DEFAULT 5 NOT NULL CHECK (size > 0));
ALTER TABLE t ALTER note SET STORAGE EXTERNAL, ALTER size SET STATISTICS 50, ALTER size SET (n_distinct = 7);
CREATE TABLE u OF row_type (name DEFAULT 'x' NOT NULL);
