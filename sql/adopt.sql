--
-- zishu_adopt: what other tools' own tables say is applied.
--
-- Majors tell the context of an error in different words.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
DROP SCHEMA IF EXISTS ad CASCADE;
DROP SCHEMA IF EXISTS drizzle, graphile_migrate, sqitch, atlas_schema_revisions, supabase_migrations CASCADE;
DROP ROLE IF EXISTS regress_adopt;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
SET timezone = 'UTC';
SET datestyle = iso;
CREATE SCHEMA ad;
SET search_path = ad;

-- Everything about it is looked at before it is given up.
CREATE PROCEDURE ad.look() LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
  RAISE NOTICE 'version rows: %', (SELECT array_agg(revision ORDER BY revision COLLATE "C") FROM zishu_migrate.version);
  FOR r IN SELECT * FROM zishu_migrate.event ORDER BY id LOOP
    RAISE NOTICE '% % %, digests %, after it %', r.action, r.revision,
      CASE WHEN r.at < now() - interval '1 day' THEN r.at::text ELSE 'now' END,
      r.digest IS NOT NULL AND r.token_digest IS NOT NULL, coalesce(r.heads_after::text, '-');
  END LOOP;
END $$;

--
-- Numbers: 0001 <- 0002 <- 0003, then one of our own.
--
SELECT zishu_revision('first', 'SELECT 1', 'SELECT -1', rev_id => '0001');
SELECT zishu_revision('second', 'SELECT 2', 'SELECT -2', rev_id => '0002');
SELECT zishu_revision('third', 'SELECT 3', 'SELECT -3', rev_id => '0003');
SELECT zishu_revision('our own', 'SELECT 4', 'SELECT -4', rev_id => 'ours');

-- dbmate
CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
INSERT INTO schema_migrations VALUES ('0001'), ('0002');
SELECT * FROM zishu_adopt('dbmate', dry_run => true);
CALL look();
BEGIN;
SELECT * FROM zishu_adopt('dbmate');
CALL look();
-- Again: nothing new.
SELECT * FROM zishu_adopt('dbmate');
SELECT count(*) FROM zishu_migrate.event;
SELECT revision, is_applied, is_current FROM zishu_history();
SELECT revision FROM zishu_upgrade('heads');
-- What came after it stays.
SELECT * FROM zishu_adopt('dbmate', 'ad.schema_migrations');
SELECT revision FROM zishu_migrate.version;
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade('base');
ROLLBACK;
-- A hole, and what nobody knows.
UPDATE schema_migrations SET version = '0003' WHERE version = '0001';
SELECT * FROM zishu_adopt('dbmate', dry_run => true);
\echo :SQLSTATE
INSERT INTO schema_migrations VALUES ('0009'), ('o''clock"@-+:');
SELECT * FROM zishu_adopt('dbmate');
INSERT INTO schema_migrations SELECT 'x' || n FROM generate_series(101, 140) n;
SELECT * FROM zishu_adopt('dbmate');
CALL look();
-- An empty one says nothing.
TRUNCATE schema_migrations;
SELECT * FROM zishu_adopt('dbmate');
CALL look();

-- golang-migrate: one number stands for all below it.
ALTER TABLE schema_migrations ADD dirty boolean NOT NULL DEFAULT false;
SELECT * FROM zishu_adopt('dbmate');
\echo :SQLSTATE
ALTER TABLE schema_migrations ALTER version TYPE bigint USING version::bigint;
INSERT INTO schema_migrations VALUES (2, true);
SELECT * FROM zishu_adopt('golang-migrate');
\echo :SQLSTATE
UPDATE schema_migrations SET dirty = false;
BEGIN;
SELECT * FROM zishu_adopt('golang-migrate');
CALL look();
ROLLBACK;
UPDATE schema_migrations SET version = 7, dirty = true;
SELECT * FROM zishu_adopt('golang-migrate');
UPDATE schema_migrations SET version = -1, dirty = false;
SELECT * FROM zishu_adopt('golang-migrate');
DROP TABLE schema_migrations;

-- goose: the last row of a version counts.
CREATE TABLE goose_db_version (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp DEFAULT now());
INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES
  (0, true, '2024-01-01'), (1, true, '2024-01-02'), (2, true, '2024-01-03'), (3, true, '2024-01-04'),
  (3, false, '2024-01-05'), (2, false, '2024-01-06'), (2, true, '2024-01-07 01:02:03');
BEGIN;
SELECT * FROM zishu_adopt('goose');
CALL look();
ROLLBACK;
INSERT INTO goose_db_version (version_id, is_applied) VALUES (9, true), (1, false);
SELECT * FROM zishu_adopt('goose');
\echo :SQLSTATE
DROP TABLE goose_db_version;

-- diesel
CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL);
INSERT INTO __diesel_schema_migrations VALUES ('0001', '2024-02-01 10:00'), ('0002', '2024-02-01 11:00');
SET timezone = 'Asia/Shanghai';
BEGIN;
SELECT * FROM zishu_adopt('diesel');
CALL look();
ROLLBACK;
SET timezone = 'UTC';
INSERT INTO __diesel_schema_migrations VALUES ('20240101000000', now());
SELECT * FROM zishu_adopt('diesel');
DROP TABLE __diesel_schema_migrations;

-- refinery
CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY, name varchar(255), applied_on varchar(255), checksum varchar(255));
INSERT INTO refinery_schema_history VALUES (1, 'first', '2024-03-01T10:00:00.123456Z', '1234'), (2, 'second', '2024-03-01T11:00:00+08:00', '5678');
BEGIN;
SELECT * FROM zishu_adopt('refinery');
CALL look();
ROLLBACK;
INSERT INTO refinery_schema_history VALUES (4, 'fourth', '2024-03-01T10:00:00Z', '');
SELECT * FROM zishu_adopt('refinery');
DROP TABLE refinery_schema_history;

-- sqlx: with checksums
CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz NOT NULL DEFAULT now(),
  success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);
INSERT INTO _sqlx_migrations VALUES
  (1, 'first', '2024-04-01', true, '\x1e43a9a1a6a9fbd57f5e1ea9d2bdb6a4fb5ae4f0fb9f0fa0b2b3f7d6b0a1b2c3', 5),
  (2, 'second', '2024-04-02', false, '\x00', 5);
SELECT * FROM zishu_adopt('sqlx');
\echo :SQLSTATE
UPDATE _sqlx_migrations SET success = true;
BEGIN;
SELECT * FROM zishu_adopt('sqlx');
CALL look();
ROLLBACK;
UPDATE _sqlx_migrations SET checksum = '\xa87be5ea59a50f1537b8361d62582b67f0f8665b89a1afa8f5f5ccc3ec84e9b8c62649fb92c16783942166f392ecc20e' WHERE version = 1;
SELECT * FROM zishu_adopt('sqlx', dry_run => true);
DROP TABLE _sqlx_migrations;

-- graphile-migrate
CREATE SCHEMA graphile_migrate;
CREATE TABLE graphile_migrate.migrations (hash text PRIMARY KEY, previous_hash text, filename text NOT NULL, date timestamptz NOT NULL);
INSERT INTO graphile_migrate.migrations VALUES ('sha1:a', NULL, '0001.sql', '2024-05-01'), ('sha1:b', 'sha1:a', '0002-second.sql', '2024-05-02');
BEGIN;
SELECT * FROM zishu_adopt('graphile-migrate');
CALL look();
ROLLBACK;
INSERT INTO graphile_migrate.migrations VALUES ('sha1:c', 'sha1:b', '0004-x.sql', '2024-05-01');
SELECT * FROM zishu_adopt('graphile-migrate');
DROP SCHEMA graphile_migrate CASCADE;

-- node-pg-migrate
CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
INSERT INTO pgmigrations (name, run_on) VALUES ('0001_first', '2024-06-01'), ('0002_second', '2024-06-02');
BEGIN;
SELECT * FROM zishu_adopt('node-pg-migrate');
CALL look();
ROLLBACK;
UPDATE pgmigrations SET name = '1730000000000_third' WHERE id = 1;
SELECT * FROM zishu_adopt('node-pg-migrate');
DROP TABLE pgmigrations;

-- sql-migrate
CREATE TABLE gorp_migrations (id text PRIMARY KEY, applied_at timestamptz);
INSERT INTO gorp_migrations VALUES ('0001-first.sql', '2024-07-01'), ('0002.sql', NULL);
BEGIN;
SELECT * FROM zishu_adopt('sql-migrate');
CALL look();
ROLLBACK;
UPDATE gorp_migrations SET id = '5.sql' WHERE id = '0002.sql';
SELECT * FROM zishu_adopt('sql-migrate');
DROP TABLE gorp_migrations;

-- prisma: failed, rolled back and applied again
CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count int NOT NULL DEFAULT 0);
INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at, started_at) VALUES
  ('a', encode(sha256('SELECT 1'), 'hex'), '2024-08-01', '0001_first', NULL, '2024-08-01'),
  ('b', 'old', NULL, '0002_second', '2024-08-03', '2024-08-02'),
  ('c', encode(sha256('SELECT 2;'), 'hex'), NULL, '0002_second', NULL, '2024-08-04');
SELECT * FROM zishu_adopt('prisma');
\echo :SQLSTATE
UPDATE _prisma_migrations SET finished_at = '2024-08-05' WHERE id = 'c';
BEGIN;
SELECT * FROM zishu_adopt('prisma');
CALL look();
ROLLBACK;
DROP TABLE _prisma_migrations;

-- drizzle: known by their content, by their time, or by their place
BEGIN;
UPDATE zishu_migrate.revision SET revision = '0000' WHERE revision = '0001';
UPDATE zishu_migrate.revision SET down_revisions = '{0000}' WHERE revision = '0002';
CREATE TABLE __drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('unknown', 1725148800123), (encode(sha256('SELECT 2'), 'hex'), 1725148900000);
SELECT * FROM zishu_adopt('drizzle', 'ad.__drizzle_migrations');
ROLLBACK;
UPDATE zishu_migrate.revision SET created_at = to_timestamp(1725148800.123) WHERE revision = '0001';
CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('unknown', 1725148800123), (encode(sha256('SELECT 2'), 'hex'), 1725148900000);
BEGIN;
SELECT * FROM zishu_adopt('drizzle');
CALL look();
ROLLBACK;
INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('unknown', 1725149000000);
SELECT * FROM zishu_adopt('drizzle');
DROP SCHEMA drizzle CASCADE;

-- flyway: 1 <- 2 <- repeatable; with undo, repair, baseline and failures
SELECT zishu_revision('repeatable', E'SELECT ''a''\n', NULL, rev_id => 'R__all_views', head => '{0002}', splice => true);
CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
  type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,
  installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL, success boolean NOT NULL);
INSERT INTO flyway_schema_history VALUES
  (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"ad"', NULL, 'me', '2024-09-01', 0, true),
  (1, '1', 'first', 'SQL', 'V1__first.sql', 0, 'me', '2024-09-01', 1, true),
  (2, '2', 'second', 'SQL', 'V2__second.sql', 0, 'me', '2024-09-02', 1, true),
  (3, NULL, 'all views', 'SQL', 'R__all_views.sql', 17, 'me', '2024-09-03', 1, true),
  (4, NULL, 'all views', 'SQL', 'R__all_views.sql', 0, 'me', '2024-09-04', 1, true),
  (5, '3', 'third', 'SQL', 'V3__third.sql', 0, 'me', '2024-09-05', 1, true),
  (6, '3', 'third', 'UNDO_SQL', 'U3__third.sql', 0, 'me', '2024-09-06', 1, true);
UPDATE flyway_schema_history SET checksum = 1719613851 WHERE installed_rank = 1;
UPDATE flyway_schema_history SET checksum = 1294901014 WHERE installed_rank = 4;
BEGIN;
SELECT * FROM zishu_adopt('flyway');
CALL look();
ROLLBACK;
INSERT INTO flyway_schema_history VALUES (7, '3', 'third', 'SQL', 'V3__third.sql', 0, 'me', '2024-09-07', 1, false),
  (8, '4.1', 'fourth', 'SQL', 'V4_1__fourth.sql', 0, 'me', '2024-09-07', 1, false),
  (9, '4.2', 'fifth', 'JDBC', 'com.example.V4_2__Fifth', 0, 'me', '2024-09-07', 1, true);
SELECT * FROM zishu_adopt('flyway');
\echo :SQLSTATE
INSERT INTO flyway_schema_history VALUES (10, '4.1', 'fourth', 'DELETE', 'V4_1__fourth.sql', 0, 'me', '2024-09-07', 1, true),
  (11, '4.2', 'fifth', 'DELETE', 'com.example.V4_2__Fifth', 0, 'me', '2024-09-07', 1, true);
UPDATE flyway_schema_history SET success = true;
SELECT revision, action, is_head, entry FROM zishu_adopt('flyway', dry_run => true);
DELETE FROM flyway_schema_history;
INSERT INTO flyway_schema_history VALUES (1, '2', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, 'me', '2024-09-01', 0, true);
BEGIN;
SELECT * FROM zishu_adopt('flyway');
CALL look();
ROLLBACK;
DROP TABLE flyway_schema_history;

-- atlas: a failure, a baseline, and a note of its own
CREATE SCHEMA atlas_schema_revisions;
CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (version varchar PRIMARY KEY, description varchar NOT NULL, type bigint NOT NULL DEFAULT 2,
  applied bigint NOT NULL, total bigint NOT NULL, executed_at timestamptz NOT NULL, execution_time bigint NOT NULL DEFAULT 0, error text, error_stmt text, hash varchar, partial_hashes jsonb, operator_version varchar);
INSERT INTO atlas_schema_revisions.atlas_schema_revisions (version, description, type, applied, total, executed_at, error) VALUES
  ('.atlas_cloud_identifier', '', 2, 0, 0, '2024-09-01', NULL), ('0002', 'baseline', 1, 0, 0, '2024-09-02', ''), ('0003', 'third', 2, 1, 2, '2024-09-03', 'no');
SELECT * FROM zishu_adopt('atlas');
UPDATE atlas_schema_revisions.atlas_schema_revisions SET error = NULL, applied = 2 WHERE version = '0003';
BEGIN;
SELECT * FROM zishu_adopt('atlas');
CALL look();
ROLLBACK;
DROP SCHEMA atlas_schema_revisions CASCADE;

-- supabase
CREATE SCHEMA supabase_migrations;
CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
INSERT INTO supabase_migrations.schema_migrations VALUES ('0001', '{}', 'first'), ('0002', '{}', 'second');
SELECT * FROM zishu_adopt('supabase', dry_run => true);
INSERT INTO supabase_migrations.schema_migrations VALUES ('0004');
SELECT * FROM zishu_adopt('supabase');
DROP SCHEMA supabase_migrations CASCADE;

-- liquibase
SELECT zishu_revision('changeset', 'SELECT 5', NULL, rev_id => 'ann_create_table', head => '{0001}', splice => true);
SELECT zishu_revision('changeset', 'SELECT 6', NULL, rev_id => '7', head => '{ann_create_table}');
CREATE TABLE databasechangelog (id varchar(255) NOT NULL, author varchar(255) NOT NULL, filename varchar(255) NOT NULL,
  dateexecuted timestamp NOT NULL, orderexecuted int NOT NULL, exectype varchar(10) NOT NULL, md5sum varchar(35));
INSERT INTO databasechangelog VALUES ('0001', 'bob', 'a.sql', '2024-10-01', 1, 'EXECUTED', '8:x'),
  ('create-table', 'ann', 'a.sql', '2024-10-02', 2, 'RERAN', '8:x'), ('7', 'bob', 'a.sql', '2024-10-03', 3, 'MARK_RAN', '8:x');
BEGIN;
SELECT * FROM zishu_adopt('liquibase');
CALL look();
ROLLBACK;
UPDATE databasechangelog SET exectype = 'FAILED' WHERE id = '7';
UPDATE databasechangelog SET author = 'who' WHERE id = 'create-table';
SELECT * FROM zishu_adopt('liquibase');
DROP TABLE databasechangelog;

-- sqitch: a reworked change has the tag's name, too
SELECT zishu_revision('users', 'SELECT 7', NULL, rev_id => 'users_v2', head => '{0001}', splice => true);
SELECT zishu_revision('roles', 'SELECT 8', NULL, rev_id => 'app/roles', head => '{users_v2}');
SELECT zishu_revision('users again', 'SELECT 9', NULL, rev_id => 'users', head => '{app/roles}');
CREATE SCHEMA sqitch;
CREATE TABLE sqitch.changes (change_id text PRIMARY KEY, script_hash text, change text NOT NULL, project text NOT NULL,
  committed_at timestamptz NOT NULL, planned_at timestamptz NOT NULL);
CREATE TABLE sqitch.tags (tag_id text PRIMARY KEY, tag text NOT NULL, project text NOT NULL, change_id text NOT NULL, planned_at timestamptz NOT NULL);
INSERT INTO sqitch.changes VALUES ('a', 'x', '0001', 'p', '2024-11-01', '2024-01-01'), ('b', 'x', 'users', 'p', '2024-11-02', '2024-01-02'),
  ('c', 'x', 'app/roles', 'p', '2024-11-03', '2024-01-03'), ('d', 'x', 'users', 'p', '2024-11-04', '2024-01-07');
INSERT INTO sqitch.tags VALUES ('t1', '@v1', 'p', 'b', '2024-01-05'), ('t2', '@v2', 'p', 'c', '2024-01-06'), ('t0', '@v0', 'p', 'a', '2024-01-01');
BEGIN;
SELECT * FROM zishu_adopt('sqitch');
CALL look();
ROLLBACK;
DELETE FROM sqitch.tags;
SELECT * FROM zishu_adopt('sqitch');
DROP TABLE sqitch.tags;
SELECT * FROM zishu_adopt('sqitch');
\echo :SQLSTATE
DROP SCHEMA sqitch CASCADE;

-- alembic: rows are heads
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0002'), ('7');
BEGIN;
SELECT * FROM zishu_adopt('alembic');
CALL look();
ROLLBACK;
-- One below another adds nothing.
INSERT INTO alembic_version VALUES ('0001');
SELECT * FROM zishu_adopt('alembic', dry_run => true);
-- Only the table that is kept in step takes away, too.
TRUNCATE alembic_version;
SELECT * FROM zishu_stamp('0003');
SELECT * FROM zishu_adopt('alembic', dry_run => true);
INSERT INTO alembic_version VALUES ('0002');
SET zishu_migrate.alembic_version_table = 'ad.alembic_version';
SELECT * FROM zishu_stamp('heads');
\echo :SQLSTATE
SELECT * FROM zishu_adopt('alembic');
CALL look();
SELECT * FROM alembic_version;
UPDATE alembic_version SET version_num = '0003';
INSERT INTO alembic_version VALUES ('7');
SELECT * FROM zishu_adopt('alembic');
SELECT * FROM alembic_version ORDER BY 1;
SELECT revision FROM zishu_migrate.version ORDER BY 1;
-- Rows that name nothing.
SET client_min_messages = warning;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
RESET client_min_messages;
SET zishu_migrate.echo = off;
SET zishu_migrate.alembic_version_table = 'ad.alembic_version';
SELECT zishu_revision('first', 'SELECT 1', 'SELECT -1', rev_id => '0001');
INSERT INTO zishu_migrate.version (revision) VALUES ('gone');
SELECT * FROM zishu_adopt('alembic');
UPDATE alembic_version SET version_num = '0001' WHERE version_num = '7';
DELETE FROM alembic_version WHERE version_num = '0003';
SELECT * FROM zishu_adopt('alembic', dry_run => true);
RESET zishu_migrate.alembic_version_table;
SELECT * FROM zishu_adopt('alembic');
\echo :SQLSTATE
SELECT * FROM zishu_stamp('base', purge => true);

--
-- Whose tables they are
--
SELECT * FROM zishu_adopt('nosuch');
\echo :SQLSTATE
SELECT * FROM zishu_adopt(NULL);
SELECT * FROM zishu_adopt('alembic', '');
SELECT * FROM zishu_adopt('alembic', 'a.b.c.d');
SELECT * FROM zishu_adopt('alembic', 'nosuch');
\echo :SQLSTATE
SELECT * FROM zishu_adopt('flyway');
SELECT * FROM zishu_adopt('flyway', 'alembic_version');
\echo :SQLSTATE
SELECT * FROM zishu_adopt('alembic', 'alembic_version_pkey');
CREATE TABLE "odd ""name"" %s" (version_num int[]);
SELECT * FROM zishu_adopt('alembic', 'ad."odd ""name"" %s"');
INSERT INTO "odd ""name"" %s" VALUES ('{1,2}'), (NULL);
SELECT * FROM zishu_adopt('alembic', 'ad."odd ""name"" %s"');
CREATE TABLE odd_time (version text, run_on text);
INSERT INTO odd_time VALUES ('0001', 'yesterday or so');
SELECT * FROM zishu_adopt('diesel', 'odd_time');
\echo :SQLSTATE

-- A tenant's own ledger
SELECT * FROM zishu_adopt('alembic', tenant => 'nosuch_schema');
CREATE SCHEMA ad_tenant;
SELECT * FROM zishu_adopt('alembic', tenant => 'ad_tenant');
SELECT * FROM zishu_adopt('alembic', 'ad.alembic_version', tenant => 'ad_tenant');
SELECT * FROM zishu_migrate.version;
CREATE TABLE ad_tenant.alembic_version AS SELECT * FROM alembic_version;
SELECT * FROM zishu_adopt('alembic', tenant => 'ad_tenant');
SELECT * FROM zishu_stamp('base', tenant => 'ad_tenant');
DROP TABLE ad_tenant.alembic_version;
DROP SCHEMA ad_tenant;

-- Rights: EXECUTE, and what the table's owner has granted
CREATE ROLE regress_adopt;
GRANT USAGE ON SCHEMA ad TO regress_adopt;
SET ROLE regress_adopt;
SELECT * FROM zishu_adopt('alembic');
RESET ROLE;
GRANT EXECUTE ON FUNCTION zishu_adopt TO regress_adopt;
SET ROLE regress_adopt;
SELECT * FROM zishu_adopt('alembic');
\echo :SQLSTATE
RESET ROLE;
GRANT SELECT ON alembic_version TO regress_adopt;
ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY;
SET ROLE regress_adopt;
SELECT * FROM zishu_adopt('alembic');
RESET ROLE;
ALTER TABLE alembic_version DISABLE ROW LEVEL SECURITY;
SET ROLE regress_adopt;
SELECT * FROM zishu_adopt('alembic');
RESET ROLE;
SELECT user_role FROM zishu_migrate.event ORDER BY id DESC LIMIT 1;
SELECT last_revision, last_action FROM zishu_status();
-- What somebody has put where the tool's table is looked for gets nothing run
-- with the caller's rights: neither a view nor a type's cast.
GRANT CREATE ON SCHEMA ad TO regress_adopt;
SET ROLE regress_adopt;
CREATE FUNCTION ad.boom() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'it is run'; END $$;
CREATE VIEW ad.__diesel_schema_migrations AS SELECT ad.boom() AS version, now() AS run_on;
CREATE TYPE ad.planted AS (a int);
CREATE FUNCTION ad.planted_text(ad.planted) RETURNS text LANGUAGE sql AS 'SELECT ad.boom()';
CREATE CAST (ad.planted AS text) WITH FUNCTION ad.planted_text(ad.planted);
CREATE TABLE ad.goose_db_version (id int, version_id int, is_applied bool, tstamp ad.planted);
INSERT INTO ad.goose_db_version VALUES (1, 1, true, ROW (1));
SELECT * FROM zishu_adopt('diesel', dry_run => true);
RESET ROLE;
SELECT * FROM zishu_adopt('diesel', dry_run => true);
SELECT * FROM zishu_adopt('diesel', 'ad.__diesel_schema_migrations', dry_run => true);
SELECT * FROM zishu_adopt('goose', dry_run => true);
SELECT * FROM zishu_adopt('goose', 'ad.goose_db_version', dry_run => true);
-- Where nothing may be changed
BEGIN READ ONLY;
SELECT * FROM zishu_adopt('alembic', dry_run => true);
SELECT * FROM zishu_adopt('alembic');
ROLLBACK;

SET client_min_messages = warning;
DROP SCHEMA ad CASCADE;
REVOKE ALL ON FUNCTION zishu_adopt FROM regress_adopt;
DROP ROLE regress_adopt;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
