CREATE TABLE t (a int) TABLESPACE regress_space;
CREATE TABLE u (a int);
CREATE TABLE w (a int) PARTITION BY LIST (a);
INSERT INTO t VALUES (1);
-- becomes
CREATE TABLE t (a int);
CREATE TABLE u (a int) TABLESPACE regress_space;
CREATE TABLE w (a int) PARTITION BY LIST (a) TABLESPACE regress_space;
