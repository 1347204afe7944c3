CREATE TABLE t (a integer, b integer PRIMARY KEY, c integer UNIQUE);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a);
ALTER INDEX j DEPENDS ON EXTENSION plpgsql;
ALTER INDEX t_c_key DEPENDS ON EXTENSION plpgsql;
-- becomes
CREATE TABLE t (a integer, b integer PRIMARY KEY, c integer UNIQUE);
CREATE INDEX i ON t (a);
ALTER INDEX i DEPENDS ON EXTENSION plpgsql;
ALTER INDEX t_pkey DEPENDS ON EXTENSION plpgsql;
CREATE INDEX j ON t (a);
