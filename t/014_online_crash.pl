# Whatever ends an online run, and wherever: what the tables say is what the
# catalogs show, and the next call finishes without doing anything twice.
#
# Builds with assertions can be told to fail at their n-th fault point; there
# the test walks through all of them.  Then it ends runs at random moments.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $node = PostgreSQL::Test::Cluster->new('crash');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
restart_after_crash = on
max_worker_processes = 32
log_min_messages = error
});
$node->start;

# Each statement that has an effect of its own leaves a line in the log.
$node->safe_psql('postgres', 'CREATE DATABASE history');
$node->safe_psql(
	'history', q{
CREATE EXTENSION zishu_migrate;
CREATE TABLE log (tag text);
CREATE PROCEDURE note(tag text) LANGUAGE sql AS
  $$ INSERT INTO log VALUES (note.tag) $$;
SELECT zishu_revision('one', $$
  CREATE TABLE item (id int PRIMARY KEY, part int, state int);
  INSERT INTO item SELECT i, i FROM generate_series(1, 50) i;
  INSERT INTO log VALUES ('1.3');
$$, $$ DROP TABLE item; INSERT INTO log VALUES ('-1.2') $$, 'r1');
SELECT zishu_revision('two', $$
  SET work_mem = '5MB';
  INSERT INTO log VALUES ('2.2');
  CREATE INDEX CONCURRENTLY item_part ON item (part);
  CREATE UNIQUE INDEX CONCURRENTLY ON item (part, id);
  INSERT INTO log VALUES ('2.5 ' || current_setting('work_mem'));
  CREATE TYPE mood AS ENUM ('sad');
  ALTER TYPE mood ADD VALUE 'glad';
  ALTER TABLE item ADD mood mood DEFAULT 'glad';
  -- zishu:repeat
  UPDATE item SET state = part WHERE id IN
    (SELECT id FROM item WHERE state IS NULL LIMIT 20);
  CALL note('2.10');
  REINDEX INDEX CONCURRENTLY item_part;
  VACUUM item;
$$, $$
  DROP INDEX CONCURRENTLY item_part;
  INSERT INTO log VALUES ('-2.2');
  DROP INDEX CONCURRENTLY item_part_id_idx;
  ALTER TABLE item DROP mood;
  DROP TYPE mood;
$$, 'r2');
SELECT zishu_revision('three', $$
  CREATE TABLE parted (id int, part int) PARTITION BY RANGE (id);
  CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)
    PARTITION BY RANGE (id);
  CREATE TABLE parted_11 PARTITION OF parted_1 FOR VALUES FROM (0) TO (5);
  CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
  INSERT INTO log VALUES ('3.5');
  CREATE INDEX CONCURRENTLY ON parted (part);
  ALTER TABLE parted DETACH PARTITION parted_2 CONCURRENTLY;
  INSERT INTO log VALUES ('3.8');
$$, $$
  DROP INDEX CONCURRENTLY parted_part_idx;
  DROP TABLE parted, parted_2;
  INSERT INTO log VALUES ('-3.3');
$$, 'r3');
});

# A plain history for the functions that run in the caller's transaction.
$node->safe_psql('postgres', 'CREATE DATABASE plain');
$node->safe_psql(
	'plain', q{
CREATE EXTENSION zishu_migrate;
CREATE TABLE log (tag text);
SELECT zishu_revision('one', 'CREATE TABLE item (id int);
  INSERT INTO log VALUES (''1.2'')',
  'DROP TABLE item; INSERT INTO log VALUES (''-1.2'')', 'r1');
SELECT zishu_revision('two', 'CREATE INDEX ON item (id);
  INSERT INTO log VALUES (''2.2'')',
  'DROP INDEX item_id_idx; INSERT INTO log VALUES (''-2.2'')', 'r2');
});

my $n = 0;

sub fresh
{
	my ($template) = @_;
	my $name = 'run' . $n++;

	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE $template");
	return $name;
}

sub drop
{
	my ($db) = @_;
	$node->safe_psql('postgres', "DROP DATABASE $db WITH (FORCE)");
}

# What stands in a database that is where it should be.
sub state_of
{
	my ($db) = @_;
	return $node->safe_psql(
		$db, q{
SELECT zishu_snapshot();
SELECT 'log', string_agg(tag, ' ' ORDER BY tag) FROM log;
SELECT 'version', * FROM zishu_migrate.version;
SELECT 'event', revision, action, count(*) FROM zishu_migrate.event
WHERE outcome = 'ok' GROUP BY 2, 3 ORDER BY 2, 3;
SELECT 'progress', * FROM zishu_migrate.progress;
SELECT 'invalid', indexrelid::regclass FROM pg_index WHERE NOT indisvalid;
});
}

my $reference_up;
my $reference_down;
my $plain_up;
my $plain_down;
{
	my $db = fresh('history');
	$node->safe_psql($db, 'CALL zishu_upgrade_online()');
	$reference_up = state_of($db);
	$node->safe_psql($db, q{CALL zishu_downgrade_online('base')});
	$reference_down = state_of($db);
	drop($db);
	like($reference_up, qr/^log\|1\.3 2\.10 2\.2 2\.5 5MB 3\.5 3\.8$/m,
		'every statement runs once');

	$db = fresh('plain');
	$node->safe_psql($db, 'SELECT zishu_upgrade()');
	$plain_up = state_of($db);
	$node->safe_psql($db, q{SELECT zishu_downgrade('base')});
	$plain_down = state_of($db);
	drop($db);
}

# Nothing that the run has done is told otherwise by the tables.
sub is_consistent
{
	my ($db) = @_;
	my $odd = $node->safe_psql(
		$db, q{
-- a line of the log belongs to a revision that is applied, or to a statement
-- that the row of progress says is done
WITH done AS (
  SELECT revision, statement - 1 AS n FROM zishu_migrate.progress
  WHERE action = 'upgrade'
  UNION ALL
  SELECT a.revision, 1000 FROM zishu_history() a WHERE a.is_applied),
logged AS (
  SELECT tag, 'r' || split_part(tag, '.', 1) AS revision,
    substring(split_part(tag, '.', 2) from '^[0-9]+')::int AS n
  FROM log WHERE tag NOT LIKE '-%')
SELECT 'too early', tag FROM logged l
WHERE NOT EXISTS (SELECT FROM zishu_migrate.event WHERE action = 'downgrade')
  AND NOT EXISTS (SELECT FROM zishu_migrate.progress WHERE action = 'downgrade')
  AND NOT EXISTS (SELECT FROM done d
                  WHERE d.revision = l.revision AND l.n <= d.n);
SELECT 'twice', tag FROM log GROUP BY tag HAVING count(*) > 1;
SELECT 'half', revision FROM zishu_migrate.progress p
WHERE action = 'upgrade' AND EXISTS
  (SELECT FROM zishu_migrate.version v WHERE v.revision = p.revision);
});
	return $odd;
}

# No worker and no lock outlasts its session by more than moments.
sub is_quiet
{
	my ($db) = @_;
	return $node->poll_query_until(
		$db, q{
SELECT NOT EXISTS (SELECT FROM pg_stat_activity
                   WHERE backend_type = 'zishu_migrate online')
  AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'object'
                  AND classid = 'pg_extension'::regclass
                  AND pid <> pg_backend_pid())});
}

sub wait_for_server
{
	$node->poll_query_until('postgres', 'SELECT true')
	  or die 'the server did not come back';
}

# Walks through all points of a call, and returns what went wrong.
sub walk
{
	my ($template, $kind, $call, $before, $expected, $step) = @_;
	my @wrong;
	my $at = $step > 1 ? 1 + int(rand($step)) : 1;
	my $met = 1;

	for (; $met; $at += $step)
	{
		my $db = fresh($template);
		my ($out, $err, $state);

		$node->safe_psql($db, $before) if $before;
		$node->psql(
			$db,
			"SET zishu_migrate.fault_at = $at; SET zishu_migrate.fault = '$kind'; $call",
			stderr => \$err, on_error_stop => 0);
		$met = $err =~ /fault point|lost connection|closed the connection/;
		wait_for_server() if $kind eq 'kill';
		push @wrong, "$kind at $at: not quiet" unless is_quiet($db);
		last if @wrong;
		my $odd = is_consistent($db);
		push @wrong, "$kind at $at: $odd" if $odd;

		# The next call finishes.
		my $status = $node->psql($db, $call, stderr => \$err);
		push @wrong, "$kind at $at, again: $err" if $status;
		$state = state_of($db);
		push @wrong, "$kind at $at: $state" if $state ne $expected;
		drop($db);
		last if @wrong > 3;
	}
	note "$kind: $call: $at points";
	return @wrong;
}

my $up = 'CALL zishu_upgrade_online()';
my $down = q{CALL zishu_downgrade_online('base')};

SKIP:
{
	my ($status) =
	  $node->psql('history', 'SET zishu_migrate.fault_at = 0');
	skip 'no fault points in this build', 9 if $status;

	for my $kind ('error', 'exit')
	{
		my $step = $kind eq 'error' ? 1 : 3;

		is_deeply([ walk('history', $kind, $up, '', $reference_up, $step) ],
			[], "upgrade, $kind at points");
		is_deeply(
			[ walk('history', $kind, $down, $up, $reference_down, $step) ],
			[], "downgrade, $kind at points");
		is_deeply(
			[ walk('plain', $kind, 'SELECT zishu_upgrade()', '', $plain_up, 1) ],
			[], "zishu_upgrade(), $kind at every point");
	}
	is_deeply(
		[ walk('plain', 'kill', 'SELECT zishu_upgrade()', '', $plain_up, 1) ],
		[], 'zishu_upgrade(), the server crashes at every point');
	is_deeply([ walk('history', 'kill', $up, '', $reference_up, 6) ],
		[], 'upgrade, the server crashes at points');
	is_deeply([ walk('history', 'kill', $down, $up, $reference_down, 6) ],
		[], 'downgrade, the server crashes at points');
}

# At any moment, by whatever may end a session, its worker or the server.
my %ends = (
	'cancel of the session' => "SELECT pg_cancel_backend(pid) FROM sessions",
	'end of the session' => "SELECT pg_terminate_backend(pid) FROM sessions",
	'cancel of the worker' => "SELECT pg_cancel_backend(pid) FROM workers",
	'end of the worker' => "SELECT pg_terminate_backend(pid) FROM workers",
	'death of the client' => 'client',
	'death of the worker' => 'KILL');
my $seed = $ENV{ZM_SEED} || time;
srand($seed);
note "seed $seed";
my @wrong;

for my $i (1 .. 120)
{
	my $end = (sort keys %ends)[ $i % keys %ends ];
	my $db = fresh('history');
	my ($out, $err) = ('', '');
	my $run = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr($db), '-c', $up ],
		'<', '/dev/null', '>', \$out, '2>', \$err,
		IPC::Run::timeout(60));
	my $sql = "WITH sessions AS (SELECT pid FROM pg_stat_activity
	  WHERE datname = '$db' AND backend_type = 'client backend'
	  AND pid <> pg_backend_pid()),
	workers AS (SELECT pid FROM pg_stat_activity
	  WHERE datname = '$db' AND backend_type = 'zishu_migrate online') ";

	sleep rand(0.08);
	if ($ends{$end} eq 'client')
	{
		$run->kill_kill;
	}
	elsif ($ends{$end} eq 'KILL')
	{
		my $pid = $node->safe_psql('postgres', "$sql SELECT pid FROM workers");
		kill 'KILL', $pid if $pid;
		wait_for_server();
	}
	else
	{
		$node->safe_psql('postgres', $sql . $ends{$end});
	}
	eval { $run->finish };
	push @wrong, "$end: not quiet" unless is_quiet($db);
	my $odd = is_consistent($db);
	push @wrong, "$end: $odd" if $odd;
	my $status = $node->psql($db, $up, stderr => \$err);
	push @wrong, "$end, again: $err" if $status;
	my $state = state_of($db);
	push @wrong, "$end: $state" if $state ne $reference_up;
	drop($db);
	last if @wrong > 3;
}
is_deeply(\@wrong, [], 'ended at random moments');

$node->stop;
done_testing();
