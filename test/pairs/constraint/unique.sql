CREATE TABLE t (a integer, b text, "c d" text, CONSTRAINT gone UNIQUE (b));
INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y');
-- becomes
CREATE TABLE t (a integer UNIQUE, b text, "c d" text);
ALTER TABLE t ADD CONSTRAINT "The unique" UNIQUE NULLS NOT DISTINCT (a, "c d") INCLUDE (b);
ALTER TABLE t ADD CONSTRAINT late UNIQUE (b, a) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE t ADD CONSTRAINT filled UNIQUE (b, "c d") WITH (fillfactor = 55);
