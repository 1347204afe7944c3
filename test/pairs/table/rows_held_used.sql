-- columns that hold rows are used
-- in indexes, checks, defaults, generated columns and views
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a integer, b integer);
CREATE TABLE holder (id integer, r t DEFAULT ROW(1, 2), CHECK ((r).a > 0),
  g integer GENERATED ALWAYS AS ((r).b) STORED, u t UNIQUE NOT NULL);
CREATE INDEX hi ON holder (((r).b));
CREATE INDEX hj ON holder (r);
CREATE VIEW hv AS SELECT id, (r).b, r FROM holder;
CREATE MATERIALIZED VIEW hm AS SELECT r FROM holder;
COMMENT ON COLUMN holder.r IS 'rows';
GRANT SELECT (r) ON holder TO regress_a;
INSERT INTO t VALUES (1, 2);
INSERT INTO holder (id, u) VALUES (1, ROW(1, 3));

-- by keys, triggers and partitions
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a integer, b text);
CREATE TABLE h (r t PRIMARY KEY, id integer UNIQUE, m t[] NOT NULL);
CREATE TABLE k (r t REFERENCES h);
ALTER TABLE h ALTER m SET STORAGE EXTERNAL, ALTER m SET STATISTICS 5;
ALTER TABLE h CLUSTER ON h_pkey;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF r ON h FOR EACH ROW
  WHEN ((new.r).a > 1) EXECUTE FUNCTION f();
CREATE VIEW v AS SELECT (k.r).b FROM k;
CREATE VIEW vv AS SELECT * FROM v;
CREATE TABLE p (r t, n integer) PARTITION BY LIST (n);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX pi ON p (((r).b));
CREATE VIEW pv AS SELECT r FROM p1;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (ROW(1, 'x'), 1, '{}');
INSERT INTO k VALUES (ROW(1, 'x'));

-- by functions, policies and statistics
CREATE SCHEMA s3;
SET search_path = s3;
CREATE TABLE t (a integer);
CREATE TABLE h (id integer, r t);
CREATE FUNCTION f(t) RETURNS bigint LANGUAGE sql IMMUTABLE
  AS 'SELECT $1.a::bigint';
CREATE INDEX ON h (f(r));
CREATE FUNCTION g() RETURNS SETOF h LANGUAGE sql
BEGIN ATOMIC
  SELECT * FROM h;
END;
ALTER TABLE h ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON h USING (f(r) > 0);
CREATE STATISTICS st ON (f(r)), id FROM h;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
-- becomes
CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a bigint, b integer);
CREATE TABLE holder (id integer, r t DEFAULT ROW(1, 2), CHECK ((r).a > 0),
  g integer GENERATED ALWAYS AS ((r).b) STORED, u t UNIQUE NOT NULL);
CREATE INDEX hi ON holder (((r).b));
CREATE INDEX hj ON holder (r);
CREATE VIEW hv AS SELECT id, (r).b, r FROM holder;
CREATE MATERIALIZED VIEW hm AS SELECT r FROM holder;
COMMENT ON COLUMN holder.r IS 'rows';
GRANT SELECT (r) ON holder TO regress_a;
INSERT INTO t VALUES (1, 2);
INSERT INTO holder (id, u) VALUES (1, ROW(1, 3));

CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a bigint, b varchar);
CREATE TABLE h (r t PRIMARY KEY, id integer UNIQUE, m t[] NOT NULL);
CREATE TABLE k (r t REFERENCES h);
ALTER TABLE h ALTER m SET STORAGE EXTERNAL, ALTER m SET STATISTICS 5;
ALTER TABLE h CLUSTER ON h_pkey;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF r ON h FOR EACH ROW
  WHEN ((new.r).a > 1) EXECUTE FUNCTION f();
CREATE VIEW v AS SELECT (k.r).b FROM k;
CREATE VIEW vv AS SELECT * FROM v;
CREATE TABLE p (r t, n integer) PARTITION BY LIST (n);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX pi ON p (((r).b));
CREATE VIEW pv AS SELECT r FROM p1;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (ROW(1, 'x'), 1, '{}');
INSERT INTO k VALUES (ROW(1, 'x'));

CREATE SCHEMA s3;
SET search_path = s3;
CREATE TABLE t (a bigint);
CREATE TABLE h (id integer, r t);
CREATE FUNCTION f(t) RETURNS bigint LANGUAGE sql IMMUTABLE
  AS 'SELECT $1.a::bigint';
CREATE INDEX ON h (f(r));
CREATE FUNCTION g() RETURNS SETOF h LANGUAGE sql
BEGIN ATOMIC
  SELECT * FROM h;
END;
ALTER TABLE h ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON h USING (f(r) > 0);
CREATE STATISTICS st ON (f(r)), id FROM h;
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1, ROW(1));
