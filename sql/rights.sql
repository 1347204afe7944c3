--
-- Who may do what. A migration runs with the rights of whoever runs it; the
-- ledger is written for them and by nobody.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

-- The README's three roles
CREATE ROLE regress_zm_reader;
CREATE ROLE regress_zm_operator;
CREATE ROLE regress_zm_author;
CREATE ROLE regress_zm_login;
GRANT regress_zm_operator TO regress_zm_login;
-- reader: nothing to grant; looking, waiting and requiring are free
-- operator: runs what authors have written
GRANT EXECUTE ON FUNCTION zishu_upgrade, zishu_downgrade TO regress_zm_operator;
GRANT EXECUTE ON FUNCTION zishu_stamp(text, boolean, text), zishu_stamp(text[], boolean, text) TO regress_zm_operator;
-- author: writes, reads and takes in revisions
GRANT EXECUTE ON FUNCTION zishu_revision, zishu_merge, zishu_edit, zishu_remove TO regress_zm_author;
GRANT EXECUTE ON FUNCTION zishu_load, zishu_import TO regress_zm_author;
GRANT EXECUTE ON FUNCTION zishu_export(), zishu_export(text), zishu_show TO regress_zm_author;
GRANT EXECUTE ON FUNCTION zishu_upgrade_sql, zishu_downgrade_sql, zishu_stamp_sql TO regress_zm_author;

CREATE SCHEMA rights_app AUTHORIZATION regress_zm_operator;
CREATE TABLE rights_secret (a int);

-- What each of them may call
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  detail text;
  hint text;
BEGIN
  EXECUTE statement;
  RETURN 'done';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN concat_ws(' | ', SQLSTATE || ': ' || SQLERRM, NULLIF(detail, ''), NULLIF(hint, ''));
END
$$;
CREATE TABLE calls (n int, call text);
INSERT INTO calls VALUES
  (1, $$SELECT zishu_revision('x', 'SELECT 1', '', rev_id => 'x')$$),
  (2, $$SELECT zishu_edit('x', 'SELECT 2', '')$$),
  (3, $$SELECT zishu_merge(ARRAY['x'], rev_id => 'y')$$),
  (4, $$SELECT zishu_remove('y')$$),
  (5, $$SELECT zishu_import('native', ARRAY['z.sql'], ARRAY[E'-- revision: z\n-- revises: x\n-- zishu:upgrade\n-- zishu:downgrade\n'])$$),
  (6, $$SELECT zishu_load('pg_twophase')$$),
  (7, $$SELECT zishu_export()$$),
  (8, $$SELECT zishu_export('base')$$),
  (9, $$SELECT zishu_show('heads')$$),
  (10, $$SELECT zishu_upgrade_sql()$$),
  (11, $$SELECT zishu_downgrade_sql('base:base')$$),
  (12, $$SELECT zishu_stamp_sql('{head}')$$),
  (13, $$SELECT zishu_upgrade('x')$$),
  (14, $$SELECT zishu_upgrade('head', dry_run => true)$$),
  (15, $$SELECT zishu_downgrade('base')$$),
  (16, $$SELECT zishu_stamp('heads')$$),
  (17, $$SELECT zishu_stamp('{base}'::text[])$$),
  (18, $$SELECT zishu_current()$$),
  (19, $$SELECT zishu_history()$$),
  (20, $$SELECT zishu_heads()$$),
  (21, $$SELECT zishu_branches()$$),
  (22, $$SELECT zishu_graph()$$),
  (23, $$SELECT zishu_status()$$),
  (24, $$SELECT zishu_validate()$$),
  (25, $$SELECT zishu_require('base')$$),
  (26, $$SELECT zishu_wait('base', '0')$$);
GRANT SELECT ON calls TO PUBLIC;
SET ROLE regress_zm_reader;
SELECT n, call, try(call) FROM calls ORDER BY n;
SET ROLE regress_zm_author;
SELECT n, call, try(call) FROM calls ORDER BY n;
SET ROLE regress_zm_operator;
SELECT n, call, try(call) FROM calls WHERE n >= 6 ORDER BY n;
RESET ROLE;

--
-- The tables: to be looked at, but for the scripts
--
SET ROLE regress_zm_operator;
SELECT revision, message, created_by FROM zishu_migrate.revision ORDER BY position;
SELECT tenant, revision FROM zishu_migrate.version;
SELECT DISTINCT action, user_role FROM zishu_migrate.event ORDER BY 1;
SELECT upgrade_script FROM zishu_migrate.revision;
\echo :SQLSTATE
SELECT downgrade_script FROM zishu_migrate.revision;
SELECT frame FROM zishu_migrate.revision;
SELECT * FROM zishu_migrate.revision;
SELECT t.name, p.what, left(try(format(p.statement, t.name)), 5) AS sqlstate
FROM (VALUES (1, 'revision'), (2, 'version'), (3, 'event')) t (n, name),
  (VALUES (1, 'insert', 'INSERT INTO zishu_migrate.%s DEFAULT VALUES'),
    (2, 'update', 'UPDATE zishu_migrate.%s SET revision = ''forged'''),
    (3, 'delete', 'DELETE FROM zishu_migrate.%s'),
    (4, 'truncate', 'TRUNCATE zishu_migrate.%s'),
    (5, 'lock', 'LOCK TABLE zishu_migrate.%s IN ACCESS EXCLUSIVE MODE'),
    (6, 'lock rows', 'SELECT revision FROM zishu_migrate.%s FOR UPDATE'),
    (7, 'alter', 'ALTER TABLE zishu_migrate.%s ADD COLUMN a int'),
    (8, 'rules', 'CREATE RULE r AS ON INSERT TO zishu_migrate.%s DO INSTEAD NOTHING'),
    (9, 'trigger', 'CREATE TRIGGER t BEFORE INSERT ON zishu_migrate.%s FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()'),
    (10, 'policy', 'CREATE POLICY p ON zishu_migrate.%s USING (false)'),
    (11, 'index', 'CREATE INDEX ON zishu_migrate.%s (revision)'),
    (12, 'inherit', 'CREATE TABLE rights_app.child () INHERITS (zishu_migrate.%s)'),
    (13, 'reference', 'CREATE TABLE rights_app.refers (revision text REFERENCES zishu_migrate.%s (revision))'),
    (14, 'copy', 'COPY zishu_migrate.%s TO STDOUT'),
    (15, 'drop', 'DROP TABLE zishu_migrate.%s')) p (n, what, statement)
ORDER BY t.n, p.n;
SELECT left(try($$SELECT setval('zishu_migrate.revision_position_seq', 1)$$), 5) AS sqlstate;
SELECT left(try($$SELECT nextval('zishu_migrate.event_id_seq')$$), 5) AS sqlstate;
SELECT left(try($$CREATE TABLE zishu_migrate.mine ()$$), 5) AS sqlstate;
SELECT left(try($$CREATE FUNCTION zishu_migrate.now() RETURNS int LANGUAGE sql AS 'SELECT 1'$$), 5) AS sqlstate;
SELECT left(try($$ALTER FUNCTION zishu_upgrade SECURITY DEFINER$$), 5) AS sqlstate;
SELECT left(try($$DROP EXTENSION zishu_migrate$$), 5) AS sqlstate;
RESET ROLE;

--
-- A migration of what one owns
--
SET ROLE regress_zm_author;
SELECT zishu_revision('a table', 'CREATE TABLE rights_app.t (id int)', 'DROP TABLE rights_app.t', rev_id => 'table1');
SELECT zishu_revision('and more', 'ALTER TABLE rights_app.t ADD COLUMN name text; INSERT INTO rights_app.t VALUES (1, current_user)', 'ALTER TABLE rights_app.t DROP COLUMN name', rev_id => 'table2');
-- the author may write, but not run
SELECT * FROM zishu_upgrade();
\echo :SQLSTATE
SET ROLE regress_zm_operator;
SELECT step, action, revision, statements FROM zishu_upgrade('table2');
SELECT * FROM rights_app.t;
SELECT relowner::regrole FROM pg_class WHERE oid = 'rights_app.t'::regclass;
SELECT step, action, revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade();
SELECT revision, action, user_role, session_role = session_user AS session FROM zishu_migrate.event WHERE revision LIKE 'table%' ORDER BY id;
RESET ROLE;

-- What the operator may not do, no script may do for them, whoever wrote it.
CREATE FUNCTION run(script text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  SET LOCAL SESSION AUTHORIZATION regress_zm_author;
  PERFORM zishu_revision('attempt', script, '', rev_id => 'attempt');
  SET LOCAL SESSION AUTHORIZATION regress_zm_login;
  SET LOCAL ROLE regress_zm_operator;
  said := try('SELECT zishu_upgrade()');
  IF current_user <> 'regress_zm_operator' THEN
    said := 'stayed ' || current_user;
  END IF;
  SET LOCAL SESSION AUTHORIZATION DEFAULT;
  PERFORM zishu_stamp('table2', purge => true);
  PERFORM zishu_remove('attempt');
  RETURN left(said, 5);
END
$$;
SET client_min_messages = warning;
SELECT script, run(script) AS sqlstate FROM (VALUES
  (1, 'SELECT 1'),
  (2, 'INSERT INTO rights_secret VALUES (1)'),
  (3, 'UPDATE zishu_migrate.version SET revision = ''forged'''),
  (4, 'DELETE FROM zishu_migrate.event'),
  (5, 'INSERT INTO zishu_migrate.version VALUES ('''', ''forged'')'),
  (6, 'SELECT upgrade_script FROM zishu_migrate.revision'),
  (7, 'TRUNCATE zishu_migrate.event'),
  (8, 'CREATE TRIGGER t BEFORE INSERT ON zishu_migrate.event FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()'),
  (9, 'CREATE FUNCTION zishu_migrate.f() RETURNS int LANGUAGE sql AS ''SELECT 1'''),
  (10, 'CREATE FUNCTION pg_catalog.zishu_current() RETURNS int LANGUAGE sql AS ''SELECT 1'''),
  (11, 'ALTER TABLE zishu_migrate.version OWNER TO regress_zm_operator'),
  (12, 'GRANT ALL ON zishu_migrate.version TO regress_zm_operator'),
  (13, 'SET ROLE regress_zm_author'),
  (14, 'RESET ROLE; INSERT INTO rights_secret VALUES (1)'),
  (15, 'RESET ROLE'),
  (16, 'SELECT set_config(''role'', ''regress_zm_author'', false)'),
  (17, 'SELECT zishu_revision(''x'')'),
  (18, 'SELECT * FROM zishu_stamp(''base'')'),
  (19, 'SELECT * FROM zishu_upgrade()'),
  (20, 'ALTER ROLE regress_zm_operator SUPERUSER'),
  (21, 'DO $d$BEGIN PERFORM lo_import(''/etc/passwd''); END$d$'),
  (22, 'COPY rights_app.t FROM PROGRAM ''true'''),
  (23, 'LOCK TABLE zishu_migrate.version')) s (n, script)
ORDER BY n;
RESET client_min_messages;
SELECT * FROM rights_secret;
SELECT tenant, revision FROM zishu_migrate.version;
SELECT current_user = session_user AS still_me;

-- Triggers on one's own tables fire as oneself, also those that the commit
-- fires when the ledger is written.
SET ROLE regress_zm_operator;
CREATE FUNCTION rights_app.who() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE NOTICE ''% as %'', TG_NAME, current_user; RETURN NEW; END';
CREATE TRIGGER at_once BEFORE INSERT ON rights_app.t FOR EACH ROW EXECUTE FUNCTION rights_app.who();
CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON rights_app.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rights_app.who();
SET ROLE regress_zm_author;
SELECT zishu_revision('fires', 'INSERT INTO rights_app.t VALUES (2)', '', rev_id => 'fires');
SET ROLE regress_zm_operator;
SELECT revision FROM zishu_upgrade();
DROP TRIGGER at_once ON rights_app.t;
DROP TRIGGER deferred ON rights_app.t;
RESET ROLE;

-- Functions and operators of the caller's, named like those that we use, on
-- the caller's own search_path
SET ROLE regress_zm_operator;
CREATE FUNCTION rights_app.trap() RETURNS boolean LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''planted code ran as %'', current_user; END';
CREATE FUNCTION rights_app.eq(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT rights_app.trap()';
CREATE OPERATOR rights_app.= (LEFTARG = text, RIGHTARG = text, FUNCTION = rights_app.eq);
CREATE FUNCTION rights_app.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS 'SELECT rights_app.trap()::text';
CREATE FUNCTION rights_app.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT CASE WHEN rights_app.trap() THEN pg_catalog.now() END';
CREATE FUNCTION rights_app.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT CASE WHEN rights_app.trap() THEN pg_catalog.now() END';
CREATE FUNCTION rights_app.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT rights_app.trap()::text';
CREATE VIEW rights_app.version AS SELECT 'forged'::text AS revision, ''::text AS tenant;
SET search_path = rights_app, pg_catalog;
SELECT now();
SELECT revision FROM zishu_downgrade('table1');
SELECT revision FROM zishu_upgrade();
SELECT revision FROM zishu_stamp('table1');
SELECT revision FROM zishu_stamp('fires');
SELECT revision FROM zishu_current();
SELECT current FROM zishu_status();
SELECT * FROM zishu_validate();
RESET search_path;
RESET ROLE;

--
-- Who is noted
--
-- SET ROLE
TRUNCATE zishu_migrate.event RESTART IDENTITY;
GRANT EXECUTE ON FUNCTION zishu_upgrade TO regress_zm_author;
SET SESSION AUTHORIZATION regress_zm_login;
-- rights are inherited
SELECT revision FROM zishu_downgrade();
SET ROLE regress_zm_operator;
SELECT revision FROM zishu_upgrade();
RESET SESSION AUTHORIZATION;
-- A SECURITY DEFINER wrapper: the rights and the name are the definer's, and
-- the session tells who it was.
CREATE SCHEMA rights_wrap AUTHORIZATION regress_zm_operator;
SET ROLE regress_zm_operator;
CREATE FUNCTION rights_wrap.migrate(up boolean) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF up THEN
    RETURN QUERY SELECT revision FROM zishu_upgrade();
  ELSE
    RETURN QUERY SELECT revision FROM zishu_downgrade();
  END IF;
END
$$;
GRANT USAGE ON SCHEMA rights_wrap TO regress_zm_reader;
RESET ROLE;
CREATE ROLE regress_zm_app;
GRANT regress_zm_reader TO regress_zm_app;
SET SESSION AUTHORIZATION regress_zm_app;
SELECT rights_wrap.migrate(false);
SELECT rights_wrap.migrate(true);
SELECT * FROM zishu_upgrade();
RESET SESSION AUTHORIZATION;
SELECT id, action, revision, user_role, session_role FROM zishu_migrate.event WHERE session_role <> session_user ORDER BY id;
-- In a wrapper no script may change the role, as the server has it.
SET ROLE regress_zm_author;
SELECT zishu_revision('changes the role', 'SET ROLE regress_zm_operator', '', rev_id => 'changes');
SET SESSION AUTHORIZATION regress_zm_app;
SELECT rights_wrap.migrate(true);
\echo :SQLSTATE
RESET SESSION AUTHORIZATION;
SET ROLE regress_zm_author;
SELECT zishu_remove('changes');
RESET ROLE;

--
-- owner_role: the scripts run as somebody else, the caller is noted.
--
CREATE ROLE regress_zm_owner;
GRANT CREATE ON SCHEMA rights_app TO regress_zm_owner;
GRANT USAGE ON SCHEMA rights_app TO regress_zm_owner;
SET ROLE regress_zm_author;
SELECT zishu_revision('owned', 'CREATE TABLE rights_app.owned AS SELECT current_user::text AS creator', 'DROP TABLE rights_app.owned', rev_id => 'owned');
RESET ROLE;
SET SESSION AUTHORIZATION regress_zm_login;
SET ROLE regress_zm_operator;
SET zishu_migrate.owner_role = regress_zm_owner;
SELECT * FROM zishu_upgrade();
\echo :SQLSTATE
SELECT current_user;
SET zishu_migrate.owner_role = regress_zm_nosuch;
SELECT * FROM zishu_upgrade();
\echo :SQLSTATE
RESET SESSION AUTHORIZATION;
GRANT regress_zm_owner TO regress_zm_login;
SET SESSION AUTHORIZATION regress_zm_login;
SET zishu_migrate.owner_role = regress_zm_owner;
SELECT revision FROM zishu_upgrade();
SELECT current_user;
SET ROLE regress_zm_operator;
SELECT revision FROM zishu_downgrade();
SELECT revision FROM zishu_upgrade();
SELECT current_user;
RESET SESSION AUTHORIZATION;
RESET zishu_migrate.owner_role;
SELECT relowner::regrole FROM pg_class WHERE oid = 'rights_app.owned'::regclass;
SELECT action, revision, user_role, session_role FROM zishu_migrate.event WHERE revision = 'owned' ORDER BY id;
-- a wrapper cannot change the role for the scripts either
SET zishu_migrate.owner_role = regress_zm_owner;
SET SESSION AUTHORIZATION regress_zm_app;
SET zishu_migrate.owner_role = regress_zm_owner;
SELECT rights_wrap.migrate(false);
\echo :SQLSTATE
RESET SESSION AUTHORIZATION;
RESET zishu_migrate.owner_role;

-- The superuser's own roles: what a script changes ends with it.
SELECT zishu_revision('session', 'SET SESSION AUTHORIZATION regress_zm_reader', '', rev_id => 'session');
SELECT zishu_revision('after it', 'CREATE TABLE rights_app.after AS SELECT current_user::text, session_user::text', 'DROP TABLE rights_app.after', rev_id => 'after');
SET ROLE regress_zm_login;
SELECT revision FROM zishu_upgrade('owned');
RESET ROLE;
GRANT EXECUTE ON FUNCTION zishu_upgrade TO regress_zm_owner;
GRANT USAGE, CREATE ON SCHEMA rights_app TO regress_zm_owner;
SET ROLE regress_zm_owner;
SELECT revision FROM zishu_upgrade();
SELECT current_user;
RESET ROLE;
SELECT current_user = session_user AS same;
SELECT a."current_user", a."session_user" = session_user AS same FROM rights_app.after a;
SELECT revision, user_role, session_role = session_user AS same FROM zishu_migrate.event ORDER BY id DESC LIMIT 2;

SET client_min_messages = warning;
DROP SCHEMA rights_app, rights_wrap CASCADE;
DROP TABLE rights_secret, calls;
DROP FUNCTION try(text), run(text);
DROP EXTENSION zishu_migrate;
DROP ROLE regress_zm_reader, regress_zm_operator, regress_zm_author, regress_zm_login, regress_zm_app, regress_zm_owner;
CREATE EXTENSION zishu_migrate;
