-- loses rows
CREATE TABLE t (a int);
-- becomes
CREATE TABLE t (a int, b text NOT NULL);
