-- An index of rows keeps its table's type as it is: no other one can be built
-- beside it first.
-- with zishu_migrate.diff_online = on
CREATE TABLE part (number int, weight int);
CREATE TABLE store (id int PRIMARY KEY, n int, w int);
INSERT INTO store SELECT i, i, i FROM generate_series(1, 3) i;
CREATE FUNCTION heavy(part) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.weight > 10';
CREATE INDEX heavy_stored ON store (heavy(ROW(n, w)::part));
CREATE UNIQUE INDEX light_stored ON store (id) WHERE NOT heavy(ROW(n, w)::part);
CREATE INDEX stored_n ON store (n);
-- becomes
CREATE TABLE part (number bigint, weight int);
CREATE TABLE store (id int PRIMARY KEY, n int, w int);
CREATE FUNCTION heavy(part) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.weight > 10';
CREATE INDEX heavy_stored ON store (heavy(ROW(n, w)::part));
CREATE UNIQUE INDEX light_stored ON store (id) WHERE NOT heavy(ROW(n, w)::part);
CREATE INDEX stored_n ON store (n DESC);
