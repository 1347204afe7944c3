-- Columns that are compared with each other get another type, and something else each; a key of a table
-- that comes before waits for some of them.
CREATE TYPE grade AS ENUM ('low', 'mid', 'high');
CREATE TABLE "1 early" (lo grade, hi grade);
CREATE TABLE range_of (id int, lo grade, hi grade, all_of grade[], CHECK (lo <= hi), CHECK (lo = ANY (all_of)), UNIQUE (lo, hi));
ALTER TABLE "1 early" ADD FOREIGN KEY (lo, hi) REFERENCES range_of (lo, hi);
CREATE INDEX same ON range_of ((lo = hi));
CREATE INDEX part ON range_of (id) WHERE lo < hi;
CREATE STATISTICS st ON (lo = hi), (lo < hi) FROM range_of;
CREATE TABLE num (a int, b int, c int, CHECK (a < b AND b < c));
CREATE COLLATION nearest (locale = 'C');
CREATE TABLE words (a text COLLATE nearest, b text COLLATE nearest, c text COLLATE nearest, CHECK (a < b), CHECK (b <> c));
CREATE INDEX ON words ((a || b));
CREATE TABLE child (own grade, CHECK (lo < own)) INHERITS (range_of);
CREATE INDEX ON child ((lo = own)) WHERE hi > own;
INSERT INTO words VALUES ('a', 'b', 'c');
INSERT INTO child VALUES (2, 'low', 'high', '{low}', 'high');
INSERT INTO range_of VALUES (1, 'low', 'high', '{low,high}');
INSERT INTO "1 early" VALUES ('low', 'high');
INSERT INTO num VALUES (1, 2, 3);
-- becomes
CREATE TYPE grade AS ENUM ('low', 'high');
CREATE TABLE "1 early" (lo grade, hi grade);
CREATE TABLE range_of (id bigint, lo grade NOT NULL DEFAULT 'low', hi grade NOT NULL DEFAULT 'high', all_of grade[] DEFAULT '{}', CHECK (lo <= hi), CHECK (lo = ANY (all_of)), UNIQUE (lo, hi));
ALTER TABLE "1 early" ADD FOREIGN KEY (lo, hi) REFERENCES range_of (lo, hi);
CREATE INDEX same ON range_of ((lo = hi));
CREATE INDEX part ON range_of (id) WHERE lo < hi;
CREATE STATISTICS st ON (lo = hi), (lo < hi) FROM range_of;
COMMENT ON COLUMN range_of.lo IS 'from';
COMMENT ON COLUMN range_of.hi IS 'to';
ALTER TABLE range_of ALTER lo SET STATISTICS 5, ALTER lo SET (n_distinct = 2);
GRANT SELECT (lo) ON range_of TO regress_a;
CREATE TABLE num (a bigint NOT NULL, b bigint NOT NULL, c bigint NOT NULL, CHECK (a < b AND b < c));
CREATE COLLATION nearest (locale = 'C');
CREATE COLLATION farther (locale = 'POSIX');
CREATE TABLE words (a text COLLATE farther NOT NULL, b text COLLATE farther, c varchar(20) COLLATE farther NOT NULL, CHECK (a < b), CHECK (b <> c));
CREATE INDEX ON words ((a || b));
CREATE TABLE child (own grade NOT NULL, CHECK (lo < own)) INHERITS (range_of);
CREATE INDEX ON child ((lo = own)) WHERE hi > own;
