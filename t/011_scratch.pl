# Scratch databases: what is built in them, what their errors say, and that
# none is left, whoever is killed at whatever moment.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('scratch');
$node->init;
$node->append_conf('postgresql.conf', 'restart_after_crash = on');
$node->start;
$node->safe_psql(
	'postgres', q{
	CREATE EXTENSION zishu_migrate;
	CREATE ROLE regress_owner NOLOGIN CREATEDB;
	CREATE ROLE regress_other NOLOGIN CREATEDB;
	CREATE ROLE regress_plain NOLOGIN;
	GRANT EXECUTE ON FUNCTION zishu_diff TO regress_owner, regress_other, regress_plain;
	ALTER ROLE regress_owner SET search_path = nowhere});

# Makes these pieces the model: name, text, ...
sub model
{
	my %pieces = @_;
	my @names = sort keys %pieces;
	my $list = sub { join(',', map { "\$q\$$_\$q\$" } @_) };

	$node->safe_psql('postgres',
		    'SELECT zishu_import_model(ARRAY['
		  . $list->(@names) . '], ARRAY['
		  . $list->(map { $pieces{$_} } @names)
		  . '])');
}

my $build = q{SELECT statement FROM zishu_diff('empty', 'model')};
my $forget = 'TRUNCATE zishu_migrate.picture';
my $scratch = q{SELECT datname FROM pg_database WHERE datname LIKE 'zishu\_scratch%'};
my $gone = qq{SELECT NOT EXISTS ($scratch)};

# What building the model says: rows, and messages.
sub build
{
	my ($before) = @_;
	my ($out, $err);

	$node->psql(
		'postgres', ($before // '') . ";\n$build",
		stdout => \$out, stderr => \$err,
		extra_params => [ '-v', 'VERBOSITY=verbose' ]);
	return ($out, $err);
}

#
# Messages
#
model('010_first' => "CREATE TABLE a (id int);\n",
	'020_second' => "-- \x{c3}\x{a4}\nBEGIN;\nCREATE TABLE b (id int);\n"
	  . "CREATE VIEW v AS SELECT \x{c3}\x{a4}, nix FROM b;\nCOMMIT;\n");
my ($out, $err) = build();
like($err, qr/ERROR: +42703: column "\x{c3}\x{a4}" does not exist/, 'SQLSTATE and message');
like($err, qr/LINE 4: CREATE VIEW v AS SELECT \x{c3}\x{a4}, nix FROM b;\n {32}\^/,
	'the line of the piece, and a caret');
like($err, qr/CONTEXT: +model piece "020_second", statement 3, line 4\n/, 'the context');
is($node->safe_psql('postgres', $gone), 't', 'an error leaves nothing');

model('010' => q{DO $x$ BEGIN RAISE WARNING 'careful' USING HINT = 'a hint'; END $x$;
	DO $x$ BEGIN RAISE 'broken' USING ERRCODE = 'ZX123', DETAIL = 'a detail', HINT = 'another'; END $x$});
($out, $err) = build();
like($err, qr/WARNING: +01000: careful\nHINT: +a hint\n/,
	'a warning comes through');
like($err, qr/ERROR: +ZX123: broken\nDETAIL: +a detail\nHINT: +another\nCONTEXT: .*\nmodel piece "010", statement 2, line 2/,
	'an error with all its parts');

foreach my $case (
	[ 'COPY t FROM STDIN', qr/COPY FROM STDIN is not possible/ ],
	[ 'COPY pg_am TO STDOUT', qr/ERROR: +0A000: COPY TO STDOUT is not possible in a script/ ],
	[ "BEGIN; COMMIT; SELECT 1", qr/COMMIT is not at the end of the script/ ],
	[ "BEGIN; SELECT 1", qr/no COMMIT at the end/ ],
	[ "SELECT 1; ROLLBACK", qr/ROLLBACK is not allowed in a script/ ])
{
	$node->safe_psql('postgres', 'DELETE FROM zishu_migrate.model');
	$node->safe_psql('postgres', "INSERT INTO zishu_migrate.model VALUES ('x', '$case->[0]')");
	($out, $err) = build();
	like($err, $case->[1], "$case->[0] is refused");
}

#
# What a script may do
#
model(
	'010' => q{
		SET LOCAL search_path = s; SET client_encoding = latin1; SET work_mem = '64kB';
		CREATE SCHEMA s; CREATE TYPE e AS ENUM ('a');
		ALTER TYPE e ADD VALUE 'b'; CREATE TABLE t (e e DEFAULT 'b', id int);
		CREATE INDEX CONCURRENTLY i ON t (id); LOCK TABLE t; VACUUM t;
		CREATE TEMP TABLE temporary (); PREPARE p AS SELECT 1;
		DO $x$ BEGIN CREATE TABLE in_do (); COMMIT; END $x$;
		SET ROLE regress_owner},
	'020' => q{
		DO $x$ BEGIN
		  IF current_user <> 'regress_owner' OR to_regclass('temporary') IS NOT NULL
		    OR EXISTS (SELECT FROM pg_prepared_statements)
		    OR current_setting('work_mem') = '64kB' OR current_setting('search_path') NOT LIKE '%public'
		  THEN RAISE 'leaked: % %', current_user, current_setting('search_path'); END IF; END $x$});
# The caller holds a snapshot for which CREATE INDEX CONCURRENTLY must not wait.
($out, $err) = build('SET ROLE regress_owner; SET search_path = s; '
	  . 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT');
is($err, '', 'a script does what it likes, and none of it leaks into the next');
like($out, qr/CREATE INDEX i ON s\.t.*\n?/, 'also what needs the top level');
like($out, qr/CREATE TABLE s\.in_do/, 'and what commits by itself');

# What all databases share
my $shared = q{SELECT string_agg(x, ' ' ORDER BY x) FROM (
	SELECT rolname::text || rolcreaterole FROM pg_roles WHERE rolname !~ '^pg_'
	UNION ALL SELECT datname FROM pg_database
	UNION ALL SELECT setconfig::text FROM pg_db_role_setting
	UNION ALL SELECT subname::text FROM pg_subscription
	UNION ALL SELECT obj_description(oid, 'pg_database') FROM pg_database
	UNION ALL SELECT datacl::text FROM pg_database) s (x)};
my $before = $node->safe_psql('postgres', $shared);
model('010' => q{
	CREATE ROLE regress_new; DO $x$ BEGIN CREATE ROLE regress_new; END $x$;
	ALTER ROLE regress_owner CREATEROLE; ALTER ROLE regress_owner SET work_mem = '1MB';
	ALTER DATABASE postgres SET work_mem = '1MB'; CREATE DATABASE regress_db;
	GRANT CREATE ON DATABASE postgres TO regress_owner; ALTER SYSTEM SET work_mem = '1MB';
	COMMENT ON DATABASE postgres IS 'x'; ALTER ROLE regress_owner RENAME TO regress_gone;
	DROP ROLE regress_plain;
	CREATE TABLE t ();
	CREATE SUBSCRIPTION sub CONNECTION 'host=/nowhere' PUBLICATION p WITH (enabled, slot_name = s)});
($out, $err) = build();
is(scalar(() = $err =~ /is passed over in a scratch database/g), 11, 'what is shared is passed over');
unlike($err, qr/ERROR/, 'and is no error');
like($out, qr/CREATE TABLE public\.t/, 'the rest is done');
is($node->safe_psql('postgres', $shared), $before, 'nothing shared has changed');
model('010' => 'REASSIGN OWNED BY regress_owner TO regress_other');
($out, $err) = build();
like($err, qr/ERROR: +0A000: REASSIGN OWNED is not possible in a scratch database/, 'what acts on both is refused');

# Large ones
my $big = 5_000_000;
$node->safe_psql('postgres', qq{SELECT zishu_import_model('{big}', ARRAY[
	'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS \$b\$BEGIN /*' || repeat('x', $big) || '*/ END\$b\$'])});
is($node->safe_psql('postgres', q{SELECT max(length(statement)) > 5000000 FROM zishu_diff('empty', 'model')}),
	't', 'five megabytes go there and back');

# A dump
$node->safe_psql('postgres', 'CREATE DATABASE dumped');
$node->safe_psql('dumped', q{CREATE TABLE t (id serial PRIMARY KEY, b bool); CREATE VIEW v AS SELECT * FROM t});
my ($dump, $stderr);
IPC::Run::run([ 'pg_dump', '-s', '-d', $node->connstr('dumped') ], '>', \$dump, '2>', \$stderr);
$dump = "\\restrict abc\n$dump\n\\unrestrict abc\n" unless $dump =~ /^\\restrict/m;
model('dump' => $dump);
($out, $err) = build();
is($err, '', 'what pg_dump writes is taken as it is');
like($out, qr/CREATE VIEW public\.v/, 'all of it');
$node->safe_psql('postgres', 'DROP DATABASE dumped');

#
# Rights
#
model('010' => 'CREATE TABLE t ()');
($out, $err) = build('SET ROLE regress_plain');
like($err, qr/ERROR: +42501: permission denied to create a scratch database\n.*\nHINT: +Grant CREATEDB to role "regress_plain"\./,
	'CREATEDB is needed');

#
# No more workers: the launcher of logical replication takes the one slot.
#
foreach my $slots (1, 2)
{
	$node->append_conf('postgresql.conf', "max_worker_processes = $slots");
	$node->restart;
	($out, $err) = build($forget);
	like($err, qr/ERROR: +53000: no background worker slot is free\n.*\nHINT: .*max_worker_processes/,
		"no slot free, of $slots");
	$node->poll_query_until('postgres', $gone);
}
$node->append_conf('postgresql.conf', 'max_worker_processes = 20');
$node->restart;

#
# Who is killed while the builder is at work
#
model('010' => 'CREATE TABLE t (); SELECT pg_sleep(1000)');

# Starts a build and waits until it is there; returns the session.
sub start_build
{
	my $session = { out => '', err => '' };
	$session->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-v', 'VERBOSITY=verbose', '-d', $node->connstr('postgres'), '-c', $build ],
		'<', '/dev/null', '>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout(2 * $PostgreSQL::Test::Utils::timeout_default));
	$node->poll_query_until('postgres',
		q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname LIKE 'zishu\_scratch%')});
	return $session;
}

sub end_build
{
	my ($session) = @_;
	$session->{run}->finish;
	return $session->{err};
}

my $caller = q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND query LIKE '%zishu_diff%' AND pid <> pg_backend_pid()};
my $builder = q{SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname LIKE 'zishu\_scratch%'};
my $keeper = q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'zishu_migrate' AND datname = 'postgres'};
my $workers = q{SELECT count(*) = 0 FROM pg_stat_activity WHERE backend_type = 'zishu_migrate'};

my $session = start_build();
my $name = $node->safe_psql('postgres', $scratch);
like($name, qr/^zishu_scratch_\d+_[0-9a-f]{8}$/, 'one database');
isnt($node->psql($name, 'SELECT 1'), 0, 'which nobody may enter');

# Another call does not take it for a leftover.
($out, $err) = build(q{SET statement_timeout = '4s'});
like($err, qr/57014/, 'another call is cancelled');
is($node->safe_psql('postgres', $scratch), $name, 'and leaves the first one alone');

$node->safe_psql('postgres', "SELECT pg_cancel_backend(pid) FROM ($caller) s");
like(end_build($session), qr/ERROR: +57014: canceling statement due to user request/, 'the caller is cancelled');
is($node->safe_psql('postgres', $gone), 't', 'and nothing is left');
is($node->safe_psql('postgres', $workers), 't', 'nor a worker');

$session = start_build();
$node->safe_psql('postgres', "SELECT pg_terminate_backend(pid) FROM ($caller) s");
like(end_build($session), qr/FATAL: +57P01/, 'the caller is terminated');
ok($node->poll_query_until('postgres', $gone), 'the keeper cleans up');
ok($node->poll_query_until('postgres', $workers), 'and goes');

$session = start_build();
$node->safe_psql('postgres', "SELECT pg_terminate_backend(pid) FROM ($builder) s");
like(end_build($session), qr/ERROR: +57000: terminating background worker/, 'the builder is terminated');
is($node->safe_psql('postgres', $gone), 't', 'and nothing is left');

$session = start_build();
$node->safe_psql('postgres', "SELECT pg_cancel_backend(pid) FROM ($builder) s");
like(end_build($session), qr/ERROR: +57014: .*\nCONTEXT: +model piece "010", statement 2, line 1/, 'the builder is cancelled');
is($node->safe_psql('postgres', $gone), 't', 'and nothing is left');

# Who ends the keeper leaves a database, for the next call to drop; it need
# not be by the same role.
$session = start_build();
$node->safe_psql('postgres', "SELECT pg_terminate_backend(pid) FROM ($keeper) s");
$node->safe_psql('postgres', "SELECT pg_cancel_backend(pid) FROM ($caller) s");
like(end_build($session), qr/ERROR/, 'the keeper is terminated');
ok($node->poll_query_until('postgres', $workers), 'the builder goes');
isnt($node->safe_psql('postgres', $scratch), '', 'a database is left');
model('010' => 'CREATE TABLE t ()');
($out, $err) = build("$forget; SET ROLE regress_other");
is($err, '', 'the next call');
is($node->safe_psql('postgres', $gone), 't', 'drops it');

# The server crashes, or is stopped at once.
foreach my $victim (
	[ 'the caller', sub { kill 'KILL', $node->safe_psql('postgres', $caller) } ],
	[ 'the builder', sub { kill 'KILL', $node->safe_psql('postgres', $builder) } ],
	[ 'the keeper', sub { kill 'KILL', $node->safe_psql('postgres', $keeper) } ],
	[ 'the server', sub { $node->stop('immediate'); $node->start } ])
{
	model('010' => 'CREATE TABLE t (); SELECT pg_sleep(1000)');
	$session = start_build();
	$victim->[1]->();
	like(end_build($session), qr/connection|FATAL|WARNING/, "$victim->[0] is killed");
	$node->poll_query_until('postgres', 'SELECT true');
	model('010' => 'CREATE TABLE t ()');
	($out, $err) = build($forget);
	is($err, '', 'the next call');
	is($node->safe_psql('postgres', $gone), 't', 'finds nothing left when it is done');
}

#
# At any moment: cancelled and terminated after so many milliseconds
#
model('010' => 'CREATE TABLE t (); SELECT pg_sleep(0.2)');
for (my $wait = 1; $wait < 1500; $wait = int($wait * 1.7) + 1)
{
	build("$forget; SET statement_timeout = $wait");
}
ok($node->poll_query_until('postgres', $gone), 'cancelled at any moment');
for (my $wait = 1; $wait < 1500; $wait = int($wait * 1.9) + 1)
{
	my $run = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-c', $forget, '-c', $build ],
		'<', '/dev/null', '>', \my $o, '2>', \my $e,
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$node->safe_psql('postgres', 'SELECT pg_sleep(' . $wait / 1000 . "); SELECT pg_terminate_backend(pid) FROM ($caller) s");
	$run->finish;
}
ok($node->poll_query_until('postgres', $gone), 'terminated at any moment');
ok($node->poll_query_until('postgres', $workers), 'no worker stays');

#
# Side by side
#
model('010' => 'CREATE TABLE t ()');
$node->safe_psql('postgres', $forget);
my @sessions = map {
	my $s = { out => '', err => '' };
	$s->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-c', $build ],
		'<', '/dev/null', '>', \$s->{out}, '2>', \$s->{err},
		IPC::Run::timeout(2 * $PostgreSQL::Test::Utils::timeout_default));
	$s
} 1 .. 4;
$_->{run}->finish for @sessions;
is(join('', map { $_->{err} } @sessions), '', 'four calls at once');
is(scalar(grep { $_->{out} =~ /CREATE TABLE public\.t/ } @sessions), 4, 'with the right result each');
is($node->safe_psql('postgres', $gone), 't', 'and nothing left');

$node->stop;
done_testing();
