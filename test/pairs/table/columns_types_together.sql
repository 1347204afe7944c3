-- Columns of one table that get other types together, with what depends on
-- them; keys over several of them.
CREATE TYPE state AS ENUM ('new', 'gone');
CREATE TABLE visit (id int, place int, at timestamp, until timestamp DEFAULT 'epoch', note text, s state,
  PRIMARY KEY (id, place), CHECK (at < until));
CREATE INDEX ON visit (at, until);
CREATE TABLE part_of (visit int, place int, weight int NOT NULL, FOREIGN KEY (visit, place) REFERENCES visit);
CREATE VIEW long_visits AS SELECT id, until - at AS length FROM visit WHERE until - at > '1 day';
CREATE TABLE logged (a int, b int, c int) PARTITION BY LIST (a);
CREATE TABLE logged_1 PARTITION OF logged FOR VALUES IN (1);
CREATE TABLE above (x int, y int);
CREATE TABLE "Below Two" (z int, v int) INHERITS (above);
INSERT INTO visit VALUES (1, 1, '2020-01-01', '2020-02-01', '1', 'new');
INSERT INTO part_of VALUES (1, 1, 5);
INSERT INTO logged VALUES (1, 2, 3);
INSERT INTO "Below Two" VALUES (1, 2, 3, 4);
-- becomes
CREATE TYPE state AS ENUM ('gone', 'new');
CREATE TABLE visit (id bigint, place bigint, at timestamptz, until timestamptz DEFAULT 'epoch', note int, s state,
  PRIMARY KEY (id, place), CHECK (at < until));
CREATE INDEX ON visit (at, until);
CREATE TABLE part_of (visit bigint, place bigint, weight numeric NOT NULL DEFAULT 1, FOREIGN KEY (visit, place) REFERENCES visit);
CREATE VIEW long_visits AS SELECT id, until - at AS length FROM visit WHERE until - at > '1 day';
CREATE TABLE logged (a int, b bigint, c text) PARTITION BY LIST (a);
CREATE TABLE logged_1 PARTITION OF logged FOR VALUES IN (1);
CREATE TABLE above (x bigint, y text);
CREATE TABLE "Below Two" (z bigint, v numeric(10,1)) INHERITS (above);
