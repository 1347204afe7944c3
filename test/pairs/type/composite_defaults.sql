-- defaults with row literals, of arrays and nested ones
CREATE TYPE c AS (a integer, b text);
CREATE TYPE n AS (c c, d integer[]);
CREATE TABLE h (id integer, x c DEFAULT '(1,x)', y c[] DEFAULT '{"(1,x)","(2,y)"}', z n DEFAULT ROW(ROW(1, 'x'), '{1}')::n);
CREATE TABLE k (c c NOT NULL DEFAULT (1, 'z')) PARTITION BY LIST (((c).a));
CREATE TABLE k1 PARTITION OF k FOR VALUES IN (1);
INSERT INTO h DEFAULT VALUES;
INSERT INTO k DEFAULT VALUES;
-- becomes
CREATE TYPE c AS (a integer, b text, e text);
CREATE TYPE n AS (c c, d integer[]);
CREATE TABLE h (id integer, x c DEFAULT '(1,x,)', y c[] DEFAULT '{"(1,x,q)","(2,y,)"}', z n DEFAULT ROW(ROW(1, 'x', NULL), '{1}')::n);
CREATE TABLE k (c c NOT NULL DEFAULT (1, 'z', 'w')) PARTITION BY LIST (((c).a));
CREATE TABLE k1 PARTITION OF k FOR VALUES IN (1);
INSERT INTO h DEFAULT VALUES;
INSERT INTO k DEFAULT VALUES;
