# An online run beside others: it does not make them wait, gets through in the
# end, and nobody who waits for it is what it waits for.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $node = PostgreSQL::Test::Cluster->new('locks');
$node->init;
$node->append_conf('postgresql.conf', q{
max_worker_processes = 40
deadlock_timeout = 100ms
});
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION zishu_migrate');

sub revision
{
	my ($id, $up) = @_;
	$node->safe_psql('postgres',
		"SELECT zishu_revision('$id', \$up\$ $up \$up\$, '', '$id')");
}

# A psql that runs in the background.
sub session
{
	my ($sql) = @_;
	my $session = { in => $sql, out => '', err => '' };

	$session->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-v', 'VERBOSITY=verbose',
			'-d', $node->connstr('postgres') ],
		'<', \$session->{in}, '>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$session->{run}->pump_nb while length $session->{in};
	return $session;
}

# One that stays, holding what it has taken.
sub holder
{
	my ($sql) = @_;
	my $session = session("$sql; SELECT 'held';\n");

	$session->{run}->pump until $session->{out} =~ /held/;
	return $session;
}

sub end
{
	my ($session, $sql) = @_;

	$session->{in} .= "$sql\n\\q\n" if defined $sql;
	eval { $session->{run}->finish };
	return $session->{err};
}

sub poll
{
	my ($sql) = @_;
	ok($node->poll_query_until('postgres', $sql), $sql);
}

my $worker = q{FROM pg_stat_activity WHERE backend_type = 'zishu_migrate online'};

# ---- a strong lock on a table that is in use --------------------------------

my $lock_timeout = 200;
$node->safe_psql('postgres',
	'CREATE TABLE busy AS SELECT i AS id, 0 AS n FROM generate_series(1, 100) i;
	 ALTER TABLE busy ADD PRIMARY KEY (id)');
revision('alters', 'ALTER TABLE busy ADD COLUMN more int');
my $directory = PostgreSQL::Test::Utils::tempdir;
append_to_file("$directory/bench.sql",
	"\\set id random(1, 100)\nUPDATE busy SET n = n + 1 WHERE id = :id;\n");
my $bench = IPC::Run::start(
	[ 'pgbench', '-n', '-c', '4', '-T', '5', '-l', '--log-prefix',
		"$directory/log", '-f', "$directory/bench.sql",
		$node->connstr('postgres') ],
	'>', \my $bench_out, '2>', \my $bench_err);
my $reader = holder('BEGIN; LOCK TABLE busy IN ACCESS SHARE MODE');
my $migration = session("SET zishu_migrate.lock_timeout = $lock_timeout;
	CALL zishu_upgrade_online();\n\\q\n");
sleep 2;
is($node->safe_psql('postgres', q{SELECT count(*) FROM zishu_migrate.version}),
	0, 'the migration waits for the reader');
end($reader, 'COMMIT;');
my $err = end($migration);
like($err, qr/canceling statement due to lock timeout; trying again in/,
	'it gave way and tried again');
unlike($err, qr/ERROR/, 'it got through');
is($node->safe_psql('postgres', q{SELECT revision FROM zishu_migrate.version}),
	'alters', 'the revision is applied');
$bench->finish;
my $worst = 0;
my $queries = 0;
for my $log (glob "$directory/log*")
{
	for (split /\n/, slurp_file($log))
	{
		my $latency = (split)[2];
		$worst = $latency if $latency > $worst;
		$queries++;
	}
}
note sprintf('%d queries, the slowest took %.0f ms', $queries, $worst / 1000);
cmp_ok($queries, '>', 100, 'pgbench ran');
cmp_ok($worst / 1000, '<', $lock_timeout + 1000,
	'no query waited much longer than the lock timeout');

# Too few tries are an error, and nothing has happened.
revision('alters2', 'ALTER TABLE busy ADD COLUMN more2 int');
$reader = holder('BEGIN; LOCK TABLE busy IN ACCESS SHARE MODE');
$err = end(session("SET zishu_migrate.lock_timeout = 50;
	SET zishu_migrate.lock_retries = 2; CALL zishu_upgrade_online();\n\\q\n"));
like($err, qr/ERROR:  55P03/, 'after so many tries it is an error');
is(scalar(() = $err =~ /trying again/g), 2, 'it tried twice more');
end($reader, 'COMMIT;');
is($node->safe_psql('postgres', q{SELECT outcome, sqlstate
	FROM zishu_migrate.event ORDER BY id DESC LIMIT 1}),
	'failed|55P03', 'and an event');

# ---- a deadlock ---------------------------------------------------------------

$node->safe_psql('postgres', 'CREATE TABLE one (); CREATE TABLE two ()');
revision('deadlocks',
	'ALTER TABLE one ADD a int; SELECT pg_sleep(0.5); ALTER TABLE two ADD a int');
my $other = holder(q{SET deadlock_timeout = '10s'; BEGIN; LOCK TABLE two});
$migration = session("CALL zishu_upgrade_online();\n\\q\n");
poll(qq{SELECT count(*) = 1 $worker AND query LIKE '%pg_sleep%'});
$other->{in} .= "LOCK TABLE one;\n";
$other->{run}->pump_nb while length $other->{in};
sleep 1;
end($other, 'COMMIT;');
$err = end($migration);
like($err, qr/deadlock detected; trying again/, 'a deadlock is tried again');
unlike($err, qr/ERROR/, 'with success');

# ---- CREATE INDEX CONCURRENTLY and those who wait for it ----------------------

revision('index', 'CREATE INDEX CONCURRENTLY ON busy (n)');
my $old = holder(
	'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM one');
my $started = time;
$migration = session("CALL zishu_upgrade_online();\n\\q\n");
poll(qq{SELECT count(*) = 1 $worker AND wait_event_type = 'Lock'});

my @waiters = map { session("CALL zishu_upgrade_online();\n\\q\n") } 1 .. 10;
sleep 0.5;
for my $call ('SELECT zishu_upgrade()', q{SELECT zishu_stamp('head')},
	q{SELECT zishu_revision('x', '', '', 'x')})
{
	my ($status, undef, $stderr) = (0);
	$status = $node->psql('postgres', $call, stderr => \$stderr,
		extra_params => [ '-v', 'VERBOSITY=verbose' ]);
	like($stderr, qr/ERROR:  ZM014/, "$call does not wait");
}
is($node->safe_psql('postgres', 'SELECT count(*) FROM zishu_history()'), 4,
	'looking is free');
end($old, 'COMMIT;');
$err = end($migration);
unlike($err, qr/ERROR/, 'the index is built');
cmp_ok(time - $started, '<', 30, 'in time');
my @errors = grep { /ERROR/ } map { end($_) } @waiters;
is_deeply(\@errors, [], 'those who waited found nothing to do');
is($node->safe_psql('postgres', q{SELECT count(*) FROM zishu_migrate.event
	WHERE revision = 'index' AND outcome = 'ok'}), 1, 'it ran once');

# The index waits longer than any lock_timeout for those who look.
revision('patient', 'CREATE INDEX CONCURRENTLY ON busy (id, n)');
$old = holder(
	'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM one');
$migration = session("SET zishu_migrate.lock_timeout = 100;
	CALL zishu_upgrade_online();\n\\q\n");
poll(qq{SELECT count(*) = 1 $worker AND wait_event_type = 'Lock'});
sleep 1;
end($old, 'COMMIT;');
$err = end($migration);
unlike($err, qr/ERROR|trying again/, 'who blocks nobody may wait');

# ---- many at once -------------------------------------------------------------

revision('once', 'CREATE TABLE once (); VACUUM once; SELECT pg_sleep(0.2)');
my @callers = map { session("CALL zishu_upgrade_online();\n\\q\n") } 1 .. 20;
@errors = grep { /ERROR/ } map { end($_) } @callers;
is_deeply(\@errors, [], 'twenty at once');
is($node->safe_psql('postgres', q{SELECT count(*) FROM zishu_migrate.event
	WHERE revision = 'once' AND outcome = 'ok'}), 1, 'it ran once');

# ---- no slot for a worker -------------------------------------------------------

$node->append_conf('postgresql.conf',
	"max_worker_processes = 1\nmax_logical_replication_workers = 0");
$node->restart;
$node->safe_psql('postgres', 'CREATE TABLE sleeps ()');
revision('sleeps', 'SELECT pg_sleep(3)');
$migration = session("CALL zishu_upgrade_online();\n\\q\n");
poll(qq{SELECT count(*) = 1 $worker});
$err = end(session(
	"CREATE SCHEMA t1; SELECT zishu_add_tenant('t1');
	CALL zishu_upgrade_online('alters', 't1');\n\\q\n"));
like($err, qr/ERROR:  53000: no background worker slot is free/,
	'no slot is free');
like($err, qr/HINT:.*max_worker_processes/, 'and what to do');
end($migration);

# With fewer than there are jobs those at work do it all.
$node->append_conf('postgresql.conf', 'max_worker_processes = 2');
$node->restart;
$node->safe_psql('postgres', q{
	SELECT zishu_stamp('alters', tenant => 't1');
	SELECT zishu_revision('slots', 'SELECT pg_sleep(0.1)', '', 'slots',
		head => '{base}');
	DO $$ BEGIN FOR i IN 2..6 LOOP
		EXECUTE 'CREATE SCHEMA t' || i;
		PERFORM zishu_add_tenant('t' || i);
	END LOOP; END $$});
$err = end(session(
	"CALL zishu_upgrade_tenants('slots', 't_', jobs => 6);\n\\q\n"));
is(scalar(() = $err =~ /going on with \d workers/g), 1,
	'fewer workers than jobs are told of once');
is($node->safe_psql('postgres', q{SELECT string_agg(tenant, ' ' ORDER BY tenant)
	FROM zishu_migrate.version WHERE revision = 'slots'}),
	't1 t2 t3 t4 t5 t6', 'and do all of it');

$node->stop;
done_testing();
