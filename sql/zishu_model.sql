--
-- The Zishu project's schema as a model: what its four revisions build is what
-- the model says, the check tells where they differ, and a change of the model
-- becomes a revision.
--
\getenv abs_srcdir PG_ABS_SRCDIR
\set versions :abs_srcdir '/examples/zishu/versions'
\set model :abs_srcdir '/examples/zishu/model'

-- A database of its own: nothing in it but the extension.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_zishu_model;
RESET client_min_messages;
CREATE DATABASE regression_zishu_model TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
ALTER DATABASE regression_zishu_model SET lc_messages = 'C';
\c regression_zishu_model
CREATE EXTENSION zishu_migrate;

-- Without a model there is nothing to compare with.
SELECT zishu_check();

SELECT count(*) FROM zishu_load(:'versions');
SELECT * FROM zishu_load_model(:'model');
SELECT * FROM zishu_load_model(:'model');

-- What is pending would be generated a second time.
SELECT zishu_revision('too early', autogenerate => true);
\echo :LAST_ERROR_SQLSTATE

-- At head the schema is as the model says: to the letter, and not only as far
-- as the check compares.
SELECT action, revision, statements FROM zishu_upgrade();
SELECT zishu_check();
SELECT * FROM zishu_diff();
SELECT zishu_snapshot('live') = zishu_snapshot('model') AS same_as_model,
  zishu_snapshot('live') = zishu_snapshot('head') AS same_as_head;

-- One revision below, and two.
SELECT action, revision FROM zishu_downgrade();
SELECT zishu_check();
\echo :LAST_ERROR_SQLSTATE
SELECT step, change, object_type, object_name, statement, hazard FROM zishu_diff();
SELECT action, revision FROM zishu_downgrade();
SELECT zishu_check();
SELECT step, change, object_type, object_name, hazard FROM zishu_diff();

-- The differences, run as they are, make the schema what the revisions make.
SELECT statement FROM zishu_diff() ORDER BY step \gexec
SELECT zishu_check();
SELECT zishu_snapshot('live') = zishu_snapshot('head') AS same_as_head;
SELECT statement FROM zishu_diff('live', 'adapter_config_001') ORDER BY step \gexec
SELECT zishu_snapshot('live') = zishu_snapshot('adapter_config_001') AS same_as_revision;
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();

-- The users get an avatar.
SELECT ddl AS users FROM zishu_migrate.model WHERE name = '10_users.sql' \gset
SELECT zishu_model('10_users.sql', replace(:'users',
  'password_hash ', E'avatar_url              varchar(500),\n  password_hash '));
-- What was built for a check that fails, or for one that is rolled back, stays.
SELECT count(*) AS kept FROM zishu_migrate.picture \gset
BEGIN;
SELECT zishu_check();
ROLLBACK;
SELECT count(*) - :kept AS more FROM zishu_migrate.picture;
-- Nor does a check wait for who has the pictures to himself.
BEGIN;
LOCK TABLE zishu_migrate.picture;
SELECT zishu_model('10_users.sql', ddl || E'\n') FROM zishu_migrate.model WHERE name = '10_users.sql';
SELECT zishu_check();
ROLLBACK;
SELECT count(*) - :kept AS more FROM zishu_migrate.picture;
SELECT zishu_revision('添加用户头像字段', autogenerate => true, rev_id => 'user_avatar');
\pset format unaligned
SELECT upgrade_script, downgrade_script FROM zishu_show('user_avatar') \gx
\pset format aligned
SELECT zishu_check();
SELECT action, revision, message, statements FROM zishu_upgrade();
SELECT zishu_check();
SELECT zishu_revision('nothing left', autogenerate => true);

-- The rows stay, both ways.
INSERT INTO users (id, username, email, password_hash, salt, user_status, user_role, is_verified,
  login_attempts, is_deleted, status, version)
VALUES ('00000000-0000-0000-0000-000000000001', 'lin', 'lin@example.org', 'x', 'x', 'active', 'user', true,
  0, false, 'active', 1);
SELECT action, revision, message, statements FROM zishu_downgrade();
SELECT zishu_check();
SELECT username FROM users;
SELECT action, revision FROM zishu_upgrade();
SELECT username, avatar_url FROM users;
SELECT zishu_check();

-- The other way round: the column is dropped, and that is said to lose data.
ANALYZE users;
SELECT zishu_model('10_users.sql', :'users');
SELECT change, object_type, object_name, statement, hazard FROM zishu_diff();
SELECT zishu_revision('no avatar', autogenerate => true, rev_id => 'no_avatar');
\pset format unaligned
SELECT upgrade_script, downgrade_script FROM zishu_show('no_avatar') \gx
\pset format aligned
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();

-- A mistake in the model is told where it stands.
SELECT zishu_model('95_extra.sql', E'CREATE TABLE extra (\n  id uuid PRIMARY KEY,\n  user_id uuid REFERENCES user (id)\n);');
SELECT zishu_model('95_extra.sql', E'CREATE TABLE extra (\n  id uuid PRIMARY KEY,\n  user_id uuid REFERENCES persons (id)\n);');
SELECT zishu_check();
SELECT zishu_model('95_extra.sql', NULL);
SELECT zishu_check();

-- Nothing is left of the databases that the model was built in.
\c :home
DROP DATABASE regression_zishu_model;
SELECT datname FROM pg_database WHERE datname LIKE 'zishu%scratch%';
