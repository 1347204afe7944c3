-- loses rows
CREATE TABLE base (a int, b text);
CREATE TABLE t (a int, b text);
CREATE VIEW w AS SELECT a FROM t;
-- becomes
CREATE TABLE base (a int, b text);
CREATE VIEW t AS SELECT * FROM base;
CREATE VIEW w AS SELECT a FROM t;
