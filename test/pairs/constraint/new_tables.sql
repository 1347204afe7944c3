CREATE SCHEMA "Odd s";
-- becomes
CREATE SCHEMA "Odd s";
CREATE TABLE "Odd s"."T t" (
    id integer CONSTRAINT "The key" PRIMARY KEY,
    "Ref" integer,
    a integer NOT NULL CHECK (a > 0),
    b int4range,
    c text COLLATE "C",
    CONSTRAINT "u 1" UNIQUE (a, c) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT u2 UNIQUE NULLS NOT DISTINCT (c) INCLUDE (b) WITH (fillfactor = 71),
    CONSTRAINT "e" EXCLUDE USING gist (b WITH &&) WITH (fillfactor = 72) WHERE (a > 1) DEFERRABLE,
    CONSTRAINT n CHECK (a < 100) NO INHERIT,
    UNIQUE (a));
ALTER TABLE "Odd s"."T t" ADD CONSTRAINT self FOREIGN KEY ("Ref") REFERENCES "Odd s"."T t";
ALTER TABLE "Odd s"."T t" ADD CONSTRAINT loose CHECK ("Ref" > 0) NOT VALID;
ALTER TABLE "Odd s"."T t" CLUSTER ON u2;
ALTER TABLE "Odd s"."T t" REPLICA IDENTITY USING INDEX "T t_a_key";
COMMENT ON CONSTRAINT "The key" ON "Odd s"."T t" IS 'it''s the key';
COMMENT ON INDEX "Odd s"."The key" IS E'an\nindex';
COMMENT ON CONSTRAINT loose ON "Odd s"."T t" IS 'not checked';
CREATE INDEX "i 1" ON "Odd s"."T t" (lower(c), (a + 1)) WHERE c IS NOT NULL;
ALTER INDEX "Odd s"."i 1" ALTER COLUMN 2 SET STATISTICS 300;
CREATE STATISTICS "Odd s"."st" ON a, c FROM "Odd s"."T t";
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a ON DELETE CASCADE);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE;
COMMENT ON CONSTRAINT a_b_fkey ON a IS 'and back';
