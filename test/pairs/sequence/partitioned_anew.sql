-- The sequences of a table that is made anew go on behind the rows that its
-- partitions bring along.
CREATE TABLE p (id serial, n int NOT NULL GENERATED ALWAYS AS IDENTITY, a int, UNIQUE (id, a)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
INSERT INTO p (a) VALUES (1), (1), (2);
-- becomes
CREATE TABLE p (id serial, n int NOT NULL GENERATED ALWAYS AS IDENTITY, a int, UNIQUE (id, a)) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (2) TO (3);
