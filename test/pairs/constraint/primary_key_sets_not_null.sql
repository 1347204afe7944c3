CREATE TABLE t (id integer, code text);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- becomes
CREATE TABLE t (id integer PRIMARY KEY, code text);
