CREATE TABLE t (a integer, b text, CONSTRAINT u UNIQUE (a));
CREATE UNIQUE INDEX v ON t (b);
CREATE TABLE r (a integer REFERENCES t (a), b text REFERENCES t (b));
-- becomes
CREATE TABLE t (a integer, b text, CONSTRAINT v UNIQUE (b));
CREATE UNIQUE INDEX u ON t (a);
CREATE TABLE r (a integer REFERENCES t (a), b text REFERENCES t (b));
