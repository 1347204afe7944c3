/* extension/zishu_migrate--1.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION zishu_migrate" to load this file. \quit

-- Every name below is qualified, and nothing says OR REPLACE or IF NOT EXISTS:
-- an object that somebody planted under one of these names makes the
-- installation fail instead of becoming a part of it.

CREATE SCHEMA zishu_migrate;
GRANT USAGE ON SCHEMA zishu_migrate TO PUBLIC;
COMMENT ON SCHEMA zishu_migrate IS
  'Revisions, current versions and history of database migrations';


--
-- Tables
--

CREATE TABLE zishu_migrate.revision (
  revision pg_catalog.text PRIMARY KEY,
  position pg_catalog.int8 GENERATED ALWAYS AS IDENTITY UNIQUE,
  down_revisions pg_catalog.text[] NOT NULL DEFAULT '{}',
  depends_on pg_catalog.text[] NOT NULL DEFAULT '{}',
  branch_labels pg_catalog.text[] NOT NULL DEFAULT '{}',
  message pg_catalog.text NOT NULL DEFAULT '',
  upgrade_script pg_catalog.text NOT NULL DEFAULT '',
  downgrade_script pg_catalog.text,
  digest pg_catalog.bytea,
  token_digest pg_catalog.bytea,
  created_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now(),
  created_by pg_catalog.text NOT NULL DEFAULT pg_catalog.current_user(),
  source pg_catalog.text,
  frame pg_catalog.text[]
);
COMMENT ON TABLE zishu_migrate.revision IS
  'The revisions of the schema: scripts, and their place in the graph';
COMMENT ON COLUMN zishu_migrate.revision.position IS
  'Load order; it breaks ties between siblings';
COMMENT ON COLUMN zishu_migrate.revision.downgrade_script IS
  'NULL: the revision cannot be reverted';
COMMENT ON COLUMN zishu_migrate.revision.digest IS
  'SHA-256 of the exact scripts';
COMMENT ON COLUMN zishu_migrate.revision.token_digest IS
  'SHA-256 of the scripts'' tokens: layout and comments don''t count';
COMMENT ON COLUMN zishu_migrate.revision.source IS
  'Name of the file that it was loaded from';
COMMENT ON COLUMN zishu_migrate.revision.frame IS
  'The file''s bytes before, between and behind the two scripts';

CREATE TABLE zishu_migrate.version (
  tenant pg_catalog.text NOT NULL DEFAULT '',
  revision pg_catalog.text NOT NULL,
  PRIMARY KEY (tenant, revision)
);
COMMENT ON TABLE zishu_migrate.version IS
  'The current heads of each tenant, one row each: the maximal elements of what is applied';

CREATE TABLE zishu_migrate.event (
  id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at pg_catalog.timestamptz NOT NULL,
  tenant pg_catalog.text NOT NULL DEFAULT '',
  revision pg_catalog.text NOT NULL,
  action pg_catalog.text NOT NULL,
  outcome pg_catalog.text NOT NULL DEFAULT 'ok',
  statements pg_catalog.int4,
  elapsed pg_catalog.interval,
  heads_after pg_catalog.text[],
  digest pg_catalog.bytea,
  token_digest pg_catalog.bytea,
  session_role pg_catalog.text NOT NULL DEFAULT pg_catalog.session_user(),
  user_role pg_catalog.text NOT NULL,
  application_name pg_catalog.text NOT NULL
    DEFAULT pg_catalog.current_setting('application_name'),
  server_version pg_catalog.text NOT NULL
    DEFAULT pg_catalog.current_setting('server_version'),
  sqlstate pg_catalog.text,
  error pg_catalog.text
);
-- No two entries are alike, so the server need not look for duplicates.
CREATE INDEX event_revision_idx ON zishu_migrate.event (revision, tenant, id)
  WITH (deduplicate_items = off);
COMMENT ON TABLE zishu_migrate.event IS
  'What was done, a row for each step; rows are only ever added';
COMMENT ON COLUMN zishu_migrate.event.heads_after IS
  'The version rows after the step; left out inside a run that leaves more than 100';
COMMENT ON COLUMN zishu_migrate.event.digest IS
  'Digest of the revision''s scripts as they were when this was done';

CREATE TABLE zishu_migrate.progress (
  tenant pg_catalog.text PRIMARY KEY,
  revision pg_catalog.text NOT NULL,
  action pg_catalog.text NOT NULL,
  statement pg_catalog.int4 NOT NULL,
  statements pg_catalog.int4 NOT NULL,
  state pg_catalog.text NOT NULL,
  object pg_catalog.text,
  rows pg_catalog.int8,
  digest pg_catalog.bytea NOT NULL,
  pid pg_catalog.int4 NOT NULL,
  started_at pg_catalog.timestamptz NOT NULL,
  updated_at pg_catalog.timestamptz NOT NULL,
  sqlstate pg_catalog.text,
  error pg_catalog.text,
  started_digest pg_catalog.bytea
);
COMMENT ON TABLE zishu_migrate.progress IS
  'Revisions that an online run has begun and not finished, at most one of a tenant';
COMMENT ON COLUMN zishu_migrate.progress.statement IS
  'The statement that comes next; those before it are done';
COMMENT ON COLUMN zishu_migrate.progress.state IS
  'ready, or started: the statement may have had an effect, which the catalogs tell';
COMMENT ON COLUMN zishu_migrate.progress.sqlstate IS
  'Of the error that stopped it, if one did';
COMMENT ON COLUMN zishu_migrate.progress.object IS
  'The index that the statement makes or drops';
COMMENT ON COLUMN zishu_migrate.progress.rows IS
  'How many rows a repeated statement has changed so far';
COMMENT ON COLUMN zishu_migrate.progress.digest IS
  'Digest of the tokens of the statements that are done';
COMMENT ON COLUMN zishu_migrate.progress.started_digest IS
  'Digest of the tokens of the statement that has started';

CREATE TABLE zishu_migrate.tenant (
  tenant pg_catalog.text PRIMARY KEY,
  added_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now()
);
COMMENT ON TABLE zishu_migrate.tenant IS
  'Schemas that are to be migrated as tenants, whether anything is applied there yet or not';

CREATE TABLE zishu_migrate.model (
  name pg_catalog.text PRIMARY KEY,
  ddl pg_catalog.text NOT NULL
);
COMMENT ON TABLE zishu_migrate.model IS
  'The desired schema, in named pieces that are run in the order of their names';

CREATE UNLOGGED TABLE zishu_migrate.picture (
  id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY,
  digest pg_catalog.bytea PRIMARY KEY,
  schema pg_catalog.text NOT NULL
);
COMMENT ON TABLE zishu_migrate.picture IS
  'Schemas that were built in a scratch database, by the digest of what they were built from; may be emptied at any time';

-- Reading is free but for the scripts, which may hold what not everybody
-- should see, and for errors, which may quote scripts and rows; writing goes
-- through the functions only.
GRANT SELECT (revision, position, down_revisions, depends_on, branch_labels,
              message, digest, token_digest, created_at, created_by, source)
  ON zishu_migrate.revision TO PUBLIC;
GRANT SELECT ON zishu_migrate.version, zishu_migrate.tenant TO PUBLIC;
GRANT SELECT (id, at, tenant, revision, action, outcome, statements, elapsed,
              heads_after, digest, token_digest, session_role, user_role,
              application_name, server_version, sqlstate)
  ON zishu_migrate.event TO PUBLIC;
GRANT SELECT (tenant, revision, action, statement, statements, state, object,
              rows, digest, pid, started_at, updated_at, sqlstate,
              started_digest)
  ON zishu_migrate.progress TO PUBLIC;
GRANT SELECT (name) ON zishu_migrate.model TO PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.revision', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.revision_position_seq', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.version', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.event', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.event_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.progress', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.tenant', '');
SELECT pg_catalog.pg_extension_config_dump('zishu_migrate.model', '');


--
-- Authoring
--

CREATE FUNCTION pg_catalog.zishu_revision(
  message pg_catalog.text,
  upgrade pg_catalog.text DEFAULT NULL,
  downgrade pg_catalog.text DEFAULT NULL,
  rev_id pg_catalog.text DEFAULT NULL,
  head pg_catalog.text[] DEFAULT NULL,
  splice pg_catalog.bool DEFAULT false,
  branch_label pg_catalog.text[] DEFAULT NULL,
  depends_on pg_catalog.text[] DEFAULT NULL,
  autogenerate pg_catalog.bool DEFAULT false)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_revision';
REVOKE ALL ON FUNCTION pg_catalog.zishu_revision(
  pg_catalog.text, pg_catalog.text, pg_catalog.text, pg_catalog.text,
  pg_catalog.text[], pg_catalog.bool, pg_catalog.text[], pg_catalog.text[],
  pg_catalog.bool) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_revision(
  pg_catalog.text, pg_catalog.text, pg_catalog.text, pg_catalog.text,
  pg_catalog.text[], pg_catalog.bool, pg_catalog.text[], pg_catalog.text[],
  pg_catalog.bool) IS
  'Stores a new revision on top of the head and returns its id; without a downgrade script it cannot be reverted';

CREATE FUNCTION pg_catalog.zishu_merge(
  revisions pg_catalog.text[] DEFAULT '{heads}',
  message pg_catalog.text DEFAULT NULL,
  branch_label pg_catalog.text[] DEFAULT NULL,
  rev_id pg_catalog.text DEFAULT NULL,
  splice pg_catalog.bool DEFAULT false)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_merge';
REVOKE ALL ON FUNCTION pg_catalog.zishu_merge(
  pg_catalog.text[], pg_catalog.text, pg_catalog.text[], pg_catalog.text,
  pg_catalog.bool) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_merge(
  pg_catalog.text[], pg_catalog.text, pg_catalog.text[], pg_catalog.text,
  pg_catalog.bool) IS
  'Stores a revision without scripts that joins heads, and returns its id';

CREATE FUNCTION pg_catalog.zishu_edit(
  revision pg_catalog.text,
  upgrade pg_catalog.text,
  downgrade pg_catalog.text,
  message pg_catalog.text DEFAULT NULL)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_edit';
REVOKE ALL ON FUNCTION pg_catalog.zishu_edit(
  pg_catalog.text, pg_catalog.text, pg_catalog.text, pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_edit(
  pg_catalog.text, pg_catalog.text, pg_catalog.text, pg_catalog.text) IS
  'Replaces the scripts (and the message, if given) of a revision that is applied nowhere, and returns its id';

CREATE FUNCTION pg_catalog.zishu_remove(revision pg_catalog.text)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_remove';
REVOKE ALL ON FUNCTION pg_catalog.zishu_remove(pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_remove(pg_catalog.text) IS
  'Deletes a revision that is applied nowhere and that nothing follows, and returns its id';


--
-- Looking
--

CREATE FUNCTION pg_catalog.zishu_current(
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT message pg_catalog.text,
  OUT is_head pg_catalog.bool)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_current';
COMMENT ON FUNCTION pg_catalog.zishu_current(pg_catalog.text) IS
  'The revisions that the database stands at';

CREATE FUNCTION pg_catalog.zishu_history(
  range pg_catalog.text DEFAULT NULL,
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT down_revisions pg_catalog.text[],
  OUT depends_on pg_catalog.text[],
  OUT branch_labels pg_catalog.text[],
  OUT message pg_catalog.text,
  OUT is_head pg_catalog.bool,
  OUT is_branchpoint pg_catalog.bool,
  OUT is_mergepoint pg_catalog.bool,
  OUT is_current pg_catalog.bool,
  OUT is_applied pg_catalog.bool,
  OUT created_at pg_catalog.timestamptz)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_history';
COMMENT ON FUNCTION pg_catalog.zishu_history(pg_catalog.text, pg_catalog.text) IS
  'The revisions, newest first; range is LOW:HIGH, both included';

CREATE FUNCTION pg_catalog.zishu_heads(
  resolve_dependencies pg_catalog.bool DEFAULT false,
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT message pg_catalog.text,
  OUT branch_labels pg_catalog.text[],
  OUT is_current pg_catalog.bool)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_heads';
COMMENT ON FUNCTION pg_catalog.zishu_heads(pg_catalog.bool, pg_catalog.text) IS
  'The revisions that nothing follows; resolve_dependencies leaves out those that another revision depends on';

CREATE FUNCTION pg_catalog.zishu_branches(
  OUT revision pg_catalog.text,
  OUT message pg_catalog.text,
  OUT branches_into pg_catalog.text[])
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_branches';
COMMENT ON FUNCTION pg_catalog.zishu_branches() IS
  'The revisions that more than one revision follows';

CREATE FUNCTION pg_catalog.zishu_show(
  revision pg_catalog.text,
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT down_revisions pg_catalog.text[],
  OUT depends_on pg_catalog.text[],
  OUT branch_labels pg_catalog.text[],
  OUT message pg_catalog.text,
  OUT is_head pg_catalog.bool,
  OUT is_branchpoint pg_catalog.bool,
  OUT is_mergepoint pg_catalog.bool,
  OUT is_current pg_catalog.bool,
  OUT is_applied pg_catalog.bool,
  OUT created_at pg_catalog.timestamptz,
  OUT upgrade_script pg_catalog.text,
  OUT downgrade_script pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_show';
REVOKE ALL ON FUNCTION pg_catalog.zishu_show(pg_catalog.text, pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_show(pg_catalog.text, pg_catalog.text) IS
  'Everything about the revisions that an identifier names, scripts included';

CREATE FUNCTION pg_catalog.zishu_graph(
  format pg_catalog.text DEFAULT 'text',
  tenant pg_catalog.text DEFAULT '',
  OUT line pg_catalog.text)
RETURNS SETOF pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_graph';
COMMENT ON FUNCTION pg_catalog.zishu_graph(pg_catalog.text, pg_catalog.text) IS
  'The graph of revisions, drawn as text, or as a dot, mermaid or SVG document';

CREATE FUNCTION pg_catalog.zishu_status(
  tenant pg_catalog.text DEFAULT '',
  OUT current pg_catalog.text[],
  OUT heads pg_catalog.text[],
  OUT pending pg_catalog.int4,
  OUT last_revision pg_catalog.text,
  OUT last_action pg_catalog.text,
  OUT last_outcome pg_catalog.text,
  OUT last_at pg_catalog.timestamptz,
  OUT last_user pg_catalog.text,
  OUT running_pid pg_catalog.int4,
  OUT running_revision pg_catalog.text,
  OUT running_step pg_catalog.text,
  OUT running_statement pg_catalog.text,
  OUT running_since pg_catalog.timestamptz,
  OUT running_rows pg_catalog.int8,
  OUT blocked_by pg_catalog.int4[],
  OUT progress pg_catalog.text,
  OUT unfinished_revision pg_catalog.text,
  OUT unfinished_statement pg_catalog.text,
  OUT unfinished_error pg_catalog.text)
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_status';
COMMENT ON FUNCTION pg_catalog.zishu_status(pg_catalog.text) IS
  'Where the database stands, who is migrating it and how far, and what was left half done, in one row';

CREATE FUNCTION pg_catalog.zishu_report(tenant pg_catalog.text DEFAULT '')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_report';
REVOKE ALL ON FUNCTION pg_catalog.zishu_report(pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_report(pg_catalog.text) IS
  'Where the database stands as one page of HTML: status, graph, pending revisions, recent events';

CREATE FUNCTION pg_catalog.zishu_validate(
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT problem pg_catalog.text,
  OUT detail pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_validate';
COMMENT ON FUNCTION pg_catalog.zishu_validate(pg_catalog.text) IS
  'The applied revisions whose scripts are not what was applied: changed, layout (only layout or comments changed) or missing';


--
-- Running
--

CREATE FUNCTION pg_catalog.zishu_upgrade(
  target pg_catalog.text DEFAULT 'head',
  tenant pg_catalog.text DEFAULT '',
  dry_run pg_catalog.bool DEFAULT false,
  OUT step pg_catalog.int4,
  OUT action pg_catalog.text,
  OUT revision pg_catalog.text,
  OUT message pg_catalog.text,
  OUT statements pg_catalog.int4,
  OUT elapsed pg_catalog.interval)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_upgrade';
REVOKE ALL ON FUNCTION pg_catalog.zishu_upgrade(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_upgrade(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool) IS
  'Applies the revisions that lead to the target, in the caller''s transaction: all or nothing';

CREATE FUNCTION pg_catalog.zishu_downgrade(
  target pg_catalog.text DEFAULT '-1',
  tenant pg_catalog.text DEFAULT '',
  dry_run pg_catalog.bool DEFAULT false,
  OUT step pg_catalog.int4,
  OUT action pg_catalog.text,
  OUT revision pg_catalog.text,
  OUT message pg_catalog.text,
  OUT statements pg_catalog.int4,
  OUT elapsed pg_catalog.interval)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_downgrade';
REVOKE ALL ON FUNCTION pg_catalog.zishu_downgrade(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_downgrade(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool) IS
  'Reverts the revisions above the target, in the caller''s transaction: all or nothing';

CREATE PROCEDURE pg_catalog.zishu_upgrade_online(
  target pg_catalog.text DEFAULT 'head',
  tenant pg_catalog.text DEFAULT '')
LANGUAGE c
AS 'MODULE_PATHNAME', 'zishu_upgrade_online';
REVOKE ALL ON PROCEDURE pg_catalog.zishu_upgrade_online(
  pg_catalog.text, pg_catalog.text) FROM PUBLIC;
COMMENT ON PROCEDURE pg_catalog.zishu_upgrade_online(
  pg_catalog.text, pg_catalog.text) IS
  'Applies the revisions that lead to the target, each in transactions of its own, in a background worker; resumes what was interrupted';

CREATE PROCEDURE pg_catalog.zishu_downgrade_online(
  target pg_catalog.text DEFAULT '-1',
  tenant pg_catalog.text DEFAULT '')
LANGUAGE c
AS 'MODULE_PATHNAME', 'zishu_downgrade_online';
REVOKE ALL ON PROCEDURE pg_catalog.zishu_downgrade_online(
  pg_catalog.text, pg_catalog.text) FROM PUBLIC;
COMMENT ON PROCEDURE pg_catalog.zishu_downgrade_online(
  pg_catalog.text, pg_catalog.text) IS
  'Reverts the revisions above the target, each in transactions of its own, in a background worker; resumes what was interrupted';

CREATE FUNCTION pg_catalog.zishu_add_tenant(tenant pg_catalog.text)
RETURNS pg_catalog.bool
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_add_tenant';
REVOKE ALL ON FUNCTION pg_catalog.zishu_add_tenant(pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_add_tenant(pg_catalog.text) IS
  'Lists a schema as a tenant; false if it was listed already';

CREATE FUNCTION pg_catalog.zishu_remove_tenant(tenant pg_catalog.text)
RETURNS pg_catalog.bool
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_remove_tenant';
REVOKE ALL ON FUNCTION pg_catalog.zishu_remove_tenant(pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_remove_tenant(pg_catalog.text) IS
  'Takes a tenant from the list, with the version rows of one whose schema is gone; false if there was nothing';

CREATE FUNCTION pg_catalog.zishu_tenants(
  pattern pg_catalog.text DEFAULT '%',
  OUT tenant pg_catalog.text,
  OUT current pg_catalog.text[],
  OUT pending pg_catalog.int4,
  OUT state pg_catalog.text,
  OUT error pg_catalog.text,
  OUT last_at pg_catalog.timestamptz)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_tenants';
COMMENT ON FUNCTION pg_catalog.zishu_tenants(pg_catalog.text) IS
  'Where each tenant stands: at head, behind, failed (the last run did), unfinished (half way in a revision) or at an unknown revision';

CREATE PROCEDURE pg_catalog.zishu_upgrade_tenants(
  target pg_catalog.text DEFAULT 'head',
  pattern pg_catalog.text DEFAULT '%',
  jobs pg_catalog.int4 DEFAULT 4,
  canary pg_catalog.text[] DEFAULT NULL)
LANGUAGE c
AS 'MODULE_PATHNAME', 'zishu_upgrade_tenants';
REVOKE ALL ON PROCEDURE pg_catalog.zishu_upgrade_tenants(
  pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.text[])
  FROM PUBLIC;
COMMENT ON PROCEDURE pg_catalog.zishu_upgrade_tenants(
  pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.text[]) IS
  'Upgrades all tenants that are behind, some at a time, the canaries first; one that fails keeps none of the others from going on';

CREATE PROCEDURE pg_catalog.zishu_downgrade_tenants(
  target pg_catalog.text,
  pattern pg_catalog.text DEFAULT '%',
  jobs pg_catalog.int4 DEFAULT 4,
  canary pg_catalog.text[] DEFAULT NULL)
LANGUAGE c
AS 'MODULE_PATHNAME', 'zishu_downgrade_tenants';
REVOKE ALL ON PROCEDURE pg_catalog.zishu_downgrade_tenants(
  pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.text[])
  FROM PUBLIC;
COMMENT ON PROCEDURE pg_catalog.zishu_downgrade_tenants(
  pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.text[]) IS
  'Downgrades all tenants that are above the target, some at a time, the canaries first';

CREATE FUNCTION pg_catalog.zishu_cancel(
  tenant pg_catalog.text DEFAULT NULL,
  OUT pid pg_catalog.int4,
  OUT revision pg_catalog.text,
  OUT cancelled pg_catalog.bool)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_cancel';
REVOKE ALL ON FUNCTION pg_catalog.zishu_cancel(pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_cancel(pg_catalog.text) IS
  'Cancels the migrations that run online, of one tenant or all; the next call goes on where they stood';

CREATE FUNCTION pg_catalog.zishu_repair(
  revision pg_catalog.text,
  tenant pg_catalog.text DEFAULT '')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_repair';
REVOKE ALL ON FUNCTION pg_catalog.zishu_repair(
  pg_catalog.text, pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_repair(
  pg_catalog.text, pg_catalog.text) IS
  'Accepts the scripts of an applied or half-applied revision as they are now, and returns its id';

CREATE FUNCTION pg_catalog.zishu_stamp(
  targets pg_catalog.text[],
  purge pg_catalog.bool DEFAULT false,
  tenant pg_catalog.text DEFAULT '',
  OUT action pg_catalog.text,
  OUT revision pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_stamp';
REVOKE ALL ON FUNCTION pg_catalog.zishu_stamp(
  pg_catalog.text[], pg_catalog.bool, pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_stamp(
  pg_catalog.text[], pg_catalog.bool, pg_catalog.text) IS
  'Sets the version rows to the targets without running anything; purge forgets the former rows first. Returns the rows added and removed';

CREATE FUNCTION pg_catalog.zishu_stamp(
  target pg_catalog.text,
  purge pg_catalog.bool DEFAULT false,
  tenant pg_catalog.text DEFAULT '',
  OUT action pg_catalog.text,
  OUT revision pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_stamp_one';
REVOKE ALL ON FUNCTION pg_catalog.zishu_stamp(
  pg_catalog.text, pg_catalog.bool, pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_stamp(
  pg_catalog.text, pg_catalog.bool, pg_catalog.text) IS
  'Sets the version rows to the target without running anything; purge forgets the former rows first. Returns the rows added and removed';

CREATE FUNCTION pg_catalog.zishu_adopt(
  tool pg_catalog.text,
  relation pg_catalog.text DEFAULT NULL,
  dry_run pg_catalog.bool DEFAULT false,
  tenant pg_catalog.text DEFAULT '',
  OUT revision pg_catalog.text,
  OUT action pg_catalog.text,
  OUT is_head pg_catalog.bool,
  OUT applied_at pg_catalog.timestamptz,
  OUT entry pg_catalog.text,
  OUT checksum pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_adopt';
REVOKE ALL ON FUNCTION pg_catalog.zishu_adopt(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool, pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_adopt(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool, pg_catalog.text) IS
  'Sets the version rows to what another migration tool''s own table says is applied; dry_run shows what would be set';

CREATE FUNCTION pg_catalog.zishu_upgrade_sql(
  range pg_catalog.text DEFAULT 'head',
  ledger pg_catalog.text DEFAULT 'alembic')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_upgrade_sql';
REVOKE ALL ON FUNCTION pg_catalog.zishu_upgrade_sql(
  pg_catalog.text, pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_upgrade_sql(
  pg_catalog.text, pg_catalog.text) IS
  'The upgrade [FROM:]TO as a script for psql; ledger is alembic, zishu or none';

CREATE FUNCTION pg_catalog.zishu_downgrade_sql(
  range pg_catalog.text,
  ledger pg_catalog.text DEFAULT 'alembic')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_downgrade_sql';
REVOKE ALL ON FUNCTION pg_catalog.zishu_downgrade_sql(
  pg_catalog.text, pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_downgrade_sql(
  pg_catalog.text, pg_catalog.text) IS
  'The downgrade FROM:TO as a script for psql; ledger is alembic, zishu or none';

CREATE FUNCTION pg_catalog.zishu_stamp_sql(
  targets pg_catalog.text[],
  ledger pg_catalog.text DEFAULT 'alembic')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_stamp_sql';
REVOKE ALL ON FUNCTION pg_catalog.zishu_stamp_sql(
  pg_catalog.text[], pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_stamp_sql(
  pg_catalog.text[], pg_catalog.text) IS
  'The stamp [FROM:]TO ... as a script for psql; ledger is alembic, zishu or none';

CREATE FUNCTION pg_catalog.zishu_wait(
  target pg_catalog.text DEFAULT 'head',
  timeout pg_catalog.interval DEFAULT '5min',
  tenant pg_catalog.text DEFAULT '')
RETURNS pg_catalog.bool
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_wait';
COMMENT ON FUNCTION pg_catalog.zishu_wait(
  pg_catalog.text, pg_catalog.interval, pg_catalog.text) IS
  'Waits until the target is applied; an error after the timeout';

CREATE PROCEDURE pg_catalog.zishu_await(
  target pg_catalog.text DEFAULT 'head',
  timeout pg_catalog.interval DEFAULT '5min',
  tenant pg_catalog.text DEFAULT '')
LANGUAGE c
AS 'MODULE_PATHNAME', 'zishu_await';
COMMENT ON PROCEDURE pg_catalog.zishu_await(
  pg_catalog.text, pg_catalog.interval, pg_catalog.text) IS
  'Waits until the target is applied, as zishu_wait() does, and keeps no snapshot that an online migration would wait for';

CREATE FUNCTION pg_catalog.zishu_require(
  revision pg_catalog.text,
  tenant pg_catalog.text DEFAULT '')
RETURNS pg_catalog.bool
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_require';
COMMENT ON FUNCTION pg_catalog.zishu_require(
  pg_catalog.text, pg_catalog.text) IS
  'True if the revision is applied, an error if it is not';


--
-- Files
--

CREATE FUNCTION pg_catalog.zishu_load(
  directory pg_catalog.text,
  format pg_catalog.text DEFAULT 'auto',
  partial pg_catalog.bool DEFAULT false,
  placeholders pg_catalog.jsonb DEFAULT NULL,
  OUT revision pg_catalog.text,
  OUT action pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_load';
REVOKE ALL ON FUNCTION pg_catalog.zishu_load(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool, pg_catalog.jsonb) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_load(
  pg_catalog.text, pg_catalog.text, pg_catalog.bool, pg_catalog.jsonb) IS
  'Stores the revision files of a directory on the server, or another tool''s: added, updated or unchanged';

CREATE FUNCTION pg_catalog.zishu_import(
  format pg_catalog.text,
  names pg_catalog.text[],
  contents pg_catalog.text[],
  partial pg_catalog.bool DEFAULT false,
  placeholders pg_catalog.jsonb DEFAULT NULL,
  OUT revision pg_catalog.text,
  OUT action pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_import';
REVOKE ALL ON FUNCTION pg_catalog.zishu_import(
  pg_catalog.text, pg_catalog.text[], pg_catalog.text[], pg_catalog.bool,
  pg_catalog.jsonb) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_import(
  pg_catalog.text, pg_catalog.text[], pg_catalog.text[], pg_catalog.bool,
  pg_catalog.jsonb) IS
  'Stores revision files, or another tool''s, given as names and contents: added, updated or unchanged';

CREATE FUNCTION pg_catalog.zishu_export(revision pg_catalog.text)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_export_one';
REVOKE ALL ON FUNCTION pg_catalog.zishu_export(pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_export(pg_catalog.text) IS
  'A revision as the content of its file';

CREATE FUNCTION pg_catalog.zishu_export(
  OUT name pg_catalog.text,
  OUT content pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_export';
REVOKE ALL ON FUNCTION pg_catalog.zishu_export() FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_export() IS
  'All revisions as files: name and content';

CREATE FUNCTION pg_catalog.zishu_export_history(
  format pg_catalog.text,
  range pg_catalog.text DEFAULT NULL,
  applied pg_catalog.text[] DEFAULT NULL,
  OUT name pg_catalog.text,
  OUT content pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_export_history';
REVOKE ALL ON FUNCTION pg_catalog.zishu_export_history(
  pg_catalog.text, pg_catalog.text, pg_catalog.text[]) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_export_history(
  pg_catalog.text, pg_catalog.text, pg_catalog.text[]) IS
  'The history as the files of dbmate, flyway, golang-migrate or psql: name and content';


--
-- Schemas
--

CREATE FUNCTION pg_catalog.zishu_snapshot(
  state pg_catalog.text DEFAULT 'live')
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_snapshot';
REVOKE ALL ON FUNCTION pg_catalog.zishu_snapshot(pg_catalog.text) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_snapshot(pg_catalog.text) IS
  'A schema as canonical text: the same schema gives the same bytes';

CREATE FUNCTION pg_catalog.zishu_diff(
  source pg_catalog.text DEFAULT 'live',
  target pg_catalog.text DEFAULT 'model',
  OUT step pg_catalog.int4,
  OUT change pg_catalog.text,
  OUT object_type pg_catalog.text,
  OUT object_name pg_catalog.text,
  OUT statement pg_catalog.text,
  OUT hazard pg_catalog.text,
  OUT commit_after pg_catalog.bool,
  OUT top_level pg_catalog.bool)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_diff';
REVOKE ALL ON FUNCTION pg_catalog.zishu_diff(pg_catalog.text, pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_diff(pg_catalog.text, pg_catalog.text) IS
  'The statements that turn one schema into another, in order, with what they do to rows and other sessions';

CREATE FUNCTION pg_catalog.zishu_check()
RETURNS pg_catalog.bool
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_check';
REVOKE ALL ON FUNCTION pg_catalog.zishu_check() FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_check() IS
  'True if the live schema is as the model wants it; otherwise an error that lists the differences';


CREATE FUNCTION pg_catalog.zishu_model(
  name pg_catalog.text,
  ddl pg_catalog.text)
RETURNS pg_catalog.text
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_model';
REVOKE ALL ON FUNCTION pg_catalog.zishu_model(pg_catalog.text, pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_model(pg_catalog.text, pg_catalog.text) IS
  'Sets a piece of the model, the desired schema; NULL removes it; returns added, updated, unchanged or removed';

CREATE FUNCTION pg_catalog.zishu_load_model(
  directory pg_catalog.text,
  OUT name pg_catalog.text,
  OUT action pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_load_model';
REVOKE ALL ON FUNCTION pg_catalog.zishu_load_model(pg_catalog.text)
  FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_load_model(pg_catalog.text) IS
  'Makes the model what the .sql files of a directory of the server say';

CREATE FUNCTION pg_catalog.zishu_import_model(
  names pg_catalog.text[],
  contents pg_catalog.text[],
  OUT name pg_catalog.text,
  OUT action pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE c VOLATILE
AS 'MODULE_PATHNAME', 'zishu_import_model';
REVOKE ALL ON FUNCTION pg_catalog.zishu_import_model(
  pg_catalog.text[], pg_catalog.text[]) FROM PUBLIC;
COMMENT ON FUNCTION pg_catalog.zishu_import_model(
  pg_catalog.text[], pg_catalog.text[]) IS
  'Makes the model what these files, sent by the client, say';
