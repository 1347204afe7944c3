CREATE SCHEMA app;
-- becomes
CREATE SCHEMA app;
CREATE TABLE app.plain (id int, name text);
CREATE TABLE app.empty ();
CREATE TABLE app."Mixed Case" ("Order" int NOT NULL DEFAULT 7, "a b" text DEFAULT 'it''s \ here');
CREATE TABLE app.keys (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    price numeric(12,2) DEFAULT 0.00 CHECK (price >= 0),
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    made timestamptz DEFAULT now() NOT NULL,
    width int, height int,
    area int GENERATED ALWAYS AS (width * height) STORED,
    CONSTRAINT sides CHECK (width > 0 AND height > 0));
CREATE UNLOGGED TABLE app.cache (k text COLLATE "C" PRIMARY KEY, v jsonb)
    WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
CREATE TABLE app.old_style (id serial PRIMARY KEY, other bigserial, small smallserial);
COMMENT ON TABLE app.keys IS 'keys';
COMMENT ON COLUMN app.keys.code IS 'a code';
GRANT SELECT ON app.keys TO regress_a;
GRANT UPDATE (price) ON app.keys TO regress_b;
ALTER TABLE app.plain OWNER TO regress_a;
