CREATE TABLE p (id integer PRIMARY KEY, code varchar(10) UNIQUE);
CREATE TABLE c (p integer REFERENCES p, code varchar(10) REFERENCES p (code), n integer CHECK (n > 0), r int4range, m text);
CREATE INDEX ci ON c (n) WHERE n < 100;
CREATE INDEX ce ON c (lower(code), (n + 1));
ALTER TABLE c ADD CONSTRAINT e EXCLUDE USING gist (r WITH &&) WHERE (n > 3);
CREATE STATISTICS s ON n, m FROM c;
COMMENT ON INDEX ci IS 'kept';
COMMENT ON CONSTRAINT c_n_check ON c IS 'kept, too';
INSERT INTO p VALUES (1, 'x');
INSERT INTO c VALUES (1, 'x', 1, '[1,2]', 'm');
-- becomes
CREATE TABLE p (id bigint PRIMARY KEY, code text UNIQUE);
CREATE TABLE c (p bigint REFERENCES p, code text REFERENCES p (code), n numeric CHECK (n > 0), r int4range, m varchar(5));
CREATE INDEX ci ON c (n) WHERE n < 100;
CREATE INDEX ce ON c (lower(code), (n + 1));
ALTER TABLE c ADD CONSTRAINT e EXCLUDE USING gist (r WITH &&) WHERE (n > 3);
CREATE STATISTICS s ON n, m FROM c;
COMMENT ON INDEX ci IS 'kept';
COMMENT ON CONSTRAINT c_n_check ON c IS 'kept, too';
