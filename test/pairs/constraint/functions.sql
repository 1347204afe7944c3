CREATE FUNCTION ok(integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > 0;
CREATE TABLE t (a integer, CONSTRAINT k CHECK (ok(a)));
CREATE INDEX i ON t (ok(a));
INSERT INTO t VALUES (1);
-- becomes
CREATE FUNCTION ok(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > $2;
CREATE TABLE t (a integer, CONSTRAINT k CHECK (ok(a, 0)));
CREATE INDEX i ON t (ok(a, 0));
