# Many sessions call zishu_upgrade('head') at the same moment, as a deployment
# of many application servers does: one migrates, the others find nothing to do.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $versions = abs_path(dirname(__FILE__) . '/../examples/zishu/versions');
my $gate = 4711;

my $node = PostgreSQL::Test::Cluster->new('concurrent');
$node->init;
$node->append_conf('postgresql.conf', 'max_connections = 80');
$node->start;

# Starts $n sessions, lets them all go at once and returns for each its exit
# status, what it printed and what it complained about.
sub at_once
{
	my ($dbname, $n, $sql) = @_;
	my @sessions;

	# Shared locks queue behind this one until it is given back.
	my $keeper = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr($dbname) ],
		'<', \my $keeper_in, '>', \my $keeper_out, '2>', \my $keeper_err,
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$keeper_in = "SELECT 'shut' FROM pg_advisory_lock($gate);\n";
	$keeper->pump until $keeper_out =~ /shut/;

	for my $i (1 .. $n)
	{
		my $session = { out => '', err => '' };
		$session->{run} = IPC::Run::start(
			[
				'psql', '-XAtq',
				'-v' => 'VERBOSITY=verbose',
				'-d' => $node->connstr($dbname),
				'-c' => "SELECT FROM pg_advisory_lock_shared($gate)",
				'-c' => "SELECT FROM pg_advisory_unlock_all()",
				'-c' => $sql
			],
			'<', '/dev/null', '>', \$session->{out}, '2>', \$session->{err},
			IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
		push @sessions, $session;
	}
	$node->poll_query_until(
		$dbname,
		"SELECT count(*) = $n FROM pg_locks
		  WHERE locktype = 'advisory' AND objid = $gate AND NOT granted"
	) or die "the sessions did not come";

	my $start = time;
	$keeper_in = "SELECT pg_advisory_unlock($gate);\n\\q\n";
	$keeper->finish;
	for my $session (@sessions)
	{
		$session->{run}->finish;
		$session->{status} = $session->{run}->result(0);
	}
	note sprintf("%d sessions at once took %.2f s", $n, time - $start);
	return @sessions;
}

# The errors of a session, without notices and their like.
sub errors
{
	my ($session) = @_;
	return grep { /^(ERROR|FATAL|PANIC|psql:)/ } split /\n/, $session->{err};
}

#
# Fifty, with the real schema
#
$node->safe_psql('postgres', 'CREATE DATABASE fifty');
$node->safe_psql(
	'fifty', qq{
	CREATE EXTENSION zishu_migrate;
	SELECT * FROM zishu_load('$versions')});

my @sessions = at_once('fifty', 50,
	"SELECT step, action, revision FROM zishu_upgrade('head')");

is(scalar(grep { $_->{status} != 0 || errors($_) } @sessions),
	0, 'none of fifty sessions fails')
  or diag(map { errors($_) } @sessions);

my @workers = grep { $_->{out} =~ /upgrade/ } @sessions;
is(scalar(@workers), 1, 'one session migrates');
is( $workers[0]{out}, '1|upgrade|10967fd178d8
2|upgrade|adapter_config_001
3|upgrade|skill_installations_001
4|upgrade|skill_installations_002
', 'it does all of it');
is(scalar(grep { $_->{out} eq '' } @sessions),
	49, 'the others find nothing to do');
ok( scalar(
		grep { $_->{err} =~ /NOTICE: .*waiting for process \d+, which is migrating/ }
		  @sessions) > 0,
	'who waits says so');
is( scalar(
		grep { (() = $_->{err} =~ /waiting for process/g) > 1 } @sessions),
	0,
	'but only once');

is($node->safe_psql('fifty', 'SELECT tenant, revision FROM zishu_migrate.version'),
	'|skill_installations_002', 'one version row');
is( $node->safe_psql(
		'fifty',
		'SELECT id, revision, action, outcome, heads_after
		   FROM zishu_migrate.event ORDER BY id'),
	'1|10967fd178d8|upgrade|ok|{10967fd178d8}
2|adapter_config_001|upgrade|ok|{adapter_config_001}
3|skill_installations_001|upgrade|ok|{skill_installations_001}
4|skill_installations_002|upgrade|ok|{skill_installations_002}',
	'one event for each step');
is( $node->safe_psql(
		'fifty',
		"SELECT count(*) FROM pg_class
		  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"),
	'42',
	'the tables are there');
is( $node->safe_psql(
		'fifty', "SELECT count(*) FROM pg_locks
		           WHERE classid = 'pg_extension'::regclass"),
	'0', 'no lock is left behind');

# The same, with everything done.
@sessions = at_once('fifty', 50,
	"SELECT step, action, revision FROM zishu_upgrade('head')");
is(scalar(grep { $_->{status} == 0 && $_->{out} eq '' } @sessions),
	50, 'fifty sessions with nothing to do');
is($node->safe_psql('fifty', 'SELECT count(*) FROM zishu_migrate.event'),
	'4', 'they leave no events');

#
# Twenty, of which none can get through
#
$node->safe_psql('postgres', 'CREATE DATABASE twenty');
$node->safe_psql(
	'twenty', q{
	CREATE EXTENSION zishu_migrate;
	SELECT zishu_revision('one', 'CREATE TABLE t1 (a int)', 'DROP TABLE t1',
		rev_id => 'r1');
	SELECT zishu_revision('two', 'CREATE TABLE t2 (a int);
		INSERT INTO t2 SELECT generate_series(1, 1000)', 'DROP TABLE t2',
		rev_id => 'r2');
	SELECT zishu_revision('three', 'CREATE SCHEMA s3; SELECT a / (a - 500) FROM t2',
		'DROP SCHEMA s3', rev_id => 'r3')});

@sessions = at_once('twenty', 20,
	"SELECT step, action, revision FROM zishu_upgrade('head')");

is( scalar(
		grep {
			my @errors = errors($_);
			$_->{status} == 1
			  && @errors == 1
			  && $errors[0] =~ /^ERROR: +22012: division by zero/
		} @sessions),
	20,
	'all of twenty sessions get the error of the last revision')
  or diag(map { $_->{err} } @sessions);
is(scalar(grep { $_->{out} ne '' } @sessions), 0, 'and no rows');
is( $node->safe_psql(
		'twenty', q{
	SELECT count(*) FROM zishu_migrate.version;
	SELECT count(*) FROM zishu_migrate.event;
	SELECT to_regclass('t1'), to_regclass('t2'), to_regnamespace('s3');
	SELECT count(*) FROM pg_locks WHERE classid = 'pg_extension'::regclass}),
	"0\n0\n||\n0",
	'nothing is left of their tries');

$node->safe_psql('twenty',
	q{SELECT zishu_edit('r3', 'CREATE SCHEMA s3', 'DROP SCHEMA s3')});
@sessions = at_once('twenty', 20,
	"SELECT step, action, revision FROM zishu_upgrade('head')");
is( join('', map { $_->{out} } @sessions),
	"1|upgrade|r1\n2|upgrade|r2\n3|upgrade|r3\n",
	'once the script is repaired, one session does it all');
is( $node->safe_psql(
		'twenty', q{
	SELECT revision FROM zishu_migrate.version;
	SELECT revision, action, outcome FROM zishu_migrate.event ORDER BY id}),
	"r3\nr1|upgrade|ok\nr2|upgrade|ok\nr3|upgrade|ok",
	'version and events are right');

$node->stop;
done_testing();
