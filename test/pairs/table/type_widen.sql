CREATE TABLE t (a smallint DEFAULT 3, b int DEFAULT 4 NOT NULL, c varchar(10) DEFAULT 'x', d numeric(8,2) DEFAULT 1.5, e varchar(5), f timestamp, g char(4), h real, i date, j time(3), k bit(3));
INSERT INTO t VALUES (1, 2, 'three', 4.25, 'five', '2020-01-01', 'g', 1.5, '2020-02-02', '10:00', '101');
CREATE INDEX ON t (c);
CREATE INDEX ON t (lower(e));
-- becomes
CREATE TABLE t (a int DEFAULT 3, b bigint DEFAULT 4 NOT NULL, c varchar(20) DEFAULT 'x', d numeric(12,4) DEFAULT 1.5, e text, f timestamptz, g varchar(4), h double precision, i timestamp, j time, k varbit);
CREATE INDEX ON t (c);
CREATE INDEX ON t (lower(e));
