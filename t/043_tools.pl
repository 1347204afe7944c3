# Beside the tools themselves: what a tool makes of its files is what is made
# of them here; and in a database that the tool keeps, or kept until half way,
# its ledger is adopted and what is left of its history is run here.
#
# Each tool is run if it is there: Sqitch and sql-migrate in the path, those of
# npm below ZISHU_NODE_MODULES, dbmate where t/040_export_history.pl finds it.
use strict;
use warnings;

use Digest::SHA qw(sha1_hex);
use Encode qw(encode_utf8);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use IPC::Run;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

sub in_path
{
	my ($program) = @_;
	my ($found) = grep { -x } map { "$_/$program" } split /:/, $ENV{PATH};
	return $found;
}

my $modules = $ENV{ZISHU_NODE_MODULES} // '';
my $node_js = in_path('node');
my $dbmate = $ENV{ZISHU_DBMATE} // in_path('dbmate');
my ($node, $directory);
my $runs = 0;

#
# A history, as every tool can have it: [ name, up, down, flags ].  A flag
# "top" is for what must run at top level, "body" for a statement that has
# semicolons in it.
#
my @history = (
	[ 'create_users', <<'UP', 'DROP TABLE users;' ],
-- Who is who; a comment with a semicolon
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE, -- as they gave it
  note text DEFAULT 'one; two -- three'
);
COMMENT ON TABLE users IS '用户: "who''s who"';
UP
	[ 'moods', <<'UP', "ALTER TABLE users DROP COLUMN mood;\nDROP TYPE mood;" ],
CREATE TYPE mood AS ENUM ('glad', 'sad');
ALTER TABLE users ADD COLUMN mood mood;
UP
	[ 'touch', <<'UP', 'DROP FUNCTION touch() CASCADE;', 'body' ],
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  -- a line of the body's;
  NEW.note := 'a;' || $$b;$$;
  --another one
  RETURN NEW;
END;
$fn$;
UP
	[ 'trigger', <<'UP', 'DROP TRIGGER touched ON users;' ],
CREATE TRIGGER touched BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO users (email, mood) VALUES ('a@example.org', 'glad'), ('b@example.org', NULL);
UP
	[ 'note_index', <<'UP', 'DROP INDEX CONCURRENTLY users_note;', 'top' ],
CREATE INDEX CONCURRENTLY users_note ON users (note);
UP
	[ 'glad', "CREATE VIEW glad AS\r\n  SELECT id, email FROM users\r\n  WHERE mood = 'glad';\r\n",
		"DROP VIEW glad;\r\n" ],
	[ 'unhappy', <<'UP', '' ],
UPDATE users SET mood = 'sad' WHERE mood IS NULL;
ALTER TABLE users ALTER COLUMN mood SET NOT NULL;
UP
	[ 'counted', 'CREATE TABLE counted AS SELECT count(*) AS n FROM users;', 'DROP TABLE counted;' ]);
my @plain = grep { ($_->[3] // '') ne 'top' } @history;

# The version of the nth one.
sub number { return sprintf '2024010%d030405', $_[0] + 1; }

sub write_files
{
	my (%files) = @_;
	for my $name (sort keys %files)
	{
		make_path(dirname("$directory/$name"));
		open my $out, '>', "$directory/$name" or die "$name: $!";
		binmode $out;
		print $out $files{$name};
		close $out;
	}
}

sub run_tool
{
	my ($environment, @command) = @_;
	my ($out, $err);
	local %ENV = (%ENV, %$environment);
	my $ok = IPC::Run::run(\@command, '<', '/dev/null', '>', \$out, '2>', \$err,
		init => sub { chdir $directory or die });
	diag("@command:\n$out$err") unless $ok;
	return $ok;
}

sub url
{
	my ($dbname) = @_;
	return sprintf 'postgres://%s@/%s?host=%s&port=%d', scalar(getpwuid($<)),
	  $dbname, $node->host, $node->port;
}

#
# The tools: which format and ledger they have, the files of the first so many
# steps, how to run the first so many, what the ledger says of its times.
#
my %tools;

sub sections
{
	my ($up, $down, $block, $top, @steps) = @_;
	my %files;
	for my $nth (0 .. $#steps)
	{
		my ($name, $does, $undoes, $flag) = @{ $steps[$nth] };
		$flag //= '';
		$does = "$block->[0]\n$does$block->[1]\n" if $flag eq 'body' && $block;
		$does =~ s/;?\s*\z/;\n/;
		$does =~ s/(StatementEnd);\n/$1\n/;
		my $option = $flag eq 'top' ? $top : '';
		$files{ number($nth) . "_$name.sql" } =
		  "$up$option\n$does" . (defined $down ? "\n$down$option\n$undoes\n" : '');
	}
	return %files;
}

$tools{'sql-migrate'} = {
	there => in_path('sql-migrate'),
	steps => \@history,
	time => 'SELECT applied_at FROM gorp_migrations ORDER BY id',
	reverts => 1,
	write => sub {
		write_files(
			sections('-- +migrate Up', '-- +migrate Down',
				[ '-- +migrate StatementBegin', '-- +migrate StatementEnd' ],
				' notransaction', @_));
	},
	run => sub {
		my ($dbname, $count) = @_;
		write_files('../dbconfig.yml' => "development:\n  dialect: postgres\n"
			  . sprintf("  datasource: host=%s port=%d dbname=%s sslmode=disable\n", $node->host, $node->port, $dbname)
			  . "  dir: $directory\n");
		return run_tool({}, 'sql-migrate', 'up', '-config=../dbconfig.yml', "-limit=$count");
	} };

$tools{dbmate} = {
	there => $dbmate,
	steps => \@history,
	reverts => 1,
	write => sub {
		write_files(sections('-- migrate:up', '-- migrate:down', undef, ' transaction:false', @_));
	},
	run => sub {
		my ($dbname, $count) = @_;
		my $url = url($dbname) =~ s/host=/socket=/r . '&sslmode=disable';
		my @names = map { s{.*/}{}r } sort glob "$directory/*.sql";
		my $place = PostgreSQL::Test::Utils::tempdir();
		link "$directory/$_", "$place/$_" for @names[ 0 .. $count - 1 ];
		return run_tool({}, $dbmate, '--url', $url, '-d', $place, '--no-dump-schema', 'migrate');
	} };

$tools{'node-pg-migrate'} = {
	there => $node_js && -d "$modules/node-pg-migrate",
	steps => \@plain,
	time => 'SELECT run_on FROM pgmigrations ORDER BY id',
	reverts => 1,
	write => sub {
		my %files = sections('-- Up Migration', '-- Down Migration', undef, '', @_);
		# Without the mark the whole file is the way up.
		s/^-- Up Migration\n// for map { $files{$_} } grep { /unhappy/ } keys %files;
		write_files(%files);
	},
	run => sub {
		my ($dbname, $count) = @_;
		return run_tool({ DATABASE_URL => url($dbname) },
			$node_js, "$modules/node-pg-migrate/bin/node-pg-migrate.js",
			'up', $count, '-m', $directory, '--no-check-order');
	} };

$tools{'graphile-migrate'} = {
	there => $node_js && -d "$modules/graphile-migrate",
	steps => \@history,
	time => 'SELECT date FROM graphile_migrate.migrations ORDER BY filename',
	placeholders => '{"GREETING": "hello"}',
	write => sub {
		my $previous = '-';
		my $nth = 0;
		for (@_)
		{
			my ($name, $does, undef, $flag) = @$_;
			$does = "--! no-transaction\n$does" if ($flag // '') eq 'top';
			$does .= "\nCOMMENT ON VIEW glad IS ':GREETING';" if $name eq 'glad';
			$does =~ s/\s+\z/\n/;
			my $hash = 'sha1:' . sha1_hex((($previous eq '-' ? '' : $previous) . "\n$does") =~ s/^\s+|\s+\z//gr . "\n");
			write_files(sprintf('migrations/committed/%06d-%s.sql', ++$nth, $name) =>
				  "--! Previous: $previous\n--! Hash: $hash\n--! Message: $name\n\n$does");
			$previous = $hash;
		}
	},
	run => sub {
		my ($dbname, $count) = @_;
		my @names = map { s{.*/}{}r } sort glob "$directory/migrations/committed/*.sql";
		my $place = PostgreSQL::Test::Utils::tempdir();
		make_path("$place/migrations/committed");
		link "$directory/migrations/committed/$_", "$place/migrations/committed/$_" for @names[ 0 .. $count - 1 ];
		write_files('.gmrc' => encode_json({
			connectionString => url($dbname), migrationsFolder => "$place/migrations",
			placeholders => { ':GREETING' => 'hello' } }));
		return run_tool({}, $node_js, "$modules/graphile-migrate/dist/cli.js", 'migrate', '--config', "$directory/.gmrc");
	} };

$tools{drizzle} = {
	there => $node_js && -d "$modules/drizzle-orm",
	steps => \@plain,
	time => 'SELECT to_timestamp(created_at / 1000.0) FROM drizzle.__drizzle_migrations ORDER BY id',
	write => sub {
		my @entries;
		for my $nth (0 .. $#_)
		{
			my $tag = sprintf '%04d_%s', $nth, $_[$nth][0];
			write_files("$tag.sql" => $_[$nth][3] ? $_[$nth][1] : $_[$nth][1] =~ s/;\n(?=[A-Z])/;\n--> statement-breakpoint\n/gr);
			push @entries, { idx => $nth, version => '7', when => 1704164645000 + 86400000 * $nth, tag => $tag,
				breakpoints => JSON::PP::true };
		}
		write_files('meta/_journal.json' => encode_json({ version => '7', dialect => 'postgresql', entries => \@entries }));
	},
	run => sub {
		my ($dbname, $count) = @_;
		my $place = PostgreSQL::Test::Utils::tempdir();
		make_path("$place/meta");
		link $_, "$place/" . s{.*/}{}r for glob "$directory/*.sql";
		my $journal = decode_json(slurp_file("$directory/meta/_journal.json"));
		splice @{ $journal->{entries} }, $count;
		append_to_file("$place/meta/_journal.json", encode_json($journal));
		write_files('../migrate.cjs' => <<'JS');
const { drizzle } = require('drizzle-orm/node-postgres');
const { migrate } = require('drizzle-orm/node-postgres/migrator');
const [host, port, database, migrationsFolder] = process.argv.slice(2);
const pool = new (require('pg').Pool)({ host, port, database });
migrate(drizzle(pool), { migrationsFolder }).then(() => pool.end());
JS
		return run_tool({ NODE_PATH => $modules }, $node_js, '../migrate.cjs', $node->host, $node->port, $dbname, $place);
	} };

$tools{sqitch} = {
	there => in_path('sqitch'),
	steps => \@history,
	time => 'SELECT committed_at FROM sqitch.changes ORDER BY committed_at',
	reverts => 1,
	# Behind a tag in the middle the function is made another time.
	more => 1,
	write => sub {
		my @steps = @_;
		my $plan = "%syntax-version=1.0.0\n%project=people\n%uri=https://example.org/people/\n\n";
		my $who = 'Ada <ada@example.org> #';
		my $last = '';
		for my $nth (0 .. $#steps)
		{
			my ($name, $does, $undoes, $flag) = @{ $steps[$nth] };
			my ($begin, $commit) = ($flag // '') eq 'top' ? ('', '') : ("BEGIN;\n\n", "\nCOMMIT;\n");
			my $file = $name eq 'touch' && @steps > 4 ? 'touch@v1.0' : $name;
			$last = " [$steps[$nth - 1][0]]" if $nth > 0;
			$plan .= sprintf "%s%s 2024-01-0%dT03:04:05Z %s %s\\nin a second line\n", $name, $last, $nth + 1, $who, $name;
			write_files("deploy/$file.sql" => "-- Deploy people:$name to pg\n\n$begin$does$commit",
				"revert/$file.sql" => "-- Revert people:$name from pg\n\n$begin$undoes$commit",
				"verify/$file.sql" => "BEGIN;\nSELECT 1/1;\nROLLBACK;\n");
			next unless $nth == 3;
			$plan .= "\@v1.0 2024-01-04T04:00:00Z $who version one\n\n";
			next unless @steps > 4;
			$plan .= "touch [touch\@v1.0] 2024-01-04T05:00:00Z $who once more\n";
			my $again = $steps[2][1] =~ s/CREATE FUNCTION/CREATE OR REPLACE FUNCTION/r;
			write_files('revert/touch.sql' => "BEGIN;\n$again\nCOMMIT;\n",
				'deploy/touch.sql' => "BEGIN;\n" . $again =~ s/a;/c;/r . "\nCOMMIT;\n",
				'verify/touch.sql' => "SELECT 1/1;\n");
		}
		write_files('sqitch.plan' => $plan, 'sqitch.conf' => "[core]\n\tengine = pg\n");
	},
	run => sub {
		my ($dbname, $count) = @_;
		return run_tool({ SQITCH_FULLNAME => 'Ada', SQITCH_EMAIL => 'ada@example.org',
				HOME => $directory, LC_ALL => 'C.UTF-8' },
			'sqitch', 'deploy', sprintf('db:pg://%s@/%s?host=%s&port=%d', scalar(getpwuid($<)), $dbname, $node->host, $node->port),
			'--verify', $count < 4 ? ('--to', $history[ $count - 1 ][0] . '@v1.0') : ());
	} };

#
# What is done with each.
#
sub dump_of
{
	my ($dbname) = @_;
	my ($out, $err);
	IPC::Run::run([ 'pg_dump', '--schema=public', '--inserts', (map { "--exclude-table=$_" }
			qw(gorp_migrations schema_migrations pgmigrations), 'pgmigrations*', 'gorp*'), '-d', $node->connstr($dbname) ],
		'>', \$out, '2>', \$err) or die $err;
	return $out =~ s/^\\(un)?restrict .*\n//mgr;
}

sub here
{
	my ($dbname, $command) = @_;
	return $node->safe_psql($dbname, "SET zishu_migrate.echo = off; SET client_min_messages = warning; $command");
}

sub create_database { $node->safe_psql('postgres', "CREATE DATABASE $_[0] TEMPLATE template0"); }

sub import_files
{
	my ($dbname, $tool, $format) = @_;
	my $placeholders = $tools{$tool}{placeholders} // '{}';
	return here($dbname, qq{SELECT action, count(*) FROM zishu_load('$directory', '$format', placeholders => '$placeholders') GROUP BY 1 ORDER BY 1});
}

sub heads { return here($_[0], q{SELECT string_agg(revision, ' ' ORDER BY revision) FROM zishu_current() WHERE is_head}); }

sub try
{
	my ($name) = @_;
	my $tool = $tools{$name};
	my @steps = @{ $tool->{steps} };
	my $all = @steps + ($tool->{more} // 0);
	my $place = PostgreSQL::Test::Utils::tempdir();
	my ($theirs, $ours, $half) = map { "${_}_$name" =~ tr/-/_/r } qw(theirs ours half);

	$directory = "$place/files";
	make_path($directory);
	create_database($_) for $theirs, $ours, $half;

	# The tool's own run of all but the last one.
	$tool->{write}->(@steps[ 0 .. $#steps - 1 ]);
	ok($tool->{run}->($theirs, $#steps), 'the tool runs');
	ok($tool->{run}->($half, 3), 'and up to the third one');
	here($_, 'CREATE EXTENSION zishu_migrate') for $theirs, $ours, $half;
	my (undef, undef, $said) = $node->psql($half, qq{SELECT zishu_adopt('$name')});
	like($said, qr/DETAIL:  unknown: "/, 'nothing is adopted that is not imported');

	# The same files here.
	is(import_files($_, $name, $name), 'added|' . ($all - 1), 'imported') for $theirs, $ours, $half;
	is(import_files($ours, $name, 'auto'), 'unchanged|' . ($all - 1), 'again, and recognised')
	  unless $name eq 'graphile-migrate';
	$node->safe_psql($ours, 'CALL zishu_upgrade_online()');
	is(dump_of($ours), dump_of($theirs), 'the same schema and rows');

	# The ledger.
	is(here($theirs, qq{SELECT count(*) FROM zishu_adopt('$name', dry_run => true)}), $all - 1, 'dry run');
	is(heads($theirs), '', 'changes nothing');
	(undef, undef, $said) = $node->psql($theirs, qq{SELECT zishu_adopt('$name')});
	is($said, '', 'adopted without a warning');
	is(heads($theirs), heads($ours), 'up to the same revision');
	is(here($theirs, q{SELECT at::timestamptz FROM zishu_migrate.event WHERE action = 'adopt' ORDER BY id}),
		here($theirs, "SELECT t::timestamptz FROM ($tool->{time}) AS l (t)"), 'with the times of old') if $tool->{time};
	is(here($theirs, 'SELECT count(*) FROM zishu_upgrade()'), 0, 'nothing is to do');

	# Half a ledger, and the rest here.
	here($half, qq{SELECT zishu_adopt('$name')});
	is(here($half, q{SELECT count(*) FROM zishu_migrate.event}), 3, 'half a ledger');
	$node->safe_psql($half, 'CALL zishu_upgrade_online()');
	is(dump_of($half), dump_of($theirs), 'the rest is run here');

	# Back and forth.
	if ($tool->{reverts})
	{
		here($theirs, q{SELECT zishu_downgrade('-2'); SELECT zishu_upgrade()});
		is(dump_of($theirs) =~ s/^INSERT .*\n//mgr, dump_of($ours) =~ s/^INSERT .*\n//mgr, 'back and forth');
		$node->safe_psql($half, q{CALL zishu_downgrade_online('base')});
		unlike(dump_of($half), qr/CREATE (?!SCHEMA)/, 'all the way back');
	}

	# One more.
	$tool->{write}->(@steps);
	is(import_files($theirs, $name, $name), "added|1\nunchanged|" . ($all - 1), 'one more');
	is(here($theirs, 'SELECT count(*) FROM zishu_upgrade()'), 1, 'is run here');
	is(here($theirs, 'SELECT n FROM counted'), 2, 'and did its work');

	$node->safe_psql('postgres', "DROP DATABASE $_") for $theirs, $ours, $half;
}

for my $name (sort keys %tools)
{
	next unless $tools{$name}{there};
	if (!$node)
	{
		$node = PostgreSQL::Test::Cluster->new('tools');
		$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
		$node->start;
		$ENV{PGCLIENTENCODING} = 'UTF8';
	}
	subtest $name => sub { try($name) };
	$runs++;
}

plan skip_all => 'there is none of the tools' if !$runs;
note('not there: ', join ', ', grep { !$tools{$_}{there} } sort keys %tools);
$node->stop;
done_testing();
