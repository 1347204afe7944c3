-- expressions elsewhere have rows of a table in them whose columns change
CREATE TABLE t (a integer, b text);
CREATE TABLE filled (a integer);
CREATE FUNCTION is_good(t) RETURNS boolean IMMUTABLE LANGUAGE sql
  AS 'SELECT $1.b <> ''''';
CREATE TABLE h (id integer, r text DEFAULT (ROW(1, 'x')::t)::text,
  s bigint DEFAULT (ROW(1, 'x')::t).a, CHECK (is_good(ROW(id, 'x')::t)),
  CONSTRAINT null_is_good CHECK (is_good(NULL)),
  g boolean GENERATED ALWAYS AS (is_good(ROW(id, 'x')::t)) STORED,
  f text DEFAULT (ROW(1)::filled)::text);
CREATE INDEX h_is_good ON h (is_good(ROW(id, 'x')::t));
CREATE STATISTICS h_stat ON (is_good(ROW(id, 'x')::t)), id FROM h;
CREATE POLICY h_policy ON h USING (is_good(ROW(id, 'x')::t));
CREATE RULE h_rule AS ON INSERT TO h WHERE NOT is_good(ROW(new.id, 'x')::t)
  DO INSTEAD NOTHING;
CREATE TRIGGER h_trigger BEFORE UPDATE ON h FOR EACH ROW
  WHEN (is_good(ROW(new.id, 'x')::t))
  EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE DOMAIN d AS integer CHECK (is_good(ROW(VALUE, 'x')::t));
INSERT INTO t VALUES (1, 'x');
INSERT INTO filled VALUES (1);
INSERT INTO h (id) VALUES (1);
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE TABLE filled (a integer, b integer DEFAULT 1);
CREATE FUNCTION is_good(t) RETURNS boolean IMMUTABLE LANGUAGE sql
  AS 'SELECT $1.b <> ''''';
CREATE TABLE h (id integer, r text DEFAULT (ROW(1, 'x')::t)::text,
  s bigint DEFAULT (ROW(1, 'x')::t).a, CHECK (is_good(ROW(id, 'x')::t)),
  CONSTRAINT null_is_good CHECK (is_good(NULL)),
  g boolean GENERATED ALWAYS AS (is_good(ROW(id, 'x')::t)) STORED,
  f text DEFAULT (ROW(1, 1)::filled)::text);
CREATE INDEX h_is_good ON h (is_good(ROW(id, 'x')::t));
CREATE STATISTICS h_stat ON (is_good(ROW(id, 'x')::t)), id FROM h;
CREATE POLICY h_policy ON h USING (is_good(ROW(id, 'x')::t));
CREATE RULE h_rule AS ON INSERT TO h WHERE NOT is_good(ROW(new.id, 'x')::t)
  DO INSTEAD NOTHING;
CREATE TRIGGER h_trigger BEFORE UPDATE ON h FOR EACH ROW
  WHEN (is_good(ROW(new.id, 'x')::t))
  EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE DOMAIN d AS integer CHECK (is_good(ROW(VALUE, 'x')::t));
INSERT INTO t VALUES (1, 'x');
INSERT INTO filled VALUES (1);
INSERT INTO h (id) VALUES (1);
