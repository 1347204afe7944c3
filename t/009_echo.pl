# Each step is told, one by one while they are few, some at a time when there
# are many; and none is left out, also before an error.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $revisions = 300;

my $node = PostgreSQL::Test::Cluster->new('echo');
$node->init;
$node->start;
$node->safe_psql(
	'postgres', qq{
	CREATE EXTENSION zishu_migrate;
	INSERT INTO zishu_migrate.revision
	  (revision, down_revisions, message, upgrade_script, downgrade_script)
	SELECT 'r' || i, CASE WHEN i > 1 THEN ARRAY['r' || i - 1] ELSE '{}' END,
	  'number ' || i, 'SELECT 1', 'SELECT 1'
	FROM generate_series(1, $revisions) i});

# What psql says, with the steps that it tells of as numbers.
sub run
{
	my ($sql) = @_;
	my ($out, $err);

	$node->psql('postgres', $sql, stdout => \$out, stderr => \$err);
	my @steps = $err =~ /^(?:psql:<stdin>:\d+: NOTICE:  )?Running \w+ .*, number (\d+)$/mg;
	my $notices = () = $err =~ /NOTICE:/g;
	return ($err, $notices, @steps);
}

my ($err, $notices, @steps) = run('SELECT count(*) FROM zishu_upgrade()');
is_deeply(\@steps, [ 1 .. $revisions ], 'every step is told, in order');
cmp_ok($notices, '<', $revisions, 'many at a time when there are many');
cmp_ok($notices, '>', 100, 'one by one at first');

($err, $notices, @steps) = run('SELECT count(*) FROM zishu_downgrade(\'r250\')');
is_deeply(\@steps, [ reverse 251 .. $revisions ], 'downgrades, too');
is($notices, $revisions - 250, 'one by one when they are few');

$node->safe_psql('postgres', q{
	SELECT zishu_stamp('base');
	UPDATE zishu_migrate.revision SET upgrade_script = 'SELECT 1 / 0' WHERE revision = 'r200'});
($err, $notices, @steps) = run('SELECT count(*) FROM zishu_upgrade()');
is_deeply(\@steps, [ 1 .. 200 ], 'none is left out before an error');
like($err, qr/Running upgrade r199 -> r200, number 200\n.*ERROR:  division by zero/s,
	'and the error comes last');

($err, $notices, @steps) =
  run('SET zishu_migrate.echo = off; SELECT count(*) FROM zishu_upgrade(\'r100\')');
is($notices, 0, 'nothing with echo off');

$node->stop;
done_testing();
