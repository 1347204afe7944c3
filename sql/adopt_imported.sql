--
-- zishu_adopt after zishu_import: a tool's ledger finds the revisions that its
-- own files have become.
--
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
DROP SCHEMA IF EXISTS ai CASCADE;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
SET timezone = 'UTC';
SET datestyle = iso;
CREATE SCHEMA ai;
SET search_path = ai;

-- Imports files, adopts, and goes on from there; then everything is undone.
CREATE FUNCTION ai.adopted(format text, names text[], contents text[], target text DEFAULT 'heads')
RETURNS TABLE (step text, revision text, entry text, checksum text, message text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zishu_import(format, names, contents);
  RETURN QUERY
  SELECT a.action, a.revision, a.entry, a.checksum, r.message
    FROM zishu_adopt(format) a JOIN zishu_migrate.revision r USING (revision)
   ORDER BY r.position;
  RETURN QUERY
  SELECT u.action, u.revision, NULL, NULL, u.message FROM zishu_upgrade(target) u;
END $$;

BEGIN;
CREATE TABLE schema_migrations AS SELECT unnest('{20240101,20240102}'::text[]) AS version;
SELECT * FROM adopted('dbmate', '{20240101_make_users.sql,20240102_x.sql,20240103_y.sql}',
  ARRAY[E'-- migrate:up\nSELECT 1;\n-- migrate:down\n', E'-- migrate:up\nSELECT 2;\n-- migrate:down\n', E'-- migrate:up\nSELECT 3;\n-- migrate:down\n']);
ROLLBACK;

BEGIN;
CREATE TABLE schema_migrations AS SELECT 9::bigint AS version, false AS dirty;
SELECT * FROM adopted('golang-migrate', '{8_a.up.sql,8_a.down.sql,009_b.up.sql,10_c.up.sql}', '{"SELECT 1","SELECT -1","SELECT 2","SELECT 3"}');
ROLLBACK;

BEGIN;
CREATE TABLE goose_db_version AS SELECT v AS id, v::bigint AS version_id, true AS is_applied, now()::timestamp AS tstamp FROM generate_series(0, 2) v;
SELECT * FROM adopted('goose', '{00001_a.sql,00002_b.sql,00003_c.sql}',
  ARRAY[E'-- +goose Up\nSELECT 1;\n', E'-- +goose Up\nSELECT 2;\n', E'-- +goose Up\nSELECT 3;\n']);
ROLLBACK;

BEGIN;
CREATE TABLE gorp_migrations AS SELECT unnest('{1-a.sql,2_b.sql}'::text[]) AS id, now() AS applied_at;
SELECT * FROM adopted('sql-migrate', '{1-a.sql,2_b.sql,10_c.sql}',
  ARRAY[E'-- +migrate Up\nSELECT 1;\n', E'-- +migrate Up\nSELECT 2;\n', E'-- +migrate Up\nSELECT 3;\n']);
ROLLBACK;

BEGIN;
CREATE TABLE __diesel_schema_migrations AS SELECT unnest('{00000000000000,20240102030405}'::text[]) AS version, now()::timestamp AS run_on;
SELECT * FROM adopted('diesel', '{00000000000000_setup/up.sql,2024-01-02-030405_a/up.sql,2024-01-02-030405-0000_b/up.sql}', '{"SELECT 1;","SELECT 2;","SELECT 3;"}');
ROLLBACK;

-- sqlx: SELECT 2 and a newline
BEGIN;
CREATE TABLE _sqlx_migrations (version bigint, description text, installed_on timestamptz DEFAULT now(), success boolean DEFAULT true, checksum bytea, execution_time bigint DEFAULT 1);
INSERT INTO _sqlx_migrations VALUES (20240101, 'a'), (20240102, 'b');
UPDATE _sqlx_migrations SET checksum = '\x1f7e22c7c0ea23f18eaa40e47945a71f2cb479fba2257126cc756c7c3df72785d5106cb6eaf17f3144abe02570d1d7a7' WHERE version = 20240102;
SELECT * FROM adopted('sqlx', '{20240101_a.sql,20240102_b.up.sql,20240102_b.down.sql,20240103_c.sql}', ARRAY['SELECT 1', E'SELECT 2;\n', 'SELECT -2', 'SELECT 3']);
ROLLBACK;

BEGIN;
CREATE SCHEMA atlas_schema_revisions;
CREATE TABLE atlas_schema_revisions.atlas_schema_revisions AS SELECT '20240101'::text AS version, 2 AS type, 1 AS applied, 1 AS total, now() AS executed_at, NULL::text AS error;
SELECT * FROM adopted('atlas', '{20240101_a.sql,20240102_b.sql,atlas.sum}', ARRAY['SELECT 1;', 'SELECT 2;',
  E'h1:jZ1Dl9+4lUMHXgYF+KYSiMZXuvenZrPjgH43YQ73a7k=\n20240101_a.sql h1:KIZzaM27ElZpTw38uI4RiBJsOyLrAjPVOtNc0JvWxHs=\n20240102_b.sql h1:31KO3rCKHTo2SCVm1YqLoRCjHa0JVSZSIrnly1qreyQ=\n']);
ROLLBACK;

BEGIN;
CREATE SCHEMA supabase_migrations;
CREATE TABLE supabase_migrations.schema_migrations AS SELECT '20240101000000'::text AS version;
SELECT * FROM adopted('supabase', '{20240101000000_a.sql,20240102000000_b.sql}', '{"SELECT 1;","SELECT 2;"}');
ROLLBACK;

BEGIN;
CREATE TABLE alembic_version AS SELECT unnest('{b,c}'::text[])::varchar(32) AS version_num;
SELECT * FROM adopted('alembic', '{up.sql}', ARRAY[$$BEGIN;

-- Running upgrade  -> a, first

SELECT 1;

INSERT INTO alembic_version (version_num) VALUES ('a');

-- Running upgrade a -> b, second

SELECT 2;

UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';

-- Running upgrade a -> c

SELECT 3;

INSERT INTO alembic_version (version_num) VALUES ('c');

-- Running upgrade b, c -> d, both

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b';

UPDATE alembic_version SET version_num='d' WHERE alembic_version.version_num = 'c';

COMMIT;
$$]);
ROLLBACK;

-- flyway: a version that comes late, then one that is repeatable
BEGIN;
CREATE TABLE flyway_schema_history (installed_rank int, version text, description text, type text, script text, checksum int, installed_on timestamp DEFAULT now(), success boolean DEFAULT true);
INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 0), (2, '1.10', 'b', 'SQL', 'V1_10__b.sql', 798974111);
SELECT * FROM adopted('flyway', '{V1__a.sql,V1_10__b.sql,V1_9_9__c.sql}', ARRAY['SELECT 1', E'SELECT 2;\r\n\r\n', 'SELECT 3']);
ROLLBACK;
BEGIN;
CREATE TABLE flyway_schema_history (installed_rank int, version text, description text, type text, script text, checksum int, installed_on timestamp DEFAULT now(), success boolean DEFAULT true);
INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', NULL), (2, '1.10', 'b', 'SQL', 'V1_10__b.sql', 798974111), (3, NULL, 'all views', 'SQL', 'R__all_views.sql', 798974111);
SELECT * FROM adopted('flyway', '{V1__a.sql,V1_10__b.sql,R__all_views.sql}', ARRAY['SELECT 1', E'SELECT 2;\r\n\r\n', 'SELECT 2;']);
ROLLBACK;

BEGIN;
CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz DEFAULT now(), migration_name text, rolled_back_at timestamptz, started_at timestamptz DEFAULT now());
INSERT INTO _prisma_migrations (checksum, migration_name) VALUES ('x', '20240101000000_a'), (encode(sha256(E'SELECT 2;\n'), 'hex'), '20240102000000_b');
SELECT * FROM adopted('prisma', '{20240101000000_a/migration.sql,20240102000000_b/migration.sql,20240103000000_c/migration.sql,migration_lock.toml}', ARRAY['SELECT 1', E'SELECT 2;\n', 'SELECT 3', 'provider = "postgresql"']);
ROLLBACK;

BEGIN;
CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 1700000000000), (encode(sha256(E'SELECT 2;\n--> statement-breakpoint\nSELECT 3;'), 'hex'), 1700000000001);
SELECT * FROM adopted('drizzle', '{0000_a.sql,0001_b.sql,0002_c.sql,meta/_journal.json}', ARRAY['SELECT 1', E'SELECT 2;\n--> statement-breakpoint\nSELECT 3;', 'SELECT 3',
  '{"version":"7","dialect":"postgresql","entries":[{"idx":0,"version":"7","when":1700000000000,"tag":"0000_a","breakpoints":true},{"idx":1,"version":"7","when":1700000000001,"tag":"0001_b","breakpoints":true},{"idx":2,"version":"7","when":1700000000002,"tag":"0002_c","breakpoints":true}]}']);
ROLLBACK;

BEGIN;
CREATE SCHEMA graphile_migrate;
CREATE TABLE graphile_migrate.migrations (hash text, previous_hash text, filename text, date timestamptz DEFAULT now());
INSERT INTO graphile_migrate.migrations VALUES ('sha1:d30d858bf9fa5d8979af2d32c3be5e09b07da877', NULL, '000001-a.sql');
SELECT * FROM adopted('graphile-migrate', '{000001-a.sql,000002.sql}', ARRAY[E'--! Previous: -\n--! Hash: sha1:d30d858bf9fa5d8979af2d32c3be5e09b07da877\n--! Message: first one\n\nSELECT 1;\n', E'--! Previous: sha1:d30d858bf9fa5d8979af2d32c3be5e09b07da877\n--! Hash: sha1:36d26d034e5ea0e30f2e8c93bdbf66399902b1ed\n\nSELECT 2;\n']);
ROLLBACK;

BEGIN;
CREATE TABLE pgmigrations (id serial, name text, run_on timestamp DEFAULT now());
INSERT INTO pgmigrations (name) VALUES ('1700000000000_a'), ('1700000000001_b-c');
SELECT * FROM adopted('node-pg-migrate', '{1700000000000_a.sql,1700000000001_b-c.sql,1700000000002_d.sql}', ARRAY[E'-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n', 'SELECT 2', 'SELECT 3']);
ROLLBACK;

BEGIN;
CREATE TABLE refinery_schema_history (version int, name text, applied_on text DEFAULT '2024-01-01T00:00:00Z', checksum text);
INSERT INTO refinery_schema_history VALUES (1, 'a'), (2, 'b');
SELECT * FROM adopted('refinery', '{V1__a.sql,V2__b.sql,V10__c.sql}', ARRAY['SELECT 1', 'SELECT 2', 'SELECT 3']);
ROLLBACK;

BEGIN;
CREATE TABLE databasechangelog (id text, author text, filename text, dateexecuted timestamp DEFAULT now(), orderexecuted serial, exectype text DEFAULT 'EXECUTED');
INSERT INTO databasechangelog VALUES ('1', 'ann', 'a.sql'), ('make-it', 'bob', 'a.sql');
SELECT * FROM adopted('liquibase', '{a.sql}', ARRAY[E'--liquibase formatted sql\n\n--changeset ann:1\nSELECT 1;\n--rollback SELECT 2;\n\n--changeset bob:make-it\nSELECT 2;\n\n--changeset ann:2\nSELECT 3;\n']);
ROLLBACK;

BEGIN;
CREATE SCHEMA sqitch;
CREATE TABLE sqitch.changes (change_id text, change text, project text DEFAULT 'p', committed_at timestamptz DEFAULT now(), planned_at timestamptz);
CREATE TABLE sqitch.tags (tag text, project text DEFAULT 'p', planned_at timestamptz);
INSERT INTO sqitch.changes (change, planned_at) VALUES ('users', '2024-01-01'), ('app/roles', '2024-01-02'), ('users', '2024-01-04');
INSERT INTO sqitch.tags (tag, planned_at) VALUES ('@v1', '2024-01-03');
SELECT * FROM adopted('sqitch', '{sqitch.plan,deploy/users@v1.sql,deploy/app/roles.sql,deploy/users.sql,deploy/more.sql}', ARRAY[
  E'%syntax-version=1.0.0\n%project=p\n\nusers 2024-01-01T00:00:00Z A <a@b> # users\napp/roles [users] 2024-01-02T00:00:00Z A <a@b> # roles\n@v1 2024-01-03T00:00:00Z A <a@b> # v1\n\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b> # users anew\nmore 2024-01-05T00:00:00Z A <a@b> # more\n',
  'SELECT 1;', 'SELECT 2;', 'SELECT 3;', 'SELECT 4;']);
ROLLBACK;

-- Of a change that was reworked only the first is there, and no tag yet: when
-- it was planned tells which.
BEGIN;
CREATE SCHEMA sqitch;
CREATE TABLE sqitch.changes (change_id text, change text, project text DEFAULT 'p', committed_at timestamptz DEFAULT now(), planned_at timestamptz);
CREATE TABLE sqitch.tags (tag text, project text DEFAULT 'p', planned_at timestamptz);
INSERT INTO sqitch.changes (change, planned_at) VALUES ('users', '2024-01-01 00:00Z'), ('app/roles', '2024-01-02 00:00Z');
SELECT * FROM adopted('sqitch', '{sqitch.plan,deploy/users@v1.sql,deploy/app/roles.sql,deploy/users.sql}', ARRAY[
  E'%syntax-version=1.0.0\n%project=p\n\nusers 2024-01-01T00:00:00Z A <a@b> # users\napp/roles [users] 2024-01-02T00:00:00Z A <a@b> # roles\n@v1 2024-01-03T00:00:00Z A <a@b> # v1\n\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b> # users anew\n',
  'SELECT 1;', 'SELECT 2;', 'SELECT 3;']);
ROLLBACK;

-- A file of Drizzle's that was edited is known by its time.
BEGIN;
CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id int, hash text, created_at int8);
INSERT INTO drizzle.__drizzle_migrations VALUES (1, 'aa', 1704164645123), (2, 'bb', 1704251045000);
SELECT * FROM adopted('drizzle', '{meta/_journal.json,20240102030405_a.sql,20240103030405_b.sql}', ARRAY[
  '{"version": "7", "entries": [{"when": 1704164645123, "tag": "20240102030405_a"}, {"tag": "20240103030405_b", "when": 1704251045000}]}',
  'SELECT 1;', 'SELECT 2;']);
ROLLBACK;

DROP SCHEMA ai CASCADE;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
