# Many callers that migrate up and down, online and not, repair, load and look,
# while somebody ends sessions and workers: when all is quiet again, what the
# tables say is what the catalogs show, and every statement had its effect
# exactly as often as the history says.
#
# ZM_CHAOS_SECONDS gives it more time, ZM_SEED repeats what it does at random.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $callers = 6;
my $calls = 8;
my $seconds = $ENV{ZM_CHAOS_SECONDS} || 8;
my $seed = $ENV{ZM_SEED} || time;
srand($seed);
note "seed $seed";

my $node = PostgreSQL::Test::Cluster->new('chaos');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
restart_after_crash = on
max_worker_processes = 32
log_min_messages = error
deadlock_timeout = 100ms
});
$node->start;

# A statement that has an effect leaves a line: which one, of which script.
$node->safe_psql(
	'postgres', q{
CREATE EXTENSION zishu_migrate;
CREATE TABLE log (revision text, action text, statement int);
CREATE TABLE item (id int PRIMARY KEY, part int, state int);
INSERT INTO item SELECT i, i % 7 FROM generate_series(1, 500) i;
CREATE TABLE parted (id int, part int) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
SELECT zishu_revision('r1', $$
  INSERT INTO log VALUES ('r1', 'upgrade', 1);
  CREATE TABLE one (id int);
  INSERT INTO log VALUES ('r1', 'upgrade', 3);
$$, $$
  INSERT INTO log VALUES ('r1', 'downgrade', 1);
  DROP TABLE one;
$$, 'r1');
SELECT zishu_revision('r2', $$
  INSERT INTO log VALUES ('r2', 'upgrade', 1);
  CREATE INDEX CONCURRENTLY item_part ON item (part);
  INSERT INTO log VALUES ('r2', 'upgrade', 3);
  CREATE INDEX CONCURRENTLY ON item (part, id);
  INSERT INTO log VALUES ('r2', 'upgrade', 5);
$$, $$
  INSERT INTO log VALUES ('r2', 'downgrade', 1);
  DROP INDEX CONCURRENTLY item_part;
  INSERT INTO log VALUES ('r2', 'downgrade', 3);
  DROP INDEX CONCURRENTLY IF EXISTS item_part_id_idx;
  INSERT INTO log VALUES ('r2', 'downgrade', 5);
$$, 'r2');
SELECT zishu_revision('r3', $$
  ALTER TABLE item ADD more int;
  INSERT INTO log VALUES ('r3', 'upgrade', 2);
$$, $$
  INSERT INTO log VALUES ('r3', 'downgrade', 1);
  ALTER TABLE item DROP more;
$$, 'r3');
SELECT zishu_revision('r4', $$
  INSERT INTO log VALUES ('r4', 'upgrade', 1);
  -- zishu:repeat
  UPDATE item SET state = part WHERE id IN
    (SELECT id FROM item WHERE state IS NULL LIMIT 100);
  INSERT INTO log VALUES ('r4', 'upgrade', 3);
  CREATE TYPE mood AS ENUM ('sad');
  ALTER TYPE mood ADD VALUE 'glad';
  INSERT INTO log VALUES ('r4', 'upgrade', 6);
  ALTER TABLE item ADD mood mood DEFAULT 'glad';
  VACUUM item;
$$, $$
  INSERT INTO log VALUES ('r4', 'downgrade', 1);
  -- zishu:repeat
  UPDATE item SET state = NULL WHERE id IN
    (SELECT id FROM item WHERE state IS NOT NULL LIMIT 100);
  ALTER TABLE item DROP mood;
  DROP TYPE mood;
  INSERT INTO log VALUES ('r4', 'downgrade', 5);
$$, 'r4');
SELECT zishu_revision('r5', $$
  INSERT INTO log VALUES ('r5', 'upgrade', 1);
  CREATE INDEX CONCURRENTLY ON parted (part);
  INSERT INTO log VALUES ('r5', 'upgrade', 3);
  REINDEX TABLE CONCURRENTLY item;
$$, $$
  INSERT INTO log VALUES ('r5', 'downgrade', 1);
  DROP INDEX CONCURRENTLY parted_part_idx;
  INSERT INTO log VALUES ('r5', 'downgrade', 3);
$$, 'r5');
SELECT zishu_revision('r6', $$
  INSERT INTO log VALUES ('r6', 'upgrade', 1);
  ALTER TABLE parted DETACH PARTITION parted_2 CONCURRENTLY;
  INSERT INTO log VALUES ('r6', 'upgrade', 3);
$$, $$
  INSERT INTO log VALUES ('r6', 'downgrade', 1);
  ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES FROM (10) TO (20);
  -- the server leaves it behind when it detaches
  ALTER TABLE parted_2 DROP CONSTRAINT parted_2_id_check;
$$, 'r6');
});

# What the schema is at each revision.
my %schema = ('' => $node->safe_psql('postgres', 'SELECT zishu_snapshot()'));
for my $i (1 .. 6)
{
	$node->safe_psql('postgres', 'CALL zishu_upgrade_online($$+1$$)');
	$schema{"r$i"} = $node->safe_psql('postgres', 'SELECT zishu_snapshot()');
}
$node->safe_psql('postgres', 'CALL zishu_downgrade_online($$base$$)');

my @ops = (
	('CALL zishu_upgrade_online()') x 4,
	(map { "CALL zishu_upgrade_online('r$_')" } 1 .. 6),
	('CALL zishu_downgrade_online()') x 3,
	"CALL zishu_downgrade_online('-2')",
	"CALL zishu_downgrade_online('base')",
	'SELECT zishu_upgrade()',
	"SELECT zishu_upgrade('r1')",
	"SELECT zishu_upgrade('+1')",
	'SELECT zishu_downgrade()',
	"BEGIN; SELECT zishu_upgrade('+1'); ROLLBACK",
	"BEGIN; SELECT zishu_downgrade('-1'); SELECT pg_sleep(0.02); COMMIT",
	"SELECT zishu_repair('r2')",
	"SELECT zishu_repair('r4')",
	"SELECT zishu_import('native', array_agg(name), array_agg(content)) FROM zishu_export()",
	'SELECT zishu_cancel()',
	'SELECT * FROM zishu_status()',
	'SELECT * FROM zishu_tenants()',
	"CALL zishu_await(timeout => '50ms')",
	"SELECT zishu_wait(timeout => '50ms')",
	'BEGIN; SELECT count(*) FROM item; SELECT pg_sleep(0.05); COMMIT',
	'BEGIN; LOCK TABLE item IN ACCESS SHARE MODE; SELECT pg_sleep(0.1); ROLLBACK',
	'UPDATE item SET part = part WHERE id = 1');

sub any
{
	return $_[ int(rand(@_)) ];
}

sub caller_script
{
	my $sql = "SET statement_timeout = '20s';\n";

	$sql .= 'SET zishu_migrate.lock_timeout = ' . any(20, 100, 1000) . ";\n";
	$sql .= any(@ops) . ";\nROLLBACK;\n" for 1 .. $calls;
	return "$sql\\q\n";
}

sub wait_for_server
{
	$node->poll_query_until('postgres', 'SELECT true')
	  or die 'the server did not come back';
}

my $others = q{FROM pg_stat_activity WHERE datname = 'postgres'
  AND pid <> pg_backend_pid()
  AND backend_type IN ('client backend', 'zishu_migrate online')};

# Ends one process or stops what it does, in one of several ways.
sub strike
{
	my $who = any('client backend', ('zishu_migrate online') x 3);
	my $one = "(SELECT pid $others AND backend_type = '$who'
		ORDER BY random() LIMIT 1)";

	if (rand() < 0.04)
	{
		my (undef, $pid) = $node->psql('postgres', "SELECT pid FROM $one p");
		return unless $pid;
		kill 'KILL', $pid;
		wait_for_server();
		return;
	}
	$node->psql('postgres',
		'SELECT ' . any('pg_terminate_backend', 'pg_cancel_backend')
		  . "(pid) FROM $one p");
}

# All at once, until all are done.
sub round_of_calls
{
	my (@runs, @err);

	for my $i (0 .. $callers - 1)
	{
		my ($script, $out) = (caller_script(), '');

		$err[$i] = '';
		push @runs,
		  IPC::Run::start(
			[ 'psql', '-XAtq', '-d', $node->connstr('postgres') ],
			'<', \$script, '>', \$out, '2>', \$err[$i],
			IPC::Run::timeout(120));
	}
	my @left = @runs;
	while (@left)
	{
		sleep rand(0.15);
		strike();
		@left = grep { eval { $_->pump_nb; $_->pumpable } } @left;
	}
	eval { $_->finish } for @runs;
	return join '', map { "--- caller\n$_" } @err;
}

sub is_quiet
{
	return $node->poll_query_until(
		'postgres', qq{
SELECT NOT EXISTS (SELECT $others)
  AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'object'
                  AND classid = 'pg_extension'::regclass
                  AND pid <> pg_backend_pid())});
}

# Each statement had its effect as often as its script was run to the end, and
# once more if an unfinished run has it behind it.
my $counts = q{
WITH expected AS (
  SELECT revision, action, count(*) AS n FROM zishu_migrate.event
  WHERE outcome = 'ok' AND action IN ('upgrade', 'downgrade')
  GROUP BY 1, 2),
counted AS (
  SELECT revision, action, statement, count(*) AS n FROM log GROUP BY 1, 2, 3)
SELECT c.*, e.n, p.revision, p.action, p.statement FROM counted c
LEFT JOIN expected e USING (revision, action)
LEFT JOIN zishu_migrate.progress p ON p.revision = c.revision
  AND p.action = c.action AND p.statement > c.statement
WHERE c.n <> COALESCE(e.n, 0) + (p.revision IS NOT NULL)::int};

sub difference
{
	my ($expected, $got) = @_;
	my %expected = map { $_ => 1 } split /\n/, $expected;
	my %got = map { $_ => 1 } split /\n/, $got;

	return join "\n", (map { "- $_" } grep { !$got{$_} } sort keys %expected),
	  (map { "+ $_" } grep { !$expected{$_} } sort keys %got);
}

sub faults
{
	my @faults;
	my $progress = $node->safe_psql('postgres',
		'SELECT action, revision FROM zishu_migrate.progress');
	my $odd = $node->safe_psql('postgres', $counts);

	push @faults, "counts: $odd" if $odd;
	push @faults, 'applied and unfinished'
	  if $node->safe_psql('postgres', q{
SELECT 1 FROM zishu_migrate.progress p JOIN zishu_history() h USING (revision)
WHERE h.is_applied <> (p.action = 'downgrade')});
	if ($progress =~ /^(\w+)\|(\w+)$/)
	{
		my $target = $1 eq 'upgrade' ? $2 : '-1';
		my ($status, undef, $err) = $node->psql('postgres',
			"CALL zishu_${1}_online('$target')");

		push @faults, "$progress: going on: $err" if $status;
		$odd = $node->safe_psql('postgres', $counts);
		push @faults, "counts, finished: $odd" if $odd;
	}
	push @faults, 'there is still something unfinished'
	  if $node->safe_psql('postgres', 'TABLE zishu_migrate.progress');

	my $at = $node->safe_psql('postgres', 'SELECT revision FROM zishu_migrate.version');
	my $schema = $node->safe_psql('postgres', 'SELECT zishu_snapshot()');
	push @faults, "schema at '$at': " . difference($schema{$at}, $schema)
	  if $schema ne $schema{$at};
	$odd = $node->safe_psql('postgres',
		'SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid');
	push @faults, "invalid: $odd" if $odd;
	$odd = $node->safe_psql('postgres',
		"SELECT datname FROM pg_database WHERE datname LIKE 'zishu%'");
	push @faults, "scratch: $odd" if $odd;
	return @faults;
}

my @wrong;
my $rounds = 0;
my $end = time() + $seconds;

while (time() < $end && !@wrong)
{
	my $said = round_of_calls();

	$rounds++;
	wait_for_server();
	push @wrong, 'not quiet' unless is_quiet();
	push @wrong, faults();
	push @wrong, "internal error" if $said =~ /XX000|internal error|PANIC|could not open relation/;
	diag "round $rounds:\n$said" if @wrong;
}
is_deeply(\@wrong, [], 'all is as the tables say');
my $log = slurp_file($node->logfile);
unlike($log, qr/TRAP:/, 'no assertion failed');
note "$rounds rounds, "
  . $node->safe_psql('postgres', 'SELECT count(*) FROM log') . ' statements';

$node->stop;
done_testing();
