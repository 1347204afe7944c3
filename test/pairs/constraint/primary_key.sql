CREATE TABLE t (id integer NOT NULL, code text NOT NULL);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- becomes
CREATE TABLE t (id integer NOT NULL, code text NOT NULL);
ALTER TABLE t ADD PRIMARY KEY (id);
COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';
COMMENT ON INDEX t_pkey IS 'the index of the key';
