-- A table is not written anew while a body or a default has a row of it as a
-- value.
CREATE TABLE item (id int PRIMARY KEY, price int, amount int);
CREATE FUNCTION total(i item) RETURNS int LANGUAGE sql IMMUTABLE RETURN i.price * i.amount;
CREATE FUNCTION by_default(i item DEFAULT '(1,2,3)') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION plain(i item) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW totals AS SELECT id, total(item) AS total, plain(item) FROM item;
CREATE TYPE pair AS (l int, r int);
CREATE FUNCTION swapped(p pair) RETURNS pair LANGUAGE sql RETURN ROW(p.r, p.l)::pair;
CREATE VIEW pairs AS SELECT '(1,2)'::pair AS p;
INSERT INTO item VALUES (1, 2, 3);
-- becomes
CREATE TABLE item (id bigint PRIMARY KEY, price int, amount int, twice int GENERATED ALWAYS AS (amount * 2) STORED, at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION total(i item) RETURNS int LANGUAGE sql IMMUTABLE RETURN i.price * i.amount;
CREATE FUNCTION by_default(i item DEFAULT '(1,2,3,6,2020-01-01)') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION plain(i item) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE VIEW totals AS SELECT id, total(item) AS total, plain(item) FROM item;
CREATE TYPE pair AS (l bigint, r int);
CREATE FUNCTION swapped(p pair) RETURNS pair LANGUAGE sql RETURN ROW(p.r, p.l)::pair;
CREATE VIEW pairs AS SELECT '(1,2)'::pair AS p;
