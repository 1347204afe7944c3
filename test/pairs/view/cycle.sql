CREATE TABLE t (id int, note text COLLATE "C", amount numeric(7,2), at timestamp(3));
-- becomes
CREATE TABLE t (id int, note text COLLATE "C", amount numeric(7,2), at timestamp(3));
CREATE DOMAIN d AS varchar(5);
CREATE VIEW v AS SELECT id, note, amount, at, 'a'::d AS d, NULL::text AS helper FROM t;
CREATE FUNCTION helper(v) RETURNS text LANGUAGE sql STABLE AS $$SELECT $1.note$$;
CREATE FUNCTION all_of_it() RETURNS SETOF v LANGUAGE sql STABLE AS $$SELECT * FROM v$$;
CREATE OR REPLACE VIEW v WITH (security_barrier) AS SELECT t.id, t.note, t.amount, t.at, 'a'::d AS d, helper(ROW(t.id, t.note, t.amount, t.at, 'a', 'x')::v) COLLATE "default" AS helper FROM t;
COMMENT ON VIEW v IS 'v';
COMMENT ON COLUMN v.helper IS 'helps';
GRANT SELECT ON v TO regress_a;
GRANT SELECT (id) ON v TO regress_b;
ALTER VIEW v ALTER id SET DEFAULT 3;
ALTER FUNCTION helper(v) OWNER TO regress_a;
CREATE VIEW w AS SELECT * FROM all_of_it();
