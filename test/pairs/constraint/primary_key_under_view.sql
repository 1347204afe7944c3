-- A key of another name, and a view that groups by it: there is one primary
-- key at a time.
CREATE TABLE a (id int PRIMARY KEY, code text UNIQUE, x int);
CREATE TABLE b (id int PRIMARY KEY REFERENCES a, code text REFERENCES a (code) ON UPDATE CASCADE);
CREATE TABLE c (id int REFERENCES b ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, self int);
CREATE VIEW v AS SELECT id, code, x FROM a GROUP BY id;
INSERT INTO a VALUES (1, 'x', 1);
-- becomes
CREATE TABLE a (id int, code text, x int NOT NULL, CONSTRAINT a_key PRIMARY KEY (id, code), UNIQUE (id), UNIQUE (code));
CREATE TABLE b (id int UNIQUE REFERENCES a (id), code text REFERENCES a (code) ON UPDATE CASCADE, z uuid PRIMARY KEY, FOREIGN KEY (id, code) REFERENCES a MATCH FULL);
CREATE TABLE c (id int REFERENCES b (id) ON DELETE SET NULL DEFERRABLE, self int PRIMARY KEY REFERENCES c);
CREATE VIEW v AS SELECT id, code, x FROM a GROUP BY id, code;
