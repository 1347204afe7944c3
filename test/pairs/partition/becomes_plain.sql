-- loses rows
CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
INSERT INTO p VALUES (1, 'x');
-- becomes
CREATE TABLE p (id int PRIMARY KEY, v text);
CREATE TABLE p1 (id int NOT NULL, v text);
