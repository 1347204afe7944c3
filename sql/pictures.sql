-- The history as a picture and the state as a page: whatever users write, it
-- is well-formed, complete and nothing but text.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;

CREATE VIEW picture AS SELECT string_agg(line, E'\n') AS svg FROM zishu_graph('svg');
CREATE FUNCTION well_formed() RETURNS TABLE (svg boolean, html boolean) LANGUAGE sql AS $$
  SELECT xml_is_well_formed_document(svg),
    -- but for the void elements of the head the page is XML
    xml_is_well_formed_document(regexp_replace(regexp_replace(
      zishu_report(), '<!DOCTYPE html>', ''), '<meta [^>]*>', '', 'g'))
  FROM picture $$;

-- Nothing is a picture, too.
SELECT * FROM well_formed();
SELECT line FROM zishu_graph('svg') WHERE line LIKE '<svg%';

SELECT zishu_revision('first', 'SELECT 1', '', 'base1');
SELECT zishu_revision(E'<script>alert("x")</script> & ''y'' ]]> \x01\x1f', 'SELECT 1; SELECT 2', NULL, '<b>"&''', branch_label => '{"<i>"}');
SELECT zishu_revision('紫舒 ' || repeat('长', 200), 'VACUUM zishu_migrate.model', '', 'other', head => '{base1}', splice => true);
SELECT zishu_revision('needs', 'SELECT 1', '', 'needs', head => '{other}', depends_on => '{"<b>\"&''"}');
SELECT zishu_merge('{"<b>\"&''",needs}', rev_id => 'merged');
SELECT zishu_report() ~ 'runs online only' AS online;
CALL zishu_upgrade_online('other');
SELECT * FROM well_formed();

-- A node for each revision, told apart by what is applied; lines to parents,
-- and a dashed one.
SELECT count(*) FILTER (WHERE kind = '<g class="applied"><title') AS applied,
  count(*) FILTER (WHERE kind = '<g class="pending"><title') AS pending,
  count(*) FILTER (WHERE kind = '<path class="c') AS lines,
  count(*) FILTER (WHERE kind = '<path class="needs"') AS needs,
  count(*) FILTER (WHERE kind = '<path class="node"') AS merges,
  count(*) FILTER (WHERE kind = '<circle class="ring"') - 1 AS current
FROM picture, regexp_matches(svg, '<g class="applied"><title|<g class="pending"><title|<path class="c|<path class="needs"|<path class="node"|<circle class="ring"', 'g') m,
  LATERAL unnest(m) kind;
SELECT svg ~ '<script|<i>|<b>' AS markup, svg ~ '&lt;script&gt;alert\(&quot;x&quot;\)' AS escaped,
  svg ~ '&#x957F;\.\.\.<' AS shortened FROM picture;
SELECT r ~ '<script|<i>|<b>' AS markup, r ~ 'http' AND r !~ 'http://www.w3.org/2000/svg' AS loads,
  r ~ 'cannot be reverted' AS irreversible, r ~ 'SELECT 2' AS shows_script
FROM zishu_report() r;

-- What failed; a script that cannot be read; another tenant.
SELECT zishu_revision('fails', 'SELECT 1/0', '', 'fails', head => '{merged}');
CALL zishu_upgrade_online('fails');
UPDATE zishu_migrate.revision SET upgrade_script = 'SELEC 1' WHERE revision = 'fails';
SELECT * FROM well_formed();
SELECT r ~ 'failed: division by zero' AS failed, r ~ 'cannot run: syntax error at or near &quot;SELEC&quot; \(line 1\)' AS faulty
FROM zishu_report() r;
SELECT zishu_report('acme') ~ '<dd>base</dd>' AS tenant;

-- Two hundred, and more: it grows with their number.
SELECT count(zishu_revision('step ' || i, '', '', 's' || i, head => ARRAY['fails'], splice => true)) FROM generate_series(1, 200) i;
SELECT * FROM well_formed();
SELECT length(svg) BETWEEN 200 * 200 AND 200 * 800 AS size FROM picture;

-- What XML cannot hold, and a merge of more than there is room for.
SELECT zishu_revision(U&'\FFFE \0085 \FFFF', '', '', 'odd', head => '{base1}', splice => true);
SELECT count(zishu_revision('wide', '', '', 'w' || i, head => '{base1}', splice => true)) FROM generate_series(1, 100) i;
SELECT zishu_merge((SELECT array_agg('w' || i) FROM generate_series(1, 100) i), rev_id => 'wmerged');
SELECT * FROM well_formed();
SELECT svg ~ '[^ -~\n]' AS beyond_ascii, substring(svg, ' width="(\d+)"')::int < 2500 AS limited FROM picture;

CREATE ROLE regress_pictures_reader;
SET ROLE regress_pictures_reader;
SELECT count(*) > 0 FROM zishu_graph('svg');
SELECT zishu_report();
RESET ROLE;
DROP ROLE regress_pictures_reader;
DROP FUNCTION well_formed();
DROP VIEW picture;
