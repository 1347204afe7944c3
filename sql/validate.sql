--
-- Is what is stored what was applied? zishu_validate, and what follows from
-- it. The functions keep it so; whoever owns the table can break it.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

SELECT zishu_revision('one', 'CREATE TABLE v_one (id int)', 'DROP TABLE v_one', rev_id => 'one');
SELECT zishu_revision('two', 'CREATE TABLE v_two (id int)', 'DROP TABLE v_two', rev_id => 'two');
SELECT zishu_revision('three', 'CREATE TABLE v_three (id int)', 'DROP TABLE v_three', rev_id => 'three');
SELECT zishu_revision('four', 'SELECT 4', rev_id => 'four');
SELECT zishu_revision('five', 'SELECT 5', '', rev_id => 'five');
CREATE TABLE original AS SELECT * FROM zishu_migrate.revision;
-- puts the rows back as they were
CREATE FUNCTION restore() RETURNS void LANGUAGE sql AS $$
  DELETE FROM zishu_migrate.revision;
  INSERT INTO zishu_migrate.revision OVERRIDING SYSTEM VALUE SELECT * FROM original;
$$;

-- Nothing applied, all well; all applied, all well.
SELECT * FROM zishu_validate();
SELECT count(*) FROM zishu_upgrade('three');
SELECT * FROM zishu_validate();

-- Another script, other layout, another downgrade
UPDATE zishu_migrate.revision SET upgrade_script = 'CREATE TABLE v_one (id bigint)' WHERE revision = 'one';
UPDATE zishu_migrate.revision SET upgrade_script = E'create table V_two\n  (id int /* a number */) ;', downgrade_script = 'DROP TABLE v_two;' WHERE revision = 'two';
UPDATE zishu_migrate.revision SET downgrade_script = 'DROP TABLE v_three CASCADE' WHERE revision = 'three';
SELECT * FROM zishu_validate();
-- What is not applied may be anything.
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT 6' WHERE revision = 'five';
SELECT count(*) FROM zishu_validate();

-- A downgrade runs nothing that is not what was applied.
SELECT revision FROM zishu_downgrade();
\echo :SQLSTATE
SELECT revision FROM zishu_downgrade(dry_run => true);
UPDATE zishu_migrate.revision SET downgrade_script = NULL WHERE revision = 'three';
SELECT revision, problem FROM zishu_validate();
SELECT revision FROM zishu_downgrade();
\echo :SQLSTATE
UPDATE zishu_migrate.revision r SET downgrade_script = o.downgrade_script FROM original o WHERE o.revision = r.revision AND r.revision = 'three';
SELECT revision FROM zishu_downgrade('base');
\echo :SQLSTATE
SELECT to_regclass('v_one') AS one, to_regclass('v_two') AS two, to_regclass('v_three') AS three;
-- Layout and comments don't count.
SELECT revision FROM zishu_downgrade('one');
SELECT to_regclass('v_one') AS one, to_regclass('v_two') AS two, to_regclass('v_three') AS three;
-- An upgrade runs what is there, and that is what was applied then.
SELECT revision FROM zishu_upgrade('three');
SELECT revision, problem FROM zishu_validate();
SELECT restore();
SELECT revision, problem FROM zishu_validate();
-- A downgrade script that came afterwards
SELECT revision FROM zishu_upgrade('four');
SELECT revision FROM zishu_downgrade();
\echo :SQLSTATE
UPDATE zishu_migrate.revision SET downgrade_script = '' WHERE revision = 'four';
SELECT revision FROM zishu_downgrade();
\echo :SQLSTATE
SELECT restore();
SELECT revision FROM zishu_stamp('three');
SELECT revision FROM zishu_downgrade('base');

--
-- The digests of the row are not believed.
--
SELECT count(*) FROM zishu_upgrade('three');
UPDATE zishu_migrate.revision SET digest = NULL, token_digest = NULL WHERE revision = 'one';
UPDATE zishu_migrate.revision SET digest = '\x00', token_digest = sha256('x') WHERE revision = 'two';
UPDATE zishu_migrate.revision SET digest = sha256('x'), token_digest = sha256('y') WHERE revision = 'three';
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade('one');
UPDATE zishu_migrate.revision SET downgrade_script = 'SELECT 1' WHERE revision = 'one';
SELECT * FROM zishu_validate();
SELECT * FROM zishu_downgrade();
\echo :SQLSTATE
SELECT restore();

--
-- Missing rows
--
SELECT revision FROM zishu_upgrade('three');
DELETE FROM zishu_migrate.revision WHERE revision = 'two';
SELECT * FROM zishu_validate();
SELECT * FROM zishu_downgrade();
\echo :SQLSTATE
DELETE FROM zishu_migrate.revision WHERE revision = 'three';
DELETE FROM zishu_migrate.revision WHERE revision IN ('four', 'five');
SELECT * FROM zishu_validate();
SELECT * FROM zishu_downgrade();
\echo :SQLSTATE
SELECT restore();
SELECT * FROM zishu_validate();
-- in a merge, and among dependencies, by id and by label
SELECT zishu_revision('side', '', '', rev_id => 'side', head => '{base}', branch_label => '{lab}');
SELECT zishu_revision('needs', '', '', rev_id => 'needs', head => '{three}', splice => true, depends_on => '{lab}');
SELECT zishu_revision('needs', '', '', rev_id => 'needs2', head => '{needs}', depends_on => '{side}');
SELECT zishu_merge('{needs2,five}', rev_id => 'merge');
SELECT count(*) FROM zishu_upgrade('merge');
SELECT * FROM zishu_validate();
DELETE FROM zishu_migrate.revision WHERE revision IN ('side', 'five');
SELECT * FROM zishu_validate();
INSERT INTO zishu_migrate.revision OVERRIDING SYSTEM VALUE SELECT * FROM original WHERE revision = 'five';
SELECT zishu_import('native', '{s.sql}', ARRAY[E'-- revision: side\n-- branch labels: lab\n-- zishu:upgrade\n\n-- zishu:downgrade\n']);
SELECT * FROM zishu_validate();

--
-- The way back: the original file, and no other
--
SELECT revision FROM zishu_stamp('base', purge => true);
SELECT restore();
SET client_min_messages = warning;
DROP TABLE IF EXISTS v_one, v_two, v_three;
RESET client_min_messages;
CREATE TABLE files AS SELECT name, content FROM zishu_export();
\set import 'SELECT i.revision, i.action FROM (SELECT array_agg(name ORDER BY name COLLATE "C"), array_agg(content ORDER BY name COLLATE "C") FROM files) f (names, contents), zishu_import(''native'', names, contents) i'
:import;
SELECT count(*) FROM zishu_upgrade('two');
UPDATE zishu_migrate.revision SET upgrade_script = 'CREATE TABLE v_one (id bigint)' WHERE revision = 'one';
DELETE FROM zishu_migrate.revision WHERE revision IN ('two', 'three', 'four', 'five');
SELECT * FROM zishu_validate();
-- another one in the place of the missing one
SELECT * FROM zishu_import('native', '{one.sql,two.sql}', (SELECT array_agg(replace(content, 'v_two (id int', 'v_two (id bigint') ORDER BY name COLLATE "C") FROM files WHERE name ~ 'one|two'));
\echo :SQLSTATE
:import;
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade('base');
SELECT to_regclass('v_one') AS one, to_regclass('v_two') AS two;

--
-- Stamped revisions: what was stored then counts as applied.
--
SELECT action, revision FROM zishu_stamp('two');
SELECT * FROM zishu_validate();
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT 1' WHERE revision = 'two';
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade();
\echo :SQLSTATE
-- Below it, the digests of the rows say what was stored.
UPDATE zishu_migrate.revision r SET upgrade_script = o.upgrade_script FROM original o WHERE o.revision = r.revision AND r.revision = 'two';
UPDATE zishu_migrate.revision SET downgrade_script = 'SELECT 1' WHERE revision = 'one';
SELECT * FROM zishu_validate();
SELECT revision FROM zishu_downgrade('base');
\echo :SQLSTATE
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT 1' WHERE revision = 'two';
-- Said again, it is as it is now.
SELECT action, revision FROM zishu_stamp('base');
SELECT action, revision FROM zishu_stamp('two');
SELECT * FROM zishu_validate();
SELECT action, revision FROM zishu_stamp('base');
SELECT restore();

-- Who writes the version row by hand leaves nothing that says what was
-- applied.
TRUNCATE zishu_migrate.event;
INSERT INTO zishu_migrate.version (revision) VALUES ('two');
SELECT * FROM zishu_validate();
CREATE TABLE v_two ();
CREATE TABLE v_one ();
SELECT revision FROM zishu_downgrade('base');

-- A script that cannot be scanned is compared by its bytes.
SELECT revision FROM zishu_stamp('two');
UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT ''never closed' WHERE revision = 'two';
SELECT * FROM zishu_validate();

DROP TABLE original, files;
DROP FUNCTION restore();
DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
