--
-- The history as files of other tools.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
RESET client_min_messages;
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\n'
\pset recordsep '\n----\n'

-- Nothing to write is not an error.
SELECT name FROM zishu_export_history('dbmate');

-- Revisions with fixed times, a branch and a merge.
SELECT action FROM zishu_import('native',
  ARRAY['1.sql', '2.sql', '3.sql', '4.sql'],
  ARRAY[
'-- revision: start
-- created: 2025-01-02 03:04:05.678+00
-- message: Start ${here}; it''s "quoted"

-- zishu:upgrade
-- migrate:up is a word of dbmate''s
CREATE TABLE a (id int);
-- zishu:repeat
UPDATE a SET id = 1 WHERE id = 0;
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$
-- migrate:down
SELECT ''\'' $$
-- zishu:downgrade
DROP FUNCTION f();
DROP TABLE a
',
'-- revision: left
-- revises: start
-- branch labels: l
-- created: 2025-01-02 03:04:05.678+00
-- message:

-- zishu:upgrade
SET search_path = public;
CREATE TABLE b (id int);
',
'-- revision: right
-- revises: start
-- created: 2025-01-02 03:04:06+00
-- message: index

-- zishu:upgrade
CREATE TABLE c (id int); -- the table
-- and its index
CREATE INDEX CONCURRENTLY c_i ON c (id);
\restrict key
ALTER TABLE c ADD d int;
-- zishu:downgrade
DROP TABLE c;
',
'-- revision: both
-- revises: left, right
-- created: 2025-01-01 00:00:00+00
-- message: merge

-- zishu:upgrade
-- zishu:downgrade
']);

SELECT name, content FROM zishu_export_history('dbmate');
SELECT name, content FROM zishu_export_history('golang-migrate');
SELECT name, content FROM zishu_export_history('flyway');
SELECT name, content FROM zishu_export_history('psql');

-- A part, under the same names.
SELECT name FROM zishu_export_history('dbmate', 'right');
SELECT name FROM zishu_export_history('dbmate', 'start:left');

-- What is applied: here, or as told.
SET zishu_migrate.echo = off;
SELECT revision FROM zishu_stamp('left');
SELECT content FROM zishu_export_history('dbmate') WHERE name = 'baseline.sql';
SELECT content FROM zishu_export_history('dbmate', applied => '{right}') WHERE name = 'baseline.sql';
SELECT content FROM zishu_export_history('golang-migrate') WHERE name = 'baseline.sql';
SELECT content FROM zishu_export_history('flyway') WHERE name = 'baseline.sql';
SELECT content FROM zishu_export_history('psql', applied => '{start}') WHERE name = 'baseline.sql';
SELECT name FROM zishu_export_history('psql', applied => '{base}') WHERE name = 'baseline.sql';
SELECT name FROM zishu_export_history('psql', applied => '{}') WHERE name = 'baseline.sql';

-- golang-migrate knows one number: right comes behind left.
SELECT name FROM zishu_export_history('golang-migrate', applied => '{right}');
SELECT revision FROM zishu_stamp('right', purge => true);
SELECT count(*) FROM zishu_export_history('golang-migrate');

-- What cannot be.
SELECT zishu_export_history('alembic');
SELECT zishu_export_history(NULL);
SELECT zishu_export_history('dbmate', 'nosuch');
SELECT zishu_export_history('dbmate', applied => '{nosuch}');
SELECT zishu_export_history('dbmate', applied => '{NULL}');

-- A statement that must be alone, and relies on what is set before it.
SELECT action FROM zishu_import('native', '{5.sql}', ARRAY[
'-- revision: set
-- revises: both
-- created: 2025-01-03 00:00:00+00
-- message: set

-- zishu:upgrade
SET search_path = public;
CREATE INDEX CONCURRENTLY d_i ON c (d);
-- zishu:downgrade
']);
SELECT zishu_export_history('dbmate');
SELECT zishu_export_history('flyway');
SELECT content FROM zishu_export_history('psql', 'both:set') WHERE name LIKE '%.up.sql';
SELECT content FROM zishu_export_history('psql', 'both:set') WHERE name = 'upgrade.sql';
SELECT zishu_edit('set', E'CREATE INDEX CONCURRENTLY d_i ON c (d) WHERE d <> length(''\n-- migrate:up'')', '');
SELECT zishu_export_history('dbmate');
SELECT count(*) FROM zishu_export_history('golang-migrate', 'both:set');
SELECT zishu_edit('set', 'COMMIT', '');
SELECT zishu_export_history('psql');

-- A value of an enum is committed before it is used.
SELECT zishu_edit('set', E'ALTER TYPE e ADD VALUE ''x'';\nINSERT INTO t VALUES (''x'');', '');
SELECT name FROM zishu_export_history('dbmate', 'both:set');

-- Names are of safe characters only, and no header leaves its comment.
SELECT zishu_edit('set', '', '', E'a\n\\! rm; -- `x` $(y) "%"');
SELECT name, content FROM zishu_export_history('psql', 'both:set') WHERE name LIKE '2%';

-- It shows scripts.
CREATE ROLE zishu_nobody;
SET ROLE zishu_nobody;
SELECT zishu_export_history('psql');
RESET ROLE;
DROP ROLE zishu_nobody;
