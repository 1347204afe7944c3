CREATE TABLE t (a integer, b integer CONSTRAINT gone CHECK (b > 0), c text);
ALTER TABLE t ADD CONSTRAINT other CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT loose CHECK (a <> 7) NOT VALID;
ALTER TABLE t ADD CONSTRAINT strict CHECK (a <> 8);
INSERT INTO t VALUES (1, 1, 'x');
-- becomes
CREATE TABLE t (a integer, b integer, c text);
ALTER TABLE t ADD CONSTRAINT other CHECK (a > 0 AND c <> '');
ALTER TABLE t ADD CONSTRAINT "New one" CHECK (c IN ('x', 'y') OR b BETWEEN 1 AND 3);
ALTER TABLE t ADD CONSTRAINT loose CHECK (a <> 7);
ALTER TABLE t ADD CONSTRAINT strict CHECK (a <> 8) NOT VALID;
COMMENT ON CONSTRAINT other ON t IS 'both';
