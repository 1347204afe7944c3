CREATE TABLE t (a int, b text);
CREATE TABLE holds (id int, one t, many t[]);
INSERT INTO holds VALUES (1, ROW(5, 'x,"y'), ARRAY[ROW(6, NULL), ROW(7, '')]::t[]);
-- becomes
CREATE TABLE t (a bigint, b varchar(20));
CREATE TABLE holds (id int, one t, many t[]);
