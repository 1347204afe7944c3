-- columns hold rows, and cease to, or hold others
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a integer);
CREATE TABLE h (id integer, r t, x text, s t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1), '1', ROW(1));

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a integer, x text);
CREATE TABLE h (r t, id integer);
CREATE TABLE h2 (r t[]);
CREATE TABLE u (r integer);
CREATE TABLE v (id integer);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (ROW(1, 2), 1);
INSERT INTO v VALUES (1);
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a bigint);
CREATE TABLE h (id integer, r text NOT NULL, x integer, y t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1), 1);

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE u (r bigint, c integer DEFAULT 3);
CREATE TABLE t (a bigint, x u, y integer DEFAULT 4);
CREATE TABLE h (r text, id integer);
CREATE TABLE v (id integer, r t[]);
INSERT INTO t VALUES (1);
INSERT INTO h (id) VALUES (1);
INSERT INTO v VALUES (1);
