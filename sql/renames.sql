--
-- Renames: never guessed, asked for by hints in the model, undone on the way
-- back; and what autogenerate refuses and marks.
--

-- A database of its own: nothing in it but the extension.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_renames;
RESET client_min_messages;
CREATE DATABASE regression_renames TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
ALTER DATABASE regression_renames SET lc_messages = 'C';
\c regression_renames
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

CREATE TABLE users (id int PRIMARY KEY, name text, CONSTRAINT named CHECK (name <> ''),
  loud text GENERATED ALWAYS AS (upper(name)) STORED);
CREATE INDEX users_name ON users (name);
CREATE VIEW names AS SELECT name FROM users;
CREATE TYPE mood AS ENUM ('fine');
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
INSERT INTO users VALUES (1, 'Li'), (2, 'Wang');

-- Without a hint rows would be lost; the statement says which hint to write.
SELECT zishu_model('10_users', $$
CREATE TABLE users (id int PRIMARY KEY, full_name text, CONSTRAINT named CHECK (full_name <> ''),
  loud text GENERATED ALWAYS AS (upper(full_name)) STORED);
CREATE INDEX users_name ON users (full_name);
CREATE VIEW names AS SELECT full_name AS name FROM users;
CREATE TYPE mood AS ENUM ('fine');
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
$$);
SELECT change, object_name, statement, hazard FROM zishu_diff() WHERE hazard LIKE 'data loss%';

-- With hints nothing is lost, and nothing made anew: not the check, the index,
-- the generated column or the view. A hint can build on another one, and stand
-- wherever a comment can; in a string it is none.
SELECT zishu_model('10_users', $$
-- zishu:rename table public.users "People"
CREATE TABLE "People" (
  id int CONSTRAINT users_pkey PRIMARY KEY,
  -- zishu:rename column public."People".name full_name
  full_name text NOT NULL,
  -- zishu:rename constraint named ON public."People" is_named
  CONSTRAINT is_named CHECK (full_name <> ''),
  loud text GENERATED ALWAYS AS (upper(full_name)) STORED);
-- zishu:rename index public.users_name by_name
CREATE INDEX by_name ON "People" (full_name);
CREATE VIEW names AS SELECT full_name AS name FROM "People";
-- zishu:rename type public.mood feeling
CREATE TYPE feeling AS ENUM ('fine');
-- zishu:rename function public.twice(integer) double
CREATE FUNCTION double(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n
-- zishu:rename nonsense';
CREATE OR REPLACE FUNCTION double(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
$$);
SELECT change, object_type, object_name, statement, hazard FROM zishu_diff();
SELECT zishu_check();
\echo :LAST_ERROR_SQLSTATE
SELECT zishu_revision('rename users', rev_id => 'renamed', autogenerate => true);
SELECT upgrade_script FROM zishu_show('renamed') \g (tuples_only format=unaligned)
SELECT downgrade_script FROM zishu_show('renamed') \g (tuples_only format=unaligned)
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();
SELECT * FROM "People" ORDER BY id;
-- A hint that was followed means nothing any more.
SELECT zishu_revision('again', autogenerate => true);
SELECT action, revision FROM zishu_downgrade();
SELECT * FROM users ORDER BY id;
SELECT action, revision FROM zishu_upgrade();

-- The lines that pg_dump writes around its own are no SQL, whatever their key.
SELECT zishu_model('20_hint', E'\\restrict 4bS6D9\n\n-- zishu:rename table public.users "People"\n\\unrestrict 4bS6D9\n');
SELECT zishu_check();

-- The label of an enum stays what it is in every row, under its new name.
CREATE TYPE "Li's step" AS ENUM ('to do', 'it''s done', 'gone');
CREATE TABLE task (step "Li's step" DEFAULT 'to do');
INSERT INTO task VALUES ('to do'), ('it''s done');
SELECT zishu_model('20_task', $$
CREATE TYPE "Li's step" AS ENUM ('open', 'done', 'gone', 'lost');
CREATE TABLE task (step "Li's step" DEFAULT 'open');
$$);
SELECT statement, hazard FROM zishu_diff() WHERE change = 'alter' AND hazard IS NOT NULL;
SELECT zishu_model('20_task', $$
CREATE TYPE "Li's step" AS ENUM ('open', 'done', 'gone');
CREATE TABLE task (step "Li's step" DEFAULT 'open');
$$);
SELECT statement, hazard FROM zishu_diff() WHERE change = 'alter' AND hazard IS NOT NULL;
SELECT ddl AS task FROM zishu_migrate.model WHERE name = '20_task' \gset
SELECT zishu_model('20_task', :'task' || $$
-- zishu:rename value public."Li's step" 'to do' 'open'
-- zishu:rename  value  public."Li's step" 'it''s done'  'done'
$$);
SELECT change, object_type, object_name, statement, hazard FROM zishu_diff();
SELECT zishu_revision('label', rev_id => 'label', autogenerate => true);
SELECT upgrade_script, downgrade_script FROM zishu_show('label') \g (tuples_only format=unaligned)
SELECT action, revision FROM zishu_upgrade();
TABLE task;
SELECT zishu_check();
SELECT action, revision FROM zishu_downgrade();
TABLE task;
DROP TABLE task;
DROP TYPE "Li's step";
SELECT zishu_remove('label');
-- It is given as SQL has it.
SELECT zishu_model('20_task', '-- zishu:rename value public.mood fine well');
SELECT zishu_check();
\echo :LAST_ERROR_SQLSTATE
SELECT zishu_model('20_task', '-- zishu:rename value public.mood ''fine');
SELECT zishu_check();
SELECT zishu_model('20_task', NULL);

-- One that cannot be understood is told, not passed over.
SELECT zishu_model('20_hint', '-- zishu:rename tabel public.a b');
SELECT zishu_check();
\echo :LAST_ERROR_SQLSTATE
SELECT zishu_model('20_hint', '-- zishu:rename table public.a');
SELECT zishu_check();
SELECT zishu_model('20_hint', NULL);

-- What is dropped is marked; the other statements are not.
SELECT ddl AS users FROM zishu_migrate.model \gset
SELECT zishu_model('10_users', replace(:'users', 'CREATE TYPE feeling', 'CREATE TABLE extra (a int); CREATE TYPE feeling'));
SELECT zishu_revision('extra', rev_id => 'extra', autogenerate => true);
SELECT upgrade_script, downgrade_script FROM zishu_show('extra') \g (tuples_only format=unaligned)
SELECT action, revision FROM zishu_upgrade();

-- A label of an enum that is used where it is added needs a commit in between.
SELECT ddl AS users FROM zishu_migrate.model \gset
SELECT zishu_model('10_users', replace(:'users', '(''fine'')',
  '(''fine'', ''well''); CREATE TABLE moods (f feeling DEFAULT ''well'')'));
SELECT step, statement, commit_after FROM zishu_diff();
SELECT zishu_revision('well', rev_id => 'well', autogenerate => true);
SELECT upgrade_script FROM zishu_show('well') \g (tuples_only format=unaligned)

-- So does one that the way back adds.
SELECT zishu_remove('well');
SELECT zishu_model('10_users', :'users');
CREATE TYPE tone AS ENUM ('low', 'high');
CREATE TABLE tones (t tone DEFAULT 'high');
SELECT zishu_model('20_tones', 'CREATE TYPE tone AS ENUM (''low''); CREATE TABLE tones (t tone)');
SELECT zishu_revision('low', rev_id => 'low', autogenerate => true);
SELECT downgrade_script FROM zishu_show('low') \g (tuples_only format=unaligned)

-- Labels come first, for nothing should be gone where they are committed; a
-- function that is gone when others of its name are called needs no other name;
-- and a domain stays whose default calls one that is made anew.
SELECT zishu_remove('low');
CREATE FUNCTION usual() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 3';
CREATE DOMAIN amount AS int DEFAULT usual();
CREATE TABLE amounts (a amount);
CREATE FUNCTION half(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n / 2';
CREATE VIEW halves AS SELECT half(8) AS h;
SELECT zishu_model('20_tones', $$
CREATE TYPE tone AS ENUM ('low', 'high', 'best');
CREATE TABLE tones (t tone DEFAULT 'best');
CREATE FUNCTION usual() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 3';
CREATE DOMAIN amount AS int DEFAULT usual();
CREATE TABLE amounts (a amount);
CREATE FUNCTION half(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n / 2';
CREATE VIEW halves AS SELECT half(8) AS h;
$$);
SELECT statement, commit_after FROM zishu_diff();

-- What is wrong in the model is told with its piece, line and place.
SELECT zishu_model('30_wrong', E'CREATE TABLE right_one (a int);\n\nCREATE TABLE wrong_one (\n  a nonsense);\n');
SELECT zishu_check();
\echo :LAST_ERROR_SQLSTATE
SELECT zishu_model('30_wrong', 'CREATE TABEL x ()');
\echo :LAST_ERROR_SQLSTATE
-- States that are none.
SELECT * FROM zishu_diff('live', 'nosuch');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM zishu_diff('live', NULL);
SELECT * FROM zishu_diff(E'zishu_migrate schema 1\nnonsense\n', 'live');
\echo :LAST_ERROR_SQLSTATE

-- A qualified new name is one in another schema. That is made first if it is
-- not there, but not if another one gets its name, and there again on the way
-- back; a name that is taken there is not met in between. What hangs on a table
-- goes along, and has no schema to move to by itself.
SELECT zishu_model('20_tones', NULL), zishu_model('30_wrong', NULL), zishu_model('10_users', NULL);
DROP VIEW halves, names;
DROP TABLE "People", tones, amounts, extra;
DROP TYPE feeling, tone;
DROP DOMAIN amount;
DROP FUNCTION half, usual, double;
CREATE SCHEMA shop;
CREATE SCHEMA "Old ones";
CREATE TYPE shop.size AS ENUM ('s', 'l');
CREATE TABLE shop.things (id serial PRIMARY KEY, size shop.size DEFAULT 's');
CREATE INDEX by_size ON shop.things (size);
CREATE TABLE parts (thing int REFERENCES shop.things);
CREATE TABLE "Old ones".things (a int);
CREATE TABLE "a.b" (a int);
CREATE VIEW seen AS SELECT t.id, t.size FROM shop.things t;
CREATE FUNCTION sized(shop.size) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
INSERT INTO shop.things (size) VALUES ('l'), (DEFAULT);
INSERT INTO parts VALUES (2);
INSERT INTO "a.b" VALUES (1);
SELECT zishu_model('10_moved', $$
CREATE SCHEMA archive;
CREATE SCHEMA kinds;
CREATE TABLE archive.things (a int);
CREATE TYPE kinds.measure AS ENUM ('s', 'l');
CREATE TABLE archive.goods (id int CONSTRAINT things_pkey PRIMARY KEY, size kinds.measure DEFAULT 's');
CREATE SEQUENCE archive.things_id_seq AS int OWNED BY archive.goods.id;
ALTER TABLE archive.goods ALTER id SET DEFAULT nextval('archive.things_id_seq');
CREATE INDEX by_size ON archive.goods (size);
CREATE TABLE parts (thing int REFERENCES archive.goods);
CREATE TABLE archive."a.b" (a int);
CREATE VIEW kinds.seen AS SELECT t.id, t.size FROM archive.goods t;
CREATE FUNCTION kinds.sized(kinds.measure) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
$$);
-- Rows would be lost; where the name has stayed, the statement says what to
-- write.
SELECT statement, hazard FROM zishu_diff() WHERE hazard LIKE '%zishu:rename%' ORDER BY step;
SELECT zishu_model('20_hints', $$
-- zishu:rename index shop.by_size archive.by_size
-- zishu:rename table public."a.b" archive."a.b"
-- zishu:rename table shop.things archive.goods
-- zishu:rename schema "Old ones" archive
-- zishu:rename type shop.size kinds.measure
-- zishu:rename view public.seen kinds.seen
-- zishu:rename function public.sized(kinds.measure) kinds.sized
$$);
SELECT step, change, object_name, statement, hazard FROM zishu_diff();
SELECT zishu_revision('move', rev_id => 'moved', autogenerate => true);
SELECT downgrade_script FROM zishu_show('moved') \g (tuples_only format=unaligned)
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();
SELECT * FROM archive.goods JOIN parts ON thing = id;
SELECT action, revision FROM zishu_downgrade();
SELECT * FROM shop.things ORDER BY id;
SELECT * FROM "a.b";
SELECT action, revision FROM zishu_upgrade();

-- What stands behind a name goes along; statistics keep nobody waiting.
CREATE OPERATOR FAMILY ranks USING btree;
CREATE OPERATOR CLASS rank_ops FOR TYPE int USING btree FAMILY ranks AS OPERATOR 1 <;
CREATE STATISTICS pairs ON thing, (thing % 2) FROM parts;
SELECT zishu_model('30_ranks', $$
-- zishu:rename operator family public.ranks USING btree orders
CREATE OPERATOR FAMILY orders USING btree;
-- zishu:rename operator class public.rank_ops USING btree order_ops
CREATE OPERATOR CLASS order_ops FOR TYPE int USING btree FAMILY orders AS OPERATOR 1 <;
-- zishu:rename statistics public.pairs two
CREATE STATISTICS two ON thing, (thing % 2) FROM parts;
$$);
SELECT statement, hazard FROM zishu_diff();

-- Statistics can be elsewhere than their table. A range type is not all that is
-- called after it, so that its columns get another type instead, and no hint is
-- asked for.
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TABLE spans (s span, m span_multirange);
INSERT INTO spans VALUES ('[1,2)', '{[1,2)}');
SELECT zishu_model('30_ranks', $$
CREATE OPERATOR FAMILY ranks USING btree;
CREATE OPERATOR CLASS rank_ops FOR TYPE int USING btree FAMILY ranks AS OPERATOR 1 <;
-- zishu:rename statistics public.pairs archive.two
CREATE STATISTICS archive.two ON thing, (thing % 2) FROM parts;
-- zishu:rename type public.span kinds.extent
CREATE TYPE kinds.extent AS RANGE (subtype = float8);
CREATE TABLE spans (s kinds.extent, m kinds.extent_multirange);
CREATE TYPE extent AS RANGE (subtype = float8);
$$);
SELECT statement, hazard FROM zishu_diff();
SELECT zishu_revision('spans', rev_id => 'spans', autogenerate => true);
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();
SELECT * FROM spans;

-- What is called after a table or its columns gets another name with them, if
-- that is all: not a check that is another one, and not the key of a table that
-- no hint is about. The numbers go on.
DROP TABLE spans;
DROP TYPE kinds.extent, extent;
DROP STATISTICS archive.two;
CREATE TABLE person (id serial PRIMARY KEY, boss int REFERENCES person, mail text UNIQUE CHECK (mail <> ''),
  no int GENERATED ALWAYS AS IDENTITY, age int CHECK (age > 0));
CREATE INDEX ON person (boss, age);
CREATE INDEX ON person (lower(mail)) WHERE age > 3;
CREATE TABLE other (id int CONSTRAINT others PRIMARY KEY, person int REFERENCES person);
CREATE TABLE day (d date PRIMARY KEY, n int CHECK (n > 0)) PARTITION BY RANGE (d);
CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX ON day (n);
INSERT INTO person (boss, mail, age) VALUES (NULL, 'a', 4), (1, 'b', 5);
INSERT INTO other VALUES (1, 2);
INSERT INTO day VALUES ('2026-02-03', 1);
SELECT zishu_model('30_ranks', $$
CREATE OPERATOR FAMILY ranks USING btree;
CREATE OPERATOR CLASS rank_ops FOR TYPE int USING btree FAMILY ranks AS OPERATOR 1 <;
-- zishu:rename table public.person people
CREATE TABLE people (id serial PRIMARY KEY, boss int REFERENCES people,
  -- zishu:rename column public.people.mail email
  email text UNIQUE CHECK (email <> ''), no int GENERATED ALWAYS AS IDENTITY, age int CHECK (age > 1));
CREATE INDEX ON people (boss, age);
CREATE INDEX ON people (lower(email)) WHERE age > 3;
CREATE TABLE other (id int CONSTRAINT others_key PRIMARY KEY, person int REFERENCES people);
-- zishu:rename table public.day days
CREATE TABLE days (d date PRIMARY KEY, n int CHECK (n > 0)) PARTITION BY RANGE (d);
-- zishu:rename table public.day_1 days_1
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX ON days (n);
$$);
SELECT change, statement FROM zishu_diff();
SELECT zishu_revision('people', rev_id => 'people', autogenerate => true);
SELECT downgrade_script FROM zishu_show('people') \g (tuples_only format=unaligned)
SELECT action, revision FROM zishu_upgrade();
SELECT zishu_check();
INSERT INTO people (boss, email, age) VALUES (2, 'c', 6) RETURNING id, no;
SELECT action, revision FROM zishu_downgrade();
INSERT INTO person (boss, mail, age) VALUES (2, 'd', 6) RETURNING id, no;

-- Nothing is left behind.
SELECT datname FROM pg_database WHERE datname LIKE 'zishu_scratch%';
\c :home
DROP DATABASE regression_renames;
