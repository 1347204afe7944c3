-- What is running, seen where nothing is; waiting in a procedure; cancelling.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
SET client_min_messages = notice;
\set SHOW_CONTEXT never

-- One's own run is not another's.
SELECT zishu_revision('one', 'CREATE TABLE sight_one ()', 'DROP TABLE sight_one', 'r1');
BEGIN;
SELECT revision FROM zishu_upgrade();
SELECT running_pid, blocked_by, pending FROM zishu_status();
COMMIT;

-- What was left half done
SELECT zishu_revision('two', 'CREATE TABLE sight_two (); VACUUM sight_two; SELECT 1 / 0', 'DROP TABLE sight_two', 'r2');
CALL zishu_upgrade_online();
\echo :LAST_ERROR_SQLSTATE
SELECT running_pid, running_revision, unfinished_revision, unfinished_statement, unfinished_error
FROM zishu_status();
SELECT unfinished_revision FROM zishu_status('other');
SELECT zishu_edit('r2', 'CREATE TABLE sight_two (); VACUUM sight_two; SELECT 1', 'DROP TABLE sight_two');
CALL zishu_upgrade_online();
SELECT unfinished_revision, unfinished_statement, unfinished_error FROM zishu_status();

-- Waiting
CALL zishu_await();
CALL zishu_await('r1', '0', '');
CALL zishu_await(timeout => '0', tenant => 'other');
\echo :LAST_ERROR_SQLSTATE
CALL zishu_await('r3', '50ms');
\echo :LAST_ERROR_SQLSTATE
SELECT 1 AS still_here;
CALL zishu_await(NULL);
CALL zishu_await(timeout => NULL);
CALL zishu_await(tenant => NULL);
CALL zishu_await('a@b@c');
BEGIN;
CALL zishu_await();
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
DO $$ BEGIN PERFORM 1; CALL zishu_await(); END $$;
CREATE FUNCTION sight_waits() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CALL zishu_await(); END $$;
SELECT sight_waits();
-- The session's own isolation level is not in the way, and stays.
SET default_transaction_isolation = 'serializable';
CALL zishu_await('r2');
CALL zishu_await('r3', '50ms');
SHOW transaction_isolation;
RESET default_transaction_isolation;

-- Cancelling
SELECT * FROM zishu_cancel();
SELECT * FROM zishu_cancel('');
SELECT * FROM zishu_cancel('nosuch''"');

DROP FUNCTION sight_waits;
DROP TABLE sight_one, sight_two;
