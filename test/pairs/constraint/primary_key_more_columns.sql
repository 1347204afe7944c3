CREATE TABLE t (id integer, code text, PRIMARY KEY (id));
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- becomes
CREATE TABLE t (id integer, code text, PRIMARY KEY (id, code) INCLUDE (code) WITH (fillfactor = 80));
