--
-- zishu_migrate.alembic_version_table: the table of Alembic's that is kept in
-- step with the version rows.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
DROP SCHEMA IF EXISTS av CASCADE;
DROP ROLE IF EXISTS regress_av;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
CREATE SCHEMA av;
SET search_path = av;

-- root -> left, right -> both
SELECT zishu_revision('root', 'CREATE TABLE root ()', 'DROP TABLE root', rev_id => 'root');
SELECT zishu_revision('left', 'CREATE TABLE "left" ()', 'DROP TABLE "left"', rev_id => 'left', head => '{root}');
SELECT zishu_revision('right', 'CREATE TABLE "right" ()', 'DROP TABLE "right"', rev_id => 'right', head => '{root}', splice => true);
SELECT zishu_merge(rev_id => 'both');

-- Off by default.
SHOW zishu_migrate.alembic_version_table;
SELECT revision FROM zishu_upgrade('root');
SELECT to_regclass('alembic_version');

-- What is there already comes with the first change; the table is made as
-- Alembic makes it.
SET zishu_migrate.alembic_version_table = 'alembic_version';
SELECT revision FROM zishu_upgrade('left');
\d alembic_version
SELECT * FROM alembic_version;
-- Nothing to do is no change.
SELECT revision FROM zishu_upgrade('left');
SELECT revision FROM zishu_upgrade('right');
SELECT * FROM alembic_version ORDER BY 1;
-- Heads that are merged, and come apart.
SELECT revision FROM zishu_upgrade('both');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('left@-1');
SELECT * FROM alembic_version ORDER BY 1;
SELECT revision FROM zishu_downgrade('root');
SELECT * FROM alembic_version;
-- Stamps, too.
SELECT * FROM zishu_stamp('heads');
SELECT * FROM alembic_version;
SELECT * FROM zishu_stamp('base');
SELECT * FROM alembic_version;
SELECT * FROM zishu_stamp('{left,right}'::text[]);
SELECT * FROM alembic_version ORDER BY 1;
SELECT * FROM zishu_stamp('root', purge => true);
SELECT * FROM alembic_version;
SELECT revision FROM zishu_upgrade('heads', dry_run => true);
SELECT * FROM alembic_version;

-- In the same transaction.
BEGIN;
SELECT revision FROM zishu_upgrade('heads');
SELECT * FROM alembic_version;
ROLLBACK;
SELECT * FROM alembic_version;
SELECT revision FROM zishu_migrate.version;

-- Only for the default tenant.
CREATE SCHEMA av_tenant;
SELECT revision FROM zishu_upgrade('root', tenant => 'av_tenant');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('base', tenant => 'av_tenant');
DROP SCHEMA av_tenant;

-- Somebody has run Alembic: which of the two is right?
UPDATE alembic_version SET version_num = 'left';
SELECT revision FROM zishu_upgrade('heads');
\echo :SQLSTATE
SELECT * FROM zishu_stamp('left');
\echo :SQLSTATE
SELECT * FROM alembic_version;
SELECT * FROM zishu_migrate.version;
-- The version rows are; even if they stay what they are.
SELECT * FROM zishu_stamp('root', purge => true);
SELECT * FROM alembic_version;
-- Majors tell the context of an error in different words.
\set SHOW_CONTEXT never
-- Before anything runs, and in a dry run.
SELECT zishu_revision('never', 'SELECT 1 / 0', 'SELECT 1 / 0', rev_id => 'never', head => '{root}', splice => true);
UPDATE alembic_version SET version_num = 'left';
SELECT revision FROM zishu_upgrade('never');
SELECT revision FROM zishu_upgrade('never', dry_run => true);
CALL zishu_upgrade_online('never');
SELECT count(*) FROM zishu_migrate.progress;
UPDATE alembic_version SET version_num = 'root';
SELECT revision FROM zishu_upgrade('never');
SELECT zishu_remove('never');
-- Where a script has moved it as it will be, all is well.
SELECT zishu_revision('itself', 'UPDATE av.alembic_version SET version_num = ''itself''',
  'UPDATE av.alembic_version SET version_num = ''root''', rev_id => 'itself', head => '{root}', splice => true);
SELECT revision FROM zishu_upgrade('itself');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('root');
SELECT zishu_remove('itself');
SELECT revision FROM zishu_downgrade('base');
SELECT * FROM alembic_version;
-- Many rows are not all named.
INSERT INTO alembic_version SELECT 'r' || n FROM generate_series(101, 112) n;
SELECT revision FROM zishu_upgrade('root');
TRUNCATE alembic_version;

-- The column's width: told by name, and wider ones are fine.
SELECT zishu_revision('a long one', 'SELECT 1', 'SELECT 1', rev_id => 'x23456789_123456789_123456789_1234', head => '{root}', splice => true);
SELECT revision FROM zishu_upgrade('x23456789_123456789_123456789_1234');
\echo :SQLSTATE
ALTER TABLE alembic_version ALTER version_num TYPE varchar(255);
SELECT revision FROM zishu_upgrade('x23456789_123456789_123456789_1234');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('base');
ALTER TABLE alembic_version ALTER version_num TYPE text;
SELECT revision FROM zishu_upgrade('x23456789_123456789_123456789_1234');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('base');
DROP TABLE alembic_version;
SELECT revision FROM zishu_upgrade('x23456789_123456789_123456789_1234');
SELECT to_regclass('alembic_version');

-- What is no such table.
CREATE VIEW alembic_version AS SELECT 'root'::varchar AS version_num;
SELECT revision FROM zishu_upgrade('root');
DROP VIEW alembic_version;
CREATE TABLE alembic_version (version int);
SELECT revision FROM zishu_upgrade('root');
DROP TABLE alembic_version;
CREATE TABLE alembic_version (version_num int);
SELECT revision FROM zishu_upgrade('root');
DROP TABLE alembic_version;

-- Names.
SET zishu_migrate.alembic_version_table = 'a.b.c';
SET zishu_migrate.alembic_version_table = '"a';
SET zishu_migrate.alembic_version_table = 'a b';
SET zishu_migrate.alembic_version_table = 'nosuch.versions';
SELECT revision FROM zishu_upgrade('root');
\echo :SQLSTATE
SET zishu_migrate.alembic_version_table = 'av."The ""Version"" %s"';
SELECT revision FROM zishu_upgrade('left');
SELECT * FROM av."The ""Version"" %s";
SELECT revision FROM zishu_downgrade('base');
SET search_path = '';
SET zishu_migrate.alembic_version_table = 'alembic_version';
SELECT * FROM zishu_stamp('root');
\echo :SQLSTATE
SET search_path = av;

-- A script's own search_path does not count, nor does what it does to it.
SELECT zishu_revision('path', 'SELECT pg_catalog.set_config(''search_path'', '''', false)', '', rev_id => 'path', head => '{root}', splice => true);
SELECT revision FROM zishu_upgrade('path');
SELECT * FROM alembic_version;
SELECT revision FROM zishu_downgrade('root');
CALL zishu_upgrade_online('path');
SELECT * FROM alembic_version;
CALL zishu_downgrade_online('root');
SELECT * FROM alembic_version;
CALL zishu_upgrade_online('left');
SELECT * FROM alembic_version;
CALL zishu_downgrade_online('base');
SELECT * FROM alembic_version;
SELECT * FROM zishu_migrate.version;

-- Nothing is done with other rights than the caller's.
CREATE ROLE regress_av;
GRANT EXECUTE ON FUNCTION zishu_upgrade, zishu_stamp(text, boolean, text) TO regress_av;
GRANT USAGE, CREATE ON SCHEMA av TO regress_av;
SET ROLE regress_av;
SELECT revision FROM zishu_upgrade('root');
\echo :SQLSTATE
RESET ROLE;
GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version TO regress_av;
SET ROLE regress_av;
SELECT revision FROM zishu_upgrade('root');
SELECT * FROM alembic_version;
RESET ROLE;
-- Triggers run as the caller.
CREATE FUNCTION av.spy() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE NOTICE ''% by %'', tg_op, current_user; RETURN NULL; END';
CREATE TRIGGER spy AFTER INSERT OR DELETE ON alembic_version FOR EACH STATEMENT EXECUTE FUNCTION av.spy();
SET ROLE regress_av;
SELECT revision FROM zishu_upgrade('left');
RESET ROLE;
DROP TRIGGER spy ON alembic_version;
-- What keeps the rows as they are is told.
CREATE FUNCTION av.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep BEFORE INSERT OR DELETE ON alembic_version FOR EACH ROW EXECUTE FUNCTION av.keep();
SELECT revision FROM zishu_downgrade('root');
\echo :SQLSTATE
DROP TRIGGER keep ON alembic_version;
-- One that may not make tables.
DROP TABLE alembic_version;
REVOKE CREATE ON SCHEMA av FROM regress_av;
SET ROLE regress_av;
SELECT * FROM zishu_stamp('base');
\echo :SQLSTATE
RESET ROLE;
SELECT * FROM zishu_migrate.version;

RESET zishu_migrate.alembic_version_table;
SELECT revision FROM zishu_downgrade('base');
SET client_min_messages = warning;
DROP SCHEMA av CASCADE;
REVOKE ALL ON FUNCTION zishu_upgrade, zishu_stamp(text, boolean, text) FROM regress_av;
DROP ROLE regress_av;
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
