CREATE TABLE t (a serial, b int);
INSERT INTO t (b) VALUES (5), (9);
-- becomes
CREATE TABLE t (a int, b serial);
