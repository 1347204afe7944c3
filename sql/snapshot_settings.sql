--
-- A snapshot is the same text whatever the session has set.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
CREATE TABLE "settings T" (
  id int,
  d date DEFAULT date '2024-02-01',
  i interval DEFAULT interval '1 day 2 hours',
  ts timestamptz DEFAULT timestamptz '2024-01-01 00:00+00',
  b bytea DEFAULT '\x00ff'::bytea,
  f float8 DEFAULT 0.12345678901234567::float8,
  CHECK (ts > timestamptz '2020-01-01 00:00+00'));
CREATE VIEW settings_v AS SELECT id, d - date '2023-12-31' AS days FROM "settings T";

SELECT zishu_snapshot('live') AS plain \gset
SET datestyle = 'German, DMY';
SET intervalstyle = iso_8601;
SET timezone = 'Asia/Shanghai';
SET bytea_output = escape;
SET extra_float_digits = -10;
SET quote_all_identifiers = on;
SET search_path = 'nowhere';
SELECT zishu_snapshot('live') = :'plain' AS same;
-- The session's are as they were.
SELECT current_setting('datestyle') AS datestyle, current_setting('quote_all_identifiers') AS quoted, current_setting('search_path') AS path;
RESET ALL;
SELECT unnest(regexp_matches(:'plain', '[^\t\n]*2024-0[^\t\n]*', 'g')) AS constants;
DROP TABLE "settings T" CASCADE;
