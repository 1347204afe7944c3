# What a server goes through in its life: its databases are dumped and restored,
# backends are killed and the server crashes in the middle of a migration.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $versions = abs_path(dirname(__FILE__) . '/../examples/zishu/versions');

my $node = PostgreSQL::Test::Cluster->new('life');
$node->init;
# Backends are restarted after one was killed, as they are by default.
$node->append_conf('postgresql.conf', 'restart_after_crash = on');
$node->start;

my $dump = PostgreSQL::Test::Utils::tempdir() . '/dump';

# All that the extension stores.
my $contents = q{
	SELECT revision, position, down_revisions, depends_on, branch_labels,
	       message, upgrade_script, downgrade_script, digest, token_digest,
	       created_at, created_by, source, frame
	  FROM zishu_migrate.revision ORDER BY position;
	SELECT * FROM zishu_migrate.version ORDER BY tenant, revision;
	SELECT * FROM zishu_migrate.event ORDER BY id;
	SELECT last_value, is_called FROM zishu_migrate.revision_position_seq;
	SELECT last_value, is_called FROM zishu_migrate.event_id_seq;
};

# Dumps one database and restores it as another.
sub copy_database
{
	my ($from, $to, @options) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $to TEMPLATE template0");
	$node->command_ok(
		[ 'pg_dump', '--no-sync', @options, '-f', $dump, '-d', $node->connstr($from) ],
		"$from is dumped");
	if (grep { $_ eq '--format=custom' } @options)
	{
		$node->command_ok(
			[
				'pg_restore', '--exit-on-error', '-d', $node->connstr($to), $dump
			],
			"it is restored as $to");
	}
	else
	{
		$node->command_ok(
			[
				'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d',
				$node->connstr($to), '-o', '/dev/null', '-f', $dump
			],
			"it is restored as $to");
	}
}

#
# Dump and restore
#
$node->safe_psql('postgres', 'CREATE DATABASE origin');
$node->safe_psql(
	'origin', qq{
	CREATE EXTENSION zishu_migrate;
	CREATE SCHEMA tenant_a;
	SELECT * FROM zishu_load('$versions');
	SELECT zishu_revision('side', 'CREATE TABLE side ()', 'DROP TABLE side',
		rev_id => 'side', head => '{base}', branch_label => '{beside}');
	SELECT zishu_revision('with a\nline and ''quotes''', E'SELECT E''\\\\\\\\ \\\\n''',
		NULL, rev_id => 'odd', head => '{side}', depends_on => '{adapter_config_001}');
	SELECT FROM zishu_upgrade('heads');
	SELECT FROM zishu_downgrade('skill_installations_002\@-1');
	SELECT FROM zishu_upgrade('beside\@head', 'tenant_a')});
my $before = $node->safe_psql('origin', $contents);

for my $format ([], ['--inserts'], ['--format=custom'])
{
	my $name = 'copy_' . ($format->[0] || 'plain');
	$name =~ s/\W+/_/g;

	copy_database('origin', $name, @$format);
	is($node->safe_psql($name, $contents),
		$before, "$name: revisions, versions, events and sequences are the same");
	is($node->safe_psql($name, 'SELECT count(*) FROM zishu_validate()'),
		'0', "$name: the scripts are what was applied");
	is( $node->safe_psql($name, 'SELECT * FROM zishu_current()'),
		$node->safe_psql('origin', 'SELECT * FROM zishu_current()'),
		"$name: it stands where it stood");
	is( $node->safe_psql($name, 'SELECT * FROM zishu_export()'),
		$node->safe_psql('origin', 'SELECT * FROM zishu_export()'),
		"$name: it exports the same files");

	# What was pending is pending.
	is( $node->safe_psql(
			$name, q{SELECT step, revision FROM zishu_upgrade('heads')}),
		'1|skill_installations_002',
		"$name: a pending revision is applied");
	is($node->safe_psql($name, q{SELECT count(*) FROM zishu_upgrade('heads')}),
		'0', "$name: then there is nothing to do");

	# Life goes on.
	is( $node->safe_psql(
			$name, q{
		SELECT zishu_revision('later', 'CREATE TABLE later ()',
			'DROP TABLE later', rev_id => 'later',
			head => '{skill_installations_002}');
		SELECT revision FROM zishu_upgrade('heads');
		SELECT revision FROM zishu_downgrade('later@-1');
		SELECT * FROM zishu_load('} . $versions . q{')}),
		join("\n",
			'later', 'later', 'later',
			map { "$_|unchanged" } qw(10967fd178d8 adapter_config_001
			  skill_installations_001 skill_installations_002)),
		"$name: it goes on");
	is( $node->safe_psql(
			$name, q{
		SELECT count(*) = count(DISTINCT id) AND max(id) = count(*)
		  FROM zishu_migrate.event;
		SELECT count(*) = count(DISTINCT position)
		  FROM zishu_migrate.revision}),
		"t\nt",
		"$name: with no number used twice");
}

# Dumped with all done: nothing is done again.
$node->safe_psql('origin', q{SELECT FROM zishu_upgrade('heads')});
copy_database('origin', 'finished');
is($node->safe_psql('finished', q{SELECT count(*) FROM zishu_upgrade('heads')}),
	'0', 'a copy of a finished database has nothing to do');
is( $node->safe_psql('finished', 'SELECT count(*) FROM zishu_migrate.event'),
	$node->safe_psql('origin', 'SELECT count(*) FROM zishu_migrate.event'),
	'and no event more');

# A dump of a database with nothing in it yet.
$node->safe_psql('postgres', 'CREATE DATABASE fresh');
$node->safe_psql('fresh', 'CREATE EXTENSION zishu_migrate');
copy_database('fresh', 'fresh_copy');
is( $node->safe_psql(
		'fresh_copy', q{
	SELECT zishu_revision('first', 'CREATE TABLE first ()', rev_id => 'first');
	SELECT revision FROM zishu_upgrade();
	SELECT position FROM zishu_migrate.revision;
	SELECT id FROM zishu_migrate.event}),
	"first\nfirst\n1\n1",
	'a copy of a database without revisions');

# A dump of the schema only has the extension, and no revisions.
copy_database('origin', 'schema_only', '--schema-only');
is($node->safe_psql('schema_only', 'SELECT count(*) FROM zishu_heads()'),
	'0', 'a dump of the schema leaves out the revisions');

# Who may read is allowed to dump.
$node->safe_psql(
	'origin', q{
	CREATE ROLE reader LOGIN;
	GRANT pg_read_all_data TO reader});
$node->command_ok(
	[
		'pg_dump', '--no-sync', '-U', 'reader', '-f', $dump, '-d',
		$node->connstr('origin')
	],
	'an ordinary reader can dump');

#
# Crashes
#
$node->safe_psql('postgres', 'CREATE DATABASE crash');
$node->safe_psql(
	'crash', q{
	CREATE EXTENSION zishu_migrate;
	CREATE SEQUENCE tries;
	CREATE TABLE patience AS SELECT 600 AS seconds;
	SELECT zishu_revision('one', 'CREATE TABLE t1 ();', 'DROP TABLE t1',
		rev_id => 'r1');
	SELECT zishu_revision('two', 'CREATE TABLE t2 (a int);
		INSERT INTO t2 SELECT generate_series(1, 10000);
		SELECT nextval(''tries''), pg_sleep(seconds) FROM patience;
		CREATE TABLE t3 ();', 'DROP TABLE t2, t3', rev_id => 'r2')});

# A migration that has come to the middle of its second revision.
my ($in, $out, $err);

sub start_migration
{
	($in, $out, $err) = ('', '', '');
	my $psql = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr('crash') ],
		'<', \$in, '>', \$out, '2>', \$err,
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$in = "SELECT 'pid ' || pg_backend_pid();\nSELECT FROM zishu_upgrade();\n";
	$psql->pump until $out =~ /pid (\d+)\n/;
	my ($pid) = $out =~ /pid (\d+)/;
	$node->poll_query_until(
		'crash', "SELECT wait_event = 'PgSleep' FROM pg_stat_activity
		           WHERE pid = $pid")
	  or die 'the migration did not come to its middle';
	return ($psql, $pid);
}

sub nothing_applied
{
	my ($name) = @_;
	is( $node->safe_psql(
			'crash', q{
		SELECT count(*) FROM zishu_migrate.version;
		SELECT count(*) FROM zishu_migrate.event;
		SELECT to_regclass('t1'), to_regclass('t2'), to_regclass('t3');
		SELECT count(*) FROM zishu_current();
		SELECT count(*) FROM pg_locks WHERE classid = 'pg_extension'::regclass}),
		"0\n0\n||\n0\n0",
		"$name: nothing is applied, nothing is locked");
	is( $node->safe_psql(
			'crash', q{SELECT revision FROM zishu_upgrade(dry_run => true)}),
		"r1\nr2",
		"$name: everything is still to be done");
}

# The client goes away.
my ($psql, $pid) = start_migration();
$psql->kill_kill;
$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid, 10000)");
nothing_applied('terminated');

# The backend is cancelled.
($psql, $pid) = start_migration();
$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
$in = "\\q\n";
$psql->finish;
like($err, qr/ERROR:  canceling statement due to user request/, 'cancelled: it says so');
like($err, qr/^upgrade of revision "r2" \(two\), statement 3 of 4, line 3$/m,
	'cancelled: and where');
nothing_applied('cancelled');

# The backend is killed, and the server with all its sessions starts anew.
SKIP:
{
	skip 'kill -9', 3 if $windows_os;

	($psql, $pid) = start_migration();
	kill 'KILL', $pid;
	$in = "\\q\n";
	$psql->finish;
	like($err, qr/server closed the connection unexpectedly/, 'killed');
	$node->poll_query_until('crash', 'SELECT true')
	  or die 'the server did not come back';
	nothing_applied('killed');
}

# The server stops at once, and recovers.
($psql, $pid) = start_migration();
$node->stop('immediate');
$psql->kill_kill;
$node->start;
nothing_applied('crashed');

# After all that it can be done.
is( $node->safe_psql(
		'crash', q{
	UPDATE patience SET seconds = 0;
	SELECT step, revision FROM zishu_upgrade();
	SELECT revision FROM zishu_current();
	SELECT revision, action, outcome FROM zishu_migrate.event ORDER BY id;
	SELECT count(*) FROM t2;
	SELECT count(*) FROM zishu_upgrade()}),
	"1|r1\n2|r2\nr2\nr1|upgrade|ok\nr2|upgrade|ok\n10000\n0",
	'afterwards it is done');
is($node->safe_psql('crash', 'SELECT last_value FROM tries') > 4,
	1, 'the earlier tries did come to their middle');

# And it stays, when the server crashes right after the commit.
$node->stop('immediate');
$node->start;
is( $node->safe_psql(
		'crash', q{
	SELECT revision FROM zishu_current();
	SELECT count(*) FROM t2;
	SELECT revision FROM zishu_downgrade('base')}),
	"r2\n10000\nr2\nr1",
	'what is committed survives');

$node->stop;
done_testing();
