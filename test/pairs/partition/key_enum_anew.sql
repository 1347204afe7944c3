-- loses rows
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE p (m mood, x int) PARTITION BY LIST (m);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('ok');
-- becomes
CREATE TYPE mood AS ENUM ('ok', 'new');
CREATE TABLE p (m mood, x int) PARTITION BY LIST (m);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('ok');
