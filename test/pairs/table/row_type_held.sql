-- A table is gone through while columns elsewhere hold rows of it: in arrays,
-- domains, composite types and rows of other tables, inherited and partitioned.
-- What uses these columns has to be out of the way, too.
CREATE TABLE place (x int, y text);
CREATE TABLE spot (z int) INHERITS (place);
CREATE FUNCTION nowhere() RETURNS place LANGUAGE sql AS 'SELECT NULL::place';
CREATE FUNCTION is_right(place) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1.x > 0';
CREATE DOMAIN known_place AS place CHECK (is_right(VALUE));
CREATE TYPE leg AS (start place, finish known_place);
CREATE TABLE path (id int, first_one place DEFAULT nowhere(), rest place[] DEFAULT '{}',
  CHECK (is_right(first_one)), n int GENERATED ALWAYS AS ((first_one).x + 1) STORED);
CREATE INDEX path_first ON path (first_one) WHERE is_right(first_one);
CREATE VIEW firsts AS SELECT id, (first_one).y FROM path;
CREATE MATERIALIZED VIEW first_rows AS SELECT first_one FROM path;
CREATE POLICY p ON path USING ((first_one).x > 1);
CREATE TRIGGER t BEFORE UPDATE OF first_one ON path FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TABLE path_below () INHERITS (path);
CREATE TABLE tour (id int, legs leg[], paths path[]) PARTITION BY LIST (id);
CREATE TABLE tour_1 PARTITION OF tour FOR VALUES IN (1);
CREATE TABLE spots (s spot);
INSERT INTO place VALUES (1, 'a');
INSERT INTO path (id, first_one) VALUES (1, '(1,a)');
INSERT INTO path_below (id, first_one) VALUES (2, '(2,b)');
INSERT INTO tour VALUES (1, ARRAY[ROW('(1,a)', '(2,b)')::leg]);
INSERT INTO spots VALUES ('(1,a,3)');
-- becomes
CREATE TABLE place (x bigint, y text, w int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE spot (z int) INHERITS (place);
CREATE FUNCTION nowhere() RETURNS place LANGUAGE sql AS 'SELECT NULL::place';
CREATE FUNCTION is_right(place) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1.x > 0';
CREATE DOMAIN known_place AS place CHECK (is_right(VALUE));
CREATE TYPE leg AS (start place, finish known_place);
CREATE TABLE path (id int, first_one place DEFAULT nowhere(), rest place[] DEFAULT '{}',
  CHECK (is_right(first_one)), n bigint GENERATED ALWAYS AS ((first_one).x + 1) STORED);
CREATE INDEX path_first ON path (first_one) WHERE is_right(first_one);
CREATE VIEW firsts AS SELECT id, (first_one).y FROM path;
CREATE MATERIALIZED VIEW first_rows AS SELECT first_one FROM path;
CREATE POLICY p ON path USING ((first_one).x > 1);
CREATE TRIGGER t BEFORE UPDATE OF first_one ON path FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TABLE path_below () INHERITS (path);
CREATE TABLE tour (id int, legs leg[], paths path[]) PARTITION BY LIST (id);
CREATE TABLE tour_1 PARTITION OF tour FOR VALUES IN (1);
CREATE TABLE spots (s spot);
