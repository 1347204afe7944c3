-- The server prints no names that a query gives the columns of XMLTABLE, where
-- the columns of the tables stand in the same order, too.
CREATE TABLE t (id int, x xml);
CREATE TABLE log (id int);
-- becomes
CREATE TABLE t (id int, x xml);
CREATE TABLE log (id int);
CREATE RULE r AS ON UPDATE TO t WHERE EXISTS (SELECT FROM XMLTABLE('/a' PASSING new.x COLUMNS v int PATH '@v') q (k) WHERE q.k = 1) DO ALSO INSERT INTO log SELECT q.k FROM XMLTABLE('/a' PASSING new.x COLUMNS v int PATH '@v') q (k);
CREATE RULE r2 AS ON DELETE TO t DO ALSO INSERT INTO log SELECT q.k FROM XMLTABLE('/a' PASSING old.x COLUMNS v int PATH '@v') q (k);
CREATE POLICY p ON t USING (EXISTS (SELECT FROM XMLTABLE('/a' PASSING x COLUMNS v int PATH '@v') q (k) WHERE q.k = id)) WITH CHECK (1 IN (SELECT q.k FROM XMLTABLE('/a' PASSING x COLUMNS v int PATH '@v') q (k)));
CREATE FUNCTION f(x xml) RETURNS int RETURN (SELECT max(q.k) FROM XMLTABLE('/a' PASSING x COLUMNS v int PATH '@v') q (k));
CREATE FUNCTION g() RETURNS SETOF int BEGIN ATOMIC SELECT q.k FROM t, XMLTABLE('/a' PASSING x COLUMNS v int PATH '@v') q (k) WHERE q.k > 1; END;
