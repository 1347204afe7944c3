# The server's lock table bounds what one transaction can do: that is foretold
# before anything runs, and when it happens the error says how to go on.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# Enough for servers that lock less of what a new object depends on, too.
my $revisions = 3000;

my $node = PostgreSQL::Test::Cluster->new('locks');
$node->init;
# The defaults of the server, which a test cluster is not made with.
$node->append_conf(
	'postgresql.conf', q{
max_locks_per_transaction = 64
max_connections = 100
wal_level = replica
max_wal_senders = 10
max_worker_processes = 8
autovacuum_max_workers = 3
max_prepared_transactions = 0
});
$node->start;

# Each revision makes a table with a primary key and an index.
$node->safe_psql(
	'postgres', qq{
	CREATE EXTENSION zishu_migrate;
	SELECT count(*) FROM zishu_import('native',
		ARRAY(SELECT format('r%s.sql', i) FROM generate_series(1, $revisions) i),
		ARRAY(SELECT format(E'-- revision: r%1\$s\\n-- revises: %2\$s\\n'
			'-- message: number %1\$s\\n\\n-- zishu:upgrade\\n'
			'CREATE TABLE work_%1\$s (id int PRIMARY KEY, name text NOT NULL);\\n'
			'CREATE INDEX work_%1\$s_name ON work_%1\$s (name);\\n\\n'
			'-- zishu:downgrade\\nDROP TABLE work_%1\$s;\\n',
			i, CASE WHEN i > 1 THEN 'r' || i - 1 END)
			FROM generate_series(1, $revisions) i))});

# The forecast, and what to do on the way up or down.
sub forecast
{
	my ($example, $online) = @_;
	return qr/^(?:psql:<stdin>:\d+: )?WARNING:  this run needs about (\d+) locks, and the server's lock table is made for (\d+)
HINT:  Migrate in several transactions: \Q$example\E a few times, or CALL $online\(\), which commits per revision\. Or raise max_locks_per_transaction\.
/m;
}
my $forecast = forecast(q{zishu_upgrade('+500')}, 'zishu_upgrade_online');

# Runs something and takes it back; returns its errors, with the locks that it
# held at the end, if it came so far.
sub try
{
	my ($sql) = @_;
	my ($status, $out, $err) = $node->psql(
		'postgres', qq{
		\\set ON_ERROR_STOP on
		BEGIN;
		$sql;
		SELECT 'locks ' || count(DISTINCT (locktype, database, relation,
		                                   classid, objid, objsubid))
		  FROM pg_locks WHERE pid = pg_backend_pid();
		ROLLBACK});
	my ($locks) = $out =~ /^locks (\d+)$/m;
	return ("$err\n", $locks);
}

#
# What fits
#
my ($err, $locks) = try(q{SELECT FROM zishu_upgrade('r300')});
my $each = $locks / 300;
unlike($err, qr/WARNING|ERROR/, 'no forecast for what fits well');
note sprintf('300 revisions hold %d locks, %.2f each', $locks, $each);

#
# What does not: foretold
#
($err) = try('SELECT FROM zishu_upgrade(dry_run => true)');
like($err, qr/\A$forecast\z/, 'a dry run tells the forecast');
my ($needed, $room) = $err =~ $forecast;
note sprintf('the forecast is %.2f each; there is room for %d of %d',
	$needed / $revisions, $room / $each, $revisions);
cmp_ok(abs($needed / $revisions / $each - 1), '<', 0.1,
	'the forecast is close to what is held');
# Where the warning begins.
my ($fits, $warns) = (300, $revisions);
while ($warns - $fits > 1)
{
	my $middle = int(($fits + $warns) / 2);
	($err) = try("SELECT FROM zishu_upgrade('r$middle', dry_run => true)");
	if ($err =~ $forecast) { $warns = $middle; }
	else { $fits = $middle; }
}
cmp_ok(abs($warns * $each / $room - 1), '<', 0.1,
	'the warning begins where the table is full by its own measure');

#
# It happens all the same
#
($err) = try('SELECT FROM zishu_upgrade()');
like($err, qr/\A$forecast.*NOTICE:  Running upgrade  -> r1, number 1\n/,
	'the warning comes before anything runs');
my ($rest) = $err =~ /^((?:psql:<stdin>:\d+: )?ERROR:.*)\z/ms;
like($rest,
	qr/ERROR:  out of shared memory
HINT:  You might need to increase "?max_locks_per_transaction"?\. Migrate in several transactions: zishu_upgrade\('\+500'\) a few times, or CALL zishu_upgrade_online\(\), which commits per revision\. Or raise max_locks_per_transaction\.
CONTEXT:  SQL statement "CREATE (?:TABLE|INDEX) work_\d+.*"
upgrade of revision "r(\d+)" \(number \1\), statement [12] of 2, line [12]\n?\z/s,
	'the error keeps the hint of the server and adds ours');
my ($failed) = $rest =~ /revision "r(\d+)"/;
# Others hold a few, too.
cmp_ok($failed, '>=', 0.95 * $warns, 'it never happens without a warning');
note "warned of from revision $warns on; failed at revision $failed";

my ($sqlstate) = $node->safe_psql(
	'postgres', q{
	SET client_min_messages = error;
	DO $$
	BEGIN
		PERFORM FROM zishu_upgrade();
	EXCEPTION WHEN OTHERS THEN
		PERFORM set_config('my.sqlstate', SQLSTATE, false);
	END
	$$;
	SELECT current_setting('my.sqlstate')});
is($sqlstate, '53200', 'its SQLSTATE is the one of the server');

is( $node->safe_psql(
		'postgres', q{
	SELECT count(*) FROM zishu_migrate.version;
	SELECT count(*) FROM zishu_migrate.event;
	SELECT count(*) FROM pg_class WHERE relname LIKE 'work\_%'}),
	"0\n0\n0",
	'nothing is left behind');

#
# The way that the hint tells
#
for my $i (1 .. $revisions / 500)
{
	my ($status, $out, $stderr) = $node->psql('postgres',
		q{SET zishu_migrate.echo = off; SELECT count(*) FROM zishu_upgrade('+500')});
	is("$status|$out|$stderr", '0|500|', "500 revisions at a time, $i");
}
is($node->safe_psql('postgres', q{
	SELECT revision FROM zishu_current();
	SELECT count(*) FROM pg_class WHERE relname LIKE 'work\_%' AND relkind = 'r'}),
	"r$revisions\n$revisions", 'then all of it is there');

#
# And back
#
($err, $locks) = try(q{SELECT FROM zishu_downgrade('-300')});
unlike($err, qr/WARNING|ERROR/, 'no forecast for a way down that fits');
$each = $locks / 300;
($err) = try(q{SELECT FROM zishu_downgrade('base', dry_run => true)});
$forecast = forecast(q{zishu_downgrade('-500')}, 'zishu_downgrade_online');
like($err, $forecast, 'a forecast for one that does not');
($needed) = $err =~ $forecast;
note sprintf('downgrade: %.2f locks each, forecast %.2f',
	$each, $needed / $revisions);
cmp_ok(abs($needed / $revisions / $each - 1), '<', 0.35,
	'it is not far from what is held');
($err) = try(q{SELECT FROM zishu_downgrade('base')});
like($err, qr/\A$forecast.*ERROR:  out of shared memory\nHINT:  .*Migrate in several transactions: zishu_downgrade/s,
	'the way down fails in the same words');
like($err, qr/^downgrade of revision "r\d+"/m, 'and says where');
my ($down) = $err =~ /^downgrade of revision "r(\d+)"/m;
note sprintf('downgrade failed after %d revisions', $revisions - $down);

# Many statements about few objects hold few locks.
my ($status, $out, $stderr) = $node->psql(
	'postgres', q{
	SET zishu_migrate.echo = off;
	SET client_min_messages = warning;
	SELECT zishu_revision('rows', (
		SELECT 'CREATE TABLE few (id int);' || string_agg(
			format('INSERT INTO few VALUES (%s); SELECT FROM few, work_1 LIMIT 1;
				UPDATE work_2 SET name = %L;', i, i), '')
		  FROM generate_series(1, 5000) i), rev_id => 'rows');
	SELECT statements FROM zishu_upgrade()});
is("$status|$out|$stderr", "0|rows\n15001|", 'no forecast for many rows of few tables');

$node->stop;
done_testing();
