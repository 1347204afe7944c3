CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a);
CREATE INDEX e ON t ((b + 1));
-- becomes
CREATE TABLE t (c text);
CREATE INDEX i ON t (c);
