-- of two partitioned tables that refer to each other one goes, and partitions of
-- the other one get other bounds
-- one way
CREATE TABLE a (x integer PRIMARY KEY, y integer) PARTITION BY LIST (x);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);
CREATE TABLE b (x integer PRIMARY KEY, y integer) PARTITION BY LIST (x);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN (1);
ALTER TABLE a ADD FOREIGN KEY (y) REFERENCES b;
ALTER TABLE b ADD FOREIGN KEY (y) REFERENCES a;
INSERT INTO a VALUES (1, NULL);
INSERT INTO b VALUES (1, 1);
UPDATE a SET y = 1;
-- becomes
CREATE TABLE a (x integer PRIMARY KEY, y integer) PARTITION BY LIST (x);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1, 2);
INSERT INTO a VALUES (1, 1);
