-- one way
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE t (id integer, m text);
INSERT INTO t VALUES (1, 'ok'), (2, 'late');
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'late');
CREATE TABLE t (id integer, m mood);
