CREATE TABLE t (id int, note text);
CREATE VIEW v AS SELECT id, note, NULL::text AS more FROM t;
CREATE FUNCTION helper(v) RETURNS text LANGUAGE sql STABLE AS $$SELECT $1.note$$;
CREATE OR REPLACE VIEW v AS SELECT t.id, t.note, helper(ROW(t.id, t.note, 'x')::v) AS more FROM t;
COMMENT ON VIEW v IS 'v';
CREATE VIEW w AS SELECT id FROM v;
-- becomes
CREATE TABLE t (id bigint, note text);
CREATE VIEW v AS SELECT id, note, NULL::text AS more FROM t;
CREATE FUNCTION helper(v) RETURNS text LANGUAGE sql STABLE AS $$SELECT $1.note || '!'$$;
CREATE OR REPLACE VIEW v AS SELECT t.id, t.note, helper(ROW(t.id, t.note, 'x')::v) AS more FROM t;
COMMENT ON VIEW v IS 'v';
CREATE VIEW w AS SELECT id FROM v;
