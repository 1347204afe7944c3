-- Online runs: a transaction per revision, statements at top level, and going
-- on where something stopped.
SET zishu_migrate.echo = off;
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;

SELECT zishu_revision('tables',
  'CREATE TABLE item (id int PRIMARY KEY, part int, state int);
   INSERT INTO item SELECT i, i FROM generate_series(1, 1000) i;',
  'DROP TABLE item', 'r1');
SELECT zishu_revision('index and enum', $$
  CREATE INDEX CONCURRENTLY item_part ON item (part);
  CREATE TYPE mood AS ENUM ('sad');
  ALTER TYPE mood ADD VALUE 'glad';
  ALTER TABLE item ADD mood mood DEFAULT 'glad';
  -- zishu:repeat
  UPDATE item SET state = part WHERE id IN
    (SELECT id FROM item WHERE state IS NULL LIMIT 300);
  VACUUM item;
$$, 'DROP INDEX CONCURRENTLY item_part;
  ALTER TABLE item DROP mood;
  DROP TYPE mood', 'r2');

-- What cannot run in a transaction is refused in one, and runs online.
SELECT * FROM zishu_upgrade();
CALL zishu_upgrade_online();
SELECT * FROM zishu_current();
SELECT count(*), count(state), count(DISTINCT mood) FROM item;
SELECT indexrelid::regclass, indisvalid FROM pg_index
WHERE indrelid = 'item'::regclass ORDER BY 1;
SELECT revision, action, outcome, statements, heads_after, user_role
FROM zishu_migrate.event ORDER BY id;
SELECT * FROM zishu_migrate.progress;

-- Nothing to do.
SET client_min_messages = notice;
SET zishu_migrate.echo = on;
CALL zishu_upgrade_online();
SET zishu_migrate.echo = off;
SET client_min_messages = warning;

-- Down again.
CALL zishu_downgrade_online();
SELECT * FROM zishu_current();
CALL zishu_downgrade_online('base');
SELECT to_regclass('item'), to_regtype('mood');

-- A procedure that commits runs by itself, and where nothing else may.
BEGIN;
CALL zishu_upgrade_online();
ROLLBACK;
DO $$ BEGIN PERFORM 1; CALL zishu_upgrade_online('r1'); END $$;
CREATE FUNCTION in_function() RETURNS void LANGUAGE plpgsql AS
  $$ BEGIN CALL zishu_upgrade_online('base'); END $$;
SELECT in_function();
CALL zishu_upgrade_online(NULL);
CALL zishu_upgrade_online('nosuch');
CALL zishu_upgrade_online('r1', 'nosuch');

-- The session's settings are the worker's, those that only it knows too.
CREATE SCHEMA elsewhere;
SET search_path = elsewhere, public;
SET my.own = 'a "b" ''c''';
SET work_mem = '7MB';
SELECT zishu_revision('settings', $$
  CREATE TABLE seen AS SELECT current_setting('my.own') AS own,
    current_setting('work_mem') AS work_mem,
    current_setting('lock_timeout') AS lock_timeout,
    current_setting('application_name') <> '' AS named,
    current_user AS who;
  SET work_mem = '9MB';
  SET LOCAL search_path = public;
  VACUUM elsewhere.seen;
  CREATE TABLE seen_later AS SELECT current_setting('work_mem') AS work_mem;
  CREATE TEMPORARY TABLE gone AS SELECT 1;
$$, 'DROP TABLE elsewhere.seen, public.seen_later', 'r3');
SELECT zishu_revision('after it', $$
  CREATE TEMPORARY TABLE gone AS SELECT current_setting('work_mem') AS work_mem;
  CREATE TABLE seen_after AS SELECT * FROM gone;
$$, 'DROP TABLE seen_after', 'r4');
CALL zishu_upgrade_online();
SELECT * FROM elsewhere.seen;
SELECT * FROM public.seen_later;
SELECT * FROM elsewhere.seen_after;

-- Errors come as if the statement had been typed here, with their place.
SELECT zishu_revision('fails', $$
  ALTER TABLE item ADD a int;
  VACUUM item;
  ALTER TABLE item ADD b int;
  ALTER TABLE item ADD c nosuch;
$$, '', 'r5');
CALL zishu_upgrade_online();
\echo :LAST_ERROR_SQLSTATE
SELECT revision, action, statement, statements, state, sqlstate, error
FROM zishu_migrate.progress;
SELECT revision, outcome, sqlstate, error FROM zishu_migrate.event
ORDER BY id DESC LIMIT 1;
SELECT attname FROM pg_attribute
WHERE attrelid = 'item'::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY attnum;

-- Until it is finished nothing else runs.
SELECT * FROM zishu_upgrade();
CALL zishu_downgrade_online();
SELECT zishu_remove('r5');

-- It goes on with the text as it is by then, but what was done may not have
-- changed, unless somebody says so.
SELECT zishu_edit('r5', $$
  ALTER TABLE item ADD a2 int;
  VACUUM item;
  ALTER TABLE item ADD c int;
$$, 'ALTER TABLE item DROP a, DROP c');
CALL zishu_upgrade_online();
SELECT zishu_repair('r4');
SELECT zishu_repair('r5');
CALL zishu_upgrade_online();
SELECT attname FROM pg_attribute
WHERE attrelid = 'item'::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY attnum;
SELECT revision, action, outcome FROM zishu_migrate.event
ORDER BY id DESC LIMIT 3;
SELECT zishu_repair('r1', 'nosuch');
SELECT count(*) FROM zishu_migrate.progress;

-- Fewer statements than were done are too few.
SELECT zishu_revision('fails later', $$
  CREATE TABLE x1 (); VACUUM x1; SELECT 1/0;
$$, '', 'r6');
CALL zishu_upgrade_online();
SELECT zishu_edit('r6', 'CREATE TABLE x1 ()', '');
SELECT zishu_repair('r6');
-- Whoever stamps has put the schema in order.
SET client_min_messages = notice;
SELECT * FROM zishu_stamp('r6');
SET client_min_messages = warning;
SELECT count(*) FROM zishu_migrate.progress;

-- A role that may not: neither call it nor do what the scripts do.
CREATE ROLE regress_online_runner;
SET ROLE regress_online_runner;
CALL zishu_downgrade_online('r5');
RESET ROLE;
GRANT EXECUTE ON PROCEDURE zishu_downgrade_online TO regress_online_runner;
GRANT USAGE ON SCHEMA elsewhere TO regress_online_runner;
SET ROLE regress_online_runner;
CALL zishu_downgrade_online('r3');
RESET ROLE;
SELECT revision, action, outcome, session_role = session_user AS session, user_role
FROM zishu_migrate.event ORDER BY id DESC LIMIT 3;
CALL zishu_downgrade_online('base');
RESET search_path;
DROP SCHEMA elsewhere CASCADE;
REVOKE EXECUTE ON PROCEDURE zishu_downgrade_online FROM regress_online_runner;
DROP ROLE regress_online_runner;

-- Tenants.
CREATE SCHEMA acme;
DELETE FROM zishu_migrate.version;
CALL zishu_upgrade_online('r1', 'acme');
SELECT * FROM zishu_migrate.version;
SELECT 'acme.item'::regclass;
CALL zishu_downgrade_online('base', 'acme');

-- An index that is there, but not valid, is none.
CREATE TABLE twice (id int);
INSERT INTO twice VALUES (1), (1);
CREATE UNIQUE INDEX CONCURRENTLY twice_id ON twice (id);
SELECT zishu_revision('unique', 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS twice_id ON twice (id)',
  '', 'unique', head => '{base}');
CALL zishu_upgrade_online('unique');
DROP INDEX twice_id;
DELETE FROM twice;
CALL zishu_upgrade_online('unique');
SELECT indisvalid FROM pg_index WHERE indexrelid = 'twice_id'::regclass;
DROP TABLE twice;
