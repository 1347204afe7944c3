--
-- Where things stand: zishu_current, zishu_history, zishu_heads,
-- zishu_branches, zishu_show, zishu_graph, zishu_status.
--
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS zishu_migrate;
RESET client_min_messages;
CREATE EXTENSION zishu_migrate;
SET zishu_migrate.echo = off;
\set history 'SELECT revision, is_head AS head, is_branchpoint AS fork, is_mergepoint AS merge, is_current AS current, is_applied AS applied FROM zishu_history'

-- An empty store
SELECT * FROM zishu_current();
SELECT * FROM zishu_history();
SELECT * FROM zishu_history('base:heads');
SELECT * FROM zishu_heads();
SELECT * FROM zishu_branches();
SELECT * FROM zishu_graph();
SELECT * FROM zishu_graph('dot');
SELECT * FROM zishu_graph('mermaid');
SELECT * FROM zishu_status();
SELECT * FROM zishu_show('head');
SELECT * FROM zishu_show('nosuch');
\echo :SQLSTATE

--
-- A line
--
SELECT zishu_revision('first', 'SELECT 1', 'SELECT 2', rev_id => 'line1');
SELECT zishu_revision('second', 'SELECT 3', rev_id => 'line2');
SELECT zishu_revision('', '', '', rev_id => 'line3');
:history();
SELECT * FROM zishu_current();
SELECT revision FROM zishu_upgrade('line2');
:history();
SELECT * FROM zishu_current();
SELECT * FROM zishu_heads();
SELECT current, heads, pending, last_revision, last_action, last_outcome, last_at <= now() AS past, last_user = current_user AS mine
FROM zishu_status();
SELECT * FROM zishu_graph();
SELECT revision, down_revisions, message, is_current, is_applied, upgrade_script, downgrade_script, downgrade_script IS NULL AS irreversible
FROM zishu_show('line');
\echo :SQLSTATE
SELECT revision, down_revisions, message, is_current, is_applied, upgrade_script, downgrade_script, downgrade_script IS NULL AS irreversible
FROM zishu_show('line2');
SELECT revision, upgrade_script FROM zishu_show('current');
SELECT revision FROM zishu_show('head');
SELECT revision FROM zishu_show('base');
SELECT revision FROM zishu_show('line1:line2');
\echo :SQLSTATE
-- ranges
SELECT revision FROM zishu_history(':line2');
SELECT revision FROM zishu_history('line2:');
SELECT revision FROM zishu_history('line2:line2');
SELECT revision FROM zishu_history('current:');
SELECT revision FROM zishu_history(':current');
SELECT revision FROM zishu_history('-2:current');
SELECT revision FROM zishu_history('line1:+1');
SELECT revision FROM zishu_history('line1');
\echo :SQLSTATE
SELECT revision FROM zishu_history('');
\echo :SQLSTATE
SELECT revision FROM zishu_history('a:b:c');
SELECT revision FROM zishu_history('line3:line1');
\echo :SQLSTATE
SELECT revision FROM zishu_history('nosuch:');
\echo :SQLSTATE
SELECT revision FROM zishu_history(':line1+9');
-- SQL's null is no range, and no tenant
SELECT revision FROM zishu_history(NULL);
SELECT count(*) FROM zishu_current(NULL);
SELECT * FROM zishu_status(NULL);
-- nothing pending
SELECT revision FROM zishu_upgrade();
SELECT current, heads, pending, last_revision, last_action FROM zishu_status();
SELECT * FROM zishu_graph();

--
-- Forks, merges, labels, dependencies, several bases
--
--   f_a1 -- f_a2 -- f_m -- f_top      (label: main, on f_a1)
--       \- f_b1 ---/    \- f_side
--   other1 -- other2 ~> f_m           (label: other, on other1)
--   lone ~> other2
--
TRUNCATE zishu_migrate.revision, zishu_migrate.version, zishu_migrate.event RESTART IDENTITY;
SELECT zishu_revision('where it starts', '', '', rev_id => 'f_a1', branch_label => '{main}');
SELECT zishu_revision('on the left', '', '', rev_id => 'f_a2');
SELECT zishu_revision('on the right', '', '', rev_id => 'f_b1', head => '{f_a1}', splice => true);
SELECT zishu_merge(rev_id => 'f_m');
SELECT zishu_revision('goes on', '', '', rev_id => 'f_top');
SELECT zishu_revision('aside', '', '', rev_id => 'f_side', head => '{f_m}', splice => true, branch_label => '{aside}');
SELECT zishu_revision('another base', '', '', rev_id => 'other1', head => '{base}', branch_label => '{other}');
SELECT zishu_revision('needs a merge', '', '', rev_id => 'other2', head => '{other@head}', depends_on => '{f_m}');
SELECT zishu_revision('a lonely one', '', '', rev_id => 'lone', head => '{base}', depends_on => '{other}');
SELECT zishu_revision('needs the other', '', '', rev_id => 'lone2', head => '{lone}', depends_on => '{other2}');
SELECT revision, down_revisions, depends_on, branch_labels, message, is_head, is_branchpoint, is_mergepoint FROM zishu_history();
SELECT * FROM zishu_heads();
SELECT * FROM zishu_heads(true);
SELECT * FROM zishu_branches();
SELECT * FROM zishu_graph();
SELECT * FROM zishu_graph('dot');
SELECT * FROM zishu_graph('mermaid');
SELECT * FROM zishu_graph('png');
\echo :SQLSTATE
SELECT * FROM zishu_graph(NULL);
-- in the select list as well
SELECT zishu_graph() LIMIT 2;

-- On the way
SELECT revision FROM zishu_upgrade('f_a2');
SELECT * FROM zishu_current();
SELECT * FROM zishu_graph();
SELECT revision FROM zishu_upgrade('other@head');
SELECT * FROM zishu_current();
:history();
SELECT * FROM zishu_heads();
SELECT current, heads, pending, last_revision FROM zishu_status();
SELECT * FROM zishu_graph();
SELECT * FROM zishu_graph('dot') WHERE line ~ 'other2|f_m';
SELECT * FROM zishu_graph('mermaid') WHERE line ~ 'current|:::|other2|f#95;m';
SELECT revision FROM zishu_upgrade('heads');
SELECT * FROM zishu_current();
SELECT * FROM zishu_heads();
SELECT revision FROM zishu_show('current');
SELECT revision FROM zishu_show('heads');
SELECT revision FROM zishu_show('main@heads');
SELECT revision FROM zishu_show('head');
\echo :SQLSTATE
SELECT revision FROM zishu_show('aside');
SELECT revision FROM zishu_show('other@f_b1');
SELECT revision FROM zishu_show('aside@f_top');
\echo :SQLSTATE
SELECT current, heads, pending FROM zishu_status();
SELECT * FROM zishu_graph();
SELECT revision FROM zishu_history('f_b1:f_top');
SELECT revision FROM zishu_history('f_a2:heads');
SELECT revision FROM zishu_history('other1:');
SELECT revision FROM zishu_history('current:');
SELECT revision FROM zishu_history(':f_m');
SELECT revision FROM zishu_history('f_top:f_side');
\echo :SQLSTATE

-- Words that would break a picture's format
SELECT zishu_revision(E'say "hi" <b> [x] \\ | #1; --> & two\nlines', '', '', rev_id => 'say "hi" [x]', head => '{lone2}', branch_label => '{"l{1}"}');
SELECT * FROM zishu_graph() LIMIT 4;
SELECT * FROM zishu_graph('dot') WHERE line LIKE '%hi%';
SELECT * FROM zishu_graph('mermaid') WHERE line LIKE '%hi%';
SELECT zishu_remove('say "hi" [x]');

-- Wide: many branches at once, then one merge of all
TRUNCATE zishu_migrate.revision, zishu_migrate.version, zishu_migrate.event RESTART IDENTITY;
SELECT zishu_revision('root', '', '', rev_id => 'root');
SELECT count(zishu_revision('branch ' || n, '', '', rev_id => 'br' || n, head => '{root}', splice => true)) FROM generate_series(1, 5) n;
SELECT zishu_revision('goes on', '', '', rev_id => 'on2', head => '{br2}');
SELECT zishu_merge('{br1,br4}', rev_id => 'm14');
SELECT zishu_merge('{m14,on2,br3,br5}', rev_id => 'all');
SELECT * FROM zishu_graph();

--
-- Version rows that name no revision
--
INSERT INTO zishu_migrate.version (revision) VALUES ('gone');
SELECT * FROM zishu_current();
\echo :SQLSTATE
SELECT * FROM zishu_show('current');
\echo :SQLSTATE
SELECT * FROM zishu_history('current:');
-- What is not about the rows still answers; the status tells what the row says.
SELECT count(*) FROM zishu_history();
SELECT revision FROM zishu_heads();
SELECT current, heads, pending FROM zishu_status();
SELECT count(*) > 5 AS drawn FROM zishu_graph();
SELECT revision FROM zishu_show('all');
SELECT * FROM zishu_upgrade();
\echo :SQLSTATE
SELECT action, revision FROM zishu_stamp('base', purge => true);
SELECT * FROM zishu_current();
-- A row may be the beginning of an id, as in Alembic.
INSERT INTO zishu_migrate.version (revision) VALUES ('roo');
SELECT * FROM zishu_current();
DELETE FROM zishu_migrate.version;

-- A store that somebody broke
DELETE FROM zishu_migrate.revision WHERE revision = 'br3';
SELECT * FROM zishu_history();
\echo :SQLSTATE
SELECT * FROM zishu_graph();
SELECT * FROM zishu_status();

DROP EXTENSION zishu_migrate;
CREATE EXTENSION zishu_migrate;
