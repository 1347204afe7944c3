CREATE TABLE t (a int, b int PRIMARY KEY, c serial, d int GENERATED ALWAYS AS IDENTITY, e text UNIQUE, f int CHECK (f > 0), g int);
CREATE INDEX ON t (a, g);
CREATE VIEW v AS SELECT a, g FROM t;
CREATE TABLE r (x int REFERENCES t (b));
INSERT INTO t (a, b) VALUES (1, 1);
-- becomes
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE TABLE r (x int);
