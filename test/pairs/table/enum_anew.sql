CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[], CHECK (m <> 'sad'), g text GENERATED ALWAYS AS (CASE WHEN m = 'ok' THEN 'y' ELSE 'n' END) STORED);
CREATE TABLE c (x int) INHERITS (t);
CREATE TABLE p (id int, m mood DEFAULT 'sad') PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE INDEX ON p (m);
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';
INSERT INTO t VALUES (1, 'ok', '{sad}'); INSERT INTO c (id, x) VALUES (2, 5); INSERT INTO p VALUES (1);
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'sad', 'new');
CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[], CHECK (m <> 'sad'), g text GENERATED ALWAYS AS (CASE WHEN m = 'ok' THEN 'y' ELSE 'n' END) STORED);
CREATE TABLE c (x int) INHERITS (t);
CREATE TABLE p (id int, m mood DEFAULT 'sad') PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE INDEX ON p (m);
CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok';
