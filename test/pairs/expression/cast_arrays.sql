-- dumps alike
CREATE SCHEMA shop;
CREATE TABLE shop.kept (state varchar(20), note text);
INSERT INTO shop.kept VALUES ('new', 'n');
-- becomes
CREATE SCHEMA shop;
CREATE TABLE shop.kept (
  state varchar(20) DEFAULT 'new' CHECK (state IN ('new', 'it''s', '(ARRAY[x])::text[]', E'back\\slash')),
  note text,
  code char(3) CHECK (code NOT IN ('abc', 'def')),
  amount numeric(4,1) CHECK (amount IN (1, 2.5)),
  size smallint CHECK (size = ANY (ARRAY[1, 2]::bigint[])),
  also varchar CHECK (also LIKE ANY (ARRAY['a%', 'b%']) AND also = ANY (ARRAY[lower('A'), 'c'::varchar])),
  nested text[] CHECK (nested <> ARRAY[ARRAY['a'::varchar], ARRAY['b'::varchar]]::varchar[]::text[] AND true),
  CONSTRAINT last CHECK ((state IN ('new', 'old')) = (note IN ('x', 'y')) OR state IN ('new', 'b'))
);
CREATE INDEX ON shop.kept (state) WHERE state IN ('new', 'old');
CREATE INDEX ON shop.kept ((state IN ('new', 'old')), note);
CREATE VIEW shop.fresh AS
  SELECT state, CASE WHEN state IN ('a', 'b') THEN 1 ELSE 2 END AS class
  FROM shop.kept WHERE state NOT IN ('old', 'gone') AND note IN ('p', 'q');
CREATE MATERIALIZED VIEW shop.stored AS
  SELECT state FROM shop.kept WHERE state IN ('a', 'b');
CREATE DOMAIN shop.letter AS varchar CHECK (VALUE IN ('a', 'b'));
CREATE FUNCTION shop.is_new(s varchar = 'a') RETURNS boolean LANGUAGE sql
  BEGIN ATOMIC SELECT s IN ('new', 'newer'); END;
CREATE FUNCTION shop.text_of() RETURNS text LANGUAGE plpgsql
  AS $$ BEGIN RETURN '(ARRAY[''a''::varchar])::text[]'; END $$;
ALTER TABLE shop.kept ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON shop.kept USING (state IN ('a', 'b')) WITH CHECK (state IN ('c', 'd'));
CREATE FUNCTION shop.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON shop.kept FOR EACH ROW
  WHEN (NEW.state IN ('a', 'b')) EXECUTE FUNCTION shop.nothing();
CREATE RULE r AS ON DELETE TO shop.kept WHERE OLD.state IN ('a', 'b') DO INSTEAD NOTHING;
CREATE STATISTICS shop.kept_stats ON (state IN ('a', 'b')), note FROM shop.kept;
CREATE DOMAIN shop.word AS text;
CREATE TABLE shop.types (
  s varchar(10), s2 varchar(12), n numeric, a int, f float8, w shop.word, net cidr, class regclass,
  CONSTRAINT c1 CHECK (s = ANY (ARRAY[s, s2])),
  CONSTRAINT c2 CHECK (s IN ('a'::varchar, 'b'::varchar(3))),
  CONSTRAINT c3 CHECK (n = ANY (ARRAY[1, 2])),
  CONSTRAINT c4 CHECK (n = ANY (ARRAY[a, 2]) AND n <> ALL (ARRAY[a, a + 1])),
  CONSTRAINT c5 CHECK (n = ANY (ARRAY[1, 2]::bigint[])),
  CONSTRAINT c6 CHECK (f = ANY (ARRAY[a, 2]) OR f = ANY (ARRAY[1, 2])),
  CONSTRAINT c7 CHECK (w = ANY (ARRAY['a', 'b']::shop.word[])),
  CONSTRAINT c8 CHECK (net IN ('10.0.0.0/8', '11.0.0.0/8')),
  CONSTRAINT c9 CHECK (class IN ('pg_class'::regclass, 'pg_proc'::regclass)),
  CONSTRAINT c10 CHECK ((s COLLATE "C") NOT IN ('a', 'b')),
  CONSTRAINT c11 CHECK (string_to_array(s, ',') && ARRAY['a', 'b']::varchar[]::text[]),
  CONSTRAINT c12 CHECK (n = ANY (ARRAY[ARRAY[1, 2], ARRAY[3, 4]])));
CREATE STATISTICS shop.types ON (net IN ('10.0.0.0/8', '11.0.0.0/8')), (s IN ('a', 'b')) FROM shop.types;
CREATE FUNCTION shop.f(s varchar) RETURNS bool RETURN s IN ('a', 'b') AND 1.5 = ANY (ARRAY[1, 2]);
CREATE PROCEDURE shop.p(n numeric) BEGIN ATOMIC
  DELETE FROM shop.types WHERE s IN ('a', 'b') OR types.n = ANY (ARRAY[1, 2]);
END;
CREATE TABLE shop.parts (s varchar) PARTITION BY LIST ((s IN ('a', 'b')));
CREATE TABLE shop.e (s varchar, CONSTRAINT ex EXCLUDE USING btree (s WITH =) WHERE (s IN ('a', 'b')));
CREATE DOMAIN shop.told AS bool DEFAULT ('a'::varchar IN ('a', 'b'));
