-- enums and domains within composites within composites
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE DOMAIN d AS e CHECK (VALUE <> 'c');
CREATE TYPE i AS (e e, d d);
CREATE TYPE o AS (i i, is_ i[]);
CREATE TABLE h (id integer, o o, i i DEFAULT ROW('a', 'b'), CHECK ((i).e <> 'b'));
CREATE INDEX ON h (((o).i));
CREATE MATERIALIZED VIEW m AS SELECT id, ((o).i).e, (o).is_ FROM h;
INSERT INTO h VALUES (1, ROW(ROW('a', 'b'), ARRAY[ROW('b', 'a')::i]), ROW('a', 'a'));
-- becomes
CREATE TYPE e AS ENUM ('b', 'a', 'd');
CREATE DOMAIN d AS e CHECK (VALUE <> 'd');
CREATE TYPE i AS (e e, d d);
CREATE TYPE o AS (i i, is_ i[]);
CREATE TABLE h (id integer, o o, i i DEFAULT ROW('a', 'b'), CHECK ((i).e <> 'b'));
CREATE INDEX ON h (((o).i));
CREATE MATERIALIZED VIEW m AS SELECT id, ((o).i).e, (o).is_ FROM h;
INSERT INTO h VALUES (1, ROW(ROW('a', 'b'), ARRAY[ROW('b', 'a')::i]), ROW('a', 'a'));
