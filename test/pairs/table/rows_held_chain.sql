-- columns hold rows that hold rows
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a integer);
CREATE TABLE u (id integer, r t);
CREATE TABLE w (id integer, r u);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1, ROW(1));
INSERT INTO w VALUES (1, ROW(1, ROW(1)));

-- and both tables are altered
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a integer);
CREATE TABLE u (b integer, t t);
ALTER TABLE t ADD u integer;
CREATE TABLE self (a integer);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1, ROW(1, 1));
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a bigint);
CREATE TABLE u (id integer, r t);
CREATE TABLE w (id integer, r u);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1, ROW(1));
INSERT INTO w VALUES (1, ROW(1, ROW(1)));

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a bigint, u integer);
CREATE TABLE u (b bigint, t t);
CREATE TABLE self (a integer);
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1, ROW(1, 1));
