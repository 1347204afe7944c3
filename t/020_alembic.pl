# Beside the real Alembic: its version table is adopted, kept in step, and
# what it says and does agrees with what is done here, whichever of the two
# takes a step.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use IPC::Run;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($python) = grep {
	IPC::Run::run([ $_, '-c', 'import alembic, psycopg2' ],
		'>', \my $out, '2>', \my $err)
} grep { IPC::Run::run([ 'sh', '-c', "command -v $_" ], '>', \my $path) }
  ('/usr/bin/python3', 'python3');

plan skip_all => 'there is no Alembic with psycopg2 for Python 3' if !$python;

my $root = abs_path(dirname(__FILE__) . '/..');
my $place = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('alembic');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$ENV{PYTHONDONTWRITEBYTECODE} = 1;
$ENV{ZM_REFERENCE} = url('by_alembic');

sub url
{
	my ($dbname) = @_;
	return sprintf('postgresql+psycopg2:///%s?host=%s&port=%d',
		$dbname, $node->host, $node->port);
}

#
# The history of the Zishu project, and a fork and a merge behind it, as
# Alembic's files and as ours.
#
my %native = map { (split '/')[-1], slurp_file($_) } glob("$root/examples/zishu/versions/*.sql");
my %behind = (
	left_of_it => 'skill_installations_002',
	right_of_it => 'skill_installations_002',
	both_of_it => 'left_of_it, right_of_it');
for my $id (sort keys %behind)
{
	$native{"$id.sql"} =
	    "-- revision: $id\n-- revises: $behind{$id}\n-- message: $id\n\n"
	  . "-- zishu:upgrade\nCREATE TABLE $id (note text DEFAULT ':x %s');\n"
	  . "\n-- zishu:downgrade\nDROP TABLE $id;\n";
}

# Text as a literal of Python's, and as SQLAlchemy takes SQL.
sub python { return JSON::PP->new->ascii->allow_nonref->encode($_[0]); }
sub statement { return $_[0] =~ s/:/\\:/gr; }

sub write_alembic_file
{
	my ($text) = @_;
	my ($id) = $text =~ /^-- revision: (.*)$/m;
	my ($revises) = $text =~ /^-- revises: *(.*)$/m;
	my ($message) = $text =~ /^-- message: (.*)$/m;
	my ($up, $down) = $text =~ /^-- zishu:upgrade\n(.*?)^-- zishu:downgrade\n(.*)/ms
	  or die "no scripts in $id";
	my @parents = split /, */, $revises;
	my $parents = @parents > 1 ? '(' . join(', ', map { python($_) } @parents) . ')'
	  : @parents ? python($parents[0]) : 'None';
	append_to_file("$place/versions/$id.py",
		    python($message) . "\nimport sqlalchemy\nfrom alembic import op\n\n"
		  . "revision = " . python($id) . "\ndown_revision = $parents\n\n\n"
		  . "def upgrade():\n    op.execute(sqlalchemy.text(" . python(statement($up)) . "))\n\n\n"
		  . "def downgrade():\n    op.execute(sqlalchemy.text(" . python(statement($down)) . "))\n");
}

mkdir "$place/versions" or die;
write_alembic_file($_) for values %native;
copy("$root/test/alembic/$_", "$place/$_") or die for ('alembic.ini', 'env.py');

# Runs Alembic on a database: whether it went well, what it printed, and what
# else it said.
sub run_python
{
	my ($dbname, @command) = @_;
	my ($out, $err);
	local $ENV{ZM_DATABASE} = url($dbname);
	my $well = IPC::Run::run([ $python, @command ], '<', '/dev/null',
		'>', \$out, '2>', \$err, init => sub { chdir $place or die });
	return ($well, $out, $err);
}

sub alembic { my ($dbname, @arguments) = @_; return run_python($dbname, '-m', 'alembic', @arguments); }
sub check { return run_python($_[0], "$root/test/alembic/check.py"); }

sub alembic_ok
{
	my ($dbname, @arguments) = @_;
	my ($well, $out, $err) = alembic($dbname, @arguments);
	ok($well, "alembic @arguments") or diag($err);
	return $out;
}

# What Alembic says the database stands at.
sub current
{
	my ($dbname) = @_;
	my ($well, $out, $err) = alembic($dbname, 'current');
	return $err if !$well;
	return join ' ', sort map { /^(\S+)/ } split /\n/, $out;
}

sub versions
{
	my ($dbname) = @_;
	return $node->safe_psql($dbname,
		q{SELECT coalesce(string_agg(revision, ' ' ORDER BY revision COLLATE "C"), '')
		  FROM zishu_migrate.version WHERE tenant = ''});
}

# Does Alembic see the database where we do?  And does what it would do from
# there lead to the same schema as its own way?  That is tried on a copy.
sub agree
{
	my ($dbname, $expected, $name) = @_;
	my $at_head = $expected eq 'both_of_it';
	my ($well, $out, $err);

	is(versions($dbname), $expected, "$name: version rows");
	is(current($dbname), $expected, "$name: alembic current");
	($well, $out, $err) = check($dbname);
	if ($at_head)
	{
		ok($well, "$name: alembic check") or diag($err);
	}
	else
	{
		like($err, qr/Target database is not up to date/, "$name: alembic check");
	}

	$node->safe_psql('postgres', "CREATE DATABASE copy TEMPLATE $dbname");
	($well, $out, $err) = alembic('copy', 'upgrade', 'head');
	ok($well, "$name: alembic upgrade head") or diag($err);
	if ($at_head)
	{
		unlike($err, qr/Running/, "$name: which has nothing to do");
	}
	else
	{
		is(current('copy'), 'both_of_it', "$name: which arrives");
		($well, $out, $err) = check('copy');
		ok($well, "$name: alembic check there") or diag($err);
	}
	$node->safe_psql('postgres', 'DROP DATABASE copy');
}

sub literal { my ($text) = @_; $text =~ s/'/''/g; $text =~ s/\\/\\\\/g; return "E'$text'"; }

# The history as Alembic prints it.
my @printed;

sub import_history
{
	my ($dbname) = @_;

	$node->safe_psql($dbname, 'CREATE EXTENSION zishu_migrate');
	$node->safe_psql($dbname, sprintf(
		q{SELECT zishu_import('alembic', '{up.sql,down.sql}', ARRAY[%s])},
		join(', ', map { literal($_) } @printed)));
}

sub here { return $node->safe_psql($_[0], "SET zishu_migrate.echo = off; $_[1]"); }

# Without the scripts' comments both databases are the same to pg_dump.
sub dump_of
{
	my ($dbname) = @_;
	my $out;
	IPC::Run::run([ 'pg_dump', '--schema=public', '-d', $node->connstr($dbname) ],
		'>', \$out) or die;
	return $out =~ s/^\\(un)?restrict .*\n//mgr;
}

#
# Alembic's own way all along is what others are measured by.
#
$node->safe_psql('postgres', "CREATE DATABASE $_") for ('by_alembic', 'taken_over', 'new');
alembic_ok('by_alembic', 'upgrade', 'head');
my ($well, $out, $err) = check('by_alembic');
ok($well, 'alembic check finds nothing in its own work') or diag($err);
@printed = (
	alembic_ok('by_alembic', 'upgrade', 'head', '--sql'),
	alembic_ok('by_alembic', 'downgrade', 'both_of_it:base', '--sql'));

#
# A database on its way is taken over.
#
alembic_ok('taken_over', 'upgrade', 'adapter_config_001');
import_history('taken_over');
is(here('taken_over', q{SELECT revision, action, is_head FROM zishu_adopt('alembic', dry_run => true)}),
	"10967fd178d8|adopt|f\nadapter_config_001|adopt|t", 'dry run');
is(versions('taken_over'), '', 'it changes nothing');
here('taken_over', q{SELECT FROM zishu_adopt('alembic')});
agree('taken_over', 'adapter_config_001', 'adopted');

$node->safe_psql('postgres',
	q{ALTER DATABASE taken_over SET zishu_migrate.alembic_version_table = 'alembic_version'});
for ([ '+1', 'skill_installations_001' ], [ '+1', 'skill_installations_002' ],
	[ 'left_of_it', 'left_of_it' ], [ 'right_of_it', 'left_of_it right_of_it' ],
	[ 'head', 'both_of_it' ])
{
	here('taken_over', "SELECT FROM zishu_upgrade('$_->[0]')");
	agree('taken_over', $_->[1], "upgrade $_->[0] here");
}
is(dump_of('taken_over'), dump_of('by_alembic'), 'both ways lead to the same schema');

here('taken_over', q{SELECT FROM zishu_downgrade('skill_installations_001')});
agree('taken_over', 'skill_installations_001', 'downgrade here');

#
# Steps of Alembic's own in between.
#
alembic_ok('taken_over', 'upgrade', '+1');
($well, $out, $err) = $node->psql('taken_over', q{SELECT zishu_downgrade('-1')});
like($err, qr/alembic_version does not hold the version rows/, 'they are noticed');
here('taken_over', q{SELECT FROM zishu_adopt('alembic')});
agree('taken_over', 'skill_installations_002', 'upgraded by Alembic, adopted');
alembic_ok('taken_over', 'upgrade', 'head');
here('taken_over', q{SELECT FROM zishu_adopt('alembic')});
agree('taken_over', 'both_of_it', 'merged by Alembic, adopted');
alembic_ok('taken_over', 'downgrade', 'adapter_config_001');
here('taken_over', q{SELECT FROM zishu_adopt('alembic')});
agree('taken_over', 'adapter_config_001', 'downgraded by Alembic, adopted');

#
# All the way down, and up again online.
#
here('taken_over', q{SELECT FROM zishu_downgrade('base')});
agree('taken_over', '', 'downgrade base here');
$node->safe_psql('taken_over', q{CALL zishu_upgrade_online('head')});
agree('taken_over', 'both_of_it', 'online');
is(dump_of('taken_over'), dump_of('by_alembic'), 'online leads to the same schema');
$node->safe_psql('taken_over', q{CALL zishu_downgrade_online('left_of_it')});
agree('taken_over', 'left_of_it right_of_it', 'downgrade online');
here('taken_over', q{SELECT FROM zishu_upgrade('head'); SELECT FROM zishu_stamp('{left_of_it,right_of_it}'::text[], purge => true)});
is(current('taken_over'), 'left_of_it right_of_it', 'stamps are seen');
here('taken_over', q{SELECT FROM zishu_stamp('head')});
agree('taken_over', 'both_of_it', 'stamp head');

#
# A database that Alembic has never seen: its table is made for it.
#
$node->safe_psql('postgres',
	q{ALTER DATABASE new SET zishu_migrate.alembic_version_table = 'public.alembic_version'});
import_history('new');
here('new', q{SELECT FROM zishu_upgrade('skill_installations_001')});
agree('new', 'skill_installations_001', 'a new database');
here('new', q{SELECT FROM zishu_upgrade()});
agree('new', 'both_of_it', 'the same at its head');
is(dump_of('new'), dump_of('by_alembic'), 'the table itself is as Alembic makes it');

$node->stop;
done_testing();
