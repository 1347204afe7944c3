-- What was imported of each tool's files runs: up, and down where there is a
-- way.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

CREATE FUNCTION try(format text, names text[], contents text[], table_name text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  added int; again int; ups int; there bool; downs text;
BEGIN
  SELECT count(*) INTO added FROM zishu_import('auto', names, contents);
  SELECT count(*) INTO again FROM zishu_import(format, names, contents)
    WHERE action = 'unchanged';
  SELECT count(*) INTO ups FROM zishu_upgrade('heads');
  there := to_regclass(table_name) IS NOT NULL;
  BEGIN
    SELECT count(*) INTO downs FROM zishu_downgrade('base');
  EXCEPTION WHEN OTHERS THEN
    downs := SQLSTATE;
    EXECUTE format('DROP TABLE %I', table_name);
    PERFORM zishu_stamp('base');
  END;
  DELETE FROM zishu_migrate.revision;
  RETURN format('%s: %s added, %s unchanged; %s up, %s down; made: %s, gone: %s',
    format, added, again, ups, downs, there, to_regclass(table_name) IS NULL);
END $$;

SELECT try('liquibase', '{a.sql,b.sql}',
  ARRAY[E'--liquibase formatted sql\n--changeset a:1\nCREATE TABLE lb (a int);\nINSERT INTO lb VALUES (1);\n--rollback DROP TABLE lb;\n--changeset a:2\nALTER TABLE lb ADD b int;\n--rollback ALTER TABLE lb\n--rollback DROP b;\n',
  E'--liquibase formatted sql\n--changeset a:3\nINSERT INTO lb VALUES (2);\n--rollback empty\n'], 'lb');
SELECT try('node-pg-migrate', '{10_b.sql,9_a.sql}',
  ARRAY[E'-- Up Migration\nALTER TABLE np ADD b int;\n-- Down Migration\nALTER TABLE np DROP b;\n',
  E'-- Up Migration\nCREATE TABLE np ();\n-- Down Migration\nDROP TABLE np;\n'], 'np');
SELECT try('prisma', '{2024_b/migration.sql,2023_a/migration.sql,migration_lock.toml}',
  ARRAY['ALTER TABLE pr ADD b int;', 'CREATE TABLE pr ();', 'provider = "postgresql"'], 'pr');
SELECT try('drizzle', '{0000_b.sql,0001_a.sql,meta/_journal.json}',
  ARRAY[E'ALTER TABLE dr ADD b int;\n--> statement-breakpoint\nALTER TABLE dr ADD c int;', 'CREATE TABLE dr ();',
  '{"entries": [{"tag": "0001_a"}, {"tag": "0000_b"}]}'], 'dr');
SELECT try('graphile-migrate', '{committed/000001.sql,committed/000002-b.sql}',
  ARRAY[E'--! Previous: -\n--! Hash: sha1:de700d43209a27417aa914f53fa9615df533a640\n\nCREATE TABLE gr ();\n', E'--! Previous: sha1:de700d43209a27417aa914f53fa9615df533a640\n--! Hash: sha1:64bc1d96fca04031e41a570ceedabe331fbac604\n\nALTER TABLE gr ADD b int;\n'], 'gr');
SELECT try('flyway', '{V1__a.sql,V1_2__b.sql,U1__a.sql,U1.2__b.sql}',
  ARRAY['CREATE TABLE fw ();', 'ALTER TABLE fw ADD b int;', 'DROP TABLE fw;', 'ALTER TABLE fw DROP b;'], 'fw');
SELECT try('sqitch', '{sqitch.plan,deploy/a.sql,revert/a.sql}',
  ARRAY[E'%project=x\n\na 2024-01-01T00:00:00Z A <a@b>\n@v1 2024-01-01T00:00:00Z A <a@b>\n', E'BEGIN;\nCREATE TABLE sq ();\nCOMMIT;\n', E'BEGIN;\nDROP TABLE sq;\nCOMMIT;\n'], 'sq');
-- This one is never recognised.
SELECT count(*) FROM zishu_import('refinery', '{V10__b.sql,U2__a.sql}',
  ARRAY['ALTER TABLE rf ADD b int;', 'CREATE TABLE rf ();']);
SELECT count(*) FROM zishu_upgrade();
SELECT count(*) AS columns FROM pg_attribute WHERE attrelid = 'rf'::regclass AND attnum > 0;
SELECT count(*) FROM zishu_stamp('base');
DELETE FROM zishu_migrate.revision;
DROP TABLE rf;
DROP FUNCTION try;
