-- columns hold rows of tables in arrays, domains, ranges and composite types
CREATE TABLE t1 (a integer);
CREATE TABLE t2 (a integer);
CREATE TABLE t3 (a integer);
CREATE TABLE t4 (a integer);
CREATE TABLE t5 (a integer);
CREATE DOMAIN d2 AS t2;
CREATE TYPE c3 AS (t t3, n integer);
CREATE TYPE r4 AS RANGE (SUBTYPE = t4);
CREATE DOMAIN d5 AS t5[];
CREATE TYPE c5 AS (d d5);
CREATE TABLE holder (id integer, r t1[], d d2, c c3, g r4, m c5[]);
INSERT INTO holder VALUES (1, ARRAY[ROW(1)::t1], ROW(1), ROW(ROW(1), 1),
 r4(ROW(1), ROW(2)),
  ARRAY[ROW(ARRAY[ROW(1)::t5])::c5]);
-- becomes
CREATE TABLE t1 (a bigint);
CREATE TABLE t2 (a bigint);
CREATE TABLE t3 (a bigint);
CREATE TABLE t4 (a bigint);
CREATE TABLE t5 (a bigint);
CREATE DOMAIN d2 AS t2;
CREATE TYPE c3 AS (t t3, n integer);
CREATE TYPE r4 AS RANGE (SUBTYPE = t4);
CREATE DOMAIN d5 AS t5[];
CREATE TYPE c5 AS (d d5);
CREATE TABLE holder (id integer, r t1[], d d2, c c3, g r4, m c5[]);
INSERT INTO holder VALUES (1);
