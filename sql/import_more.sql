-- Histories of Flyway, Sqitch, Prisma, Drizzle, graphile-migrate,
-- node-pg-migrate, refinery and Liquibase.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
RESET client_min_messages;
SET zishu_migrate.echo = off;

-- What is stored, parents first.
CREATE VIEW stored AS
  SELECT revision, down_revisions AS revises, message, branch_labels AS labels,
    upgrade_script AS up, downgrade_script AS down
  FROM zishu_migrate.revision ORDER BY position;
CREATE PROCEDURE forget() LANGUAGE sql AS 'DELETE FROM zishu_migrate.revision';
-- Up and down again.
CREATE FUNCTION both_ways() RETURNS text LANGUAGE plpgsql AS $$
DECLARE ups int; downs int;
BEGIN
  SELECT count(*) INTO ups FROM zishu_upgrade('heads');
  SELECT count(*) INTO downs FROM zishu_downgrade('base');
  RETURN format('%s up, %s down', ups, downs);
END $$;

--
-- Flyway
--
SELECT * FROM zishu_import('auto',
  '{V1__first.sql,V10__tenth.sql,V1_5__between_them.sql,U10__tenth.sql,V2.0__two.sql,R__views.sql,sub/V3__deeper.sql,V3__deeper.sql.conf,U1__first.sql,U2__two.sql,U1.5__b.sql,U3__d.sql}',
  ARRAY['CREATE TABLE a (id int);', 'CREATE TABLE tenth ();', E'CREATE TABLE b ();\r\n',
    'DROP TABLE tenth;', 'CREATE TABLE ${Name} (); COMMENT ON TABLE ${name} IS ''${flyway:filename}'';',
    'CREATE VIEW v AS SELECT 1;', 'CREATE TABLE c ();', 'placeholderReplacement=false',
    'DROP TABLE a', 'DROP TABLE two', 'DROP TABLE b', 'DROP TABLE c'],
  placeholders => '{"NAME": "two"}');
SELECT * FROM stored;
SELECT count(*) FROM zishu_upgrade('10');
SELECT obj_description('two'::regclass);
SELECT count(*) FROM zishu_downgrade('base');
-- Again: nothing changes.
SELECT action, count(*) FROM zishu_import('flyway',
  '{V1__first.sql,U1__first.sql}', ARRAY['CREATE TABLE a (id int);', 'DROP TABLE a']) GROUP BY 1;
CALL forget();
-- All that is wrong at once.
SELECT * FROM zishu_import('flyway',
  '{V1__a.sql,V1.0__again.sql,U7__nothing.sql,beforeMigrate.sql,afterMigrate__x.sql,V2__Step.java,V3__unknown.sql,B1__base.sql}',
  ARRAY['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 4', 'SELECT 5', 'class', E'SELECT 1;\nSELECT ''${x} ${y}'';', 'SELECT 0']);
SELECT count(*) FROM zishu_migrate.revision;

-- A baseline of a version that is here is none; another stands for all below.
SELECT * FROM zishu_import('flyway', '{V1__a.sql,V2__b.sql,B2__b.sql,V3__c.sql}', '{SELECT 1,SELECT 2,SELECT 0,SELECT 3}');
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('flyway', '{V1__a.sql,U1__a.sql,B1.5__old.sql,B2__b.sql,V3__c.sql,R__r.sql}', '{SELECT 1,SELECT -1,SELECT 0,SELECT 0,SELECT 3,SELECT 4}');
SELECT * FROM stored;
CALL forget();

-- Settings of one script.
SELECT * FROM zishu_import('flyway', '{V1__a.sql,V1__a.sql.conf,V2__b.sql,V2__b.sql.conf,V3__c.sql,V3__c.sql.conf}',
  ARRAY['SELECT ''é''', 'encoding = ISO-8859-1', 'SELECT ''e''', E'encoding=windows-1252\nexecuteInTransaction=false', 'SELECT ''é''', E'encoding=UTF-8\nshouldExecute=${test}']);

--
-- Sqitch
--
SELECT * FROM zishu_import('auto',
  '{sqitch.conf,db/sqitch.plan,db/deploy/app/schema.sql,db/revert/app/schema.sql,db/deploy/users.sql,db/deploy/users@v1.sql,db/revert/users.sql,db/revert/users@v1.sql,db/verify/users.sql}',
  ARRAY[E'[core]\n\tengine = pg\n\ttop_dir = db\n',
  E'%syntax-version=1.0.0\n%project=app\n\napp/schema 2024-01-02T03:04:05Z Ada <ada@example.com> # The schema.\\nOf it.\nusers [app/schema !other] 2024-01-03T03:04:05Z Ada <ada@example.com>\n@v1 2024-01-03T04:00:00Z Ada <ada@example.com> # First\n\nusers [users@v1] 2024-02-03T03:04:05Z Ada <ada@example.com> # More\n@v2.0 2024-02-04T03:04:05Z Ada <a@b>\n',
  E'BEGIN;\nCREATE SCHEMA app;\nCOMMIT;', E'BEGIN;\nDROP SCHEMA app;\nCOMMIT;',
  'ALTER TABLE app.users ADD name text;', 'CREATE TABLE app.users ();',
  'ALTER TABLE app.users DROP name;', 'DROP TABLE app.users;', E'SELECT name\nFROM app.users WHERE false;']);
SELECT * FROM stored;
SELECT revision, created_at AT TIME ZONE 'UTC' AS created FROM zishu_migrate.revision ORDER BY position;
SELECT both_ways();
CALL forget();
SELECT * FROM zishu_import('sqitch',
  '{sqitch.plan,deploy/a.sql}',
  ARRAY[E'@early\na [missing other:b !a] 2024-01-02T03:04:05Z A <a@b>\nb [!a]\n-a\n', 'SELECT 1']);
SELECT * FROM zishu_import('sqitch', '{x.sql}', '{}'::text[] || 'SELECT 1'::text);

--
-- Prisma
--
SELECT * FROM zishu_import('auto',
  '{20240102_init/migration.sql,20240101_zero/migration.sql,migration_lock.toml,20240103_code/readme.md}',
  ARRAY['CREATE TABLE p ();', 'SELECT 0;', 'provider = "postgresql"', '']);
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('prisma', '{1_a/migration.sql,2_b/migration.ts}', ARRAY['SELECT 1', 'x']);

--
-- Drizzle: the journal is the order.
--
SELECT * FROM zishu_import('auto',
  '{0000_second.sql,0001_first.sql,0002_stray.sql,meta/_journal.json,meta/0000_snapshot.json}',
  ARRAY[E'CREATE TABLE d2 ();\n--> statement-breakpoint\nCREATE TABLE d3 ();', 'CREATE TABLE d1 ();', 'SELECT 1',
  '{"version": "7", "entries": [{"idx": 0, "when": 1, "tag": "0001_first", "breakpoints": true}, {"idx": 1, "tag": "0000_second"}]}', '{}']);
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('drizzle', '{meta/_journal.json}', ARRAY['{"entries": [{"tag": "0000_gone"}]}']);
SELECT * FROM zishu_import('drizzle', '{meta/_journal.json}', ARRAY['{"entries": [']);
SELECT * FROM zishu_import('drizzle', '{a.sql}', ARRAY['SELECT 1']);

--
-- graphile-migrate
--
SELECT * FROM zishu_import('auto',
  '{committed/000001.sql,committed/000002-more.sql,current.sql}',
  ARRAY[E'--! Previous: -\n--! Hash: sha1:be855cdebeb55eb8c2da6f13e3bf9db8ff4cc0ec\n--! Message: the first\n\n--! no-transaction\nCREATE TABLE g (a text DEFAULT '':DATABASE_NAME'', b text DEFAULT ''x''::text);',
  E'--! Previous: sha1:be855cdebeb55eb8c2da6f13e3bf9db8ff4cc0ec\n--! Hash: sha1:81699401cebc7aff92ec9ed0c6f69f1fc4ebe1c4\n\nDROP TABLE g;', 'SELECT 1'],
  placeholders => '{"DATABASE_NAME": "here"}');
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('graphile-migrate', '{committed/000001.sql,committed/000002.sql}',
  ARRAY[E'--! Previous: -\n--! Hash: sha1:aa\n\nSELECT 1', E'--! Previous: sha1:cc\n--! Hash: sha1:bb\n\nSELECT 2']);

-- A hash that is another file's, and one that may be.
SELECT * FROM zishu_import('graphile-migrate', '{committed/000001.sql,committed/000002.sql}',
  ARRAY[E'--! Previous: -\n--! Hash: sha1:aa\n\nSELECT 1', E'--! Previous: sha1:aa\n--! Hash: sha1:bb\n--! AllowInvalidHash\n\nSELECT 2']);

--
-- node-pg-migrate
--
SELECT * FROM zishu_import('auto',
  '{1704164645000_create-it.sql,20_early.sql,1704164645001_no-markers.sql,3_down-first.sql}',
  ARRAY[E'-- Up Migration\nCREATE TABLE n ();\n--- DOWN   migration\nDROP TABLE n;', E'-- up migration\nSELECT 1;\n', 'SELECT 2;',
  E'-- Down Migration\nSELECT ''down'';\n-- Up Migration\nSELECT ''up'';\n']);
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('node-pg-migrate', '{1_a.js}', ARRAY['x']);
-- Without the mark for going up the tool runs all of it.
SELECT * FROM zishu_import('node-pg-migrate', '{1_a.sql}', ARRAY[E'SELECT 1;\n\n-- Down Migration\nSELECT 2;\n']);
SELECT * FROM stored;
CALL forget();

--
-- refinery
--
SELECT * FROM zishu_import('refinery', '{V10__ten.sql,V2__two.sql,U1.5__between.sql,V1__one.sql,other.sql}',
  ARRAY['SELECT 10', 'SELECT 2', 'SELECT 1.5', 'SELECT 1', 'x']);
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('refinery', '{V1__one.rs}', ARRAY['x']);

--
-- Liquibase
--
SELECT * FROM zishu_import('auto', '{01.sql,02.sql,root.xml}',
  ARRAY[E'--liquibase formatted sql\n\n--changeset ada:1 runInTransaction:false\n--comment: the first\nCREATE TABLE l1 ();\n--rollback DROP TABLE l1;\n\n-- changeset ada:two runOnChange:true context:test\nCREATE TABLE l2 ();\n/* liquibase rollback\nDROP TABLE\n l2; */\n',
  E'--liquibase formatted sql\n--changeset bob:1\nSELECT 1;\n--rollback empty\n--changeset bob:2\nSELECT 2;\n', '<x/>']);
SELECT * FROM stored;
CALL forget();
SELECT * FROM zishu_import('liquibase', '{a.sql,b.sql}',
  ARRAY[E'--liquibase formatted sql\nSELECT 0;\n--changeset noid\n--preconditions onFail:HALT\nSELECT 1;\n--changeset a:b endDelimiter:/ dbms:mysql\nSELECT 2\n/', 'SELECT 3']);
-- In part.
SELECT * FROM zishu_import('liquibase', '{a.sql,b.sql}',
  ARRAY[E'--liquibase formatted sql\n--changeset a:b\nSELECT 2', 'SELECT 3'], partial => true);
CALL forget();

DROP VIEW stored;
DROP PROCEDURE forget();
DROP FUNCTION both_ways();
