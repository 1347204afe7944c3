--
-- What statements mean for the rows that are there and for others: tables that
-- are written anew or not, what may fail on rows and what cannot, whole tables
-- that are locked for a part, and drops that look like renames.
--

-- A database of its own: nothing in it but the extension.
\set home :DBNAME
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regression_hazards;
RESET client_min_messages;
CREATE DATABASE regression_hazards TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
\c regression_hazards
CREATE EXTENSION zishu_migrate;

CREATE DOMAIN plain AS int;
CREATE DOMAIN checked AS int CHECK (VALUE > 0);
CREATE DOMAIN over_checked AS checked;
CREATE DOMAIN filled AS int NOT NULL DEFAULT 1;
CREATE DOMAIN refusing AS int NOT NULL;
CREATE DOMAIN short AS varchar(5);
CREATE TYPE few AS ENUM ('a', 'b');
CREATE TYPE more AS ENUM ('c', 'b', 'a');
CREATE FUNCTION changing() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION fixed() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END';

-- Does the server agree? The file of the table tells.
CREATE FUNCTION writes_anew(statement text, tab regclass) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE before oid := pg_relation_filenode(tab);
BEGIN
  EXECUTE statement;
  RETURN pg_relation_filenode(tab) <> before;
END $$;
CREATE FUNCTION compare() RETURNS TABLE (statement text, hazard text, writes bool) LANGUAGE plpgsql AS $$
DECLARE step record;
BEGIN
  FOR step IN SELECT * FROM zishu_diff() LOOP
    statement := step.statement;
    hazard := nullif(array_to_string(ARRAY(
      SELECT part FROM regexp_split_to_table(step.hazard, '; ') part
       WHERE part LIKE 'rewrites%' OR part LIKE 'may fail%' OR part LIKE 'no row%'), '; '), '');
    writes := writes_anew(step.statement, to_regclass(split_part(step.object_name, '.', 2)));
    RETURN NEXT;
  END LOOP;
END $$;
SELECT string_agg(statement, E';\n') AS rest FROM zishu_diff('empty', 'live') \gset

-- New columns.
CREATE TABLE told (id int);
INSERT INTO told VALUES (1);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (id int,
  a1 plain, a2 plain DEFAULT 2, a3 checked, a4 over_checked DEFAULT 3, a5 filled, a6 int DEFAULT 4,
  a7 int DEFAULT changing(), a8 int DEFAULT fixed(), a9 uuid DEFAULT gen_random_uuid());
$$);
SELECT * FROM compare();
SELECT zishu_check();

-- Columns that cannot be added while there are rows.
TRUNCATE told;
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (id int, b1 int NOT NULL, b2 refusing, b3 filled NOT NULL);
$$);
SELECT * FROM compare() WHERE statement LIKE '%ADD%';
SELECT zishu_check();

-- Other types, of a table each: one statement would give them together.
DROP TABLE told;
CREATE TEMP TABLE types (n serial, old text, new text, value text);
INSERT INTO types (old, new, value) VALUES
  ('checked', 'int', '1'), ('plain', 'int', NULL), ('int', 'plain', NULL), ('int', 'checked', '2'),
  ('timestamp(3)', 'timestamp(5)', NULL), ('timestamptz(2)', 'timestamptz', NULL), ('time(2)', 'time', NULL),
  ('interval(2)', 'interval', NULL), ('varbit(3)', 'varbit(5)', NULL), ('bit(3)', 'varbit', NULL),
  ('int', 'varchar', NULL), ('short', 'varchar(9)', NULL), ('few', 'more', 'a'), ('more', 'few', 'b'),
  ('few[]', 'more[]', NULL), ('timestamp', 'timestamp(3)', NULL), ('varchar(3)', 'short', NULL),
  ('date', 'timestamp', NULL), ('bit(3)', 'varbit(4)', '101'), ('int', 'bigint[]', '1'), ('few', 'few[]', 'a');
SELECT format('CREATE TABLE told_%s (c %s); INSERT INTO told_%s VALUES (%L)', n, old, n, value) FROM types ORDER BY n \gexec
SELECT zishu_model('1', :'rest' || string_agg(format(E';\nCREATE TABLE told_%s (c %s)', n, new), '')) FROM types;
SELECT * FROM compare();
SELECT zishu_check();
SELECT 'DROP TABLE told_' || n FROM types \gexec
DROP TABLE types;

-- What gives several columns of a table other types is one statement, whether it
-- writes the table anew or not.
CREATE TABLE told (c1 int, c2 varchar(3), c3 int, c4 varchar(3));
CREATE TABLE other (c1 varchar(3), c2 varchar(3));
INSERT INTO told VALUES (1, 'a', 2, 'b');
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (c1 bigint, c2 text, c3 numeric, c4 text);
CREATE TABLE other (c1 text, c2 varchar(9));
$$);
SELECT * FROM compare();
SELECT zishu_check();
DROP TABLE told, other;

-- That goes also for those with something in between that is about other
-- columns; one that frees what the type is of has to stay ahead.
CREATE TABLE told (c1 int, c2 varchar(3), c3 int, c4 varchar(3),
  c5 int GENERATED ALWAYS AS (c3 + 1) STORED, c6 int);
INSERT INTO told VALUES (1, 'a', 2, 'b', DEFAULT, 3);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (c1 bigint NOT NULL DEFAULT 3, c2 text, c0 int, c3 numeric, c4 text, c5 int, c6 bigint);
ALTER TABLE told ALTER c1 SET STATISTICS 5;
COMMENT ON COLUMN told.c1 IS 'first';
$$);
SELECT * FROM compare();
SELECT zishu_check();
DROP TABLE told;
CREATE TABLE told (c1 serial, c2 int, c3 smallserial);
INSERT INTO told (c2) VALUES (1);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (c1 bigint GENERATED ALWAYS AS IDENTITY, c2 bigint, c3 serial);
$$);
SELECT statement, hazard, writes FROM compare() WHERE statement LIKE '%TYPE%';
SELECT zishu_check();
INSERT INTO told DEFAULT VALUES RETURNING *;
DROP TABLE told;

-- What is made anew below a column need not be more than its collation, or a
-- domain without checks.
CREATE COLLATION sorting (LOCALE = 'C');
CREATE DOMAIN loose AS text COLLATE "C";
CREATE DOMAIN strict AS text COLLATE "C";
CREATE DOMAIN many AS loose[];
CREATE TABLE told_1 (c text COLLATE sorting);
CREATE TABLE told_2 (c loose);
CREATE TABLE told_3 (c strict);
CREATE TABLE told_4 (c loose[]);
CREATE TABLE told_5 (c many);
INSERT INTO told_1 VALUES ('a');
INSERT INTO told_2 VALUES ('a');
INSERT INTO told_3 VALUES ('a');
INSERT INTO told_4 VALUES ('{a}');
INSERT INTO told_5 VALUES ('{a}');
SELECT zishu_model('1', :'rest' || $$;
CREATE COLLATION sorting (LOCALE = 'POSIX');
CREATE DOMAIN loose AS text COLLATE "POSIX";
CREATE DOMAIN strict AS text COLLATE "POSIX" NOT NULL;
CREATE DOMAIN many AS loose[];
CREATE TABLE told_1 (c text COLLATE sorting);
CREATE TABLE told_2 (c loose);
CREATE TABLE told_3 (c strict);
CREATE TABLE told_4 (c loose[]);
CREATE TABLE told_5 (c many);
$$);
SELECT * FROM compare() WHERE statement LIKE '%TYPE%';
SELECT zishu_check();
DROP TABLE told_1, told_2, told_3, told_4, told_5;
DROP DOMAIN many, loose, strict;
DROP COLLATION sorting;

-- The locks of others that go along: of what a key points to and what points to
-- it, each said once, of the tables that have columns of a domain, and of the
-- table of statistics.
CREATE DOMAIN amount AS int;
CREATE DOMAIN price AS amount;
CREATE TABLE goal (id int PRIMARY KEY, up int REFERENCES goal, a amount);
CREATE TABLE told (id int PRIMARY KEY, one int REFERENCES goal, two int REFERENCES goal, p price);
CREATE TABLE behind (told int REFERENCES told);
CREATE STATISTICS gone ON one, two FROM told;
CREATE FUNCTION doubled(amount) RETURNS price LANGUAGE sql AS 'SELECT 2 * $1';
SELECT zishu_model('1', :'rest' || $$;
CREATE DOMAIN amount AS int CHECK (VALUE > 0);
CREATE DOMAIN price AS amount CHECK (VALUE < 100);
CREATE TABLE goal (id int PRIMARY KEY, up int, a amount);
CREATE TABLE told (id bigint PRIMARY KEY, one bigint REFERENCES goal, two bigint REFERENCES goal, p price);
CREATE TABLE behind (told int REFERENCES told);
CREATE FUNCTION doubled(amount) RETURNS price LANGUAGE sql AS 'SELECT 2 * $1';
$$);
SELECT statement, hazard FROM zishu_diff();
DROP TABLE behind, told, goal;
DROP FUNCTION doubled;
DROP DOMAIN price, amount;

-- Of partitions that come and leave, too: what the whole points to, and what
-- points to the whole.
CREATE TABLE goal (id int PRIMARY KEY);
CREATE TABLE told (id int PRIMARY KEY REFERENCES goal) PARTITION BY LIST (id);
CREATE TABLE told_1 PARTITION OF told FOR VALUES IN (1);
CREATE TABLE told_2 (id int PRIMARY KEY CONSTRAINT told_id_fkey REFERENCES goal);
CREATE TABLE behind (told int REFERENCES told);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE goal (id int PRIMARY KEY);
CREATE TABLE told (id int PRIMARY KEY REFERENCES goal) PARTITION BY LIST (id);
CREATE TABLE told_1 PARTITION OF told FOR VALUES IN (1);
CREATE TABLE told_2 PARTITION OF told FOR VALUES IN (2);
CREATE TABLE told_3 PARTITION OF told FOR VALUES IN (3);
CREATE TABLE behind (told int REFERENCES told);
$$);
SELECT change, object_name, hazard FROM zishu_diff() WHERE change = 'attach'
UNION ALL SELECT change, object_name, hazard FROM zishu_diff('model', 'live') WHERE change = 'detach';
DROP TABLE behind, told, told_2, goal;

-- A table that goes locks what it points to, if that stays; a new whole gets its
-- keys before its partitions.
CREATE TABLE goal (id int PRIMARY KEY);
CREATE TABLE mate (id int PRIMARY KEY, up int REFERENCES mate, goal int REFERENCES goal);
CREATE TABLE told (id int PRIMARY KEY REFERENCES goal, mate int REFERENCES mate);
CREATE TABLE kept (id int);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE goal (id int PRIMARY KEY);
CREATE TABLE whole (id int REFERENCES goal) PARTITION BY LIST (id);
CREATE TABLE kept PARTITION OF whole FOR VALUES IN (1);
$$);
SELECT statement, hazard FROM zishu_diff() WHERE statement LIKE 'DROP TABLE%' OR statement LIKE '%ATTACH%';
DROP TABLE told, mate, goal, kept;

-- Owners, and settings of views that hold rows.
CREATE ROLE regress_zm_hazards;
CREATE TABLE told (id int);
CREATE MATERIALIZED VIEW filled_view AS SELECT id FROM told;
CREATE VIEW seen AS SELECT id FROM told;
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (id int);
CREATE MATERIALIZED VIEW filled_view WITH (fillfactor = 70) AS SELECT id FROM told;
CREATE VIEW seen AS SELECT id FROM told;
ALTER TABLE told OWNER TO regress_zm_hazards;
ALTER TABLE filled_view OWNER TO regress_zm_hazards;
ALTER TABLE seen OWNER TO regress_zm_hazards;
$$);
SET zishu_migrate.compare_owners = on;
SELECT statement, hazard FROM zishu_diff();
RESET zishu_migrate.compare_owners;
DROP TABLE told CASCADE;
DROP ROLE regress_zm_hazards;

-- Options that a new column may have brought the place for are said once.
CREATE TABLE told (id int);
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (id bigint, a text, b text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
$$);
SELECT statement, hazard FROM zishu_diff();
DROP TABLE told;

-- An enum in another order, and one that loses a label.
CREATE TABLE told (c13 more, c14 few);
SELECT zishu_model('1', replace(replace(:'rest', $$('c', 'b', 'a')$$, $$('b', 'c', 'a')$$), $$('a', 'b')$$, $$('b')$$) || $$;
CREATE TABLE told (c13 more, c14 few);
$$);
SELECT statement, hazard FROM zishu_diff() WHERE statement LIKE '%USING%';

-- Partitions that come and go.
DROP TABLE told;
CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE logs_may PARTITION OF logs FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
CREATE TABLE logs_june PARTITION OF logs FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE logs_june (id int, day date);
CREATE TABLE logs_july PARTITION OF logs FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
$$);
SELECT change, object_name, hazard FROM zishu_diff();

-- What hangs on a table and goes or comes, and a view that is filled.
DROP TABLE logs;
CREATE TABLE told (id int);
CREATE TRIGGER off BEFORE UPDATE ON told FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TRIGGER gone BEFORE UPDATE ON told FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE RULE off AS ON DELETE TO told DO INSTEAD NOTHING;
CREATE RULE gone AS ON UPDATE TO told DO INSTEAD NOTHING;
CREATE POLICY gone ON told;
CREATE MATERIALIZED VIEW filled_view AS SELECT id FROM told WITH NO DATA;
CREATE MATERIALIZED VIEW emptied AS SELECT id FROM told;
SELECT zishu_model('1', :'rest' || $$;
CREATE TABLE told (id int);
CREATE TRIGGER off BEFORE UPDATE ON told FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE RULE off AS ON DELETE TO told DO INSTEAD NOTHING;
ALTER TABLE told DISABLE TRIGGER off, DISABLE RULE off;
CREATE MATERIALIZED VIEW filled_view AS SELECT id FROM told;
CREATE MATERIALIZED VIEW emptied AS SELECT id FROM told WITH NO DATA;
$$);
SELECT statement, hazard FROM zishu_diff();
DROP TABLE told CASCADE;

-- What goes on under another name costs less if the model says so.
CREATE TABLE told (id int CONSTRAINT told_key PRIMARY KEY, "a b" text, "a.c" text, n int CONSTRAINT above CHECK (n > 0),
  other int CONSTRAINT points REFERENCES told);
CREATE INDEX by_n ON told (n);
CREATE INDEX by_other ON told (other);
CREATE TYPE pair AS (a int, b few);
SELECT zishu_model('1', replace(:'rest', 'TYPE public.more', 'TYPE public.most') || $$;
CREATE TABLE told (id int CONSTRAINT pk PRIMARY KEY, a_c text, a_b text, n int CONSTRAINT n_above CHECK (n > 0),
  other int CONSTRAINT pointing REFERENCES told);
CREATE INDEX told_n ON told (n);
CREATE INDEX told_other ON told (other DESC);
CREATE TYPE two AS (a int, b few);
$$);
SELECT change, object_name, substring(hazard FROM '-- zishu:rename[^;]*') AS hint FROM zishu_diff() WHERE change = 'drop';
SELECT string_agg(substring(hazard FROM '-- zishu:rename[^;]*'), E'\n') AS hints FROM zishu_diff() \gset
SELECT ddl FROM zishu_migrate.model \gset
SELECT zishu_model('1', :'hints' || E'\n' || :'ddl');
SELECT change, statement FROM zishu_diff();

\c :home
DROP DATABASE regression_hazards;
