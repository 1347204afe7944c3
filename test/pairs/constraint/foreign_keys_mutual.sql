CREATE TABLE a (id integer PRIMARY KEY, b integer, parent integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer);
INSERT INTO b VALUES (1, 1);
INSERT INTO a VALUES (1, 1, 1);
-- becomes
CREATE TABLE a (id integer PRIMARY KEY, b integer, parent integer REFERENCES a);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
