-- partitions and children with rows in columns
CREATE TYPE c AS (a integer, b text);
CREATE TABLE p (id integer, x c, y c[]) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p DEFAULT;
CREATE INDEX ON p (((x).a));
CREATE TABLE par (x c DEFAULT ROW(1, 'q'));
CREATE TABLE chi (z integer) INHERITS (par);
CREATE TABLE held (p p, pars par[]);
INSERT INTO p VALUES (1, ROW(1, 'x'), ARRAY[ROW(1, 'x')::c]), (11, ROW(1, 'x'), NULL);
INSERT INTO chi VALUES (ROW(1, 'x'), 1);
INSERT INTO held VALUES (ROW(1, ROW(1, 'x'), NULL), ARRAY[ROW(ROW(1, 'x'))::par]);
-- becomes
CREATE TYPE c AS (a bigint, b text);
CREATE TABLE p (id integer, x c, y c[], n integer DEFAULT 0) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p DEFAULT;
CREATE INDEX ON p (((x).a));
CREATE TABLE par (x c DEFAULT ROW(1, 'q'));
CREATE TABLE chi (z bigint) INHERITS (par);
CREATE TABLE held (p p, pars par[]);
INSERT INTO p VALUES (1, ROW(1, 'x'), ARRAY[ROW(1, 'x')::c]), (11, ROW(1, 'x'), NULL);
INSERT INTO chi VALUES (ROW(1, 'x'), 1);
INSERT INTO held VALUES (ROW(1, ROW(1, 'x'), NULL, 1), ARRAY[ROW(ROW(1, 'x'))::par]);
