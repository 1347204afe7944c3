# A streaming standby: one can look there and wait there for what the primary
# migrates, and cannot change anything.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->start;
$primary->safe_psql(
	'postgres', q{
	CREATE EXTENSION zishu_migrate;
	CREATE SCHEMA tenant_a;
	SELECT zishu_revision('one', 'CREATE TABLE t1 ()', 'DROP TABLE t1',
		rev_id => 'r1');
	SELECT zishu_revision('two', 'CREATE TABLE t2 ()', 'DROP TABLE t2',
		rev_id => 'r2');
	SELECT FROM zishu_upgrade('r1')});

$primary->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'backup', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
is($standby->safe_psql('postgres', 'SELECT pg_is_in_recovery()'),
	't', 'the standby is one');

# Everything that looks gives the same on both.
my @looks = (
	'SELECT * FROM zishu_current()',
	q{SELECT * FROM zishu_current('tenant_a')},
	'SELECT * FROM zishu_history()',
	q{SELECT * FROM zishu_history('r1:')},
	'SELECT * FROM zishu_heads()',
	'SELECT * FROM zishu_heads(true)',
	'SELECT * FROM zishu_branches()',
	q{SELECT * FROM zishu_show('r2')},
	'SELECT * FROM zishu_status()',
	'SELECT * FROM zishu_validate()',
	q{SELECT zishu_require('r1')},
	q{SELECT zishu_wait('r1')},
	'SELECT * FROM zishu_export()',
	q{SELECT zishu_export('r1')},
	'SELECT zishu_upgrade_sql()',
	q{SELECT zishu_downgrade_sql('r2:base')},
	q{SELECT zishu_stamp_sql('{head}')},
	'SELECT step, action, revision FROM zishu_upgrade(dry_run => true)',
	'SELECT step, action, revision FROM zishu_downgrade(dry_run => true)',
	'SELECT * FROM zishu_graph()',
	q{SELECT * FROM zishu_graph('dot')},
	q{SELECT * FROM zishu_graph('mermaid')});

sub same_everywhere
{
	my ($when) = @_;
	for my $sql (@looks)
	{
		my ($status, $there, $err) = $primary->psql('postgres', $sql);
		my ($standby_status, $here, $standby_err) =
		  $standby->psql('postgres', $sql);
		is("$standby_status $standby_err\n$here",
			"0 \n$there", "$when: $sql");
	}
}
same_everywhere('one revision');

# Everything that changes is refused, before anything else is.
for my $sql (
	'SELECT FROM zishu_upgrade()',
	q{SELECT FROM zishu_upgrade('r1')},
	q{SELECT FROM zishu_upgrade('nonsense')},
	'SELECT FROM zishu_downgrade()',
	q{SELECT FROM zishu_stamp('head')},
	q{SELECT FROM zishu_stamp('{head}'::text[])},
	q{SELECT zishu_revision('three')},
	'SELECT zishu_merge()',
	q{SELECT zishu_edit('r2', 'SELECT 1', NULL)},
	q{SELECT zishu_remove('r2')},
	q{SELECT FROM zishu_import('native', '{}', '{}')},
	q{SELECT FROM zishu_load('/nowhere')})
{
	my ($status, $out, $err) = $standby->psql('postgres', "\\set VERBOSITY verbose\n$sql");
	like(
		$err,
		qr/ERROR:  25006: cannot execute zishu_\w+\(\) (in a read-only transaction|during recovery)/,
		"refused: $sql");
}

# And so in a read-only transaction of the primary.
my ($status, $out, $err) = $primary->psql('postgres',
	"\\set VERBOSITY verbose\nSET default_transaction_read_only = on;\nSELECT FROM zishu_upgrade()");
like($err,
	qr/ERROR:  25006: cannot execute zishu_upgrade\(\) in a read-only transaction/,
	'refused: in a read-only transaction');

# What is asked for and missing is an error there, too.
($status, $out, $err) =
  $standby->psql('postgres', "\\set VERBOSITY verbose\nSELECT zishu_require('r2')");
like($err, qr/ERROR:  ZM012: revision "r2" is not applied/, 'zishu_require on the standby');
($status, $out, $err) = $standby->psql('postgres',
	"\\set VERBOSITY verbose\nSELECT zishu_wait('head', '200ms')");
like($err, qr/ERROR:  ZM012: revision "r2" is still not applied/,
	'zishu_wait on the standby runs into its timeout');

# Starts a wait on the standby and returns when it is waiting.
sub start_wait
{
	my ($call) = @_;
	my $wait = { out => '', err => '' };
	$wait->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $standby->connstr('postgres'), '-c', "SELECT $call" ],
		'<', '/dev/null', '>', \$wait->{out}, '2>', \$wait->{err},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	my $literal = $call =~ s/'/''/gr;
	$standby->poll_query_until(
		'postgres', "SELECT count(*) = 1 FROM pg_stat_activity
		              WHERE query = 'SELECT $literal' AND state = 'active'
		                AND wait_event_type = 'Extension'")
	  or die "$call does not wait";
	return $wait;
}

sub end_wait
{
	my ($wait, $name) = @_;
	$wait->{run}->finish;
	is("$wait->{out}$wait->{err}", "t\n", $name);
}

# One waits for the head, one for what is not even stored yet.
my $for_head = start_wait('zishu_wait()');
my $for_new = start_wait(q{zishu_wait('r3', '10min')});

# Applied, but not replayed yet: they go on waiting.
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_pause()');
$standby->poll_query_until('postgres',
	q{SELECT pg_get_wal_replay_pause_state() = 'paused'})
  or die 'replay does not pause';
is($primary->safe_psql('postgres', 'SELECT revision FROM zishu_upgrade()'),
	'r2', 'the primary migrates');
is($standby->safe_psql('postgres', 'SELECT revision FROM zishu_current()'),
	'r1', 'the standby does not know');
is( $standby->safe_psql(
		'postgres', q{SELECT count(*) FROM pg_stat_activity
		WHERE query LIKE 'SELECT zishu_wait%' AND state = 'active'
		  AND pid <> pg_backend_pid()}),
	'2', 'and who waits there still waits');
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_resume()');
end_wait($for_head, 'zishu_wait returns once the migration is replayed');
is($standby->safe_psql('postgres', q{SELECT to_regclass('t2')}),
	't2', 'its tables are there');

$primary->safe_psql(
	'postgres', q{
	SELECT zishu_revision('three', 'CREATE TABLE t3 ()', 'DROP TABLE t3', rev_id => 'r3');
	SELECT FROM zishu_upgrade();
	SELECT FROM zishu_upgrade('r1', 'tenant_a')});
end_wait($for_new, 'zishu_wait returns for a revision that came later');

$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
same_everywhere('three revisions');

# The standby takes over.
$primary->stop;
$standby->promote;
is( $standby->safe_psql(
		'postgres', q{
	SELECT zishu_revision('four', 'CREATE TABLE t4 ()', 'DROP TABLE t4', rev_id => 'r4');
	SELECT revision FROM zishu_upgrade();
	SELECT revision FROM zishu_downgrade('r2');
	SELECT count(*) = count(DISTINCT position) FROM zishu_migrate.revision}),
	"r4\nr4\nr4\nr3\nt", 'a promoted standby migrates');

$standby->stop;
done_testing();
