CREATE TABLE t (a integer, b text, c integer,
    CONSTRAINT u1 UNIQUE (a),
    CONSTRAINT u2 UNIQUE (b) WITH (fillfactor = 70),
    CONSTRAINT u3 UNIQUE (c),
    CONSTRAINT u4 UNIQUE (a, b) DEFERRABLE);
COMMENT ON CONSTRAINT u1 ON t IS 'one';
COMMENT ON INDEX u3 IS 'three';
INSERT INTO t VALUES (1, 'a', 5);
-- becomes
CREATE TABLE t (a integer, b text, c integer,
    CONSTRAINT u1 UNIQUE (a) DEFERRABLE,
    CONSTRAINT u2 UNIQUE (b) WITH (fillfactor = 60, deduplicate_items = off),
    CONSTRAINT u3 UNIQUE NULLS NOT DISTINCT (c),
    CONSTRAINT u4 UNIQUE (a, b));
COMMENT ON CONSTRAINT u1 ON t IS 'first';
COMMENT ON INDEX u3 IS 'third';
COMMENT ON INDEX u2 IS 'second';
