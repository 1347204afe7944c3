# The history as files of other tools: run by the tool, they make the same
# schema and data as zishu_upgrade() does, and go back as zishu_downgrade()
# does.
#
# dbmate is run if ZISHU_DBMATE names it or it is in the path. The others are
# followed with psql: what they send to the server, and how.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $versions = abs_path(dirname(__FILE__) . '/../examples/zishu/versions');

my $dbmate = $ENV{ZISHU_DBMATE};
if (!defined $dbmate)
{
	($dbmate) = grep { -x } map { "$_/dbmate" } split /:/, $ENV{PATH};
}

my $node = PostgreSQL::Test::Cluster->new('export_history');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'CREATE ROLE maker');

my $files = 0;

sub literal
{
	my ($text) = @_;
	return 'NULL' unless defined $text;
	$text =~ s/'/''/g;
	$text =~ s/\\/\\\\/g;
	return "E'$text'";
}

# The schema and the data of a database, without the ledgers.
sub contents
{
	my ($dbname) = @_;
	my ($out, $err);
	my @command = (
		'pg_dump', '--inserts', '--exclude-table=schema_migrations',
		'--exclude-table=zishu_ledger', '--exclude-table=flyway_schema_history',
		'--exclude-table-data=zishu_migrate.*', '-d', $node->connstr($dbname));

	IPC::Run::run(\@command, '>', \$out, '2>', \$err)
	  or die "pg_dump of $dbname: $err";
	$out =~ s/^\\(un)?restrict .*\n//mg;
	$out =~ s/^SET default_.*\n\n//mg;
	$out =~ s/^--\n-- PostgreSQL database dump complete\n.*//ms;
	return join '', grep { !/^--\n-- Name: (EXTENSION )?zishu_migrate; / }
	  split /(?=^--\n-- (?:Name|Data for Name): )/m, $out;
}

sub create_databases
{
	$node->safe_psql('postgres', "CREATE DATABASE $_ TEMPLATE template0") for @_;
}

# Revisions as [ id, upgrade, downgrade, further arguments ].
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
				literal($id eq 'lines' ? "lines\n-- migrate:up\n\\echo gone" : "message of $id"), literal($up), literal($down),
				literal($id), $more ? ", $more" : '')
		} @revisions);
}

# Writes what zishu_export_history() gives into a new directory.
sub export
{
	my ($dbname, @arguments) = @_;
	my $directory = PostgreSQL::Test::Utils::tempdir();
	my $rows = $node->safe_psql($dbname,
		sprintf(q{SELECT encode(convert_to(name, 'UTF8'), 'hex') || ' ' || encode(convert_to(content, 'UTF8'), 'hex')
		FROM zishu_export_history(%s)}, join ', ', @arguments));

	for my $row (split /\n/, $rows)
	{
		my ($name, $content) = map { pack 'H*', $_ } split / /, $row, 2;
		open my $out, '>', "$directory/$name" or die "$name: $!";
		binmode $out;
		print $out $content;
		close $out;
	}
	return $directory;
}

sub names
{
	my ($directory, $pattern) = @_;
	return sort grep { /$pattern/ } map { s{.*/}{}r } glob "$directory/*";
}

sub psql
{
	my ($dbname, @arguments) = @_;
	my ($out, $err);
	my $ok = IPC::Run::run(
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($dbname), @arguments ],
		'>', \$out, '2>', \$err);
	diag($err) unless $ok;
	return $ok;
}

#
# The tools.  Each has: up and down(all of it) of a directory in a database,
# and what says where a database stands.
#

# dbmate itself.
sub dbmate
{
	my ($dbname, $directory, @command) = @_;
	my $url = sprintf('postgres://%s@/%s?socket=%s&port=%s&sslmode=disable',
		scalar(getpwuid($<)), $dbname, $node->host, $node->port);
	my ($out, $err);
	my $ok = IPC::Run::run(
		[ $dbmate, '--url', $url, '-d', $directory, '--no-dump-schema', @command ],
		'>', \$out, '2>', \$err);
	return ($ok, "$out$err");
}

sub dbmate_up
{
	my ($dbname, $directory) = @_;
	my ($ok, $said) = dbmate($dbname, $directory, 'migrate');
	diag($said) unless $ok;
	return $ok;
}

sub dbmate_down
{
	my ($dbname, $directory) = @_;
	for (names($directory, qr/^\d.*\.sql$/))
	{
		my ($ok, $said) = dbmate($dbname, $directory, 'rollback');
		diag($said) unless $ok;
		return 0 unless $ok;
	}
	return 1;
}

# golang-migrate: one session, a file at a time, whole, as one query.
sub golang_run
{
	my ($dbname, $directory, @names) = @_;
	return 1 unless @names;
	return psql($dbname, map { ('-c', slurp_file("$directory/$_")) } @names);
}

sub golang_up
{
	my ($dbname, $directory) = @_;
	$node->safe_psql($dbname,
		'CREATE TABLE IF NOT EXISTS schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)');
	my $at = $node->safe_psql($dbname, 'SELECT coalesce(max(version), 0) FROM schema_migrations');
	my @names = grep { /^(\d+)_(.*)\.up\.sql$/ && $1 > $at } names($directory, qr/./);
	my $ok = golang_run($dbname, $directory, @names);
	my ($last) = @names ? $names[-1] =~ /^(\d+)/ : ($at);
	$node->safe_psql($dbname, "TRUNCATE schema_migrations; INSERT INTO schema_migrations VALUES ($last, false)");
	return $ok;
}

sub golang_down
{
	my ($dbname, $directory) = @_;
	my $ok = golang_run($dbname, $directory, reverse names($directory, qr/\.down\.sql$/));
	$node->safe_psql($dbname, 'TRUNCATE schema_migrations');
	return $ok;
}

# Flyway: a statement at a time, in a transaction or not, and the table.
sub flyway_run
{
	my ($dbname, $directory, $name) = @_;
	my $conf = -e "$directory/$name.conf" ? slurp_file("$directory/$name.conf") : '';
	my $content = slurp_file("$directory/$name");

	if (index($content, '${') >= 0 && $conf !~ /^placeholderReplacement=false$/m)
	{
		diag("$name: a placeholder");
		return 0;
	}
	return psql($dbname, ($conf =~ /^executeInTransaction=false$/m ? () : '-1'), '-f', "$directory/$name");
}

sub flyway_checksum
{
	my ($file) = @_;
	my $crc = 0xffffffff;
	for my $line (split /\r\n|\r|\n/, slurp_file($file))
	{
		for my $byte (unpack 'C*', $line)
		{
			$crc ^= $byte;
			$crc = $crc & 1 ? ($crc >> 1) ^ 0xedb88320 : $crc >> 1 for 1 .. 8;
		}
	}
	return unpack 'l', pack 'L', $crc ^ 0xffffffff;
}

sub flyway_up
{
	my ($dbname, $directory) = @_;
	my %applied;
	if ($node->safe_psql($dbname, q{SELECT to_regclass('flyway_schema_history')}) eq '')
	{
		$node->safe_psql($dbname, q{
			CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),
				description varchar(200), type varchar(20), script varchar(1000), checksum int,
				installed_by varchar(100), installed_on timestamp DEFAULT now(), execution_time int, success boolean)});
	}
	else
	{
		for my $row (split /\n/, $node->safe_psql($dbname,
				'SELECT version, description, script, checksum FROM flyway_schema_history WHERE success'))
		{
			my ($version, $description, $script, $checksum) = split /\|/, $row;
			$applied{$script} = 1;
			is($script, "V${version}__" . ($description =~ tr/ /_/r) . '.sql', 'description and script');
			is($checksum, flyway_checksum("$directory/$script"), "$script: checksum");
		}
	}
	for my $name (names($directory, qr/^V\d+__.*\.sql$/))
	{
		next if $applied{$name};
		return 0 unless flyway_run($dbname, $directory, $name);
		$node->safe_psql($dbname, sprintf
			q{INSERT INTO flyway_schema_history
			SELECT coalesce(max(installed_rank), 0) + 1, '%s', %s, 'SQL', %s, %d, current_user, now(), 0, true
			FROM flyway_schema_history},
			$name =~ /^V(\d+)__/, literal($name =~ s/^V\d+__(.*)\.sql$/$1/r =~ tr/_/ /r), literal($name),
			flyway_checksum("$directory/$name"));
	}
	return 1;
}

sub flyway_down
{
	my ($dbname, $directory) = @_;
	for my $name (reverse names($directory, qr/^U\d+__.*\.sql$/))
	{
		return 0 unless flyway_run($dbname, $directory, $name);
	}
	return 1;
}

sub psql_up
{
	my ($dbname, $directory) = @_;
	return psql($dbname, '-o', '/dev/null', '-f', "$directory/upgrade.sql");
}

sub psql_down
{
	my ($dbname, $directory) = @_;
	return psql($dbname, '-v', 'to=base', '-o', '/dev/null', '-f', "$directory/downgrade.sql");
}

my %tools = (
	'golang-migrate' => [ \&golang_up, \&golang_down ],
	'flyway' => [ \&flyway_up, \&flyway_down ],
	'psql' => [ \&psql_up, \&psql_down ]);
if ($dbmate)
{
	$tools{dbmate} = [ \&dbmate_up, \&dbmate_down ];
	my ($out, $err);
	IPC::Run::run([ $dbmate, '--version' ], '>', \$out, '2>', \$err);
	note("with $out");
}
else
{
	note('there is no dbmate here; ZISHU_DBMATE can name it');
}

# Two databases are alike.
sub alike
{
	my ($got, $expected, $name) = @_;
	my @got = split /^/, contents($got);
	my @expected = split /^/, contents($expected);
	my $i = 0;

	$i++ while $i < @expected && $i < @got && $expected[$i] eq $got[$i];
	ok($i == @expected && $i == @got, "$name: same schema and data")
	  or diag('expected ...', @expected[ $i .. ($i + 9 < $#expected ? $i + 9 : $#expected) ],
		'got ...', @got[ $i .. ($i + 9 < $#got ? $i + 9 : $#got) ]);
}

# A history that is stored in a database, where nothing is applied yet.  at:
# revisions where another one stands that goes on with the tool.
sub follow
{
	my ($dbname, @at) = @_;

	create_databases("${dbname}_down", map { my $i = $_; map { "${dbname}_$_$i" } 0 .. $#at + 1 } 0 .. keys(%tools) - 1);
	my $i = -1;
	my %directories = map { $_ => export($dbname, literal($_)) } keys %tools;
	$node->safe_psql($dbname, q{SET client_min_messages = error; CALL zishu_upgrade_online('heads')});
	for my $tool (sort keys %tools)
	{
		my ($up, $down) = @{ $tools{$tool} };
		my $n = ++$i;
		my $made = "${dbname}_0$n";

		ok($up->($made, $directories{$tool}), "$dbname, $tool: up");
		alike($made, $dbname, "$dbname, $tool: up");
		my $before = contents($made);
		ok($up->($made, $directories{$tool}), "$dbname, $tool: up again");
		is(contents($made), $before, "$dbname, $tool: does nothing");

		# One that zishu_migrate has kept so far.
		for my $j (0 .. $#at)
		{
			my $taken = sprintf '%s_%d%d', $dbname, $j + 1, $n;
			my $directory = export($dbname, literal($tool), 'NULL', 'ARRAY[' . literal($at[$j]) . ']');
			my $script = "$directory/so_far";
			append_to_file($script,
				$node->safe_psql($dbname, 'SELECT zishu_upgrade_sql(' . literal($at[$j]) . q{, 'none')}));
			ok(psql($taken, '-o', '/dev/null', '-f', $script), "$dbname, $tool: to $at[$j]");
			ok(psql($taken, '-o', '/dev/null', '-f', "$directory/baseline.sql"), "$dbname, $tool: baseline");
			ok($up->($taken, $directory), "$dbname, $tool: up from $at[$j]");
			alike($taken, $dbname, "$dbname, $tool: up from $at[$j]");
		}
	}
	return unless $node->safe_psql($dbname,
		'SELECT bool_and(downgrade_script IS NOT NULL) FROM zishu_migrate.revision') eq 't';
	$node->safe_psql($dbname, q{SET client_min_messages = error; CALL zishu_downgrade_online('base')});
	$i = -1;
	for my $tool (sort keys %tools)
	{
		my $made = sprintf '%s_0%d', $dbname, ++$i;
		ok($tools{$tool}[1]->($made, $directories{$tool}), "$dbname, $tool: down");
		alike($made, $dbname, "$dbname, $tool: down");
	}
	return \%directories;
}

#
# The real schema
#
create_databases('zishu');
$node->safe_psql('zishu', qq{
	CREATE EXTENSION zishu_migrate;
	SELECT FROM zishu_load('$versions')});
follow('zishu', 'adapter_config_001', 'head');

#
# Branches and merges, several heads, a dependency
#
create_databases('graph');
my @graph = (
	[ 'a', 'CREATE TABLE a (id int PRIMARY KEY)', 'DROP TABLE a' ],
	[ 'b', 'CREATE TABLE b (id int REFERENCES a)', 'DROP TABLE b' ],
	[ 'c', 'CREATE TABLE c (id int REFERENCES a)', 'DROP TABLE c', q{head => '{a}', splice => true, branch_label => '{side}'} ],
	[ 'd', 'CREATE TABLE d ()', 'DROP TABLE d', q{head => '{c}'} ],
	[ 'm', '', '', q{head => '{b,d}'} ],
	[ 'z', 'ALTER TABLE b ADD z int', 'ALTER TABLE b DROP z', q{head => '{m}'} ],
	[ 'x', 'CREATE TABLE x ()', 'DROP TABLE x', q{head => '{base}', depends_on => '{b}'} ]);
store('graph', @graph);
follow('graph', 'b', 'm');

#
# Statements that need the top level, alone and among others, in both
# directions; an enum; a statement to be repeated
#
create_databases('top');
store('top',
	[ 't', "CREATE TABLE t (id int);\nINSERT INTO t SELECT generate_series(1, 100)", 'DROP TABLE t' ],
	[ 'alone', 'CREATE INDEX CONCURRENTLY t_i ON t (id)', 'DROP INDEX CONCURRENTLY t_i' ],
	[ 'among',
		"CREATE TABLE u (id int); -- a table\n/* and */ CREATE INDEX CONCURRENTLY u_i ON u (id);; -- one\nREINDEX TABLE CONCURRENTLY u;\nALTER TABLE u ADD b int;\n-- the end",
		"DROP INDEX CONCURRENTLY u_i;\nDROP TABLE u" ],
	[ 'longer', 'CREATE TABLE v (id int)', "VACUUM v;\nALTER TABLE v ADD w int;\nVACUUM v;\nDROP TABLE v;" ],
	[ 'enum', "CREATE TYPE mood AS ENUM ('a');\nALTER TYPE mood ADD VALUE 'b';\nCREATE TABLE moods AS SELECT 'b'::mood AS m",
		"DROP TABLE moods;\nDROP TYPE mood" ],
	[ 'repeat',
		"-- zishu:repeat\nWITH few AS (SELECT id FROM t WHERE id > 10 LIMIT 7)\nDELETE FROM t USING few WHERE t.id = few.id;\n-- zishu:repeat\nINSERT INTO t (id) SELECT 201 + count(*) FROM t WHERE id > 200 HAVING count(*) < 3 RETURNING id",
		"-- zishu:repeat\nUPDATE t SET id = -id WHERE id > 0" ]);
follow('top', 'alone', 'longer');

#
# Scripts that leave something behind, end strangely, or look like what a tool
# obeys. Each is followed by one that would notice.
#
my $plain = 0;
sub plain_table
{
	$plain++;
	return [ "plain$plain", "CREATE TABLE plain$plain ()", "DROP TABLE plain$plain" ];
}

my $body = "\n-- migrate:up\nit''s \\ :x \${y}\n-- migrate:down transaction:false\n--! split\n";
my @hostile = (
	[ 'begin', 'CREATE SCHEMA side; CREATE SCHEMA makers AUTHORIZATION maker', 'DROP SCHEMA side, makers' ],
	[ 'path', "SET search_path = side;\nCREATE TABLE in_path ()", "SET search_path = side;\nDROP TABLE in_path" ],
	plain_table(),
	[ 'local', "SET LOCAL search_path = side;\nCREATE TABLE in_local ()", 'DROP TABLE side.in_local' ],
	plain_table(),
	[ 'empty', "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE side.in_empty ();", "SELECT pg_catalog.set_config('search_path', '', false);\nDROP TABLE side.in_empty" ],
	plain_table(),
	[ 'role', "SET ROLE maker;\nCREATE TABLE makers.with_role ()", "SET ROLE maker;\nDROP TABLE makers.with_role" ],
	plain_table(),
	[ 'auth', "SET SESSION AUTHORIZATION maker;\nCREATE TABLE makers.with_auth ();\n", 'DROP TABLE makers.with_auth' ],
	plain_table(),
	[ 'code', "DO \$\$ BEGIN SET search_path = side; END \$\$;\nCREATE TABLE in_code ()", 'DROP TABLE side.in_code' ],
	plain_table(),
	[ 'settings', "SET check_function_bodies = off;\nCREATE FUNCTION side.f() RETURNS int LANGUAGE sql AS 'SELECT nosuch'", 'DROP FUNCTION side.f()' ],
	[ 'checked', "CREATE TABLE checked AS SELECT current_setting('check_function_bodies') AS is_on", 'DROP TABLE checked' ],
	[ 'temp1', "CREATE TEMP TABLE scratch (a int);\nCREATE TABLE temp1 (LIKE scratch) -- the end", 'DROP TABLE temp1' ],
	[ 'temp2', "CREATE TEMPORARY TABLE scratch AS SELECT 1 AS b;\nCREATE TABLE temp2 (LIKE scratch)\n-- the end", 'DROP TABLE temp2' ],
	[ 'nothing', '', '' ],
	[ 'comment', '-- only a comment', '-- and another' ],
	[ 'windows', "CREATE TABLE windows (a int);\r\n-- the end\r\nCREATE TABLE windows2 (a int)", "DROP TABLE windows;\r\nDROP TABLE windows2;\r\n" ],
	[ 'quotes', "CREATE TABLE quotes (a text DEFAULT E'it\\'s; \\\\ ' || \$\$;\n-- \$\$ || 'x;')", 'DROP TABLE quotes' ],
	[ 'atomic', "CREATE FUNCTION atomic() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END", 'DROP FUNCTION atomic()' ],
	[ 'variables', "CREATE TABLE variables AS SELECT ':USER' AS a, (ARRAY[1, 2, 3])[1:2] AS b, 1::int AS c, '{}'::text[] AS d", 'DROP TABLE variables' ],
	[ 'markers', "-- migrate:up\n--  migrate:down\n/*\n-- migrate:down\n*/\nCREATE TABLE markers AS SELECT E'$body' AS a,\n-- migrate:up\n1 AS b;\n"
		  . "CREATE FUNCTION markers() RETURNS text LANGUAGE plpgsql AS \$zishu\$\n-- migrate:down\nBEGIN RETURN '$body'; END \$zishu\$;\n-- migrate:down",
		"-- migrate:up\nDROP FUNCTION markers();\nDROP TABLE markers;\n-- migrate:down\n" ],
	[ 'placeholder', "CREATE TABLE placeholder AS SELECT '\${x} \${flyway:user}' AS a -- \${z}", 'DROP TABLE placeholder' ],
	[ 'guarded', "\\restrict abc\nCREATE TABLE guarded ();\n\\unrestrict abc\n", 'DROP TABLE guarded' ],
	[ q{it's "a" $$ `id` \\ % 迁移}, 'CREATE TABLE odd ()', 'DROP TABLE odd' ],
	[ 'long_' x 60, 'CREATE TABLE long ()', 'DROP TABLE long' ],
	[ 'lines', 'CREATE TABLE lines ()', 'DROP TABLE lines' ],
	plain_table());

create_databases('hostile');
store('hostile', @hostile);
follow('hostile', 'checked', 'head');

#
# No way back: each tool says so, and nothing is lost
#
create_databases('stuck');
store('stuck',
	[ 's1', 'CREATE TABLE s1 ()', 'DROP TABLE s1' ],
	[ q{it's "stuck"}, 'CREATE TABLE s2 ()', undef ],
	[ 's3', 'CREATE TABLE s3 ()', 'DROP TABLE s3' ]);
follow('stuck');
my @stuck_tools = sort keys %tools;
for my $i (0 .. $#stuck_tools)
{
	my $tool = $stuck_tools[$i];
	my $directory = export('stuck', literal($tool));
	my $made = "stuck_0$i";
	my ($status, $out, $err) = (0, '', '');

	if ($tool eq 'psql')
	{
		IPC::Run::run(
			[ 'psql', '-X', '-d', $node->connstr($made), '-v', 'to=base', '-f', "$directory/downgrade.sql" ],
			'>', \$out, '2>', \$err) or $status = 1;
		is($node->safe_psql($made, q{SELECT to_regclass('s3')}), 's3', 'psql: nothing is reverted');
		ok(psql($made, '-v', q{to=it's "stuck"}, '-o', '/dev/null', '-f', "$directory/downgrade.sql"), 'psql: back to a revision');
		is($node->safe_psql($made, q{SELECT to_regclass('s3')}), '', 'psql: one is reverted');
	}
	elsif ($tool eq 'dbmate')
	{
		my ($ok, $said) = dbmate($made, $directory, 'rollback');
		ok($ok, 'dbmate: one is reverted');
		($ok, $err) = dbmate($made, $directory, 'rollback');
		$status = $ok ? 0 : 1;
	}
	elsif ($tool eq 'flyway')
	{
		is(scalar(my @undo = names($directory, qr/^U/)), 2, 'flyway: no file to undo it');
		next;
	}
	else
	{
		my ($name) = names($directory, qr/stuck_.*\.down\.sql$/);
		($status, $out, $err) = $node->psql($made, slurp_file("$directory/$name"));
	}
	isnt($status, 0, "$tool: fails");
	like($err, qr/revision "it's "stuck"" cannot be reverted/, "$tool: says why");
	is($node->safe_psql($made, q{SELECT to_regclass('s2')}), 's2', "$tool: nothing is lost");
}

#
# A longer history gives the old names, wherever and in whatever order it was
# stored
#
create_databases('short', 'other');
my @made = (
	[ 'r1', '', '2025-01-01 00:00:00+00' ],
	[ 'r2', 'r1', '2025-01-02 00:00:00+00' ],
	[ 'r4', 'r2', '2025-01-04 00:00:00+00' ]);
sub import_revisions
{
	my ($dbname, @revisions) = @_;
	$node->safe_psql($dbname, sprintf
		q{CREATE EXTENSION IF NOT EXISTS zishu_migrate; SELECT zishu_import('native', ARRAY[%s], ARRAY[%s])},
		join(', ', map { literal("$_->[0].sql") } @revisions),
		join(', ', map {
			literal("-- revision: $_->[0]\n-- revises: $_->[1]\n-- created: $_->[2]\n\n-- zishu:upgrade\n-- zishu:downgrade\n")
		} @revisions));
}
import_revisions('short', @made);
my @short = names(export('short', q{'dbmate'}), qr/sql$/);
my %ledgers = (dbmate => 'schema_migrations', psql => 'zishu_ledger');
my @keepers = grep { $ledgers{$_} } sort keys %tools;
create_databases(map { "behind_$_" } @keepers);
ok($tools{$_}[0]->("behind_$_", export('short', literal($_))), "$_: before a branch is merged") for @keepers;
is_deeply(\@short,
	[ '20250101000000000_r1.sql', '20250102000000000_r2.sql', '20250104000000000_r4.sql' ],
	'numbers are times');
import_revisions('short', [ 'r3', 'r1', '2025-01-03 00:00:00+00' ], [ 'm', 'r3, r4', '2025-01-05 00:00:00+00' ]);
import_revisions('other', [ 'r1', '', '2025-01-01 00:00:00+00' ], [ 'r3', 'r1', '2025-01-03 00:00:00+00' ]);
import_revisions('other', @made, [ 'm', 'r3, r4', '2025-01-05 00:00:00+00' ]);
my @long = names(export('short', q{'dbmate'}), qr/sql$/);
is_deeply(
	\@long,
	[ @short[ 0, 1 ], '20250103000000000_r3.sql', $short[2], '20250105000000000_m.sql' ],
	'old names stay when a branch is merged');
for my $tool (@keepers)
{
	ok($tools{$tool}[0]->("behind_$tool", export('short', literal($tool))), "$tool: after a branch is merged");
	is($node->safe_psql("behind_$tool", "SELECT count(*) FROM $ledgers{$tool}"), '5', "$tool: all of it");
}
is_deeply([ names(export('other', q{'dbmate'}), qr/sql$/) ], \@long, 'the same in another database');

#
# There and back: what is exported and imported again has the same scripts, but
# for the header, and makes the same schema
#
sub import_again
{
	my ($dbname, $format, $directory) = @_;
	my @names = names($directory, qr/^[\dVU].*\.(sql|conf)$/);

	create_databases($dbname);
	$node->safe_psql($dbname, sprintf
		q{SET client_min_messages = error; CREATE EXTENSION zishu_migrate; SELECT zishu_import('%s', ARRAY[%s], ARRAY[%s])},
		$format,
		join(', ', map { literal($_) } @names),
		join(', ', map { literal(slurp_file("$directory/$_")) } @names));
}

# All scripts of a history in the order of the line.
sub scripts
{
	my ($dbname, $order) = @_;
	my $all = $node->safe_psql($dbname,
		qq{SELECT string_agg(concat(upgrade_script, E'\\n---\\n', downgrade_script), E'\\n===\\n' ORDER BY $order) FROM zishu_migrate.revision});
	$all =~ s/^-- (revision|message|revises|depends on|branch labels|branch point of|merge point|part): .*\n//mg;
	# A last semicolon may have been added.
	$all =~ s{\s*;?\s*^(---|===)\n\s*}{\n$1\n}mg;
	$all =~ s/^\s+|\s*;?\s*$//g;
	return $all;
}

my $unknown = $node->safe_psql('short', q{
	DO $$
	DECLARE
		name text;
		unknown text[] = '{}';
	BEGIN
		FOREACH name IN ARRAY '{dbmate,flyway,golang-migrate}'::text[] LOOP
			BEGIN
				PERFORM zishu_import(name, '{}', '{}');
			EXCEPTION WHEN invalid_parameter_value THEN
				unknown := unknown || name;
			END;
		END LOOP;
		PERFORM set_config('zishu.unknown', array_to_string(unknown, ' '), false);
	END $$;
	SELECT current_setting('zishu.unknown')});
for my $format ('dbmate', 'flyway', 'golang-migrate')
{
  SKIP:
	{
		skip "$format is not imported yet", 1 if " $unknown " =~ / $format /;
		for my $dbname ('zishu', 'graph', 'top', 'hostile')
		{
			my $again = "${dbname}_again_$format" =~ tr/-/_/r;
			import_again($again, $format, export($dbname, literal($format)));
			is(scripts($again, 'position'), scripts($dbname, 'created_at, position'),
				"$dbname, $format: the same scripts") if $dbname eq 'zishu' || $dbname eq 'graph';
			$node->safe_psql($_, q{SET client_min_messages = error; CALL zishu_upgrade_online('heads')})
			  for $dbname, $again;
			alike($again, $dbname, "$dbname, $format: imported again");
		}
	}
}

#
# Two at a time: the second waits, and lets an index be built concurrently
#
create_databases('two');
my $directory = export('top', q{'psql'});
my @command = ('psql', '-X', '-q', '-d', $node->connstr('two'), '-o', '/dev/null', '-f', "$directory/upgrade.sql");
my @said = ('', '');
my @running = map { IPC::Run::start([@command], '>&', \$said[$_]) } 0 .. 1;
ok($_->finish, 'one of two runs') or diag(@said) for @running;
$node->safe_psql('top', q{SET client_min_messages = error; CALL zishu_upgrade_online('heads')});
alike('two', 'top', 'two at a time');

$node->stop;
done_testing();
