-- loses rows
CREATE TYPE pair AS (a int, b text);
CREATE TYPE other AS (x int, b text, a int);
CREATE TABLE turned (b varchar(3), x int, a smallint);
CREATE TABLE between (a int);
CREATE TABLE added (x int, a int);
CREATE TABLE from_type OF pair;
CREATE VIEW seen AS SELECT a, b FROM turned;
INSERT INTO turned VALUES ('x', 1, 2);
-- becomes
CREATE TYPE pair AS (a int, b text);
CREATE TYPE other AS (x int, b text, a int);
CREATE TABLE turned OF pair;
CREATE TABLE between OF pair;
CREATE TABLE added OF other;
CREATE TABLE from_type OF other;
CREATE VIEW seen AS SELECT a, b FROM turned;
