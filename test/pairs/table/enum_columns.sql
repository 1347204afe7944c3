CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (a text DEFAULT 'ok' NOT NULL, b mood DEFAULT 'sad', c text[], d mood[], e int);
INSERT INTO t VALUES ('ok', 'sad', '{ok}', '{sad}');
CREATE INDEX ON t (b) WHERE b = 'sad';
CREATE VIEW v AS SELECT b FROM t WHERE b = 'ok';
-- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (a mood DEFAULT 'ok' NOT NULL, b text DEFAULT 'sad', c mood[], d text[], e mood);
CREATE INDEX ON t (b) WHERE b = 'sad';
CREATE VIEW v AS SELECT b FROM t WHERE b = 'ok';
