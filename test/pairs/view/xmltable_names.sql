-- The server prints no names that a query gives the columns of XMLTABLE.
CREATE TABLE t (id int, x xml);
CREATE VIEW v AS SELECT q.v FROM t, XMLTABLE('/a/b' PASSING x COLUMNS n FOR ORDINALITY, v int PATH '@v' DEFAULT 1 NOT NULL) q;
-- becomes
CREATE TABLE t (x xml, id int);
CREATE VIEW v AS SELECT q.m, q.v, q.w FROM t, XMLTABLE(XMLNAMESPACES('http://x' AS y), '/y:a/y:b' PASSING x COLUMNS n FOR ORDINALITY, v text PATH '@v', w xml) q (m, v);
CREATE VIEW w AS SELECT q.k FROM t, XMLTABLE('/a/b' PASSING x COLUMNS v int PATH '@v', w text) q (k, l) WHERE l > '';
