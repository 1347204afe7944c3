CREATE TABLE t (a integer, b integer, c integer, CONSTRAINT u UNIQUE (a, b), CONSTRAINT k CHECK (a > b), CONSTRAINT pk PRIMARY KEY (a, c));
CREATE INDEX i ON t (a, b);
CREATE INDEX w ON t (a) WHERE b > 0;
CREATE STATISTICS s ON a, b FROM t;
CREATE TABLE r (a integer, b integer, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES t (a, b));
INSERT INTO t VALUES (2, 1, 3);
INSERT INTO r VALUES (2, 1);
-- becomes
CREATE TABLE t (a integer, c integer, d integer, CONSTRAINT u UNIQUE (a), CONSTRAINT k CHECK (a > 0), CONSTRAINT pk PRIMARY KEY (c));
CREATE INDEX i ON t (a, d);
CREATE INDEX w ON t (a) WHERE d > 0;
CREATE STATISTICS s ON a, c FROM t;
CREATE TABLE r (a integer, CONSTRAINT f FOREIGN KEY (a) REFERENCES t (a));
