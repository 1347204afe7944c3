--
-- What the real Alembic did with 429 graphs and 7,613 commands, against what
-- the functions do.  test/data/alembic/ holds the recordings.
--
-- Each step stands alone: the version rows are set to what they were, the
-- command runs, its outcome is taken down, and all of it is undone.  A step
-- agrees by these rules:
--   * success or error as in Alembic; where Alembic crashed, a clean error,
--     or the plan it had made with the rows that should have come of it;
--   * the same steps or lines in the same order; where Alembic's own order
--     changed from run to run, any that puts parents and dependencies first;
--   * the same version rows afterwards, as a set;
--   * where Alembic gave several outcomes, any of them.
--
SET client_min_messages = error;
SET client_encoding = 'UTF8';
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

CREATE SCHEMA conformance;
SET search_path = conformance;

--
-- The recordings
--
CREATE TABLE graphs (
  graph text PRIMARY KEY, shape text, style text, load_error text,
  load_warn text[], heads text[], real_heads text[], bases text[],
  real_bases text[]);
CREATE TABLE revs (
  graph text, seq int, id text, down text[], depends text[], labels text[],
  flags text[], all_labels text[], next text[], all_next text[],
  resolved_deps text[], norm_down text[], line text, varies text[],
  PRIMARY KEY (graph, seq));
CREATE TABLE steps (
  graph text, n int, cmd text, args text[], opts text[], rows_from text[],
  error text, detail text, suggest text, warn text[], plan text[],
  rows_after text[], out text[], current text[], new_down text[],
  new_depends text[], new_labels text[], vops text[], trace text[],
  ideal_after text[], illegal_from bool, order_free bool, load_order bool,
  row_order bool, alts jsonb, load_alts jsonb, by_first_row jsonb,
  PRIMARY KEY (graph, n));

\getenv abs_srcdir PG_ABS_SRCDIR
\set dir :abs_srcdir '/test/data/alembic'
\set copy '\\copy graphs FROM ''' :dir '/curated/graphs.tsv'''
:copy
\set copy '\\copy graphs FROM ''' :dir '/random/graphs.tsv'''
:copy
\set copy '\\copy revs FROM ''' :dir '/curated/revs.tsv'''
:copy
\set copy '\\copy revs FROM ''' :dir '/random/revs.tsv'''
:copy
\set copy '\\copy steps FROM ''' :dir '/curated/steps.tsv'''
:copy
\set copy '\\copy steps FROM ''' :dir '/random/steps.tsv'''
:copy
ANALYZE graphs, revs, steps;

-- The SQLSTATE of each of Alembic's errors.
CREATE TABLE classes (class text PRIMARY KEY, code text);
INSERT INTO classes
SELECT unnest(string_to_array(names, ' ')), code FROM (VALUES
  ('ZM001', 'not-found no-such-branch'),
  ('ZM002', 'ambiguous-id'),
  ('ZM003', 'multiple-heads'),
  ('ZM004', 'relative-too-far walked-too-far ambiguous-walk ambiguous-upgrade'),
  ('ZM005', 'range bad-downgrade-target range-not-allowed sql-needs-range history-needs-colon bad-range stamp-multi-start'),
  ('ZM006', 'self-loop dep-self-loop cycle dep-cycle'),
  ('ZM007', 'dup-label duplicate-id dup-heads'),
  ('ZM008', 'overlap'),
  ('ZM012', 'not-at-head'),
  ('ZM017', 'not-in-branch'),
  ('ZM018', 'missing-parent missing-dependency'),
  ('ZM019', 'not-a-head'),
  ('ZM020', 'illegal-char empty-id'),
  -- what cannot be asked for here at all
  ('23505', 'row-count'),
  ('42601', 'purge-with-sql')) v (code, names);

CREATE TABLE outcomes (
  graph text, n int, got jsonb, disagreement text, PRIMARY KEY (graph, n));
CREATE TABLE facts (
  graph text, id text, fact text, expected text, got text);

--
-- Helpers
--
CREATE FUNCTION sorted(a text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(x ORDER BY x COLLATE "C"), '{}') FROM unnest(a) x
$$;
CREATE FUNCTION as_set(a text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(DISTINCT x COLLATE "C"), '{}') FROM unnest(a) x
$$;
CREATE FUNCTION texts(j jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(x ORDER BY n), '{}')
  FROM jsonb_array_elements_text(coalesce(nullif(j, 'null'), '[]'))
       WITH ORDINALITY u (x, n)
$$;

-- The value of an option "name=value", or NULL.
CREATE FUNCTION option(opts text[], name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT substr(o, length(name) + 2) FROM unnest(opts) o
  WHERE starts_with(o, name || '=')
$$;

-- The steps of a script: what its comment lines say.
CREATE FUNCTION script_steps(script text, up bool) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(
    CASE WHEN up THEN 'up:' || substring(line FROM ' -> (.*)$')
         ELSE 'down:' || substring(line FROM '^-- Running downgrade (.*) -> ')
    END ORDER BY n), '{}')
  FROM regexp_split_to_table(script, '\n') WITH ORDINALITY u (line, n)
  WHERE line ~ '^-- Running (up|down)grade '
$$;

-- Does an order put what a revision needs before it (going up), or after it?
CREATE FUNCTION order_is_valid(of_graph text, ids text[], up bool)
RETURNS bool LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (
    SELECT FROM unnest(ids) WITH ORDINALITY u (id, n)
    JOIN revs r ON r.graph = of_graph AND r.id = u.id,
    LATERAL unnest(r.down || r.resolved_deps) needed
    JOIN unnest(ids) WITH ORDINALITY l (id, n) ON l.id = needed
    WHERE CASE WHEN up THEN l.n > u.n ELSE l.n < u.n END)
$$;
CREATE FUNCTION without_direction(plan text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(regexp_replace(p, '^(up|down):', '') ORDER BY n),
                  '{}')
  FROM unnest(plan) WITH ORDINALITY u (p, n)
$$;

CREATE FUNCTION version_rows() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(revision ORDER BY revision COLLATE "C"), '{}')
  FROM zishu_migrate.version
$$;

--
-- A step's outcome: {"error": SQLSTATE} or what the command says.
--
CREATE FUNCTION run_command(s steps) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  up bool := s.cmd = 'upgrade';
  sql bool := 'sql' = ANY (s.opts);
  made text;
  found_heads text[];
  steps_run jsonb;
BEGIN
  IF s.cmd IN ('upgrade', 'downgrade') AND sql THEN
    RETURN jsonb_build_object('plan', script_steps(
      CASE WHEN up THEN zishu_upgrade_sql(s.args[1])
           ELSE zishu_downgrade_sql(s.args[1]) END, up));

  ELSIF up THEN
    SELECT jsonb_agg('up:' || revision ORDER BY step) INTO steps_run
    FROM zishu_upgrade(s.args[1]);
    RETURN jsonb_build_object('plan', steps_run, 'after', version_rows());

  ELSIF s.cmd = 'downgrade' THEN
    SELECT jsonb_agg('down:' || revision ORDER BY step) INTO steps_run
    FROM zishu_downgrade(s.args[1]);
    RETURN jsonb_build_object('plan', steps_run, 'after', version_rows());

  ELSIF s.cmd = 'stamp' AND sql THEN
    IF 'purge' = ANY (s.opts) THEN
      RAISE syntax_error; -- zishu_stamp_sql() has no such argument
    END IF;
    PERFORM zishu_stamp_sql(s.args);
    RETURN '{}';

  ELSIF s.cmd = 'stamp' THEN
    PERFORM zishu_stamp(s.args, purge => 'purge' = ANY (s.opts));
    RETURN jsonb_build_object('after', version_rows());

  ELSIF s.cmd = 'current' THEN
    IF 'check_heads' = ANY (s.opts) THEN
      SELECT as_set(array_agg(revision)) INTO found_heads FROM zishu_heads();
      IF found_heads <> version_rows() THEN
        RAISE SQLSTATE 'ZM012';
      END IF;
    END IF;
    RETURN (SELECT jsonb_build_object('out',
              coalesce(jsonb_agg(revision), '[]')) FROM zishu_current());

  ELSIF s.cmd = 'uptodate' THEN
    SELECT as_set(array_agg(revision)) INTO found_heads
    FROM zishu_heads(resolve_dependencies => true);
    RETURN jsonb_build_object('out',
      jsonb_build_array((found_heads = version_rows())::text));

  ELSIF s.cmd = 'heads' THEN
    RETURN (SELECT jsonb_build_object('out',
              coalesce(jsonb_agg(revision), '[]'))
            FROM zishu_heads('resolve_dependencies' = ANY (s.opts)));

  ELSIF s.cmd = 'branches' THEN
    RETURN (SELECT jsonb_build_object('out', coalesce(jsonb_agg(
              revision || '>' || array_to_string(sorted(branches_into), ',')),
              '[]')) FROM zishu_branches());

  ELSIF s.cmd = 'history' THEN
    RETURN (SELECT jsonb_build_object(
              'out', coalesce(jsonb_agg(revision ORDER BY n), '[]'),
              'current', coalesce(jsonb_agg(revision)
                                    FILTER (WHERE is_current), '[]'))
            FROM (SELECT h.revision, h.is_current, h.ordinality AS n
                  FROM zishu_history(s.args[1]) WITH ORDINALITY h) listed);

  ELSIF s.cmd = 'show' THEN
    RETURN (SELECT jsonb_build_object('out',
              coalesce(jsonb_agg(revision), '[]'))
            FROM zishu_show(s.args[1]));

  ELSE
    -- zishu_merge() does not splice, zishu_revision() does
    IF s.cmd = 'merge' AND NOT 'splice' = ANY (s.opts) THEN
      made := zishu_merge(s.args,
        rev_id => coalesce(option(s.opts, 'rev_id'), 'newrev000000'),
        branch_label => array_remove(ARRAY[option(s.opts, 'label')], NULL));
    ELSE
      made := zishu_revision('new', '', '',
        rev_id => coalesce(option(s.opts, 'rev_id'), 'newrev000000'),
        head => nullif(s.args, '{}'), splice => 'splice' = ANY (s.opts),
        branch_label => array_remove(ARRAY[option(s.opts, 'label')], NULL),
        depends_on => array_remove(ARRAY[option(s.opts, 'dep0'),
                                         option(s.opts, 'dep1')], NULL));
    END IF;
    RETURN (SELECT jsonb_build_object('new', jsonb_build_object(
              'down', down_revisions, 'depends', depends_on,
              'labels', branch_labels))
            FROM zishu_migrate.revision WHERE revision = made);
  END IF;
END $$;

-- Runs a step from its version rows and undoes everything.
CREATE FUNCTION outcome(s steps, with_doubles bool) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  got jsonb;
BEGIN
  BEGIN
    INSERT INTO zishu_migrate.version (revision)
    SELECT row FROM unnest(s.rows_from) WITH ORDINALITY u (row, n)
    WHERE with_doubles OR n = array_position(s.rows_from, row)
    ORDER BY n;
    got := run_command(s);
    RAISE SQLSTATE 'ZZ000';
  EXCEPTION
    WHEN SQLSTATE 'ZZ000' THEN RETURN got;
    WHEN OTHERS THEN
      RETURN jsonb_build_object('error', SQLSTATE, 'message', SQLERRM);
  END;
END $$;

--
-- Does an outcome agree with one that Alembic had?  NULL: yes.
--
CREATE FUNCTION disagreement(s steps, expected jsonb, got jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  loose bool := s.order_free OR s.load_order;
  a text[];
  b text[];
BEGIN
  IF got ? 'error' THEN
    IF expected->>'error' IS NULL THEN
      RETURN 'an error instead of success';
    ELSIF NOT got->>'error' IN (SELECT code FROM classes) THEN
      RETURN 'not an error of ours';
    END IF;
    RETURN NULL;
  ELSIF expected->>'error' = 'crash' AND expected ? 'planned' THEN
    a := texts(expected->'planned');
    b := texts(got->'plan');
    IF sorted(a) = sorted(b)
       AND order_is_valid(s.graph, without_direction(b), s.cmd = 'upgrade')
       AND as_set(texts(got->'after')) = as_set(s.ideal_after) THEN
      RETURN NULL;
    END IF;
    RETURN 'not what Alembic had planned when it crashed';
  ELSIF expected->>'error' IS NOT NULL THEN
    RETURN 'success instead of an error';
  END IF;

  IF s.cmd IN ('upgrade', 'downgrade') THEN
    a := texts(expected->'plan');
    b := texts(got->'plan');
    IF sorted(a) <> sorted(b) THEN
      RETURN 'other steps';
    ELSIF a <> b AND NOT (loose AND order_is_valid(
                s.graph, without_direction(b), s.cmd = 'upgrade')) THEN
      RETURN 'another order of steps';
    END IF;
  END IF;
  IF s.cmd IN ('upgrade', 'downgrade', 'stamp') AND NOT 'sql' = ANY (s.opts)
     AND as_set(texts(got->'after')) <> as_set(texts(expected->'after'))
     AND as_set(texts(got->'after')) IS DISTINCT FROM as_set(s.ideal_after)
  THEN
    RETURN 'other version rows';
  END IF;

  IF s.cmd = 'history' THEN
    a := texts(expected->'out');
    b := texts(got->'out');
    IF sorted(a) <> sorted(b) THEN
      RETURN 'another listing';
    ELSIF a <> b AND NOT (loose AND order_is_valid(s.graph, b, false)) THEN
      RETURN 'another order of the listing';
    ELSIF expected ? 'current'
       AND as_set(texts(expected->'current')) <> as_set(texts(got->'current'))
    THEN
      RETURN 'other marks of current';
    END IF;
  ELSIF s.cmd IN ('current', 'heads', 'branches', 'show', 'uptodate')
     AND sorted(texts(expected->'out')) <> sorted(texts(got->'out')) THEN
    RETURN 'another output';
  ELSIF s.cmd IN ('revision', 'merge') AND EXISTS (
       SELECT FROM unnest('{down,depends,labels}'::text[]) k
       WHERE sorted(texts(expected->'new'->k))
             <> sorted(texts(got->'new'->k))) THEN
    RETURN 'another new revision';
  END IF;
  RETURN NULL;
END $$;

-- All outcomes that Alembic had: the main one first.
CREATE FUNCTION expectations(s steps) RETURNS SETOF jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'error', s.error, 'after', s.rows_after, 'out', s.out,
    'current', s.current,
    CASE WHEN s.error = 'crash' THEN 'planned' ELSE 'plan' END, s.plan))
    || CASE WHEN s.new_down IS NULL THEN '{}'
            ELSE jsonb_build_object('new', jsonb_build_object(
                   'down', s.new_down, 'depends', s.new_depends,
                   'labels', s.new_labels)) END
  UNION ALL
  SELECT * FROM jsonb_array_elements(coalesce(s.alts, '[]'))
  UNION ALL
  SELECT * FROM jsonb_array_elements(coalesce(s.load_alts, '[]'))
  UNION ALL
  SELECT value FROM jsonb_each(coalesce(s.by_first_row, '{}'))
$$;

CREATE FUNCTION judge(s steps, got jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  expected jsonb;
  first_reason text;
  reason text;
BEGIN
  IF s.row_order AND s.by_first_row IS NULL THEN
    RETURN NULL; -- depends on which row comes first, and not recorded how
  END IF;
  FOR expected IN SELECT * FROM expectations(s) LOOP
    reason := disagreement(s, expected, got);
    IF reason IS NULL THEN
      RETURN NULL;
    END IF;
    first_reason := coalesce(first_reason, reason);
  END LOOP;
  RETURN first_reason;
END $$;

--
-- What is true of a graph as such.
--
CREATE FUNCTION check_facts(g graphs) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  code text := 'none';
  expected_code text := coalesce(
    (SELECT c.code FROM classes c WHERE class = g.load_error), 'none');
BEGIN
  BEGIN
    PERFORM zishu_heads();
  EXCEPTION WHEN OTHERS THEN
    code := SQLSTATE;
  END;
  INSERT INTO facts VALUES (g.graph, NULL, 'load', expected_code, code);
  IF code <> 'none' THEN
    RETURN;
  END IF;

  INSERT INTO facts
  SELECT g.graph, NULL, fact, as_set(expected)::text, as_set(got)::text
  FROM (VALUES
    ('heads', g.heads,
     (SELECT array_agg(revision) FROM zishu_heads())),
    ('real heads', g.real_heads,
     (SELECT array_agg(revision) FROM zishu_heads(true))),
    ('bases', g.bases,
     (SELECT array_agg(revision) FROM zishu_history()
      WHERE down_revisions = '{}'))) v (fact, expected, got);

  INSERT INTO facts
  SELECT g.graph, r.id, f.*
  FROM revs r JOIN zishu_history() h ON h.revision = r.id,
  LATERAL (VALUES
    ('labels', as_set(r.all_labels)::text, as_set(h.branch_labels)::text),
    ('head', ('head' = ANY (r.flags))::text, h.is_head::text),
    ('branchpoint', ('branchpoint' = ANY (r.flags))::text,
     h.is_branchpoint::text),
    ('mergepoint', ('mergepoint' = ANY (r.flags))::text,
     h.is_mergepoint::text)) f
  WHERE r.graph = g.graph;
END $$;

--
-- Everything
--
CREATE PROCEDURE check_all() LANGUAGE plpgsql AS $$
DECLARE
  g graphs;
  s steps;
  got jsonb;
  reason text;
BEGIN
  FOR g IN SELECT * FROM graphs ORDER BY graph LOOP
    TRUNCATE zishu_migrate.revision, zishu_migrate.version,
             zishu_migrate.event RESTART IDENTITY;
    INSERT INTO zishu_migrate.revision (revision, down_revisions, depends_on,
                                        branch_labels, downgrade_script)
    SELECT id, down, depends, labels, ''
    FROM revs r WHERE r.graph = g.graph ORDER BY seq;
    PERFORM check_facts(g);
    FOR s IN SELECT * FROM steps t WHERE t.graph = g.graph ORDER BY n LOOP
      got := outcome(s, false);
      reason := judge(s, got);
      -- Where Alembic failed because a version row stood there twice: that
      -- row is refused here, by the primary key.
      IF reason IS NOT NULL AND s.error IS NOT NULL
         AND cardinality(as_set(s.rows_from)) < cardinality(s.rows_from) THEN
        got := outcome(s, true);
        reason := judge(s, got);
      END IF;
      INSERT INTO outcomes VALUES (s.graph, s.n, got, reason);
    END LOOP;
    COMMIT;
  END LOOP;
END $$;
CALL check_all();

-- Facts of the graphs
SELECT fact, count(*) AS checked,
       count(*) FILTER (WHERE got IS NOT DISTINCT FROM expected) AS agree
FROM facts GROUP BY fact ORDER BY fact;
SELECT * FROM facts WHERE got IS DISTINCT FROM expected
ORDER BY graph, id, fact LIMIT 20;

-- Steps.  "other_code" counts errors whose SQLSTATE is not that of Alembic's
-- error: steps with two faults, of which another one is reported first.
CREATE VIEW judged AS
  SELECT s.*, o.got, o.disagreement, o.got ? 'error' AS failed,
         c.code AS expected_code
  FROM steps s JOIN outcomes o USING (graph, n) LEFT JOIN classes c
       ON c.class = CASE s.error WHEN 'crash' THEN s.suggest ELSE s.error END;
SELECT CASE WHEN graph LIKE 'c%' THEN 'curated' ELSE 'random' END AS set,
       cmd, count(*) AS steps,
       count(*) FILTER (WHERE disagreement IS NULL) AS agree,
       count(*) FILTER (WHERE failed) AS errors,
       count(*) FILTER (WHERE failed AND got->>'error' <> expected_code
         AND NOT (expected_code IN ('ZM001', 'ZM002', 'ZM020')
                  AND got->>'error' IN ('ZM001', 'ZM002', 'ZM020')))
         AS other_code
FROM judged GROUP BY ROLLUP (1, 2) ORDER BY 1, 2;
SELECT graph, n, cmd, args, opts, rows_from, error, disagreement, got
FROM judged WHERE disagreement IS NOT NULL ORDER BY graph, n;

RESET search_path;
DROP SCHEMA conformance CASCADE;
