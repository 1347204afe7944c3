CREATE COLLATION c (provider = icu, locale = 'de-DE');
CREATE TYPE words AS RANGE (SUBTYPE = text, COLLATION = c);
CREATE TABLE t (w words);
INSERT INTO t VALUES ('[a,b)');
-- becomes
CREATE COLLATION c (provider = icu, locale = 'fr-FR');
CREATE TYPE words AS RANGE (SUBTYPE = text, COLLATION = c);
CREATE TABLE t (w words);
