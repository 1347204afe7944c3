# What can be seen of an online run from other sessions and from its own, and
# how it is stopped.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $node = PostgreSQL::Test::Cluster->new('sight');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
max_worker_processes = 32
max_prepared_transactions = 2
});
# Which sees statements by the hooks that all such extensions have.
my $statements = -e $node->config_data('--sharedir')
  . '/extension/pg_stat_statements.control';
$node->append_conf('postgresql.conf',
	"shared_preload_libraries = 'pg_stat_statements'")
  if $statements;
$node->start;
$node->safe_psql(
	'postgres', q{
CREATE EXTENSION zishu_migrate;
CREATE ROLE reader LOGIN;
CREATE ROLE runner LOGIN;
CREATE TABLE item AS SELECT i AS id FROM generate_series(1, 1000) i;
});

my $worker = q{FROM pg_stat_activity WHERE backend_type = 'zishu_migrate online'};

sub revision
{
	my ($id, $up) = @_;
	$node->safe_psql('postgres',
		"SELECT zishu_revision('$id', \$up\$ $up \$up\$, '', '$id')");
}

# A psql that runs in the background, and what it was given so far.
sub session
{
	my ($sql, $name) = @_;
	my $session = { in => $sql, out => '', err => '' };
	local $ENV{PGAPPNAME} = $name // 'psql';

	$session->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr('postgres') ],
		'<', \$session->{in}, '>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$session->{run}->pump_nb while length $session->{in};
	return $session;
}

# One that stays, holding what it has taken; and its process.
sub holder
{
	my ($sql, $name) = @_;
	my $session = session("$sql; SELECT 'pid ' || pg_backend_pid();\n", $name);

	$session->{run}->pump until $session->{out} =~ /pid (\d+)/;
	return ($session, $1);
}

sub end
{
	my ($session, $sql) = @_;

	$session->{in} .= "$sql;\n" if defined $sql;
	$session->{in} .= "\\q\n";
	eval { $session->{run}->finish };
	return $session->{err};
}

# Waits until it has said something.
sub hear
{
	my ($session, $like, $name) = @_;

	eval { $session->{run}->pump until $session->{err} =~ $like };
	like($session->{err}, $like, $name);
}

sub poll
{
	my ($sql, $name) = @_;
	ok($node->poll_query_until('postgres', $sql), $name);
}

sub status
{
	my ($columns, $role) = @_;
	return $node->safe_psql('postgres',
		"SELECT $columns FROM zishu_status()",
		extra_params => [ '-U', $role // 'reader' ]);
}

sub is_quiet
{
	my ($since, $name) = @_;

	poll("SELECT NOT EXISTS (SELECT $worker)", "$name: the worker is gone");
	cmp_ok(time() - $since, '<', 1.5, "$name: about at once");
	is( $node->safe_psql(
			'postgres', q{SELECT count(*) FROM pg_locks
WHERE locktype = 'object' AND classid = 'pg_extension'::regclass
  AND pid <> pg_backend_pid()}),
		'0', "$name: no lock is left");
	is(status('running_pid IS NULL'), 't', "$name: nobody runs");
}

# ---- a function in another session -----------------------------------------

is(status('running_pid IS NULL AND blocked_by IS NULL'), 't', 'nobody runs');
revision('plain', 'CREATE TABLE plain ()');
my ($session, $pid) = holder('BEGIN; SELECT zishu_upgrade()');
is( status(
		'running_pid, running_revision, running_since < now(), blocked_by, progress'
	),
	"$pid||t|{}|", 'an open transaction that has upgraded is seen');
end($session, 'COMMIT');
is(status('running_pid IS NULL'), 't', 'until it has ended');

# ---- waiting for a transaction ---------------------------------------------

my $long = 'rev_' . 'x' x 50;
revision($long, 'SELECT 1; CREATE INDEX CONCURRENTLY item_id ON item (id)');
revision('last', 'SELECT 1');

my ($blocker, $blocker_pid) =
  holder('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT id FROM item WHERE id = 1',
	'pg_dump');
my $run = session("CALL zishu_upgrade_online();\n");
poll("SELECT EXISTS (SELECT $worker AND application_name
  LIKE 'zishu_migrate: step 1 of 2, statement 2 of 2, rev_xx%')",
	'the worker says where it is');
poll("SELECT blocked_by = '{$blocker_pid}' FROM zishu_status()",
	'whom it waits for is told');
is( status('running_revision, running_step, running_statement,
	running_since <= now(), running_rows, blocked_by,
	running_pid = (SELECT pid FROM pg_stat_activity
	  WHERE application_name LIKE $$zishu_migrate:%$$)'),
	"$long|1 of 2|2 of 2|t||{$blocker_pid}|t",
	'and where it is, to any role');
# The server waits for whoever had a snapshot at that moment: also, for as long
# as it lasts, for a query of this test.
my ($done, $total) = status('progress') =~
  /^CREATE INDEX CONCURRENTLY on public\.item: waiting for [a-z ]+, (\d+) of (\d+)$/;
cmp_ok($done // 1, '<', $total // 0, 'and the figures of the server');
is(status('unfinished_revision IS NULL'), 't', 'it is not left behind');
hear($run,
	qr/NOTICE:  statement 2 of 2 waits for process $blocker_pid\nDETAIL:  Process $blocker_pid \(user \w+, a dump by pg_dump\), idle in transaction, query started \d+\.\d s ago: /,
	'the caller is told who is in the way, and that it is a dump');
hear($run,
	qr/NOTICE:  statement 2 of 2 has been running for 5 s; CREATE INDEX CONCURRENTLY on public\.item: waiting for/,
	'and after five seconds, how far it is');

# Others meet it.
my ($code, $out, $err) = $node->psql('postgres', 'SELECT zishu_upgrade()',
	extra_params => [ '-v', 'VERBOSITY=verbose' ]);
like($err,
	qr/ZM014: process \d+ is migrating online\nDETAIL:  It is at revision "$long", statement 2 of 2, and has been running since /,
	'a function is refused with what runs');
($code, $out, $err) =
  $node->psql('postgres', q{CALL zishu_await(timeout => '300ms')},
	extra_params => [ '-v', 'VERBOSITY=verbose' ]);
like($err, qr/ZM012: revision "last" is still not applied/,
	'a procedure waits');
my $await = session("CALL zishu_await();\n");

# ---- stopping it ------------------------------------------------------------

($code, $out, $err) = $node->psql('postgres', 'SELECT zishu_cancel()',
	extra_params => [ '-U', 'reader' ]);
like($err, qr/permission denied for function zishu_cancel/,
	'not everybody may stop it');
$node->safe_psql('postgres',
	'GRANT EXECUTE ON FUNCTION zishu_cancel TO reader');
($code, $out, $err) = $node->psql('postgres', 'SELECT zishu_cancel()',
	extra_params => [ '-U', 'reader' ]);
like($err, qr/must be/, "nor whoever may not stop that role's processes")
  if $node->pg_version < 16;
like($err, qr/permission denied/,
	"nor whoever may not stop that role's processes")
  if $node->pg_version >= 16;
is($node->safe_psql('postgres', q{SELECT * FROM zishu_cancel('nosuch')}),
	'', 'another tenant does not run');
my $start = time();
is( $node->safe_psql('postgres',
		'SELECT revision, cancelled FROM zishu_cancel()'),
	"$long|t", 'it is cancelled');
is_quiet($start, 'cancelled');
like(end($run), qr/ERROR:  canceling statement due to user request/,
	'the caller is told');
is( status(
		'unfinished_revision, unfinished_statement, unfinished_error'),
	"$long|2 of 2|", 'where it goes on is seen');
$node->safe_psql('postgres',
	'GRANT SELECT ON zishu_migrate.event, zishu_migrate.progress TO reader');
is(status('unfinished_error'), 'canceling statement due to user request',
	'by whoever may read errors, also why it does not');
($code, $out, $err) = $node->psql('postgres', 'SELECT * FROM zishu_cancel()');
is("$code $out", '0 ', 'nothing more to cancel');
like($err, qr/NOTICE:  no migration is running online/, 'is told');

# The client goes.
$run = session("CALL zishu_upgrade_online();\n");
poll("SELECT blocked_by = '{$blocker_pid}' FROM zishu_status()",
	'it runs again');
$start = time();
$run->{run}->kill_kill(grace => 0);
is_quiet($start, 'the client has gone');

# ---- a function that would be waited for ------------------------------------

$run = session("CALL zishu_upgrade_online();\n");
poll("SELECT blocked_by = '{$blocker_pid}' FROM zishu_status()",
	'it runs again');
end($blocker, 'COMMIT');
is(end($run) =~ /ERROR/, '', 'it gets through when nobody is in the way');
is(end($await), '', 'whoever waited in a procedure is through, too');
is(status('pending'), '0', 'all is applied');

revision('again', 'CREATE INDEX CONCURRENTLY item_again ON item (id)');
($session, $pid) = holder('BEGIN; SELECT count(*) FROM item');
$session->{in} .= "\\set VERBOSITY verbose\nSELECT zishu_wait();\n";
$session->{run}->pump_nb while length $session->{in};
poll("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $pid
	AND query LIKE '%zishu_wait%' AND state = 'active')",
	'a function waits in a transaction');
$run = session("CALL zishu_upgrade_online();\n");
hear($session,
	qr/ZM014: process \d+ migrates online and waits for this transaction\n/,
	'it gives up where it is what the run waits for');
end($session, 'ROLLBACK');
is(end($run) =~ /ERROR/, '', 'so the run gets through');

# ---- a lock, asked for again and again ---------------------------------------

revision('strong', 'ALTER TABLE item ADD more int');
($blocker, $blocker_pid) = holder('BEGIN; SELECT id FROM item WHERE id = 1');
$run = session(
	"SET zishu_migrate.lock_timeout = '200ms'; CALL zishu_upgrade_online();\n");
my $waits = qr/waits for process $blocker_pid\nDETAIL:.*\n/;
hear($run,
	qr/$waits.*trying again.*\n(?:.*\n)*?.*$waits.*trying again/,
	'blockers are named before each pause');
end($blocker, 'COMMIT');
is(end($run) =~ /ERROR/, '', 'it gets through');

# Whoever stops it while it pauses leaves a record of that, too.
revision('paused', 'ALTER TABLE item ADD paused int');
($blocker, $blocker_pid) = holder('BEGIN; SELECT id FROM item WHERE id = 1');
$run = session(
	"SET zishu_migrate.lock_timeout = '50ms'; CALL zishu_upgrade_online();\n");
hear($run, qr/trying again.*\n(?:.*\n)*?.*trying again/, 'it pauses');
$node->safe_psql('postgres', 'SELECT zishu_cancel()');
like(end($run), qr/ERROR:  canceling statement due to user request/,
	'it is cancelled');
is( $node->safe_psql('postgres', q{SELECT revision, outcome, error
FROM zishu_migrate.event ORDER BY id DESC LIMIT 1}),
	'paused|failed|canceling statement due to user request',
	'which the history tells');
end($blocker, 'COMMIT');
$node->safe_psql('postgres', 'CALL zishu_upgrade_online()');

# ---- a prepared transaction is no process -----------------------------------

revision('stronger', 'ALTER TABLE item ADD most int');
$node->safe_psql('postgres',
	q{BEGIN; LOCK TABLE item; PREPARE TRANSACTION 'forgotten'});
$run = session(
	"SET zishu_migrate.lock_timeout = '200ms'; CALL zishu_upgrade_online();\n");
hear($run,
	qr/waits for a prepared transaction\nDETAIL:  A prepared transaction: see pg_prepared_xacts\.\n/,
	'a prepared transaction is named as one');
poll("SELECT blocked_by = '{0}' FROM zishu_status()", 'and seen as one');
$node->safe_psql('postgres', q{ROLLBACK PREPARED 'forgotten'});
is(end($run) =~ /ERROR/, '', 'it gets through');

# ---- who may not see the blocker --------------------------------------------

$node->safe_psql(
	'postgres', q{
GRANT ALL ON SCHEMA public TO runner;
GRANT EXECUTE ON PROCEDURE zishu_upgrade_online TO runner;
ALTER TABLE item OWNER TO runner;
});
revision('mine', 'ALTER TABLE item ADD mine int');
($blocker, $blocker_pid) =
  holder(q{BEGIN; SELECT 'secret' FROM item WHERE id = 1});
$run = session("SET SESSION AUTHORIZATION runner;
SET zishu_migrate.lock_timeout = '400ms'; CALL zishu_upgrade_online();\n");
hear($run, qr/waits for process $blocker_pid\nDETAIL:.*\n/,
	'a role that sees no other sessions is told of the process');
unlike($run->{err}, qr/secret/, 'but not what it does');
end($blocker, 'COMMIT');
is(end($run) =~ /ERROR/, '', 'it gets through');

# ---- many tenants -----------------------------------------------------------

my $db = 'tenants';
$node->safe_psql('postgres', "CREATE DATABASE $db");
$node->safe_psql(
	$db, q{
CREATE EXTENSION zishu_migrate;
CREATE SCHEMA one; CREATE TABLE one.item (id int);
CREATE SCHEMA two; CREATE TABLE two.item (id int);
SELECT zishu_add_tenant('one'), zishu_add_tenant('two');
SELECT zishu_revision('more', 'ALTER TABLE item ADD more int', '', 'more');
});
my ($in, $held, $ignored) = ("BEGIN; LOCK TABLE two.item; SELECT pg_backend_pid();\n", '', '');
my $holder = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr($db) ],
	'<', \$in, '>', \$held, '2>', \$ignored,
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
$holder->pump until $held =~ /(\d+)/;
$blocker_pid = $1;
my ($pool_out, $pool_err) = ('', '');
my $pool = IPC::Run::start(
	[ 'psql', '-XAtq', '-d', $node->connstr($db),
		'-c', 'CALL zishu_upgrade_tenants(jobs => 2)' ],
	'>', \$pool_out, '2>', \$pool_err,
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
ok( $node->poll_query_until($db,
		qq{SELECT blocked_by = '{$blocker_pid}' AND running_revision = 'more'
FROM zishu_status('two')}), "a tenant's run is seen");
is( $node->safe_psql($db, q{SELECT running_pid IS NULL FROM zishu_status('')}),
	't', 'and taken for no other');
eval { $pool->pump until $pool_err =~ /waits for/ };
like($pool_err,
	qr/NOTICE:  tenant "two": statement 1 of 1 waits for process $blocker_pid\n/,
	'who is in its way is told with its name');
is($node->safe_psql($db, q{SELECT revision, cancelled FROM zishu_cancel('two')}),
	'more|t', 'it is cancelled');
eval { $pool->finish };
like($pool_err, qr/canceling/, 'and that is told');
$in .= "\\q\n";
eval { $holder->finish };

# ---- how far the server's long commands are ------------------------------------

# A vacuum that pauses after each page, and what cannot be paused, stopped in
# the middle by what it calls for each row.
$node->safe_psql(
	'postgres', q{
CREATE TABLE large (id int, pad text) WITH (autovacuum_enabled = off);
INSERT INTO large SELECT i, repeat('x', 500) FROM generate_series(1, 30000) i;
CREATE FUNCTION pass(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF id = 15000 THEN
    PERFORM pg_advisory_xact_lock(42);
  END IF;
  RETURN id;
END $$;
CREATE TABLE copied (id int CHECK (pass(id) > 0), pad text);
COPY large TO PROGRAM 'cat > large.txt';
});

# Runs a script until the figures are as they should be, and goes on.
sub figures
{
	my ($id, $up, $like, $release) = @_;
	my $seen = '';

	revision($id, $up);
	my ($gate) = holder('BEGIN; SELECT pg_advisory_xact_lock(42)');
	my $run = session("SET zishu_migrate.lock_timeout = '60s'; CALL zishu_upgrade_online('$id');\n");
	for (1 .. 600)
	{
		$seen = status('progress');
		last if $seen =~ $like;
		sleep 0.05;
	}
	like($seen, $like, "$id: figures");
	$node->safe_psql('postgres', 'SELECT zishu_cancel()') unless $release;
	end($gate, 'COMMIT');
	my $err = end($run);
	is($err =~ /ERROR/, !$release, "$id: goes on");
	$node->safe_psql('postgres', "SELECT zishu_stamp('$id')") unless $release;
}

figures('vacuum', q{SET vacuum_cost_delay = 50; SET vacuum_cost_limit = 20;
	VACUUM large},
	qr/^VACUUM on public\.large: scanning heap, [1-9]\d? %$/, 0);
figures('copy', "COPY copied FROM 'large.txt'",
	qr/^COPY FROM on public\.copied: 1\d{4} rows, (49|50) %$/, 1);
figures('index', 'CREATE INDEX ON large (pass(id))',
	qr/^CREATE INDEX on public\.large: building index: scanning table, (49|50) %$/, 1);
# With little memory it sorts while it reads.
figures('cluster',
	q{SET enable_indexscan = off; SET maintenance_work_mem = '1MB';
	CLUSTER large USING large_pass_idx},
	qr/^CLUSTER on public\.large: seq scanning heap, (49|5\d) %$/, 1);

# ---- two tenants whose names have a short hash in common ----------------------

$node->safe_psql($db, q{
DO $$
DECLARE
  one text;
  two text;
BEGIN
  SELECT min(n), max(n) INTO one, two
  FROM (SELECT 'tenant_' || i AS n FROM generate_series(1, 3000) i) s
  GROUP BY (hashtext(n)::bigint & 4294967295) % 32767
  HAVING count(*) > 1 LIMIT 1;
  EXECUTE format('CREATE SCHEMA %I; CREATE TABLE %I.item (id int)', one, one);
  EXECUTE format('CREATE SCHEMA %I; CREATE TABLE %I.item (id int)', two, two);
  EXECUTE format('CREATE VIEW alike AS SELECT %L::text AS one, %L::text AS two',
    one, two);
END $$});
my ($one, $two) = split /\|/, $node->safe_psql($db, 'TABLE alike');
$holder = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr($db) ],
	'<', \($in = "BEGIN; LOCK TABLE $one.item; SELECT pg_backend_pid();\n"),
	'>', \($held = ''), '2>', \$ignored,
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
$holder->pump until $held =~ /(\d+)/;
my $alike = IPC::Run::start(
	[ 'psql', '-XAtq', '-d', $node->connstr($db),
		'-c', "CALL zishu_upgrade_online('more', '$one')" ],
	'>', \$pool_out, '2>', \($pool_err = ''),
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
ok( $node->poll_query_until($db,
		"SELECT blocked_by = '{$1}' FROM zishu_status('$one')"),
	"$one is being migrated");
is($node->safe_psql($db, "SELECT running_pid IS NULL FROM zishu_status('$two')"),
	't', "$two is not");
is($node->safe_psql($db, "SELECT * FROM zishu_cancel('$two')"), '',
	'nor can it be cancelled');
is( $node->safe_psql($db,
		"CALL zishu_upgrade_online('more', '$two');
		SELECT pending FROM zishu_status('$two')"),
	'0', 'nor does it wait');
$in .= "\\q\n";
eval { $holder->finish };
eval { $alike->finish };
is($pool_err =~ /ERROR/, '', "$one gets through");

# What hooks see of it.
SKIP:
{
	skip 'pg_stat_statements is not installed', 2 unless $statements;

	my @script = (
		'CREATE TABLE hooked (id int)',
		'CREATE INDEX CONCURRENTLY ON hooked (id)',
		'VACUUM hooked');
	my $seen = "SELECT query, toplevel, calls FROM pg_stat_statements
	  WHERE query LIKE '%hooked%' AND query NOT LIKE '%zishu%' ORDER BY query";
	my @found;

	$node->safe_psql('postgres',
		'CREATE DATABASE hooks; CREATE DATABASE hooks_psql');
	for my $database ('hooks', 'hooks_psql')
	{
		$node->safe_psql($database, 'CREATE EXTENSION pg_stat_statements');
		if ($database eq 'hooks')
		{
			$node->safe_psql($database,
				'CREATE EXTENSION zishu_migrate;
				SELECT zishu_revision($$hooked$$, $$'
				  . join(";\n", @script)
				  . '$$, $$$$, $$hooked$$)');
			$node->safe_psql($database,
				'SELECT pg_stat_statements_reset();
				CALL zishu_upgrade_online()');
		}
		else
		{
			$node->safe_psql($database, 'SELECT pg_stat_statements_reset()');
			$node->safe_psql($database, $_) for @script;
		}
		push @found, $node->safe_psql($database, $seen);
	}
	isnt($found[1], '', 'hooks see what psql runs');
	is($found[0], $found[1], 'and the same of what is run online');
}

done_testing();
