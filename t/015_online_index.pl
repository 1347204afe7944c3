# Indexes that are made while everybody works: on partitioned tables, where
# the result has to be what the server makes when it may lock them, and after
# whatever has interrupted it.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $up = 'CALL zishu_upgrade_online()';
my $down = q{CALL zishu_downgrade_online('base')};

my $node = PostgreSQL::Test::Cluster->new('index');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
max_worker_processes = 32
log_min_messages = error
});
$node->start;

my $n = 0;

# A database with a table that has partitions of all kinds, and a revision.
sub fresh
{
	my ($upgrade, $downgrade, $more) = @_;
	my $db = 'db' . $n++;

	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql(
		$db, q{
CREATE EXTENSION zishu_migrate;
CREATE SCHEMA "other's";
CREATE TABLE p (id int, a text, b int, "C ""d" int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)
  PARTITION BY RANGE (id);
CREATE TABLE p11 PARTITION OF p1 FOR VALUES FROM (0) TO (5);
CREATE TABLE p12 (b int, gone int, "C ""d" int, a text, id int);
ALTER TABLE p12 DROP gone;
ALTER TABLE p1 ATTACH PARTITION p12 FOR VALUES FROM (5) TO (10);
CREATE TABLE "other's"."p'2""x" PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (20) TO (30);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (30) TO (40)
  PARTITION BY RANGE (id);
INSERT INTO p SELECT i % 30, i, i, i FROM generate_series(1, 300) i;
}
	);
	$node->safe_psql($db, $more) if $more;
	revision($db, 'one', $upgrade, $downgrade) if $upgrade;
	return $db;
}

sub revision
{
	my ($db, $id, $upgrade, $downgrade) = @_;
	$downgrade //= 'SELECT 1';
	$node->safe_psql($db,
		"SELECT zishu_revision('m', \$r\$$upgrade\$r\$, \$r\$$downgrade\$r\$, '$id')"
	);
}

# All indexes, and what they hang on.
sub indexes
{
	my ($db) = @_;
	return $node->safe_psql(
		$db, q{
SELECT i.indrelid::regclass, pg_get_indexdef(i.indexrelid), i.indisvalid,
  i.indisready, i.indislive, c.reloptions, c.reltablespace,
  h.inhparent::regclass
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_inherits h ON h.inhrelid = c.oid
WHERE c.relnamespace IN ('public'::regnamespace, '"other''s"'::regnamespace)
ORDER BY i.indrelid::regclass::text COLLATE "C", c.relname COLLATE "C"});
}

sub invalid
{
	my ($db) = @_;
	return $node->safe_psql($db,
		'SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid ORDER BY 1'
	);
}

sub call
{
	my ($db, $sql) = @_;
	my ($out, $err);
	my $status = $node->psql($db, $sql, stdout => \$out, stderr => \$err);
	return ($status, $err);
}

sub succeeds
{
	my ($db, $sql, $name) = @_;
	my ($status, $err) = call($db, $sql);
	ok($status == 0, $name) or diag $err;
	return $err;
}

# A session that stands by until it is told more.
sub session
{
	my ($db) = @_;
	my $session = { in => '', out => '', err => '' };
	$session->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr($db) ],
		'<', \$session->{in}, '>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
	return $session;
}

sub order
{
	my ($session, $sql) = @_;
	$session->{out} = '';
	$session->{in} .= "$sql;\nSELECT 'said';\n";
	$session->{run}->pump until $session->{out} =~ /said/;
	return $session->{out};
}

sub leave
{
	my ($session) = @_;
	$session->{in} .= "\\q\n";
	$session->{run}->finish;
	return;
}

# Starts a call that goes on by itself, after other commands.
sub start_call
{
	my ($db, $sql, @before) = @_;
	my $call = { out => '', err => '' };
	$call->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-v' => 'ON_ERROR_STOP=1', '-d' =>
			  $node->connstr($db), map { ('-c' => $_) } @before, $sql ],
		'<', '/dev/null', '>', \$call->{out}, '2>', \$call->{err},
		IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
	return $call;
}

sub end_call
{
	my ($call) = @_;
	$call->{run}->finish;
	return $call->{run}->result(0);
}

my $worker = q{backend_type = 'zishu_migrate online'
  AND datname = current_database()};

sub wait_until
{
	my ($db, $condition, $what) = @_;
	$node->poll_query_until($db, "SELECT $condition")
	  or die "waited in vain for: $condition";
	return;
}

# Ends the worker once it waits for somebody.
sub end_waiting_worker
{
	my ($db, $condition) = @_;
	$condition //= 'true';
	wait_until($db,
		"EXISTS (SELECT FROM pg_stat_activity WHERE $worker
		   AND wait_event_type = 'Lock') AND $condition");
	$node->safe_psql($db,
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE $worker"
	);
	wait_until($db,
		"NOT EXISTS (SELECT FROM pg_stat_activity WHERE $worker)");
	return;
}

#
# The same as the server makes
#
my @definitions = (
	'INDEX %s ON p (b)',
	'INDEX %s "we""ird\'" ON p ("C ""d", (id + 1), b)',
	'UNIQUE INDEX %s u ON p (id, b) INCLUDE (a) NULLS NOT DISTINCT',
	'INDEX %s ON p ((lower(a)) text_pattern_ops DESC NULLS LAST)'
	  . ' INCLUDE (b, "C ""d") WITH (fillfactor = 70) WHERE b > 3',
	'INDEX %s ON p ((id + 1), (a || b))',
	'INDEX %s ON p USING hash (a)',
	'INDEX %s ON p USING brin (b int4_minmax_multi_ops'
	  . ' (values_per_range = 16))',
	'INDEX %s ON p (a COLLATE "C", b) TABLESPACE away',
	'INDEX %s IF NOT EXISTS mine ON p (b)',
	"INDEX %s ON public.p (" . join(', ', ('b') x 20) . ')');

# What is there already is taken over, if it is the same.
my $before = q{
CREATE INDEX ours ON p3 (b);
CREATE INDEX almost ON p3 (b DESC);
CREATE INDEX "p'2""x_b_idx" ON "other's"."p'2""x" (a);
CREATE INDEX sub ON p1 (b);
};
{
	my $dir = PostgreSQL::Test::Utils::tempdir;
	$node->safe_psql('postgres', "CREATE TABLESPACE away LOCATION '$dir'");
}
for my $definition (@definitions)
{
	my $concurrently = 'CREATE ' . sprintf($definition, 'CONCURRENTLY');
	my $plainly = 'CREATE ' . sprintf($definition, '');
	my $db = fresh($concurrently, '', $before);

	succeeds($db, $up, $concurrently);
	my $server = fresh('', '', $before);
	$node->safe_psql($server, $plainly);
	is(indexes($db), indexes($server), 'it is what the server makes');
}

#
# There and back while others work
#
{
	my $db = fresh(
		'CREATE INDEX CONCURRENTLY load ON p (b); CREATE UNIQUE INDEX'
		  . ' CONCURRENTLY ON p (id, b, a)',
		'DROP INDEX CONCURRENTLY load; DROP INDEX CONCURRENTLY p_id_b_a_idx');
	$node->safe_psql($db,
		'INSERT INTO p SELECT i % 30, i, i, i FROM generate_series(1000, 60000) i;'
		  . ' CREATE SEQUENCE seq START 100000; CREATE EXTENSION amcheck');
	my $file = $node->basedir . '/load.sql';
	append_to_file(
		$file, q{
\set k random(0, 29)
INSERT INTO p SELECT :k, nextval('seq'), nextval('seq'), 0;
UPDATE p SET a = a || 'x' WHERE id = :k AND b = :k;
SELECT count(*) FROM p WHERE id = :k AND b < 100;
});
	my $bench = { out => '', err => '' };
	$bench->{run} = IPC::Run::start(
		[
			'pgbench', '-n', '-c', '4', '-T', '12', '--max-tries=1', '-P', '100',
			'-f', $file, '-h', $node->host, '-p', $node->port, $db
		],
		'<', '/dev/null', '>', \$bench->{out}, '2>', \$bench->{err},
		IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
	sleep 0.5;
	my $start = time;
	my $rounds = 0;
	while (time - $start < 7)
	{
		my ($status, $err) = call($db, $up);
		is($status, 0, 'upgrade under load') or diag $err;
		is(invalid($db), '', 'all valid');
		$node->safe_psql($db,
			q{SELECT bt_index_check(indexrelid, true) FROM pg_index i
			  JOIN pg_class c ON c.oid = indexrelid
			  WHERE relkind = 'i' AND indrelid IN
			    (SELECT relid FROM pg_partition_tree('p'))});
		last if time - $start > 6;
		($status, $err) = call($db, $down);
		is($status, 0, 'downgrade under load') or diag $err;
		is(indexes($db), '', 'nothing is left');
		$rounds++;
	}
	$bench->{run}->finish;
	is($bench->{run}->result(0), 0, 'nobody was disturbed');
	my ($failed) = $bench->{out} =~ /number of failed transactions: (\d+)/;
	is($failed, 0, 'no transaction failed') or diag $bench->{out}, $bench->{err};
	my ($done) = $bench->{out} =~ /actually processed: (\d+)/;
	note "$rounds rounds beside $done transactions";
}

#
# Dropping it waits for all partitions together no longer than for one
#
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)',
		'DROP INDEX CONCURRENTLY step');
	my @keepers = map { session($db) } 1 .. 2;
	my $waits = sub {
		my ($table) = @_;
		wait_until($db,
			"EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = '$table'::regclass
			   AND mode = 'AccessExclusiveLock')");
	};

	succeeds($db, $up, 'up');
	order($keepers[0], 'BEGIN; SELECT count(*) FROM ONLY p11');
	order($keepers[1], 'BEGIN; SELECT count(*) FROM ONLY p12');
	my $call = start_call($db, $down, "SET zishu_migrate.lock_timeout = '4s'");
	$waits->('p11');
	my $start = time;
	my $passer = start_call($db, 'SELECT count(*) FROM p WHERE id = 25');
	sleep 2.5;
	order($keepers[0], 'COMMIT');
	$waits->('p12');
	end_call($passer);
	my $waited = time - $start;
	cmp_ok($waited, '<', 5.5, 'others are let by');
	order($keepers[1], 'COMMIT');
	is(end_call($call), 0, 'and then it is dropped') or diag $call->{err};
	is(indexes($db), '', 'nothing is left');
	leave($_) for @keepers;
}

#
# Attaching gives way, and nothing that is built is lost
#
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)', '',
		'CREATE INDEX ours ON p3 (b)');
	my $reader = session($db);

	order($reader, 'BEGIN; SELECT count(*) FROM p3');
	my $call = start_call($db, $up, "SET zishu_migrate.lock_timeout = '1s'");
	wait_until($db,
		"EXISTS (SELECT FROM pg_locks WHERE NOT granted
		   AND relation = 'ours'::regclass)");
	my $start = time;
	$node->safe_psql($db, 'SELECT count(*) FROM p WHERE id = 25');
	cmp_ok(time - $start, '<', 4, 'others are let by');
	my $built = q{SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class
	  WHERE relname IN ('p11_b_idx', 'p12_b_idx', 'ours')};
	my $before = $node->safe_psql($db, $built);
	wait_until($db,
		"EXISTS (SELECT FROM pg_stat_activity WHERE $worker
		   AND wait_event_type = 'Extension')");
	order($reader, 'COMMIT');
	is(end_call($call), 0, 'and then it is attached') or diag $call->{err};
	like($call->{err}, qr/lock timeout; trying again/, 'it had to wait');
	is($node->safe_psql($db, $built), $before, 'with what was built');
	is(invalid($db), '', 'the whole is valid');
	leave($reader);
}

#
# Foreign tables have no index, and the whole is valid without
#
my $foreign = q{
CREATE FOREIGN DATA WRAPPER dummy;
CREATE SERVER away FOREIGN DATA WRAPPER dummy;
CREATE FOREIGN TABLE p41 PARTITION OF p4 FOR VALUES FROM (30) TO (35) SERVER away;
CREATE FOREIGN TABLE p5 PARTITION OF p FOR VALUES FROM (50) TO (60) SERVER away;
};
{
	my $db = fresh('CREATE INDEX CONCURRENTLY ON p (b)',
		'DROP INDEX CONCURRENTLY p_b_idx', $foreign);
	succeeds($db, $up, 'foreign tables as partitions');
	my $online = indexes($db);
	succeeds($db, $down, 'and down');
	is(indexes($db), '', 'nothing is left');
	$node->safe_psql($db, 'CREATE INDEX ON p (b)');
	is($online, indexes($db), 'it is what the server makes');

	$db = fresh('CREATE UNIQUE INDEX CONCURRENTLY ON p (id)', '', $foreign);
	my ($status, $err) = call($db, $up);
	like(
		$err,
		qr/ERROR:  cannot create unique index on partitioned table "p"\nDETAIL:  Its partition "p5?(41)?" is a foreign table/,
		'none that is unique');
	is(indexes($db), '', 'nothing is left');
}

#
# Stopped again and again: what is built is not built again
#
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)');
	my %built;
	my $rebuilt = 0;
	my @leaves = ('p11', 'p12', q{"other's"."p'2""x"}, 'p3');

	for my $leaf (@leaves)
	{
		my $keeper = session($db);

		order($keeper, "BEGIN; LOCK $leaf IN SHARE UPDATE EXCLUSIVE MODE");
		my $call = start_call($db, $up);
		end_waiting_worker($db,
			"EXISTS (SELECT FROM pg_locks WHERE NOT granted
			   AND relation = \$\$$leaf\$\$::regclass)");
		isnt(end_call($call), 0, "stopped at $leaf");
		like($call->{err}, qr/terminat|lost|ended/, 'and says so');
		leave($keeper);
		my %now = map { split /\|/ } split /\n/,
		  $node->safe_psql($db,
			'SELECT indexrelid::regclass, indexrelid FROM pg_index JOIN pg_class c
			 ON c.oid = indexrelid WHERE relkind IN (\'i\', \'I\') AND indisvalid
			 AND relnamespace = \'public\'::regnamespace');
		for my $name (keys %built)
		{
			$rebuilt++ if !$now{$name} || $now{$name} != $built{$name};
		}
		%built = (%built, %now);
	}
	succeeds($db, $up, 'and to the end');
	is($rebuilt, 0, 'none was built twice');
	cmp_ok(scalar(keys %built), '>=', 3, 'most were built on the way');
	my $online = indexes($db);
	$node->safe_psql($db, 'DROP INDEX step; CREATE INDEX step ON p (b)');
	is($online, indexes($db), 'it is what the server makes');
}

# In the middle of each partition's build: it waits for an older snapshot.
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)');
	my $keeper = session($db);
	my $reader = session($db);

	for my $leaf ('p11', 'p12', 'p3')
	{
		order($keeper, "BEGIN; LOCK $leaf IN SHARE UPDATE EXCLUSIVE MODE");
		my $call = start_call($db, $up);
		wait_until($db,
			"EXISTS (SELECT FROM pg_locks WHERE NOT granted
			   AND relation = '$leaf'::regclass)");
		order($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
		order($keeper, 'COMMIT');
		end_waiting_worker($db,
			"EXISTS (SELECT FROM pg_index WHERE indrelid = '$leaf'::regclass)");
		end_call($call);
		order($reader, 'COMMIT');
		like(invalid($db), qr/^${leaf}_b_idx$/m, "stopped in the middle of $leaf");
	}
	leave($reader);
	leave($keeper);
	succeeds($db, $up, 'and to the end');
	my $online = indexes($db);
	$node->safe_psql($db, 'DROP INDEX step; CREATE INDEX step ON p (b)');
	is($online, indexes($db), 'it is what the server makes');
}

# Edited after it was stopped: the old one is no part of the new one.
for my $new (
	'CREATE INDEX CONCURRENTLY step ON p (a)',
	'CREATE INDEX CONCURRENTLY ON p (b)',
	'CREATE UNIQUE INDEX CONCURRENTLY step ON p (id, b)',
	'SELECT 1',
	'')
{
	my $db = fresh('CREATE TABLE t (); CREATE INDEX CONCURRENTLY step ON p (b)');
	my $keeper = session($db);
	my $reader = session($db);

	order($keeper, 'BEGIN; LOCK p12 IN SHARE UPDATE EXCLUSIVE MODE');
	my $call = start_call($db, $up);
	wait_until($db,
		"EXISTS (SELECT FROM pg_locks WHERE NOT granted
		   AND relation = 'p12'::regclass)");
	order($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
	order($keeper, 'COMMIT');
	end_waiting_worker($db,
		"EXISTS (SELECT FROM pg_index WHERE indrelid = 'p12'::regclass)");
	end_call($call);
	order($reader, 'COMMIT');
	leave($_) for $reader, $keeper;
	like(invalid($db), qr/step/, 'stopped');
	$node->safe_psql($db,
		"SELECT zishu_edit('one', 'CREATE TABLE t (); $new', 'SELECT 1')");
	succeeds($db, $up, "edited: $new");
	my $server = fresh();
	$node->safe_psql($server, $new =~ s/CONCURRENTLY//r) if $new;
	is(indexes($db), indexes($server), 'it is what the server makes');
}

#
# Partitions come and go meanwhile
#
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)');
	my $keeper = session($db);

	order($keeper, 'BEGIN; LOCK p3 IN SHARE UPDATE EXCLUSIVE MODE');
	my $call = start_call($db, $up);
	wait_until($db,
		"EXISTS (SELECT FROM pg_locks WHERE NOT granted
		   AND relation = 'p3'::regclass)");
	order($keeper, q{ALTER TABLE p DETACH PARTITION p3;
CREATE TABLE p6 PARTITION OF p FOR VALUES FROM (60) TO (70);
CREATE TABLE p7 (LIKE p); ALTER TABLE p ATTACH PARTITION p7 FOR VALUES FROM (70) TO (80);
COMMIT});
	is(end_call($call), 0, 'partitions come and go') or diag $call->{err};
	leave($keeper);
	is(invalid($db), '', 'and the whole is valid');
	is( $node->safe_psql(
			$db, q{SELECT count(*) FROM pg_partition_tree('step') WHERE isleaf}),
		5 + 0, 'with an index for each that stayed or came');
}
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)');
	my $keeper = session($db);

	order($keeper, 'BEGIN; LOCK p3 IN SHARE UPDATE EXCLUSIVE MODE');
	my $call = start_call($db, $up);
	wait_until($db,
		"EXISTS (SELECT FROM pg_locks WHERE NOT granted
		   AND relation = 'p3'::regclass)");
	order($keeper, 'DROP TABLE p3; COMMIT');
	isnt(end_call($call), 0, 'a partition is dropped under its build');
	leave($keeper);
	succeeds($db, $up, 'the next call goes on');
	is(invalid($db), '', 'and the whole is valid');
}

# One that another session is building is left to it.
{
	my $db = fresh('CREATE INDEX CONCURRENTLY step ON p (b)');
	my $reader = session($db);

	order($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
	my $theirs = start_call($db, 'CREATE INDEX CONCURRENTLY theirs ON p3 (b)');
	wait_until($db,
		"EXISTS (SELECT FROM pg_stat_activity WHERE query ~ '^CREATE INDEX CONC'
		   AND wait_event_type = 'Lock')");
	$node->safe_psql($db, 'CREATE INDEX ON p1 (b); CREATE INDEX ON "other\'s"."p\'2""x" (b)');
	my $call = start_call($db, $up);
	wait_until($db,
		"EXISTS (SELECT FROM pg_locks WHERE NOT granted
		   AND relation = 'p3'::regclass)");
	leave($reader);
	is(end_call($theirs), 0, 'theirs is finished') or diag $theirs->{err};
	is(end_call($call), 0, 'and taken over') or diag $call->{err};
	like(indexes($db), qr/^p3\|CREATE INDEX theirs .*\|step$/m,
		'theirs is a part of ours');
	is(invalid($db), '', 'and the whole is valid');
}

# Rows that a unique index cannot take.
{
	my $db = fresh('CREATE UNIQUE INDEX CONCURRENTLY ON p (id, b)', '',
		"INSERT INTO p VALUES (20, '', 20), (20, '', 20)");
	my ($status, $err) = call($db, $up);
	like($err, qr/could not create unique index "p3_id_b_idx"/, 'duplicates');
	($status, $err) = call($db, $up);
	like($err, qr/could not create unique index "p3_id_b_idx"/, 'again');
	$node->safe_psql($db, q{DELETE FROM p WHERE a = ''});
	succeeds($db, $up, 'without them');
	my $online = indexes($db);
	is(invalid($db), '', 'the whole is valid');
	$node->safe_psql($db, 'DROP INDEX p_id_b_idx; CREATE UNIQUE INDEX ON p (id, b)');
	is($online, indexes($db), 'it is what the server makes');
}

# What is not ours stays as it is.
{
	my $db = fresh('CREATE INDEX CONCURRENTLY mine ON p (b)', '',
		'CREATE INDEX mine ON ONLY p (a)');
	for (1 .. 2)
	{
		my ($status, $err) = call($db, $up);
		like($err, qr/relation "mine" already exists/, 'the name is taken');
	}
	is($node->safe_psql($db, q{SELECT pg_get_indexdef('mine'::regclass)}),
		'CREATE INDEX mine ON ONLY public.p USING btree (a)', 'and stays');
	is(scalar(() = indexes($db) =~ /\n/g), 0, 'with nothing beside it');
}

#
# One index of one table
#
{
	my $db = fresh();
	my $reader = session($db);

	$node->safe_psql(
		$db, q{
CREATE TABLE t (id int, a text);
INSERT INTO t VALUES (1, 'a'), (1, 'b');
CREATE INDEX given ON t (id)});
	revision($db, 'r1', 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u ON t (id)');
	my ($status, $err) = call($db, $up);
	like($err, qr/could not create unique index "u"/, 'duplicates');
	is(invalid($db), 'u', 'an invalid index');
	$node->safe_psql($db, q{DELETE FROM t WHERE a = 'b'});
	succeeds($db, $up, 'IF NOT EXISTS is not content with it');
	is(invalid($db), '', 'valid');

	# An expression, columns that are included, names without end.
	revision($db, 'r2',
		    'CREATE INDEX CONCURRENTLY ON t ((id + 1)) INCLUDE (a);'
		  . 'CREATE INDEX CONCURRENTLY ON t ((id + 1)) INCLUDE (a)');
	order($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
	my $call = start_call($db, $up);
	end_waiting_worker($db);
	end_call($call);
	is(invalid($db), 't_expr_a_idx', 'the server would choose this name');
	order($reader, 'COMMIT');
	succeeds($db, $up, 'again');
	is(invalid($db), '', 'valid');
	is( $node->safe_psql($db, q{SELECT count(*) FROM pg_class WHERE relname ~ '^t_expr_a_idx'}),
		2, 'both of them, and no more');

	# Edited after it was interrupted.
	revision($db, 'r3', 'CREATE INDEX CONCURRENTLY ON t (a)');
	order($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
	$call = start_call($db, $up);
	end_waiting_worker($db);
	end_call($call);
	order($reader, 'COMMIT');
	is(invalid($db), 't_a_idx', 'interrupted');
	($status, $err) = call($db,
		q{SELECT zishu_edit('r3', 'CREATE INDEX CONCURRENTLY late ON t (a, id)', 'SELECT 1')});
	if ($status)
	{
		note "an edit is refused: $err";
		succeeds($db, $up, 'as it was');
	}
	else
	{
		succeeds($db, $up, 'edited');
		is( $node->safe_psql($db, q{SELECT string_agg(relname, ' ' ORDER BY relname)
			  FROM pg_class WHERE relname IN ('late', 't_a_idx')}),
			'late', 'the old one is cleared up');
	}
	is(invalid($db), '', 'valid');

	# Somebody else's, which is not valid either.
	$node->psql($db, q{INSERT INTO t VALUES (7, 'z'), (8, 'z')});
	$node->psql($db, 'CREATE UNIQUE INDEX CONCURRENTLY theirs ON t (a)');
	is(invalid($db), 'theirs', 'theirs');
	revision($db, 'r4', 'CREATE INDEX CONCURRENTLY theirs ON t (a)');
	for (1 .. 2)
	{
		($status, $err) = call($db, $up);
		like($err, qr/relation "theirs" already exists/, 'the name is taken');
		is(invalid($db), 'theirs', 'and it stays');
	}
	$node->safe_psql($db, 'DROP INDEX theirs');
	succeeds($db, $up, 'once it is gone');

	# Dropping goes on with the one that was meant.
	revision($db, 'r5', 'DROP INDEX CONCURRENTLY twin');
	$node->safe_psql($db, q{
CREATE TABLE "other's".t (id int);
CREATE INDEX twin ON "other's".t (id);
CREATE INDEX twin ON t (id);
ALTER DATABASE } . $db . q{ SET search_path = public, "other's"});
	order($reader, 'BEGIN; SELECT count(*) FROM public.t');
	$call = start_call($db, $up);
	end_waiting_worker($db,
		"EXISTS (SELECT FROM pg_index WHERE indexrelid = 'public.twin'::regclass AND NOT indisvalid)"
	);
	end_call($call);
	order($reader, 'COMMIT');
	succeeds($db, $up, 'dropped');
	is( $node->safe_psql($db, q{SELECT string_agg(relnamespace::regnamespace::text, ' ')
		FROM pg_class WHERE relname = 'twin'}), q{"other's"}, 'the right one');

	# Copies that REINDEX leaves, and others that look like them.
	$node->safe_psql($db, q{
CREATE TABLE r (id int, big text) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (0) TO (10);
CREATE INDEX ON r (id);
CREATE TABLE apart (id int);
INSERT INTO apart VALUES (1), (1)});
	$node->psql($db, 'CREATE UNIQUE INDEX CONCURRENTLY apart_ccnew ON apart (id)');
	revision($db, 'r6', 'REINDEX TABLE CONCURRENTLY r');
	order($reader, 'BEGIN; SELECT count(*) FROM r');
	$call = start_call($db, $up);
	end_waiting_worker($db);
	end_call($call);
	order($reader, 'COMMIT');
	like(invalid($db), qr/^r1_id_idx_cc(new|old)$/m, 'copies are left')
	  or diag $call->{err};
	succeeds($db, $up, 'reindexed');
	is(invalid($db), 'apart_ccnew', 'and cleared up, but for the one elsewhere');
	leave($reader);
}

#
# Detaching
#
for my $stop (0, 1)
{
	my $db = fresh('ALTER TABLE p DETACH PARTITION p3 CONCURRENTLY');
	my $reader = session($db);

	order($reader, 'BEGIN; SELECT count(*) FROM p');
	my $call = start_call($db, $up, "SET zishu_migrate.lock_timeout = '200ms'");
	wait_until($db,
		q{(SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = 'p3'::regclass)}
	);
	end_waiting_worker($db) if $stop;
	sleep 1 unless $stop;
	order($reader, 'COMMIT');
	leave($reader);
	if ($stop)
	{
		end_call($call);
		succeeds($db, $up, 'detached, though it was interrupted');
	}
	else
	{
		is(end_call($call), 0, 'detached, though it had to wait')
		  or diag $call->{err};
	}
	is( $node->safe_psql($db,
			q{SELECT count(*) FROM pg_inherits WHERE inhrelid = 'p3'::regclass}),
		0, 'all the way');
}

#
# Rights are the caller's
#
{
	my $db = fresh('CREATE INDEX CONCURRENTLY ON p (b)');
	$node->safe_psql('postgres', 'CREATE ROLE deployer LOGIN');
	$node->safe_psql($db, q{
GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA pg_catalog TO deployer;
GRANT CREATE ON SCHEMA public TO deployer});
	my ($status, $err) = call($db, "SET SESSION AUTHORIZATION deployer; $up");
	like($err, qr/must be owner of table p/, 'who does not own it');
	is(indexes($db), '', 'nothing is left');
	$node->safe_psql($db, 'ALTER TABLE p OWNER TO deployer; ALTER TABLE p1 OWNER TO deployer; ALTER TABLE p11 OWNER TO deployer');
	($status, $err) = call($db, "SET SESSION AUTHORIZATION deployer; $up");
	like($err, qr/must be owner of table (p12|p'2"x)|permission denied for schema other's/, 'nor a part of it');
	succeeds($db, $up, 'somebody who may');
	is(invalid($db), '', 'valid');
}

$node->stop;
done_testing();
