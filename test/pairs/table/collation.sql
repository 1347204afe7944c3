CREATE TABLE t (a text, b varchar(10) COLLATE "C" DEFAULT 'x');
CREATE INDEX ON t (a);
CREATE VIEW v AS SELECT a FROM t;
INSERT INTO t VALUES ('a', 'b');
-- becomes
CREATE TABLE t (a text COLLATE "C", b varchar(10) DEFAULT 'x');
CREATE INDEX ON t (a);
CREATE VIEW v AS SELECT a FROM t;
