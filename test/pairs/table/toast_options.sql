-- A table has no place for the options until a column needs one.
CREATE TABLE t (a int);
CREATE TABLE u (a text) WITH (toast.autovacuum_enabled = false);
-- becomes
CREATE TABLE t (a int, b text) WITH (toast.autovacuum_enabled = false, fillfactor = 80);
CREATE TABLE u (a int) WITH (fillfactor = 70);
