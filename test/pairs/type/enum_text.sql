CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m text DEFAULT 'ok', n mood DEFAULT 'sad', c varchar(10)[] DEFAULT '{ok}');
INSERT INTO t VALUES (1, 'sad', 'ok', '{sad}'), (2, 'ok', NULL, NULL);
-- becomes
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood DEFAULT 'ok', n text DEFAULT 'sad', c mood[] DEFAULT '{ok}');
