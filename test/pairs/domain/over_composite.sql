-- domains over composites with data
CREATE TYPE c AS (a integer, b text);
CREATE DOMAIN d AS c CHECK ((VALUE).a > 0) NOT NULL;
CREATE DOMAIN dd AS d[] DEFAULT '{}';
CREATE TABLE h (id integer, x d DEFAULT ROW(1, 'x'), y dd, z c CHECK ((z).b <> ''));
INSERT INTO h VALUES (1, ROW(1, 'q'), ARRAY[ROW(2, 'w')::d], ROW(3, 'e'));
-- becomes
CREATE TYPE c AS (a bigint, b text, e boolean);
CREATE DOMAIN d AS c CHECK ((VALUE).a > 0 AND (VALUE).e IS NULL) NOT NULL;
CREATE DOMAIN dd AS d[] DEFAULT '{}';
CREATE TABLE h (id integer, x d DEFAULT ROW(1, 'x', NULL), y dd, z c CHECK ((z).b <> ''));
INSERT INTO h VALUES (1, ROW(1, 'q', NULL), ARRAY[ROW(2, 'w', NULL)::d], ROW(3, 'e', NULL));
