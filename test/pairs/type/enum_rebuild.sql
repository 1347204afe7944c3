CREATE TYPE mood AS ENUM ('sad', 'gone', 'ok', 'happy');
COMMENT ON TYPE mood IS 'how one is';
GRANT USAGE ON TYPE mood TO regress_a;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
CREATE DOMAIN not_sad AS mood CHECK (VALUE <> 'sad');
CREATE TYPE duo AS (m mood, n integer);
CREATE FUNCTION next_mood(m mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION is_ok(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT m = 'ok'; END;
CREATE FUNCTION as_number(m mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT CASE m WHEN 'ok' THEN 1 ELSE 0 END$$;
CREATE CAST (mood AS integer) WITH FUNCTION as_number(mood);
CREATE TABLE t (
    id integer PRIMARY KEY,
    m mood NOT NULL DEFAULT 'ok',
    a mood[] DEFAULT '{ok,sad}',
    d not_sad DEFAULT 'ok',
    c duo,
    g boolean GENERATED ALWAYS AS (m = 'ok') STORED,
    CONSTRAINT not_both CHECK (m <> 'sad' OR id > 0),
    UNIQUE (m, id));
CREATE INDEX t_m ON t (m);
CREATE INDEX t_part ON t (id) WHERE m = 'ok';
CREATE INDEX t_expr ON t (is_ok(m));
COMMENT ON COLUMN t.m IS 'mood of the row';
CREATE VIEW v AS SELECT id, m, next_mood(m) AS n FROM t WHERE m > 'sad';
CREATE VIEW w AS SELECT * FROM v;
GRANT SELECT ON v TO regress_b;
CREATE MATERIALIZED VIEW mv AS SELECT m, count(*) FROM t GROUP BY m;
CREATE UNIQUE INDEX mv_m ON mv (m);
CREATE TABLE p (m mood, x integer);
CREATE TABLE c () INHERITS (p);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_ok ON t USING (m = 'ok');
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.m = 'ok') EXECUTE FUNCTION trg();
INSERT INTO t VALUES (1, 'sad', '{ok,happy}', 'ok', ROW('happy', 3)), (2, 'ok', NULL, NULL, NULL), (3, 'happy', '{}', 'happy', ROW(NULL, NULL));
INSERT INTO p VALUES ('ok', 1);
INSERT INTO c VALUES ('sad', 2);
REFRESH MATERIALIZED VIEW mv;
-- becomes
CREATE TYPE mood AS ENUM ('happy', 'sad', 'ok', 'new');
COMMENT ON TYPE mood IS 'how one is';
GRANT USAGE ON TYPE mood TO regress_a;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
CREATE DOMAIN not_sad AS mood CHECK (VALUE <> 'sad');
CREATE TYPE duo AS (m mood, n integer);
CREATE FUNCTION next_mood(m mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION is_ok(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT m = 'ok'; END;
CREATE FUNCTION as_number(m mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT CASE m WHEN 'ok' THEN 1 ELSE 0 END$$;
CREATE CAST (mood AS integer) WITH FUNCTION as_number(mood);
CREATE TABLE t (
    id integer PRIMARY KEY,
    m mood NOT NULL DEFAULT 'ok',
    a mood[] DEFAULT '{ok,sad}',
    d not_sad DEFAULT 'ok',
    c duo,
    g boolean GENERATED ALWAYS AS (m = 'ok') STORED,
    CONSTRAINT not_both CHECK (m <> 'sad' OR id > 0),
    UNIQUE (m, id));
CREATE INDEX t_m ON t (m);
CREATE INDEX t_part ON t (id) WHERE m = 'ok';
CREATE INDEX t_expr ON t (is_ok(m));
COMMENT ON COLUMN t.m IS 'mood of the row';
CREATE VIEW v AS SELECT id, m, next_mood(m) AS n FROM t WHERE m > 'sad';
CREATE VIEW w AS SELECT * FROM v;
GRANT SELECT ON v TO regress_b;
CREATE MATERIALIZED VIEW mv AS SELECT m, count(*) FROM t GROUP BY m;
CREATE UNIQUE INDEX mv_m ON mv (m);
CREATE TABLE p (m mood, x integer);
CREATE TABLE c () INHERITS (p);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_ok ON t USING (m = 'ok');
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.m = 'ok') EXECUTE FUNCTION trg();
