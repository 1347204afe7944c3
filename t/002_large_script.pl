# A script of 100 MB: it is stored, checked and run a statement at a time, so
# that a backend needs little more memory than the text itself.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time usleep);

plan skip_all => 'memory is read from /proc'
  unless -r '/proc/self/status'
  && slurp_file('/proc/self/status') =~ /^RssAnon:/m;

my $mb = 1024 * 1024;
my $statements = 100 * 1000;

my $node = PostgreSQL::Test::Cluster->new('large');
$node->init;
# What lies in shared memory counts as resident, too: let it be little.
$node->append_conf(
	'postgresql.conf', qq{
shared_buffers = 8MB
autovacuum = off
max_wal_size = 4GB
});
$node->start;

# A field of /proc/PID/status in bytes.
sub memory
{
	my ($pid, $field) = @_;
	open(my $file, '<', "/proc/$pid/status") or return 0;
	while (my $line = <$file>)
	{
		return $1 * 1024 if $line =~ /^$field:\s+(\d+) kB/;
	}
	return 0;
}

# Runs a statement in a backend of its own; returns what it printed, what was
# complained of, and how much private memory it had at most beyond what it started with, as sampled
# and by the kernel's own count, which includes what it touched of the rest.
sub measure
{
	my ($name, $sql) = @_;
	my ($in, $out, $err) = ('', '', '');
	my $psql = IPC::Run::start(
		[
			'psql', '-XAtq',
			'-v' => 'ON_ERROR_STOP=1',
			'-d' => $node->connstr('postgres')
		],
		'<', \$in, '>', \$out, '2>', \$err,
		IPC::Run::timeout(5 * $PostgreSQL::Test::Utils::timeout_default));

	# The library is loaded, the caches of the catalogs are warm.
	$in = "SELECT count(*) FROM zishu_heads();\n"
	  . "SELECT 'pid ' || pg_backend_pid();\n";
	$psql->pump until $out =~ /pid (\d+)\n/;
	my ($pid) = $out =~ /pid (\d+)/;
	my $before = memory($pid, 'RssAnon');
	my $before_all = memory($pid, 'VmHWM');
	my $most = $before;
	my $start = time;

	# psql is fed once and read at the end, so that sampling is not disturbed.
	$out = '';
	$in = "$sql;\nSELECT 'done';\n";
	until ($out =~ /done\n/ || $err =~ /ERROR|FATAL|connection/)
	{
		for (1 .. 20)
		{
			my $now = memory($pid, 'RssAnon');
			$most = $now if $now > $most;
			usleep(1000);
		}
		$psql->pump_nb;
	}
	my $most_all = memory($pid, 'VmHWM');
	my $seconds = time - $start;
	$in = "\\q\n";
	$psql->finish;
	$out =~ s/done\n$//;
	note sprintf('%s: %.1f s; private memory %.1f MB before, %.1f MB at most;'
		  . ' high water of all memory %.1f MB, then %.1f MB',
		$name, $seconds, $before / $mb, $most / $mb, $before_all / $mb,
		$most_all / $mb);
	return ($out, $err, $most - $before, $most_all - $before_all);
}

$node->safe_psql('postgres', 'CREATE EXTENSION zishu_migrate');

# The script, made in the server.
$node->safe_psql('postgres', qq{
	CREATE TABLE script AS SELECT string_agg(
		format('INSERT INTO large VALUES (%s, %L);', i, repeat(md5(i::text), 32)),
		E'\\n') AS script
	  FROM generate_series(1, $statements) i});
my ($out, $err, $grown, $grown_all) = measure('storing', q{
	SELECT zishu_revision('table', 'CREATE TABLE large (id int, value text)',
		'DROP TABLE large', rev_id => 'table');
	SELECT zishu_revision('rows', (SELECT script FROM script),
		'TRUNCATE large', rev_id => 'rows')});
is($out . $err, "table\nrows\n", 'the script is stored');

my $size = $node->safe_psql('postgres',
	q{SELECT octet_length(upgrade_script) FROM zishu_migrate.revision
	   WHERE revision = 'rows'});
cmp_ok($size, '>=', 100 * $mb, 'it has 100 MB');
note sprintf('the script has %.1f MB; storing needed %.1f MB beyond it',
	$size / $mb, ($grown - $size) / $mb);

$node->safe_psql('postgres', q{SELECT FROM zishu_upgrade('table')});

($out, $err, $grown, $grown_all) = measure('running', q{
	SET client_min_messages = warning;
	SELECT revision, statements FROM zishu_upgrade()});
is($out, "rows|$statements\n", 'the script runs');
is($err, '', 'nobody expects a lock for each row of one table');
note sprintf('running needed %.1f MB beyond the script', ($grown - $size) / $mb);
cmp_ok($grown, '<=', $size + 64 * $mb,
	'it needs at most 64 MB beyond the script');

# Not sampled, but with the shared buffers and the program in it.
cmp_ok($grown_all, '<=', $size + (64 + 8 + 16) * $mb,
	'so says the kernel of all memory');
is( $node->safe_psql(
		'postgres', q{SELECT count(*), sum(id), min(length(value)),
	count(*) FILTER (WHERE value <> repeat(md5(id::text), 32)) FROM large}),
	join('|', $statements, $statements * ($statements + 1) / 2, 1024, 0),
	'all rows are there');

# What else reads all scripts.
($out, $err, $grown) = measure('validating',
	'SELECT count(*) FROM zishu_validate()');
is($out . $err, "0\n", 'the script is what was applied');
note sprintf('validating needed %.1f MB beyond the script',
	($grown - $size) / $mb);
cmp_ok($grown, '<=', $size + 64 * $mb, 'validating needs no more');

($out, $err, $grown) = measure('a dry run', q{
	SELECT FROM zishu_stamp('table');
	SELECT revision, statements FROM zishu_upgrade(dry_run => true)});
is($out, "rows|$statements\n", 'a dry run tells the same');
note sprintf('a dry run needed %.1f MB beyond the script',
	($grown - $size) / $mb);
cmp_ok($grown, '<=', $size + 64 * $mb, 'it needs no more');

# An error far down in a large script: its statement is shown, not the script.
$node->safe_psql('postgres',
	q{ALTER TABLE large ADD CHECK (id <> 99990) NOT VALID; TRUNCATE large});
my ($status, $stdout, $stderr) =
  $node->psql('postgres', 'SELECT FROM zishu_upgrade()');
isnt($status, 0, 'a statement fails');
like($stderr, qr/violates check constraint/, 'with the error of the server');
like($stderr, qr/statement 99990 of 100000, line 99990/, 'its place is told');
cmp_ok(length($stderr), '<', 10000, 'the script is not poured out');
is($node->safe_psql('postgres', 'SELECT count(*) FROM large'),
	'0', 'nothing is left');

$node->stop;
done_testing();
