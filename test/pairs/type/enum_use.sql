CREATE TYPE mood AS ENUM ('ok', 'good');
CREATE TABLE t (m mood DEFAULT 'ok', n mood);
INSERT INTO t VALUES ('ok', 'good');
-- becomes
CREATE TYPE mood AS ENUM ('bad', 'ok', 'good', 'best');
CREATE TABLE t (m mood DEFAULT 'bad', n mood, CHECK (n <> 'best'));
CREATE INDEX t_bad ON t (n) WHERE m = 'bad';
CREATE TABLE u (a mood[] DEFAULT '{bad,ok}');
