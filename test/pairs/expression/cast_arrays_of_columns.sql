-- Arrays of columns, of which the text says no type, that the server casts as a
-- whole.
CREATE TYPE en AS ENUM ('p', 'q');
CREATE TABLE t (s varchar(10), s2 varchar(12), n int, k smallint, e en, e2 en, j jsonb, d date);
-- becomes
CREATE TYPE en AS ENUM ('p', 'q');
CREATE DOMAIN word AS varchar(5);
CREATE TABLE t (s varchar(10), s2 varchar(12), n int, k smallint, e en, e2 en, j jsonb, d date, w word,
  g text GENERATED ALWAYS AS (j #>> ARRAY[s, s2]) STORED,
  CONSTRAINT c1 CHECK (j ?| ARRAY[s, s2]),
  CONSTRAINT c3 CHECK ((ARRAY[ARRAY[n, k], ARRAY[k, n]]::int[])::numeric[] IS NOT NULL),
  CONSTRAINT c4 CHECK (n::numeric <> ALL (ARRAY[n, k]) AND jsonb_extract_path(j, VARIADIC ARRAY[s, w]) IS NOT NULL),
  CONSTRAINT c5 CHECK ((ARRAY[s || 'a', s2]::text[])::varchar(3)[] <> '{}' AND (ARRAY[w, w]::word[])::text[] <> '{}'));
CREATE INDEX ON t ((j #> ARRAY[s, s2]), (j #> ARRAY[s, 'x'::varchar])) WHERE j ?& ARRAY[s, s2];
CREATE STATISTICS st ON (j #> ARRAY[s, s2]), n FROM t;
CREATE VIEW v AS SELECT j #> ARRAY[s, s2] AS a, (ARRAY[d, d]::date[])::timestamp[] AS b FROM t WHERE j ?| ARRAY[s, CASE WHEN j ?| ARRAY[s2, s] THEN s END];
CREATE MATERIALIZED VIEW m AS SELECT j #> ARRAY[s, s2] AS a FROM t;
CREATE FUNCTION f(a varchar, b varchar, j jsonb) RETURNS jsonb RETURN j #> ARRAY[a, b];
CREATE FUNCTION g(a varchar, b varchar) RETURNS SETOF text BEGIN ATOMIC SELECT 'a' UNION SELECT j #>> ARRAY[a, s] FROM t UNION ALL SELECT 'b'; END;
CREATE POLICY p ON t USING (j ?| ARRAY[s, s2]);
CREATE RULE r AS ON INSERT TO t WHERE new.j ?| ARRAY[new.s, new.s2] DO ALSO UPDATE t SET n = 1 WHERE j ?| ARRAY[new.s, t.s2];
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (new.j ?| ARRAY[new.s, old.s]) EXECUTE FUNCTION tf();
CREATE TABLE pt (a varchar, b varchar) PARTITION BY LIST (('{}'::jsonb ?| ARRAY[a, b]));
