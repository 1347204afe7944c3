CREATE TYPE mood AS ENUM ('ok', 'good');
CREATE TYPE none AS ENUM ();
CREATE TABLE t (m mood DEFAULT 'ok', a mood[]);
INSERT INTO t VALUES ('ok', '{good,ok}'), ('good', NULL);
-- becomes
CREATE TYPE mood AS ENUM ('awful', 'bad', 'ok', 'fine', 'it''s nice', 'good', 'great', 'best');
CREATE TYPE none AS ENUM ('first', 'second');
CREATE TABLE t (m mood DEFAULT 'ok', a mood[]);
