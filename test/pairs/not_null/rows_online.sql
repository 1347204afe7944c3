-- with zishu_migrate.diff_online = on
-- Columns of rows become not null; a row some of whose fields are null is not null.
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE other (a integer, b text);
CREATE DOMAIN some_pair AS pair;
CREATE TABLE t (p pair, o other, d some_pair, l pair[], n integer);
INSERT INTO t VALUES (ROW(1, NULL), ROW(NULL, 'x'), ROW(NULL, 'y'), '{}', 1);
-- becomes
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE other (a integer, b text);
CREATE DOMAIN some_pair AS pair;
CREATE TABLE t (p pair NOT NULL, o other NOT NULL, d some_pair NOT NULL, l pair[] NOT NULL, n integer NOT NULL);
