-- Many tenants by a pool of workers.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

SELECT zishu_revision('first', 'CREATE TABLE here (id int)', 'DROP TABLE here', 'r1');
SELECT zishu_revision('second', 'INSERT INTO here VALUES (1)', 'DELETE FROM here', 'r2');

-- The list.
SELECT zishu_add_tenant('nosuch');
SELECT zishu_add_tenant('');
SELECT zishu_add_tenant('$user');
SELECT zishu_add_tenant(NULL);
CREATE SCHEMA a1;
CREATE SCHEMA a2;
CREATE SCHEMA "a 3""x";
CREATE SCHEMA b1;
SELECT zishu_add_tenant('a1');
SELECT zishu_add_tenant('a1');
SELECT bool_and(zishu_add_tenant(t)) FROM unnest('{a2,"a 3\"x"}'::text[]) t;
SELECT tenant, current, pending, state, error FROM zishu_tenants();
-- One with version rows is a tenant without being listed; the default is none.
SELECT count(*) FROM zishu_upgrade('r1', 'b1');
SELECT count(*) FROM zishu_upgrade('r1');
SELECT tenant, current, pending, state, error FROM zishu_tenants();

-- All of them, or those of a pattern.
CALL zishu_upgrade_tenants('r1', 'a_', 2);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
CALL zishu_upgrade_tenants();
SELECT tenant, current, pending, state, error FROM zishu_tenants('a%');
SELECT * FROM a1.here, a2.here a2, "a 3""x".here a3;
SET client_min_messages = notice;
SET zishu_migrate.echo = on;
CALL zishu_upgrade_tenants();
SET zishu_migrate.echo = off;
SET client_min_messages = warning;

-- One that fails keeps none of the others from going on.
CREATE TABLE a2.later ();
SELECT zishu_revision('third', 'CREATE TABLE later ()', 'DROP TABLE later', 'r3');
CALL zishu_upgrade_tenants(jobs => 1);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
-- Again: only what is left.
CALL zishu_upgrade_tenants();
DROP TABLE a2.later;
CALL zishu_upgrade_tenants();
SELECT tenant, current, pending, state, error FROM zishu_tenants();
SELECT tenant, count(*) FROM zishu_migrate.event
WHERE revision = 'r3' AND outcome = 'ok' GROUP BY 1 ORDER BY 1;

-- Canaries go first, and if one fails it was the last.
CREATE TABLE b1.fourth ();
SELECT zishu_revision('fourth', 'CREATE TABLE fourth ()', 'DROP TABLE fourth', 'r4');
CALL zishu_upgrade_tenants(canary => '{b1,a1}', jobs => 1);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
-- One that is none of the tenants is a mistake, and nobody goes ahead.
CALL zishu_upgrade_tenants(canary => '{a1,nosuch}');
CALL zishu_upgrade_tenants(pattern => 'a_', canary => '{b1}');
SELECT tenant, current, pending, state FROM zishu_tenants();
DROP TABLE b1.fourth;

-- Half way in a revision, and on from there.
SELECT zishu_revision('fifth', 'CREATE TABLE fifth (id int); VACUUM fifth; INSERT INTO fifth SELECT 1 FROM missing', 'DROP TABLE fifth', 'r5');
CREATE TABLE a1.missing AS SELECT 1;
CALL zishu_upgrade_tenants(pattern => 'a_', jobs => 1);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
CREATE TABLE a2.missing AS SELECT 1;
CALL zishu_upgrade_tenants(pattern => 'a_', jobs => 1);
SELECT count(*) FROM a2.fifth;

-- A relative target; and what is wrong for all is told at once.
CALL zishu_downgrade_tenants('-1', 'a_');
CALL zishu_downgrade_tenants('r1', '%', 3);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
CALL zishu_upgrade_tenants('nosuch');
CALL zishu_upgrade_tenants(jobs => 0);
CALL zishu_upgrade_tenants(NULL);
BEGIN;
CALL zishu_upgrade_tenants();
ROLLBACK;

-- A row of no revision is that tenant's own trouble.
INSERT INTO zishu_migrate.version VALUES ('a1', 'unknown');
CALL zishu_upgrade_tenants('r2', jobs => 1);
SELECT tenant, current, pending, state, error FROM zishu_tenants();
DELETE FROM zishu_migrate.version WHERE revision = 'unknown';

-- Off the list.
SELECT zishu_remove_tenant('a1');
CALL zishu_downgrade_tenants('base');
SELECT zishu_remove_tenant('a1');
SELECT zishu_remove_tenant('a1');
DROP SCHEMA "a 3""x" CASCADE;
INSERT INTO zishu_migrate.version VALUES ('a 3"x', 'r1');
SELECT zishu_remove_tenant('a 3"x');
SELECT tenant, current, pending, state, error FROM zishu_tenants();

-- Nothing stays for the tests behind.
SET client_min_messages = warning;
DROP TABLE here;
DROP SCHEMA a1, a2, b1 CASCADE;
