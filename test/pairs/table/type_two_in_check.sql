CREATE TABLE t (a int, b int, CHECK (a < b), EXCLUDE USING btree (a WITH =), UNIQUE (a, b));
CREATE INDEX ON t ((a = b));
INSERT INTO t VALUES (1, 2);
-- becomes
CREATE TABLE t (a text, b text, CHECK (a < b), EXCLUDE USING btree (a WITH =), UNIQUE (a, b));
CREATE INDEX ON t ((a = b));
