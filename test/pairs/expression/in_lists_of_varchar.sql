-- dumps alike
-- What "IN" makes of varchars is made again as it was, not as the server reads
-- its own text of it; and what comes from a dump stays as that reads it.
CREATE TABLE t (id int, s varchar(10), n int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RETURN NEW; END';
-- becomes
CREATE DOMAIN state AS varchar(10) DEFAULT 'a' CHECK (VALUE IN ('a', 'b'));
CREATE TABLE t (id int, s varchar(10), n int,
  kind text GENERATED ALWAYS AS
    (CASE WHEN s IN ('a', 'b') THEN 'x' ELSE 'y' END) STORED,
  o state DEFAULT CASE WHEN current_user::varchar IN ('a', 'b') THEN 'a' END,
  CONSTRAINT c CHECK (s IN ('a', 'b') AND n BETWEEN 1 AND 2),
  CONSTRAINT d CHECK (s NOT IN ('c', 'it''s')),
  CONSTRAINT dumped CHECK
    (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))),
  CONSTRAINT e CHECK (s = ANY ('{a,b}'::varchar[])),
  CONSTRAINT g CHECK (lower(s) IN ('a', 'b') OR n IN (1, 2)));
CREATE TABLE u (s varchar, CONSTRAINT h CHECK (s IN ('a', 'b') OR s IS NULL));
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RETURN NEW; END';
CREATE INDEX i ON t (n) WHERE s IN ('a', 'b');
CREATE VIEW v AS SELECT id, s NOT IN ('a', 'b') AS no FROM t
 WHERE s IN ('a', 'b');
CREATE VIEW w AS SELECT * FROM t x (a, b, c) WHERE b IN ('a', 'b');
CREATE MATERIALIZED VIEW m AS SELECT id FROM t WHERE s IN ('a', 'b');
CREATE POLICY p ON t USING (s IN ('a', 'b')) WITH CHECK (s IN ('b', 'c'));
CREATE TRIGGER r BEFORE UPDATE ON t FOR EACH ROW
WHEN (NEW.s IN ('a', 'b')) EXECUTE FUNCTION f();
