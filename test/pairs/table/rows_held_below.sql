-- columns of partitions and of tables that inherit hold rows
CREATE TABLE t (a integer);
CREATE TABLE p (id integer, r t) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE h (id integer, r t);
CREATE TABLE hc (extra integer) INHERITS (h);
INSERT INTO p VALUES (1, ROW(1));
INSERT INTO h VALUES (1, ROW(1));
INSERT INTO hc VALUES (1, ROW(1), 1);
-- becomes
CREATE TABLE t (a bigint);
CREATE TABLE p (id integer, r t) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE h (id integer, r t);
CREATE TABLE hc (extra integer) INHERITS (h);
INSERT INTO p VALUES (1, ROW(1));
INSERT INTO h VALUES (1, ROW(1));
INSERT INTO hc VALUES (1, ROW(1), 1);
