-- What a script resets comes back to what it found when it started, not to
-- what the session has; but for the role, as after SET LOCAL ROLE.
\set VERBOSITY terse
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate CASCADE;
CREATE EXTENSION zishu_migrate;
CREATE SCHEMA reset_one;
CREATE SCHEMA reset_two;
CREATE ROLE zm_reset_owner;
GRANT ALL ON SCHEMA reset_one, reset_two, public TO zm_reset_owner;
CREATE TABLE reset_seen (n int GENERATED ALWAYS AS IDENTITY, what text, seen text);
GRANT ALL ON reset_seen TO zm_reset_owner;
CREATE FUNCTION reset_see(what text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.reset_seen (what, seen) VALUES ($1, concat_ws(' | ',
    current_setting('search_path'), current_setting('lock_timeout'),
    current_user, current_setting('work_mem')))
$$;
SET zishu_migrate.owner_role = zm_reset_owner;
SET zishu_migrate.lock_timeout = '7s';
SET work_mem = '5MB';

SELECT zishu_revision('resets', $$
  SELECT public.reset_see('start');
  SET search_path = pg_catalog; SET lock_timeout = '1s'; SET work_mem = '6MB';
  SELECT public.reset_see('set');
  RESET ALL;
  SELECT public.reset_see('RESET ALL');
  SET search_path = pg_catalog;
  RESET "Search_Path";
  SELECT public.reset_see('RESET search_path');
  SET lock_timeout TO DEFAULT;
  SELECT public.reset_see('DEFAULT');
  DO 'BEGIN PERFORM pg_catalog.set_config(''search_path'', NULL, false); END';
  SELECT public.reset_see('in a block');
  RESET ROLE;
  SELECT public.reset_see('RESET ROLE');
  SET SESSION AUTHORIZATION DEFAULT;
  SELECT public.reset_see('authorization');
  CREATE TABLE made (id int);
$$, $$ DROP TABLE made $$, 'resets');
SELECT zishu_revision('next', $$
  SELECT public.reset_see('next');
$$, '', 'next');
SELECT zishu_revision('discards', $$
  CREATE TEMP TABLE t ();
  SET search_path = pg_catalog;
  DISCARD ALL;
  SELECT public.reset_see('DISCARD ALL');
  CREATE TABLE made_too (id int);
$$, 'DROP TABLE made_too', 'discards');

-- In the caller's transaction.
SELECT step, revision FROM zishu_upgrade('next', 'reset_one');
SELECT what, replace(seen, current_user, '(caller)') AS seen
FROM reset_seen ORDER BY n;
SHOW search_path;
SHOW work_mem;
SELECT schemaname, tablename, replace(tableowner, current_user, '(caller)') AS owner
FROM pg_tables
WHERE tablename IN ('made', 'made_too') ORDER BY 1, 2;

-- Online.
TRUNCATE reset_seen RESTART IDENTITY;
CALL zishu_upgrade_online('discards', 'reset_two');
SELECT what, replace(seen, current_user, '(caller)') AS seen
FROM reset_seen ORDER BY n;
SELECT schemaname, tablename, replace(tableowner, current_user, '(caller)') AS owner
FROM pg_tables
WHERE tablename IN ('made', 'made_too') ORDER BY 1, 2;

-- Interrupted behind it, in another session's worker.
SELECT zishu_revision('fails', $$
  SET search_path = pg_catalog;
  DISCARD ALL;
  SELECT 1 / count(*) FROM reset_open;
  SELECT public.reset_see('DISCARD ALL, interrupted');
$$, '', 'fails');
CALL zishu_upgrade_online('fails', 'reset_two');
CREATE TABLE reset_open AS SELECT 1;
GRANT SELECT ON reset_open TO zm_reset_owner;
TRUNCATE reset_seen RESTART IDENTITY;
CALL zishu_upgrade_online('fails', 'reset_two');
SELECT what, replace(seen, current_user, '(caller)') AS seen
FROM reset_seen ORDER BY n;

-- Where the caller has taken a role; and another user is the script's wish.
RESET zishu_migrate.owner_role;
CREATE ROLE zm_reset_other;
GRANT ALL ON reset_seen TO zm_reset_other;
SELECT zishu_revision('roles', $$
  SELECT public.reset_see('start');
  RESET ROLE;
  SELECT public.reset_see('RESET ROLE');
  SET SESSION AUTHORIZATION zm_reset_other;
  SELECT public.reset_see('another user');
  RESET SESSION AUTHORIZATION;
  SELECT public.reset_see('RESET SESSION AUTHORIZATION');
$$, '', 'roles');
SELECT zishu_revision('after', $$
  SELECT public.reset_see('next');
$$, '', 'after');
GRANT EXECUTE ON FUNCTION zishu_upgrade TO zm_reset_owner;
GRANT EXECUTE ON PROCEDURE zishu_upgrade_online TO zm_reset_owner;
SELECT zishu_stamp('fails', tenant => 'reset_one');
TRUNCATE reset_seen RESTART IDENTITY;
SET ROLE zm_reset_owner;
SELECT step, revision FROM zishu_upgrade('after', 'reset_one');
CALL zishu_upgrade_online('after', 'reset_two');
SELECT current_user;
RESET ROLE;
SELECT what, replace(seen, session_user, '(session)') AS seen
FROM reset_seen ORDER BY n;

DROP TABLE reset_seen, reset_open;
DROP FUNCTION reset_see;
DROP SCHEMA reset_one, reset_two CASCADE;
DROP OWNED BY zm_reset_owner, zm_reset_other;
DROP ROLE zm_reset_owner, zm_reset_other;
