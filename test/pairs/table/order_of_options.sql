-- Options in another order are no difference.
CREATE TABLE t (a int, b int, opts text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE INDEX i ON t USING gin ((ARRAY[a])) WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE VIEW v WITH (security_barrier = true, check_option = local) AS SELECT a FROM t;
CREATE FOREIGN DATA WRAPPER w OPTIONS (b '1', a '2');
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (y '1', x '2');
CREATE FOREIGN TABLE ft (a int OPTIONS (q '1', p '2')) SERVER s OPTIONS (n '1', m '2');
CREATE USER MAPPING FOR regress_a SERVER s OPTIONS (u '1', t '2');
-- becomes
CREATE TABLE t (a int, b int, opts text) WITH (toast.autovacuum_enabled = false, autovacuum_enabled = false, fillfactor = 70);
CREATE INDEX i ON t USING gin ((ARRAY[a])) WITH (gin_pending_list_limit = 128, fastupdate = off);
CREATE VIEW v WITH (check_option = local, security_barrier = true) AS SELECT a FROM t;
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '2', b '1');
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (x '2', y '1');
CREATE FOREIGN TABLE ft (a int OPTIONS (p '2', q '1')) SERVER s OPTIONS (m '2', n '1');
CREATE USER MAPPING FOR regress_a SERVER s OPTIONS (t '2', u '1');
