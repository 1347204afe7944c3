CREATE TYPE a AS ENUM ('x', 'y');
CREATE DOMAIN b AS text CHECK (VALUE IN ('x', 'y'));
CREATE TYPE c;
CREATE TABLE t (a a DEFAULT 'x', b b DEFAULT 'y');
INSERT INTO t VALUES ('x', 'y');
-- becomes
CREATE DOMAIN a AS text CHECK (VALUE IN ('x', 'y'));
CREATE TYPE b AS ENUM ('x', 'y');
CREATE TYPE c AS ENUM ('z');
CREATE TABLE t (a a DEFAULT 'x', b b DEFAULT 'y');
