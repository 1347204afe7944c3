-- dumps alike
-- a sequence numbers the rows of a table that gets it as its own, whatever
-- column it has left
CREATE SEQUENCE numbers;
CREATE TABLE was_owner (a integer NOT NULL DEFAULT nextval('numbers'), note text);
ALTER SEQUENCE numbers OWNED BY was_owner.a;
CREATE TABLE goes (a integer DEFAULT nextval('numbers'));
CREATE TABLE stays (note text);
CREATE TABLE pair (a serial, b serial);
CREATE TABLE other (x integer);
INSERT INTO was_owner (note) VALUES ('x'), ('y');
INSERT INTO stays VALUES ('one'), ('two');
INSERT INTO pair DEFAULT VALUES;
INSERT INTO other VALUES (1), (2);
-- becomes
CREATE SEQUENCE numbers INCREMENT BY 10;
CREATE TABLE was_owner (note text);
CREATE TABLE stays (note text, id integer NOT NULL DEFAULT nextval('numbers') UNIQUE);
ALTER SEQUENCE numbers OWNED BY stays.id;
CREATE SEQUENCE pair_a_seq AS integer;
CREATE SEQUENCE pair_b_seq;
CREATE TABLE pair (
  a integer NOT NULL DEFAULT nextval('pair_b_seq'),
  b integer NOT NULL DEFAULT nextval('pair_a_seq'));
CREATE TABLE other (
  x integer,
  y integer NOT NULL DEFAULT nextval('pair_b_seq'),
  z bigint NOT NULL DEFAULT nextval('pair_a_seq') + nextval('pair_b_seq'));
ALTER SEQUENCE pair_b_seq OWNED BY other.y;
ALTER SEQUENCE pair_a_seq OWNED BY pair.b;
INSERT INTO was_owner (note) VALUES ('x'), ('y');
INSERT INTO stays VALUES ('one'), ('two');
INSERT INTO pair DEFAULT VALUES;
INSERT INTO other VALUES (1), (2);
