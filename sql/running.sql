-- Running in the caller's transaction: all or nothing, and what a script may
-- and may not do.
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

-- What an error says, without what differs from server to server.
CREATE FUNCTION report(statement text) RETURNS TABLE (field text, value text)
LANGUAGE plpgsql AS $$
DECLARE
  message text; detail text; hint text; context text;
BEGIN
  EXECUTE statement;
  RETURN QUERY VALUES ('result', 'no error');
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS message = MESSAGE_TEXT,
    detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
    context = PG_EXCEPTION_CONTEXT;
  RETURN QUERY
    SELECT * FROM (VALUES ('error', SQLSTATE || ': ' || message),
                   ('detail', detail), ('hint', hint),
                   ('context', split_part(context, E'\nSQL statement "SELECT * FROM zishu', 1)))
      v (f, t) WHERE t <> '';
END $$;

-- Steps, rows and events
SELECT zishu_revision('make a', 'CREATE TABLE a (id int); CREATE INDEX ON a (id)',
                      'DROP TABLE a', rev_id => 'rev_a');
SELECT zishu_revision('make b', 'CREATE TABLE b (id int)', 'DROP TABLE b', rev_id => 'rev_b');
SELECT zishu_revision('nothing', NULL, '', rev_id => 'rev_c');
SELECT step, action, revision, message, statements, elapsed FROM zishu_upgrade(dry_run => true);
SELECT to_regclass('a') AS a, count(*) AS rows FROM zishu_migrate.version;
SELECT step, action, revision, message, statements, elapsed >= '0' AS took FROM zishu_upgrade();
SELECT to_regclass('a') AS a, to_regclass('b') AS b;
SELECT tenant, revision FROM zishu_migrate.version;
SELECT id, tenant, revision, action, outcome, statements, heads_after,
       user_role = current_user AS me, digest = (SELECT digest FROM zishu_migrate.revision r WHERE r.revision = e.revision) AS same,
       sqlstate, error
  FROM zishu_migrate.event e ORDER BY id;
SELECT * FROM zishu_upgrade();
SELECT step, action, revision, statements FROM zishu_downgrade();
SELECT step, action, revision, statements FROM zishu_downgrade('base');
SELECT action, revision, heads_after FROM zishu_migrate.event ORDER BY id;
SELECT count(*) FROM zishu_migrate.version;

-- The caller may take it back
BEGIN;
SELECT count(*) FROM zishu_upgrade();
ROLLBACK;
SELECT to_regclass('a') AS a, count(*) AS rows FROM zishu_migrate.version;
BEGIN;
SAVEPOINT s;
SELECT count(*) FROM zishu_upgrade('rev_a');
ROLLBACK TO s;
SELECT count(*) FROM zishu_upgrade('rev_b');
COMMIT;
SELECT revision FROM zishu_current();
SELECT count(*) FROM zishu_downgrade('base');

-- The last one fails: nothing stays
SELECT zishu_revision('fails', E'CREATE TABLE c (id int);\nINSERT INTO c VALUES (1);\n\nSELECT 1 / (id - 1) FROM c;', '',
                      rev_id => 'rev_d');
SELECT * FROM zishu_upgrade();
SELECT to_regclass('a') AS a, to_regclass('c') AS c;
SELECT count(*) FROM zishu_migrate.version;
SELECT zishu_edit('rev_d', E'CREATE TABLE c (id int);\nSELECT nosuch\n  FROM c;', '');
SELECT * FROM zishu_upgrade();
-- ... also after characters of several bytes
SELECT zishu_edit('rev_d', E'SELECT ''用户头像'';\nSELECT ''字段'', nosuch;', '');
SELECT * FROM zishu_upgrade();
-- ... and within a function
SELECT zishu_edit('rev_d', E'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$BEGIN\n  RETURN nosuch;\nEND$f$;\nSELECT f();', '');
SELECT * FROM zishu_upgrade();

-- A syntax error is found when a script is stored, ...
SELECT zishu_edit('rev_d', E'CREATE TABLE c (id int);\nCREATE TABEL d (id int);', '');
-- ... and if it comes in another way, before anything runs
UPDATE zishu_migrate.revision SET upgrade_script = E'CREATE TABLE c (id int);\nCREATE TABEL d (id int);'
  WHERE revision = 'rev_d';
CREATE SEQUENCE ran;
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT nextval(''ran''); CREATE TABLE a (id int)' WHERE revision = 'rev_a';
SELECT * FROM zishu_upgrade();
SELECT is_called FROM ran;

-- What cannot run is refused before anything runs, each with what to do
CREATE TEMP TABLE refused (n serial, script text);
INSERT INTO refused (script) VALUES
  ('CREATE INDEX CONCURRENTLY ON a (id)'), ('VACUUM a'), ('ALTER SYSTEM SET work_mem = 1'),
  ('CREATE DATABASE x'), ('COMMIT'), ('BEGIN'), ('SAVEPOINT s'), ('ROLLBACK'),
  (E'COPY a FROM STDIN;\n1\n\\.\n'), ('COPY a TO STDOUT'), (E'\\i other.sql'), (E'\\copy a from x'),
  ('SELECT ''unterminated');
DO $$
DECLARE r record; f record;
BEGIN
  FOR r IN SELECT * FROM refused ORDER BY n LOOP
    UPDATE zishu_migrate.revision SET upgrade_script = r.script WHERE revision = 'rev_d';
    RAISE NOTICE '-- %', split_part(r.script, E'\n', 1);
    FOR f IN SELECT * FROM report('SELECT * FROM zishu_upgrade()') WHERE field <> 'context' LOOP
      RAISE NOTICE '%: %', f.field, f.value;
    END LOOP;
  END LOOP;
END $$;
SELECT is_called FROM ran;

-- What only the server knows to be impossible keeps its error, and gets a hint
UPDATE zishu_migrate.revision SET upgrade_script = 'CREATE TYPE mood AS ENUM (''sad'')' WHERE revision = 'rev_b';
UPDATE zishu_migrate.revision SET upgrade_script = 'ALTER TYPE mood ADD VALUE ''happy''',
  downgrade_script = 'SELECT ''sadder''::mood' WHERE revision = 'rev_c';
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT ''happy''::mood',
  downgrade_script = 'ALTER TYPE mood ADD VALUE ''sadder''' WHERE revision = 'rev_d';
SELECT count(*) FROM zishu_upgrade('rev_b');
SELECT * FROM report('SELECT * FROM zishu_upgrade()');
SELECT count(*) FROM zishu_upgrade('rev_c');
SELECT count(*) FROM zishu_upgrade();
SELECT * FROM report('SELECT * FROM zishu_downgrade(''rev_b'')');
SELECT zishu_stamp('base');
DROP TABLE a;
DROP TYPE mood;
SELECT zishu_edit('rev_a', 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED)', 'DROP TABLE a, p');
SELECT zishu_edit('rev_b', 'INSERT INTO p VALUES (1); INSERT INTO a VALUES (1)', '');
SELECT zishu_edit('rev_c', 'ALTER TABLE a ADD COLUMN x int', 'ALTER TABLE a DROP COLUMN x');
SELECT zishu_remove('rev_d');
SELECT * FROM report('SELECT * FROM zishu_upgrade()');
SELECT count(*) FROM zishu_upgrade('rev_b');
SELECT count(*) FROM zishu_upgrade();
SELECT count(*) FROM zishu_downgrade('base');

-- SET ends with the script, whatever its form
CREATE SCHEMA elsewhere;
SELECT zishu_edit('rev_a', $$
SET search_path = elsewhere;
SET work_mem = '1MB';
SET LOCAL statement_timeout = '1h';
SELECT set_config('application_name', 'script', false);
CREATE TABLE a (id int);
$$, 'DROP TABLE elsewhere.a');
SELECT zishu_edit('rev_b', $$
CREATE TABLE settings AS SELECT current_setting('search_path') AS search_path,
  current_setting('work_mem') AS work_mem, current_setting('statement_timeout') AS statement_timeout,
  current_setting('application_name') AS application_name, current_setting('lock_timeout') AS lock_timeout;
$$, 'DROP TABLE settings');
SELECT zishu_edit('rev_c', $$
-- as pg_dump writes it
\restrict 4oQ7
SET statement_timeout = 0;
SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';
CREATE TABLE public.dumped (id integer);
ALTER TABLE ONLY public.dumped ADD CONSTRAINT dumped_check CHECK (id > 0);
\unrestrict 4oQ7
$$, 'DROP TABLE public.dumped');
SET work_mem = '7MB';
SET application_name = 'running';
SELECT count(*) FROM zishu_upgrade();
SELECT to_regclass('elsewhere.a') AS a, to_regclass('dumped') AS dumped;
SELECT * FROM settings;
SHOW search_path;
SHOW work_mem;
SHOW statement_timeout;
SHOW lock_timeout;
SHOW application_name;
SELECT count(*) FROM zishu_downgrade('base');

-- So do roles
CREATE ROLE regress_zm_owner;
CREATE ROLE regress_zm_other;
GRANT CREATE ON SCHEMA public TO regress_zm_owner;
SELECT zishu_edit('rev_a', 'SET ROLE regress_zm_other; CREATE TEMP TABLE t ()', '');
SELECT zishu_edit('rev_b', 'CREATE TABLE whose (who name DEFAULT current_user); INSERT INTO whose DEFAULT VALUES', 'DROP TABLE whose');
SELECT zishu_edit('rev_c', 'SET SESSION AUTHORIZATION regress_zm_other', '');
SELECT count(*) FROM zishu_upgrade();
SELECT who = session_user AS mine FROM whose;
SELECT current_user = session_user AS me, session_user <> 'regress_zm_other' AS still_me;
SELECT count(*) FROM zishu_downgrade('base');
SET zishu_migrate.owner_role = regress_zm_owner;
SELECT zishu_edit('rev_a', 'SELECT 1', '');
SELECT count(*) FROM zishu_upgrade();
SELECT who, tableowner FROM whose, pg_tables WHERE tablename = 'whose';
SELECT current_user = session_user AS me, user_role = session_user AS caller FROM zishu_migrate.event ORDER BY id DESC LIMIT 1;
SELECT count(*) FROM zishu_downgrade('base');
RESET zishu_migrate.owner_role;

-- Temporary objects go at the end of a script, but for the caller's own
CREATE TEMP TABLE mine (id int);
SELECT zishu_edit('rev_a', 'CREATE TEMP TABLE t (id serial PRIMARY KEY, x text); CREATE TEMP VIEW v AS SELECT * FROM t; CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS ''SELECT 1''; CREATE TYPE pg_temp.e AS ENUM (); INSERT INTO mine VALUES (1)', '');
SELECT zishu_edit('rev_b', 'CREATE TEMP TABLE t (other int); CREATE TEMP TABLE u ON COMMIT DROP AS SELECT 1', '');
SELECT zishu_edit('rev_c', 'CREATE TABLE t (id int)', 'DROP TABLE t');
SELECT count(*) FROM zishu_upgrade();
SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname IN ('t', 'u', 'v', 'mine', 't_pkey', 't_id_seq') ORDER BY 1;
SELECT count(*) FROM mine;
SELECT count(*) FROM pg_proc WHERE pronamespace = pg_my_temp_schema();
SELECT 't'::regclass;
SELECT count(*) FROM zishu_downgrade('base');

-- ... and the transaction knows of them, also after a failure
SELECT zishu_edit('rev_a', 'SELECT 1 / 0', '');
BEGIN;
INSERT INTO mine VALUES (2);
SELECT * FROM report('SELECT * FROM zishu_upgrade()') WHERE field = 'error';
PREPARE TRANSACTION 'with_temporary';
SELECT zishu_edit('rev_a', '', '');

-- Repeat until nothing is left to do
CREATE TABLE backfill AS SELECT i AS id, NULL::int AS twice FROM generate_series(1, 25) i;
CREATE TABLE rounds (n int);
SELECT zishu_edit('rev_a', $$
CREATE FUNCTION count_round() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO rounds VALUES (1); RETURN NULL; END';
CREATE TRIGGER t AFTER UPDATE ON backfill FOR EACH STATEMENT EXECUTE FUNCTION count_round();
-- zishu:repeat
UPDATE backfill SET twice = id * 2
  WHERE id IN (SELECT id FROM backfill WHERE twice IS NULL ORDER BY id LIMIT 10);
DROP TRIGGER t ON backfill;
DROP FUNCTION count_round();
$$, '');
SELECT count(*) FROM zishu_upgrade('rev_a');
SELECT count(*) FILTER (WHERE twice = 2 * id) AS filled, (SELECT count(*) FROM rounds) AS rounds FROM backfill;
SELECT zishu_stamp('base');

-- A script may be hard to cut
SELECT zishu_edit('rev_a', $script$;;
/* a comment; /* in a comment; */ */
CREATE FUNCTION g() RETURNS text LANGUAGE sql BEGIN ATOMIC; SELECT CASE WHEN true THEN 'a;b' END; SELECT E'it\'s; fine'; END;
DO $body$ BEGIN PERFORM 1; PERFORM $q$;$q$; END $body$;
CREATE RULE r AS ON INSERT TO backfill DO ALSO (INSERT INTO rounds VALUES (1); DELETE FROM rounds WHERE n = 2);
SELECT 1 AS "a;b", U&'d\0061t\+000061', $x$;$x$ -- the end;
$script$, 'DROP RULE r ON backfill; DROP FUNCTION g()');
SELECT statements FROM zishu_upgrade('rev_a');
SELECT g();
SELECT statements FROM zishu_downgrade();

-- A script cannot change what runs it
SELECT zishu_edit('rev_a', 'SELECT zishu_upgrade(''rev_a'')', '');
SELECT * FROM report('SELECT * FROM zishu_upgrade(''rev_a'')');
SELECT zishu_edit('rev_a', '', '');

-- Irreversible, and where not to stop
SELECT zishu_revision('one way', 'SELECT 1', rev_id => 'rev_e');
SELECT count(*) FROM zishu_upgrade();
SELECT * FROM report('SELECT * FROM zishu_downgrade()');
SELECT * FROM report('SELECT * FROM zishu_downgrade(''base'')');
SELECT revision FROM zishu_current();

-- Not in a read-only transaction, but for a look
BEGIN READ ONLY;
SELECT count(*) FROM zishu_upgrade(dry_run => true);
SELECT count(*) FROM zishu_history();
SELECT * FROM zishu_upgrade();
ROLLBACK;

-- A database's owner may watch the ledger by triggers, and lay down more of it
CREATE TABLE watched (what text);
CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.watched
  VALUES (concat_ws(' ', TG_WHEN, TG_LEVEL, NEW.action, NEW.revision, NEW.outcome));
  RETURN NEW;
END $$;
CREATE TRIGGER first BEFORE INSERT ON zishu_migrate.event EXECUTE FUNCTION watch();
CREATE TRIGGER each BEFORE INSERT ON zishu_migrate.event FOR EACH ROW EXECUTE FUNCTION watch();
CREATE TRIGGER done AFTER INSERT ON zishu_migrate.event FOR EACH ROW EXECUTE FUNCTION watch();
CREATE TRIGGER last AFTER INSERT ON zishu_migrate.event EXECUTE FUNCTION watch();
SELECT count(*) FROM zishu_stamp('rev_a');
SELECT what FROM watched;
DROP TRIGGER first ON zishu_migrate.event;
DROP TRIGGER each ON zishu_migrate.event;
DROP TRIGGER done ON zishu_migrate.event;
DROP TRIGGER last ON zishu_migrate.event;
ALTER TABLE zishu_migrate.event
  ADD seen text NOT NULL DEFAULT 'by ' || session_user,
  ADD times int GENERATED ALWAYS AS (statements * 2) STORED,
  ADD CONSTRAINT no_e CHECK (revision <> 'rev_e') NOT VALID;
\set VERBOSITY terse
SELECT count(*) FROM zishu_stamp('rev_e');
\set VERBOSITY default
SELECT count(*) FROM zishu_downgrade('-1');
SELECT revision, action, seen = 'by ' || session_user AS seen, statements, times
FROM zishu_migrate.event ORDER BY id DESC LIMIT 1;
DROP FUNCTION watch();
DROP TABLE watched;

DROP TABLE backfill, rounds, mine;
DROP TABLE IF EXISTS t, whose;
DROP SCHEMA elsewhere CASCADE;
DROP SEQUENCE ran;
REVOKE ALL ON SCHEMA public FROM regress_zm_owner;
DROP ROLE regress_zm_owner, regress_zm_other;
DROP FUNCTION report(text);
DROP EXTENSION zishu_migrate;
