-- Columns of other tables hold rows of the one that gets a column with a
-- default.
CREATE TABLE place (x int, y text);
CREATE TABLE path (id int, first_one place, rest place[]);
CREATE VIEW firsts AS SELECT (first_one).x FROM path;
INSERT INTO place VALUES (1, 'a');
INSERT INTO path VALUES (1, '(1,a)', '{"(2,b)"}');
-- becomes
CREATE TABLE place (x int, y text, z int NOT NULL DEFAULT 4);
CREATE TABLE path (id int, first_one place, rest place[]);
CREATE VIEW firsts AS SELECT (first_one).x FROM path;
