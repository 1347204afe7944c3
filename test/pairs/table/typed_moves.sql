CREATE TYPE one AS (a int, b text);
CREATE TYPE two AS (a int, c text);
CREATE TABLE t OF one;
CREATE TABLE u OF one;
CREATE TABLE w (a int, d text);
INSERT INTO t VALUES (1, 'x');
-- becomes
CREATE TYPE one AS (a int, b text);
CREATE TYPE two AS (a int, c text);
CREATE TABLE t OF two;
CREATE TABLE u (a bigint, b text, e int);
CREATE TABLE w OF two;
