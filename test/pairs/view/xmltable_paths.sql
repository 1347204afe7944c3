-- A column of XMLTABLE without a path is found by its name: that stays its path
-- when the query calls it otherwise.
CREATE TABLE t (id int, x xml);
CREATE VIEW v AS SELECT q.a, q.k FROM t, XMLTABLE('/r' PASSING x COLUMNS a int, n FOR ORDINALITY, b text PATH 'k') q (a, m, k);
CREATE VIEW w AS SELECT q.k FROM t, XMLTABLE('/r' PASSING x COLUMNS k int) q;
-- becomes
CREATE TABLE t (id int, x xml);
CREATE VIEW v AS SELECT q.a, q.k FROM t, XMLTABLE('/r' PASSING x COLUMNS a int, n FOR ORDINALITY, b text PATH 'k') q (a, m, k);
CREATE VIEW w AS SELECT q.k FROM t, XMLTABLE('/r' PASSING x COLUMNS v int PATH 'v') q (k);
