-- A table is not written anew while an expression anywhere may have a row of it
-- within a value of another type.
CREATE TABLE one (a int, b int);
INSERT INTO one VALUES (1, 2);
CREATE TABLE item (id int, price int, amount int);
INSERT INTO item VALUES (1, 2, 3);
CREATE TYPE boxed AS (label text, content item);
CREATE TYPE packed AS (box boxed);
CREATE DOMAIN items AS item[];
CREATE FUNCTION price_in(b boxed) RETURNS int LANGUAGE sql IMMUTABLE RETURN ((b).content).price;
CREATE FUNCTION deeper(p packed) RETURNS text LANGUAGE sql IMMUTABLE RETURN ((p).box).label;
CREATE FUNCTION first(i items) RETURNS int LANGUAGE sql IMMUTABLE RETURN (i)[1].price;
CREATE FUNCTION by_text(b boxed) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE prices (of_none int DEFAULT first('{}'), label text DEFAULT (('(x,)'::boxed).label),
  CONSTRAINT labelled CHECK (label <> (('(y,)'::boxed).label)));
CREATE INDEX by_label ON prices ((label || (('(z,)'::boxed).label)));
CREATE TABLE plain (id int);
CREATE INDEX by_price ON plain ((id + (('(1,2)'::one).a)));
INSERT INTO prices DEFAULT VALUES;
CREATE VIEW shown AS SELECT deeper(ROW(ROW('x', NULL)::boxed)::packed) AS d, price_in(NULL) AS p;
CREATE TYPE inner_pair AS (l int, r int);
CREATE TYPE outer_pair AS (p inner_pair);
CREATE FUNCTION left_of(o outer_pair) RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;
CREATE TABLE later (id int);
INSERT INTO later VALUES (1);
-- becomes
CREATE TABLE one (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED);
INSERT INTO one VALUES (1, 2);
CREATE TABLE item (id int, price int, amount numeric, twice numeric GENERATED ALWAYS AS (amount * 2) STORED);
INSERT INTO item VALUES (1, 2, 3);
CREATE TYPE boxed AS (label text, content item);
CREATE TYPE packed AS (box boxed);
CREATE DOMAIN items AS item[];
CREATE FUNCTION price_in(b boxed) RETURNS int LANGUAGE sql IMMUTABLE RETURN ((b).content).price;
CREATE FUNCTION deeper(p packed) RETURNS text LANGUAGE sql IMMUTABLE RETURN ((p).box).label;
CREATE FUNCTION first(i items) RETURNS int LANGUAGE sql IMMUTABLE RETURN (i)[1].price;
CREATE FUNCTION by_text(b boxed) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE prices (of_none int DEFAULT first('{}'), label text DEFAULT (('(x,)'::boxed).label),
  CONSTRAINT labelled CHECK (label <> (('(y,)'::boxed).label)));
CREATE INDEX by_label ON prices ((label || (('(z,)'::boxed).label)));
CREATE TABLE plain (id int);
CREATE INDEX by_price ON plain ((id + (('(1,2,)'::one).a)));
INSERT INTO prices DEFAULT VALUES;
CREATE VIEW shown AS SELECT deeper(ROW(ROW('x', NULL)::boxed)::packed) AS d, price_in(NULL) AS p;
CREATE TYPE inner_pair AS (l bigint, r int);
CREATE TYPE outer_pair AS (p inner_pair);
CREATE FUNCTION left_of(o outer_pair) RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;
CREATE TABLE later (id bigint);
INSERT INTO later VALUES (1);
CREATE TYPE boxed_later AS (content later);
CREATE FUNCTION a_later(b boxed_later) RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;
CREATE TABLE a_later (x boxed_later, y int DEFAULT a_later(NULL));
