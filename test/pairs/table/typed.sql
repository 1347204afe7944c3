CREATE TYPE ct AS (a int, b text);
CREATE TABLE t OF ct;
CREATE TABLE u (a int, b text);
CREATE TABLE x OF ct (a WITH OPTIONS DEFAULT 5 NOT NULL, PRIMARY KEY (a));
INSERT INTO x VALUES (1, 'x');
-- becomes
CREATE TYPE ct AS (a int, b text);
CREATE TABLE t (a int, b text);
CREATE TABLE u OF ct;
CREATE TABLE x OF ct (a WITH OPTIONS NOT NULL, b WITH OPTIONS DEFAULT 'q' CHECK (b <> ''), PRIMARY KEY (a));
