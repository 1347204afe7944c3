CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE row_type AS (id integer, m mood);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY, m DEFAULT 'ok');
INSERT INTO t VALUES (1, 'sad'), (2, 'ok');
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TYPE row_type AS (id integer, m mood);
CREATE TABLE t OF row_type (id WITH OPTIONS PRIMARY KEY, m DEFAULT 'ok');
