-- columns hold rows of tables that get columns which cannot be added unless the
-- table is written anew
CREATE SCHEMA s1;
SET search_path = s1;
CREATE DOMAIN d AS integer DEFAULT 3;
CREATE DOMAIN nn AS integer DEFAULT 3 CHECK (VALUE > 1);
CREATE TABLE g (a integer);
CREATE TABLE i (a integer);
CREATE TABLE dd (a integer);
CREATE TABLE v (a integer);
CREATE TABLE c (a integer);
CREATE TABLE s (a integer);
CREATE TABLE holder (id integer, g g, i i, dd dd, v v, c c, s s);
INSERT INTO g VALUES (1);
INSERT INTO i VALUES (1);
INSERT INTO dd VALUES (1);
INSERT INTO v VALUES (1);
INSERT INTO c VALUES (1);
INSERT INTO s VALUES (1);
INSERT INTO holder VALUES (1, ROW(1), ROW(1), ROW(1), ROW(1), ROW(1), ROW(1));

-- a column that is made anew
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a integer, b text, c integer);
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1, 'x', 2));
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE DOMAIN d AS integer DEFAULT 3;
CREATE DOMAIN nn AS integer DEFAULT 3 CHECK (VALUE > 1);
CREATE TABLE g (a integer, x integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE i (a integer, x integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE dd (a integer, x d, y nn);
CREATE TABLE v (a integer, x timestamptz DEFAULT clock_timestamp());
CREATE TABLE c (a integer, x integer DEFAULT 5);
CREATE TABLE s (a integer, x serial);
CREATE TABLE holder (id integer, g g, i i, dd dd, v v, c c, s s);
INSERT INTO g VALUES (1);
INSERT INTO i VALUES (1);
INSERT INTO dd VALUES (1);
INSERT INTO v VALUES (1);
INSERT INTO c VALUES (1);
INSERT INTO s VALUES (1);
INSERT INTO holder (id) VALUES (1);

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a integer, b text COLLATE "C",
  c integer GENERATED ALWAYS AS (a) STORED);
CREATE TABLE h (id integer, r t);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
