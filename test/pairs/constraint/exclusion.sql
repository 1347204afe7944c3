CREATE TABLE t (a int4range, b daterange, c integer);
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&);
ALTER TABLE t ADD CONSTRAINT f EXCLUDE USING btree (c WITH =) WITH (fillfactor = 77) WHERE (c > 0);
INSERT INTO t VALUES ('[1,2]', '[2024-01-01,2024-02-01]', 5);
-- becomes
CREATE TABLE t (a int4range, b daterange, c integer);
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&, b WITH &&) INCLUDE (c) WITH (buffering = off, fillfactor = 66) WHERE (c > 3) DEFERRABLE;
ALTER TABLE t ADD CONSTRAINT f EXCLUDE USING btree (c WITH =) WITH (fillfactor = 78) WHERE (c > 0);
ALTER TABLE t ADD CONSTRAINT g EXCLUDE USING hash ((c + 1) WITH =);
COMMENT ON CONSTRAINT g ON t IS 'hashed';
