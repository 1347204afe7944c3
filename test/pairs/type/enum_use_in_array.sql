CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE t (id integer, m mood[]);
INSERT INTO t VALUES (1, '{ok}');
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'fine', 'late');
CREATE TABLE t (id integer, m mood[], CHECK (m <> '{ok,late}'));
