CREATE TABLE t (a text, b text, c text, d int, e numeric, f int, g text);
ALTER TABLE t ALTER a SET STORAGE external, ALTER b SET COMPRESSION pglz, ALTER c SET STATISTICS 50, ALTER d SET (n_distinct = 5), ALTER e SET STORAGE plain, ALTER g SET STORAGE main, ALTER g SET COMPRESSION pglz, ALTER g SET STATISTICS 10;
INSERT INTO t VALUES ('a');
-- becomes
CREATE TABLE t (a text, b text, c text, d int, e numeric, f int, g varchar);
ALTER TABLE t ALTER b SET STORAGE plain, ALTER c SET STATISTICS 100, ALTER d SET (n_distinct_inherited = 7), ALTER f SET (n_distinct = -0.5, n_distinct_inherited = -1), ALTER g SET STORAGE main, ALTER g SET COMPRESSION pglz, ALTER g SET STATISTICS 10;
