# Runs as scripts: what zishu_upgrade_sql() and zishu_downgrade_sql() write,
# given to plain psql on another database, makes the same schema and the same
# version rows as zishu_upgrade() and zishu_downgrade() make themselves.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $versions = abs_path(dirname(__FILE__) . '/../examples/zishu/versions');

my $node = PostgreSQL::Test::Cluster->new('offline');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

my $directory = PostgreSQL::Test::Utils::tempdir();
my $files = 0;

# A literal for SQL.
sub literal
{
	my ($text) = @_;
	return 'NULL' unless defined $text;
	$text =~ s/'/''/g;
	$text =~ s/\\/\\\\/g;
	return "E'$text'";
}

# The schema and the data of a database, without what the two ways of
# migrating differ in on purpose.
sub contents
{
	my ($dbname) = @_;
	my ($out, $err);
	my @command = (
		'pg_dump', '--inserts', '--exclude-table=alembic_version',
		'--exclude-table-data=zishu_migrate.*', '-d', $node->connstr($dbname));

	IPC::Run::run(\@command, '>', \$out, '2>', \$err)
	  or die "pg_dump of $dbname: $err";
	$out =~ s/^\\(un)?restrict .*\n//mg;
	# These stand where they are first needed, be it for the extension.
	$out =~ s/^SET default_.*\n\n//mg;
	$out =~ s/^--\n-- PostgreSQL database dump complete\n.*//ms;
	# A dump is a row of entries with a comment of three lines above each.
	return join '', grep { !/^--\n-- Name: (EXTENSION )?zishu_migrate; / }
	  split /(?=^--\n-- (?:Name|Data for Name): )/m, $out;
}

# Gives a script to psql, as somebody else would.
sub run_script
{
	my ($dbname, $script, $name) = @_;
	my $file = sprintf('%s/%03d.sql', $directory, ++$files);

	append_to_file($file, $script);
	my $result = run_log(
		[
			'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null',
			'-d', $node->connstr($dbname), '-f', $file
		]);
	ok($result, "$name: psql runs the script");
}

# What zishu_upgrade_sql() and its like give, with its last newline.
sub script
{
	my ($dbname, $call) = @_;
	return $node->safe_psql($dbname, "SELECT $call") . "\n";
}

sub real_rows
{
	my ($dbname) = @_;
	return $node->safe_psql($dbname,
		q{SELECT revision FROM zishu_migrate.version WHERE tenant = '' ORDER BY revision COLLATE "C"});
}

sub alembic_rows
{
	my ($dbname) = @_;
	my ($status, $out, $err) = $node->psql($dbname,
		'SELECT version_num FROM alembic_version ORDER BY version_num COLLATE "C"');
	return $out . $err;
}

# Two databases are alike: a real one, and one that psql made.
sub alike
{
	my ($real, $plain, $name, $rows) = @_;
	my $expected = contents($real);
	my $got = contents($plain);

	$rows ||= \&alembic_rows;
	if ($expected eq $got)
	{
		pass("$name: same schema and data");
	}
	else
	{
		my $i = 0;
		my @expected = split /^/, $expected;
		my @got = split /^/, $got;
		$i++ while $i < @expected && $i < @got && $expected[$i] eq $got[$i];
		fail("$name: same schema and data");
		diag('expected ...', @expected[ $i .. ($i + 9 < $#expected ? $i + 9 : $#expected) ]);
		diag('got ...', @got[ $i .. ($i + 9 < $#got ? $i + 9 : $#got) ]);
	}
	is($rows->($plain), real_rows($real), "$name: same version rows");
}

sub create_databases
{
	$node->safe_psql('postgres', "CREATE DATABASE $_ TEMPLATE template0") for @_;
}

# Stores revisions: [ id, upgrade, downgrade, further arguments ]
sub store
{
	my ($dbname, @revisions) = @_;
	$node->safe_psql(
		$dbname,
		join ";\n",
		'SET client_min_messages = error',
		'CREATE EXTENSION IF NOT EXISTS zishu_migrate',
		map {
			my ($id, $up, $down, $more) = @$_;
			sprintf('SELECT zishu_revision(%s, %s, %s, rev_id => %s%s)',
				literal("message of $id"), literal($up), literal($down),
				literal($id), $more ? ", $more" : '')
		} @revisions);
}

#
# The real schema, in one go and a step at a time
#
create_databases('zishu', 'zishu_plain', 'zishu_steps', 'zishu_none', 'zishu_zishu');
for my $dbname ('zishu', 'zishu_zishu')
{
	$node->safe_psql(
		$dbname, qq{
		CREATE EXTENSION zishu_migrate;
		SELECT FROM zishu_load('$versions')});
}
my @ids = split /\n/,
  $node->safe_psql('zishu', q{SELECT revision FROM zishu_upgrade(dry_run => true)});
is(scalar(@ids), 4, 'four revisions');

my $upgrade = script('zishu', 'zishu_upgrade_sql()');
is( $upgrade,
	script('zishu', q{zishu_upgrade_sql('base:head', 'alembic')}),
	'the default is all, for Alembic');
ok($upgrade !~ /zishu_(migrate|stamp|upgrade)/, 'the script needs nothing of the extension');

# Each script stands in it as it is.
for my $script (split /\x01/,
	$node->safe_psql('zishu',
		q{SELECT string_agg(upgrade_script, E'\x01') FROM zishu_migrate.revision}))
{
	ok(index($upgrade, $script) >= 0, 'a script comes out verbatim');
}

my %scripts = (
	none => script('zishu', q{zishu_upgrade_sql('head', 'none')}),
	zishu => script('zishu', q{zishu_upgrade_sql('head', 'zishu')}));
$node->safe_psql('zishu', 'SELECT FROM zishu_upgrade()');
is(script('zishu', 'zishu_upgrade_sql()'),
	$upgrade, 'what is applied here does not matter');

run_script('zishu_plain', $upgrade, 'upgrade');
alike('zishu', 'zishu_plain', 'upgrade');

run_script('zishu_none', $scripts{none}, 'ledger none');
is(contents('zishu_none'), contents('zishu'), 'ledger none: same schema');
is($node->safe_psql('zishu_none', q{SELECT to_regclass('alembic_version')}),
	'', 'ledger none: no version rows');

run_script('zishu_zishu', $scripts{zishu}, 'ledger zishu');
alike('zishu', 'zishu_zishu', 'ledger zishu', \&real_rows);
is( $node->safe_psql(
		'zishu_zishu', q{
	SELECT count(*) FROM zishu_upgrade();
	SELECT count(*) FROM zishu_validate();
	SELECT revision, heads_after FROM zishu_migrate.event ORDER BY id}),
	join("\n", 0, 0, map { "$_|{$_}" } @ids),
	'ledger zishu: nothing is left to do, the history tells each step');
run_script('zishu_zishu', script('zishu_zishu', q{zishu_downgrade_sql('head:base', 'zishu')}),
	'ledger zishu, down');
is(real_rows('zishu_zishu'), '', 'ledger zishu, down: no version rows');

$node->safe_psql('zishu', q{SELECT FROM zishu_downgrade('base')});
is(contents('zishu_zishu'), contents('zishu'), 'ledger zishu, down: nothing is left');

# Up and down in steps.
for my $i (0 .. $#ids)
{
	my $from = $i > 0 ? $ids[ $i - 1 ] : 'base';
	my $range = "$from:$ids[$i]";
	$node->safe_psql('zishu', "SELECT FROM zishu_upgrade('$ids[$i]')");
	run_script('zishu_steps', script('zishu', "zishu_upgrade_sql('$range')"), $range);
	alike('zishu', 'zishu_steps', $range);
}
for my $i (reverse 0 .. $#ids)
{
	my $to = $i > 0 ? $ids[ $i - 1 ] : 'base';
	my $range = "$ids[$i]:$to";
	$node->safe_psql('zishu', "SELECT FROM zishu_downgrade('$to')");
	run_script('zishu_steps', script('zishu', "zishu_downgrade_sql('$range')"), $range);
	alike('zishu', 'zishu_steps', $range);
}

# Down in one go.
$node->safe_psql('zishu', q{SELECT FROM zishu_upgrade()});
alike('zishu', 'zishu_plain', 'before the way down');
$node->safe_psql('zishu', q{SELECT FROM zishu_downgrade('adapter_config_001')});
run_script('zishu_plain',
	script('zishu', q{zishu_downgrade_sql('skill_installations_002:-2')}), 'two down');
alike('zishu', 'zishu_plain', 'two down');
$node->safe_psql('zishu', q{SELECT FROM zishu_downgrade('base')});
run_script('zishu_plain',
	script('zishu', q{zishu_downgrade_sql('adapter_config_001:base')}), 'all down');
alike('zishu', 'zishu_plain', 'all down');

#
# Branches and merges: rows of alembic_version come, change and go
#
#   a -- b --------- m -- z        x (another base, needs b)
#     \- c -- d ----/
#
create_databases('graph', 'graph_plain', 'graph_zishu', 'graph_down');
my @graph = (
	[ 'a', 'CREATE TABLE a (id int PRIMARY KEY)', 'DROP TABLE a' ],
	[ 'b', 'CREATE TABLE b (id int REFERENCES a)', 'DROP TABLE b' ],
	[ 'c', 'CREATE TABLE c (id int REFERENCES a)', 'DROP TABLE c', q{head => '{a}', splice => true, branch_label => '{side}'} ],
	[ 'd', 'CREATE TABLE d ()', 'DROP TABLE d', q{head => '{c}'} ],
	[ 'm', '', '', q{head => '{b,d}'} ],
	[ 'z', 'ALTER TABLE b ADD z int', 'ALTER TABLE b DROP z', q{head => '{m}'} ]);
store($_, @graph) for 'graph', 'graph_zishu';

my $at = 'base';
for my $to ('a', 'b', 'm', 'z')
{
	my $range = "$at:$to";
	$node->safe_psql('graph', "SELECT FROM zishu_upgrade('$to')");
	run_script('graph_plain', script('graph', "zishu_upgrade_sql('$range')"), $range);
	alike('graph', 'graph_plain', $range);
	run_script('graph_zishu', script('graph', "zishu_upgrade_sql('$range', 'zishu')"),
		"$range, ledger zishu");
	alike('graph', 'graph_zishu', "$range, ledger zishu", \&real_rows);
	$at = $to;
}
$upgrade = script('graph', q{zishu_upgrade_sql('b:z')});
like($upgrade, qr/INSERT INTO alembic_version .*UPDATE alembic_version .*DELETE FROM alembic_version /s,
	'rows are inserted, changed and deleted');
for my $to ('m', 'b', 'a', 'base')
{
	# Below the merge there are two rows, and a range starts from one.
	if ($at eq 'm')
	{
		$node->safe_psql('graph', q{SELECT FROM zishu_downgrade('a')});
		run_script('graph_plain', script('graph', q{zishu_downgrade_sql('m:a')}), 'm:a');
		alike('graph', 'graph_plain', 'm:a');
		run_script('graph_zishu', script('graph', q{zishu_downgrade_sql('m:a', 'zishu')}),
			'm:a, ledger zishu');
		alike('graph', 'graph_zishu', 'm:a, ledger zishu', \&real_rows);
		$at = 'a';
		next;
	}
	next if $to eq $at;
	my $range = "$at:$to";
	$node->safe_psql('graph', "SELECT FROM zishu_downgrade('$to')");
	run_script('graph_plain', script('graph', "zishu_downgrade_sql('$range')"), $range);
	alike('graph', 'graph_plain', $range);
	run_script('graph_zishu', script('graph', "zishu_downgrade_sql('$range', 'zishu')"),
		"$range, ledger zishu");
	alike('graph', 'graph_zishu', "$range, ledger zishu", \&real_rows);
	$at = $to;
}

# Taking a merge apart leaves a row for each side.
$node->safe_psql('graph', q{SELECT FROM zishu_upgrade('m'); SELECT FROM zishu_downgrade('b')});
run_script('graph_down', script('graph', q{zishu_upgrade_sql('m')}), 'up to the merge');
run_script('graph_down', script('graph', q{zishu_downgrade_sql('m:b')}), 'm:b');
alike('graph', 'graph_down', 'm:b');
$node->safe_psql('graph', q{SELECT FROM zishu_downgrade('base')});

# Several heads, with a dependency.
store('graph', [ 'x', 'CREATE TABLE x ()', 'DROP TABLE x', q{head => '{base}', depends_on => '{b}'} ]);
create_databases('graph_heads', 'graph_x');
$node->safe_psql('graph', q{SELECT FROM zishu_upgrade('heads')});
run_script('graph_heads', script('graph', q{zishu_upgrade_sql('heads')}), 'several heads');
alike('graph', 'graph_heads', 'several heads');
$node->safe_psql('graph', q{SELECT FROM zishu_downgrade('base'); SELECT FROM zishu_upgrade('x')});
run_script('graph_x', script('graph', q{zishu_upgrade_sql('x')}), 'only what is needed');
alike('graph', 'graph_x', 'only what is needed');

# Stamps.
create_databases('stamp');
$node->safe_psql('graph', q{SELECT FROM zishu_stamp('heads', purge => true)});
run_script('stamp', script('graph', q{zishu_stamp_sql('{heads}')}), 'stamp');
is(alembic_rows('stamp'), real_rows('graph'), 'stamp: same version rows');

#
# Ids with quotes, and longer ones than Alembic has room for
#
create_databases('ids', 'ids_plain', 'ids_zishu');
my $long = 'an_identifier_of_many_letters_' x 4;
my @odd_ids = (
	[ q{it's}, 'CREATE TABLE i1 ()', 'DROP TABLE i1' ],
	[ q{"double" \\ back}, 'CREATE TABLE i2 ()', 'DROP TABLE i2' ],
	[ $long, 'CREATE TABLE i3 ()', 'DROP TABLE i3' ],
	[ '迁移' x 20, 'CREATE TABLE i4 ()', 'DROP TABLE i4' ],
	[ q{$$ ; DROP TABLE i1; /*}, 'CREATE TABLE i5 ()', 'DROP TABLE i5' ]);
store($_, @odd_ids) for 'ids', 'ids_zishu';
run_script('ids_plain', script('ids', 'zishu_upgrade_sql()'), 'odd ids');
run_script('ids_zishu', script('ids', q{zishu_upgrade_sql('head', 'zishu')}), 'odd ids, ledger zishu');
$node->safe_psql('ids', 'SELECT FROM zishu_upgrade()');
alike('ids', 'ids_plain', 'odd ids');
alike('ids', 'ids_zishu', 'odd ids, ledger zishu', \&real_rows);
for my $i (reverse 0 .. $#odd_ids)
{
	my $to = $i > 0 ? $odd_ids[ $i - 1 ][0] : 'base';
	$node->safe_psql('ids', 'SELECT FROM zishu_downgrade(' . literal($to) . ')');
	run_script('ids_plain',
		script('ids', 'zishu_downgrade_sql(' . literal("$odd_ids[$i][0]:$to") . ')'),
		"odd ids, $i down");
	alike('ids', 'ids_plain', "odd ids, $i down");
}

#
# Scripts that leave something behind, or end strangely.  Each is followed by
# one that would notice.
#
$node->safe_psql('postgres', 'CREATE ROLE maker');

# A script as people have it: what pg_dump wrote.
create_databases('dumped');
$node->safe_psql(
	'dumped', q{
	CREATE TABLE dumped (id serial PRIMARY KEY, value text DEFAULT 'a;b');
	CREATE FUNCTION dumped_f() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN RETURN NEW; END $$;
	CREATE TRIGGER dumped_t BEFORE INSERT ON dumped FOR EACH ROW
		EXECUTE FUNCTION dumped_f();
	INSERT INTO dumped (value) VALUES ('x'), (E'y\\\\z')});
my ($dump, $dump_err);
IPC::Run::run([ 'pg_dump', '--inserts', '-d', $node->connstr('dumped') ],
	'>', \$dump, '2>', \$dump_err) or die $dump_err;
like($dump, qr/set_config\('search_path', ''/, 'a dump empties search_path');

my $plain = 0;
sub plain_table
{
	$plain++;
	return [ "plain$plain", "CREATE TABLE plain$plain ()", "DROP TABLE plain$plain" ];
}

my @hostile = (
	[ 'begin', 'CREATE SCHEMA side; CREATE SCHEMA makers AUTHORIZATION maker' ],
	[ 'path', "SET search_path = side;\nCREATE TABLE in_path ()" ],
	plain_table(),
	[ 'local', "SET LOCAL search_path = side;\nCREATE TABLE in_local ()" ],
	plain_table(),
	[ 'empty', "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE side.in_empty ();" ],
	plain_table(),
	[ 'with', "WITH s AS (SELECT set_config('search_path', 'side', false)) SELECT * FROM s;\nCREATE TABLE in_with ();" ],
	plain_table(),
	[ 'role', "SET ROLE maker;\nCREATE TABLE makers.with_role ()" ],
	plain_table(),
	[ 'localrole', "SET LOCAL ROLE maker;\nCREATE TABLE makers.with_local_role ()" ],
	plain_table(),
	[ 'auth', "SET SESSION AUTHORIZATION maker;\nCREATE TABLE makers.with_auth ();\n" ],
	plain_table(),
	[ 'settings', "SET default_tablespace = '';\nSET check_function_bodies = off;\nCREATE FUNCTION side.f() RETURNS int LANGUAGE sql AS 'SELECT nosuch'" ],
	[ 'checked', "CREATE TABLE checked AS SELECT current_setting('check_function_bodies') AS is_on" ],
	[ 'temp1', "CREATE TEMP TABLE scratch (a int);\nCREATE TABLE temp1 (LIKE scratch) -- the end" ],
	[ 'temp2', "CREATE TEMPORARY TABLE scratch AS SELECT 1 AS b;\nCREATE TABLE temp2 (LIKE scratch)\n-- the end" ],
	[ 'temp3', "SELECT 1 AS c INTO TEMP scratch;\nCREATE TABLE temp3 (LIKE scratch);-- the end" ],
	[ 'temp4', "CREATE TABLE pg_temp.scratch (d int);\nCREATE TABLE temp4 (LIKE scratch) /* the end */" ],
	[ 'temp5', "CREATE TEMP VIEW scratch AS SELECT 1 AS e;\nCREATE TABLE temp5 (LIKE scratch);;" ],
	[ 'temp6', "CREATE TEMP TABLE scratch (f serial);\nCREATE TABLE temp6 AS SELECT count(*) FROM scratch" ],
	plain_table(),
	[ 'nothing', '' ],
	[ 'comment', '-- only a comment' ],
	[ 'windows', "CREATE TABLE windows (a int);\r\n-- the end\r\nCREATE TABLE windows2 (a int)" ],
	[ 'quotes', "CREATE TABLE quotes (a text DEFAULT E'it\\'s; \\\\ ' || \$\$;\n-- \$\$ || 'x;')" ],
	[ 'atomic', "CREATE FUNCTION atomic() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END" ],
	[ 'variables', "CREATE TABLE variables AS SELECT ':USER' AS a, (ARRAY[1, 2, 3])[1:2] AS b, 1::int AS c, '{}'::text[] AS d" ],
	[ 'dump', $dump ],
	plain_table());

create_databases('hostile', 'hostile_plain', 'hostile_zishu');
store($_, @hostile) for 'hostile', 'hostile_zishu';
$node->safe_psql('hostile', 'SELECT FROM zishu_upgrade()');
$upgrade = script('hostile', 'zishu_upgrade_sql()');
ok(index($upgrade, $_->[1]) >= 0, "script $_->[0] comes out verbatim") for @hostile;
run_script('hostile_plain', $upgrade, 'hostile scripts');
alike('hostile', 'hostile_plain', 'hostile scripts');
run_script('hostile_zishu', script('hostile', q{zishu_upgrade_sql('head', 'zishu')}),
	'hostile scripts, ledger zishu');
alike('hostile', 'hostile_zishu', 'hostile scripts, ledger zishu', \&real_rows);

# What a block or a function does inside cannot be read from the script.
my @hidden = (
	[ 'block', q{DO $$ BEGIN
		PERFORM set_config('search_path', 'side', false);
		CREATE TEMP TABLE scratch (a int);
		END $$} ],
	[ 'function', 'SELECT public.prepare()' ],
	[ 'procedure', 'CALL public.prepare_too()' ]);
for my $hidden (@hidden)
{
	my ($kind, $statement) = @$hidden;
	my $plain = "hidden_${kind}_plain";

	create_databases("hidden_$kind", $plain);
	for my $dbname ("hidden_$kind", $plain)
	{
		$node->safe_psql(
			$dbname, q{
			CREATE SCHEMA side;
			CREATE FUNCTION prepare() RETURNS void LANGUAGE plpgsql AS $$
			BEGIN
				CREATE TEMP TABLE scratch (a int);
				SET search_path = side;
			END $$;
			CREATE PROCEDURE prepare_too() LANGUAGE plpgsql AS $$
			BEGIN
				CREATE TEMP TABLE scratch (a int);
				SET search_path = side;
			END $$});
	}
	store("hidden_$kind",
		[ 'one', "$statement;\nCREATE TABLE one (LIKE scratch)" ],
		[ 'plain', 'CREATE TABLE plain ()' ],
		[ 'two', "$statement;\nCREATE TABLE two (LIKE scratch)" ]);
	$node->safe_psql("hidden_$kind", 'SELECT FROM zishu_upgrade()');
	run_script($plain, script("hidden_$kind", 'zishu_upgrade_sql()'),
		"effects of a $kind");
	alike("hidden_$kind", $plain, "effects of a $kind");
}

# A statement that is to be repeated is repeated, or refused.
create_databases('repeated', 'repeated_plain');
store('repeated',
	[ 'table', 'CREATE TABLE repeated AS SELECT i, false AS done FROM generate_series(1, 10) i' ],
	[ 'fill', "-- zishu:repeat\nUPDATE repeated SET done = true WHERE i IN (SELECT i FROM repeated WHERE NOT done LIMIT 3);\n" ]);
$node->safe_psql('repeated', 'SELECT FROM zishu_upgrade()');
my ($status, $stdout, $stderr) =
  $node->psql('repeated', 'SELECT zishu_upgrade_sql()');
if ($status == 0)
{
	run_script('repeated_plain', "$stdout\n", 'repeated statements');
	alike('repeated', 'repeated_plain', 'repeated statements');
}
else
{
	like($stderr, qr/repeat/, 'repeated statements are refused');
}

#
# Statements that need the top level can be written, though not run here
#
create_databases('top', 'top_plain');
store('top',
	[ 'first', 'CREATE TABLE first (id int)', 'DROP TABLE first' ],
	[ 'index', 'CREATE INDEX CONCURRENTLY first_id ON first (id)', 'DROP INDEX CONCURRENTLY first_id' ],
	[ 'last', "SET ROLE maker;\nVACUUM first;\nRESET ROLE;\nCREATE TABLE last ()", 'DROP TABLE last' ],
	plain_table());
run_script('top_plain', script('top', 'zishu_upgrade_sql()'), 'top level');
$node->safe_psql('top', 'CREATE TABLE first (id int)');
$node->safe_psql('top', 'CREATE INDEX CONCURRENTLY first_id ON first (id)');
$node->safe_psql('top', "CREATE TABLE last (); CREATE TABLE plain$plain (); SELECT FROM zishu_stamp('head')");
alike('top', 'top_plain', 'top level');
is($node->safe_psql('top_plain', q{SELECT indisvalid FROM pg_index WHERE indexrelid = 'first_id'::regclass}),
	't', 'top level: the index is valid');
$node->safe_psql('top', "DROP TABLE plain$plain, last; DROP INDEX first_id; SELECT FROM zishu_stamp('first')");
run_script('top_plain', script('top', "zishu_downgrade_sql('plain$plain:first')"), 'top level, down');
alike('top', 'top_plain', 'top level, down');

#
# Everything as the owner of the schema
#
create_databases('owner', 'owner_plain');
store('owner',
	[ 'one', 'CREATE TABLE makers.one ()', 'DROP TABLE makers.one' ],
	[ 'two', "SET search_path = makers;\nCREATE TABLE two ()", 'DROP TABLE makers.two' ],
	[ 'three', "RESET ROLE;\nCREATE TABLE public.three ()", 'DROP TABLE public.three' ],
	[ 'four', 'CREATE TABLE makers.four ()', 'DROP TABLE makers.four' ]);
$node->safe_psql($_, 'CREATE SCHEMA makers AUTHORIZATION maker') for 'owner', 'owner_plain';
$node->safe_psql('owner', q{SET zishu_migrate.owner_role = 'maker'; SELECT FROM zishu_upgrade()});
run_script('owner_plain',
	$node->safe_psql('owner', q{SET zishu_migrate.owner_role = 'maker'; SELECT zishu_upgrade_sql()}) . "\n",
	'owner_role');
alike('owner', 'owner_plain', 'owner_role');

$node->stop;
done_testing();
