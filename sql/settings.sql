--
-- The settings zishu_migrate.*, and that nothing of a run stays behind.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
-- Loads the library, which defines them.
SELECT * FROM zishu_current();

SELECT name, setting, unit, vartype, context, min_val, max_val, boot_val, short_desc, extra_desc
FROM pg_settings WHERE name LIKE 'zishu%' ORDER BY name COLLATE "C";
SET zishu_migrate.nosuch = 1;
\echo :SQLSTATE
\set VERBOSITY sqlstate
SET zishu_migrate.lock_timeout = -1;
\set VERBOSITY default
SET zishu_migrate.lock_timeout = 'soon';
SET zishu_migrate.lock_timeout = '1.5min';
SHOW zishu_migrate.lock_timeout;
RESET zishu_migrate.lock_timeout;
SET zishu_migrate.echo = 'maybe';
-- a role need not exist when it is named
SET zishu_migrate.owner_role = 'nobody at all';
SHOW zishu_migrate.owner_role;
RESET zishu_migrate.owner_role;

-- Each run tells what its scripts see.
CREATE TABLE seen (n int GENERATED ALWAYS AS IDENTITY, revision text, lock_timeout text, search_path text, role text, owner text, work_mem text, style text);
SELECT zishu_revision('look', $$INSERT INTO public.seen (revision, lock_timeout, search_path, role, owner, work_mem, style)
  SELECT 'look', current_setting('lock_timeout'), current_setting('search_path'), current_user = session_user, current_setting('role'), current_setting('work_mem'), current_setting('datestyle')$$, '', rev_id => 'look');
SELECT zishu_revision('change', $$SET lock_timeout = '3s'; SET search_path = pg_catalog; SET LOCAL work_mem = '1MB'; SET datestyle = 'German';
  SET ROLE pg_monitor; SELECT set_config('zishu_migrate.lock_timeout', '7s', false); SET zishu_migrate.echo = off$$, $$SET work_mem = '2MB'$$, rev_id => 'change');
SELECT zishu_revision('look again', $$INSERT INTO public.seen (revision, lock_timeout, search_path, role, owner, work_mem, style)
  SELECT 'again', current_setting('lock_timeout'), current_setting('search_path'), current_user = session_user, current_setting('role'), current_setting('work_mem'), current_setting('datestyle')$$, '', rev_id => 'again');
SET zishu_migrate.echo = off;

--
-- lock_timeout
--
SELECT revision FROM zishu_upgrade('look');
SET lock_timeout = '2min';
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade('look');
SHOW lock_timeout;
SET zishu_migrate.lock_timeout = '500ms';
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade('look');
SET zishu_migrate.lock_timeout = 0;
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade('look');
SHOW lock_timeout;
RESET lock_timeout;
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade('look');
RESET zishu_migrate.lock_timeout;
SELECT n, revision, lock_timeout FROM seen ORDER BY n;
SHOW lock_timeout;
SELECT revision FROM zishu_downgrade();

--
-- Nothing leaks: from one script to the next, or out of the run.
--
TRUNCATE seen RESTART IDENTITY;
SET work_mem = '5MB';
SET search_path = public, pg_temp;
SELECT revision FROM zishu_upgrade();
SELECT * FROM seen ORDER BY n;
SHOW lock_timeout;
SHOW search_path;
SHOW role;
SHOW work_mem;
SHOW datestyle;
SHOW zishu_migrate.lock_timeout;
SELECT current_user = session_user AS me;
SELECT revision FROM zishu_downgrade('base');
SHOW work_mem;
-- in a transaction
BEGIN;
SET LOCAL work_mem = '6MB';
SET LOCAL lock_timeout = '8s';
SELECT revision FROM zishu_upgrade();
SHOW work_mem;
SHOW lock_timeout;
SHOW search_path;
SAVEPOINT s;
SELECT revision FROM zishu_downgrade('base');
SHOW work_mem;
ROLLBACK TO s;
SHOW work_mem;
COMMIT;
SHOW work_mem;
SHOW lock_timeout;
SELECT revision FROM zishu_downgrade('base');
-- after a failure
SELECT zishu_revision('fail', $$SET work_mem = '3MB'; SET ROLE pg_monitor; SET search_path = pg_catalog; SELECT 1/0$$, '', rev_id => 'fail');
SELECT revision FROM zishu_upgrade();
SHOW work_mem;
SHOW search_path;
SHOW role;
SHOW lock_timeout;
SELECT revision FROM zishu_current();
-- also one that was caught
DO $$
BEGIN
  PERFORM zishu_upgrade();
EXCEPTION WHEN division_by_zero THEN
  RAISE NOTICE '% % % %', current_setting('work_mem'), current_setting('search_path'), current_setting('role'), current_setting('lock_timeout');
  -- the same transaction may migrate again
  PERFORM zishu_upgrade('look');
END
$$;
SELECT revision FROM zishu_current();
-- and the session goes on migrating.
SELECT zishu_edit('fail', 'SELECT 1', '');
SELECT count(*) FROM zishu_upgrade();
SELECT count(*) FROM zishu_downgrade('base');
SELECT zishu_remove('fail');
RESET work_mem;
RESET search_path;

--
-- echo
--
RESET zishu_migrate.echo;
SELECT revision FROM zishu_upgrade('change');
SELECT revision FROM zishu_upgrade('again', dry_run => true);
SELECT revision FROM zishu_downgrade();
SELECT zishu_revision('', '', '', rev_id => 'untitled', head => '{base}');
SELECT zishu_revision('from two', '', '', rev_id => 'two_parents', head => '{untitled,again}');
SELECT revision FROM zishu_upgrade('heads');
SELECT revision FROM zishu_downgrade('untitled');
SET zishu_migrate.echo = off;
SELECT revision FROM zishu_downgrade('base');
SELECT zishu_remove('two_parents');
SELECT zishu_remove('untitled');
SET client_min_messages = warning;
RESET zishu_migrate.echo;
SELECT revision FROM zishu_upgrade('look');
SELECT revision FROM zishu_downgrade();
RESET client_min_messages;
SET zishu_migrate.echo = off;

--
-- owner_role
--
CREATE ROLE regress_zm_owner2;
GRANT INSERT ON seen TO regress_zm_owner2;
TRUNCATE seen RESTART IDENTITY;
SET zishu_migrate.owner_role = regress_zm_owner2;
SELECT revision FROM zishu_upgrade();
SELECT n, revision, role AS as_caller, owner FROM seen ORDER BY n;
SELECT current_user = session_user AS me;
SHOW role;
SELECT DISTINCT user_role = session_user AS caller_noted FROM zishu_migrate.event;
-- only what that role may do
SELECT zishu_revision('more', 'CREATE TABLE public.not_mine ()', '', rev_id => 'more');
SELECT revision FROM zishu_upgrade();
\echo :SQLSTATE
SELECT current_user = session_user AS me;
-- a dry run asks nobody
SET zishu_migrate.owner_role = regress_zm_nosuch;
SELECT revision FROM zishu_upgrade(dry_run => true);
SELECT revision FROM zishu_upgrade();
\echo :SQLSTATE
-- names with everything in them
CREATE ROLE "regress_zm Owner ""2""";
SET zishu_migrate.owner_role = 'regress_zm Owner "2"';
SELECT zishu_edit('more', 'GRANT SELECT ON seen TO PUBLIC', '');
SELECT revision FROM zishu_upgrade();
RESET zishu_migrate.owner_role;
SELECT revision FROM zishu_downgrade('base');

-- Set for a role or a database, before the library is loaded
SELECT format('ALTER DATABASE %I SET zishu_migrate.lock_timeout = ''4s''', current_database()) \gexec
SELECT format('ALTER DATABASE %I SET zishu_migrate.nosuch = ''4s''', current_database()) \gexec
TRUNCATE seen RESTART IDENTITY;
\c -
SET zishu_migrate.echo = off;
SELECT revision FROM zishu_upgrade('look');
SELECT revision, lock_timeout FROM seen;
SHOW zishu_migrate.lock_timeout;
SELECT format('ALTER DATABASE %I RESET zishu_migrate.lock_timeout', current_database()) \gexec
\c -
-- Before it is loaded anything goes, and is dropped with a warning then.
SET zishu_migrate.nosuch = 1;
SET zishu_migrate.lock_timeout = 'rubbish';
SELECT revision FROM zishu_current();
SHOW zishu_migrate.nosuch;
SHOW zishu_migrate.lock_timeout;

SET client_min_messages = warning;
DROP TABLE seen;
DROP EXTENSION zishu_migrate;
DROP ROLE regress_zm_owner2, "regress_zm Owner ""2""";
CREATE EXTENSION zishu_migrate;
