-- What files of other tools say wrongly is told, and raises nothing else.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
RESET client_min_messages;
SET zishu_migrate.echo = off;

--
-- Sqitch
--
-- A time that is none.
SELECT * FROM zishu_import('sqitch', '{sqitch.plan,deploy/a.sql,revert/a.sql,deploy/b.sql,revert/b.sql}',
  ARRAY[E'a 2024garbage A <a@b>\nb 2023-02-29T00:00:00Z A <a@b>\n', 'SELECT 1', '', 'SELECT 2', '']);
SELECT revision, created_at > now() - interval '1 day' AS undated FROM zishu_migrate.revision ORDER BY position;
DELETE FROM zishu_migrate.revision;
-- Tags that come twice, have no name, or that of a change.
SELECT * FROM zishu_import('sqitch', '{sqitch.plan,deploy/a.sql,revert/a.sql}',
  ARRAY[E'a 2024-01-01T00:00:00Z A <a@b>\n@x 2024-01-01T00:00:00Z\n@ 2024-01-01T00:00:00Z\n@x 2024-01-01T00:00:00Z', 'SELECT 1', '']);
SELECT * FROM zishu_import('sqitch', '{sqitch.plan,deploy/a.sql,revert/a.sql,deploy/b.sql,revert/b.sql}',
  ARRAY[E'a 2024-01-01T00:00:00Z A <a@b>\n@b 2024-01-01T00:00:00Z\n@v 2024-01-01T00:00:00Z\nb 2024-01-01T00:00:00Z\n', 'SELECT 1', '', 'SELECT 2', '']);
SELECT revision, branch_labels FROM zishu_migrate.revision ORDER BY position;
DELETE FROM zishu_migrate.revision;
-- A verify script stays a comment whatever its line ends are; directories in
-- other ways to write them.
SELECT * FROM zishu_import('sqitch', '{sqitch.conf,db/sqitch.plan,db/deploy/v.sql,db/revert/v.sql,db/verify/v.sql}',
  ARRAY[E'[core]\ntop_dir = ./db/\n', E'v 2024-01-01T00:00:00Z A <a@b>\n', 'SELECT 1;', '', E'SELECT 1;\rSELECT 1/0;\r\nSELECT 2;']);
SELECT replace(upgrade_script, E'\r', '(CR)') AS up FROM zishu_migrate.revision;
SELECT count(*) FROM zishu_upgrade();
SELECT count(*) FROM zishu_downgrade('base');
DELETE FROM zishu_migrate.revision;

--
-- Liquibase: lines of the way back are those of the file.
--
SELECT * FROM zishu_import('liquibase', '{a.sql}',
  ARRAY[E'--liquibase formatted sql\n--changeset a:b\nSELECT 2;\n\n--rollback SELECT 1;\nSELECT 4;\n--rollback SELECT :x;\n--changeset a:c\nSELECT 5;\n/* liquibase rollback\nSELECT 1;\nSELECT :y;\n*/\n--changeset a:d\n--rollback changesetId:c changesetAuthor:a\n']);

--
-- Drizzle: a journal that is nested too deep for the parser.
--
SELECT * FROM zishu_import('drizzle', '{meta/_journal.json}', ARRAY[repeat('[', 100000)]);
SELECT * FROM zishu_import('drizzle', '{meta/_journal.json,0_a.sql}',
  ARRAY['{"entries": [{"tag": "0_a", "note": "' || repeat('[', 1000) || '\""}]}', 'SELECT 1']);
DELETE FROM zishu_migrate.revision;
