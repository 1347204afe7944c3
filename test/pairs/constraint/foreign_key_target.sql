-- A foreign key goes over to another key of the same columns; the one that it
-- had must be gone by then, though a view waits to let go of that.
CREATE TABLE item (id int NOT NULL, lot int NOT NULL, note text,
  PRIMARY KEY (id));
CREATE TABLE sale (item int REFERENCES item);
CREATE VIEW notes AS SELECT id, note, count(*) FROM item GROUP BY id;
INSERT INTO item VALUES (1, 1, 'a');
INSERT INTO sale VALUES (1);
-- becomes
CREATE TABLE item (id int NOT NULL UNIQUE, lot int NOT NULL, note text,
  PRIMARY KEY (lot, id));
CREATE TABLE sale (item int REFERENCES item (id) ON DELETE CASCADE);
CREATE VIEW notes AS SELECT id, note, count(*) FROM item GROUP BY id, note;
INSERT INTO item VALUES (1, 1, 'a');
INSERT INTO sale VALUES (1);
