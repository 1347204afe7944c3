# Each pair of schemas of test/pairs, turned into the other one and back.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use lib abs_path(dirname(__FILE__) . '/../test');
use RoundTrip;

# What test/labels is made with is what the server was made with.
sub build_labels
{
	my ($library) = @_;
	my $source = abs_path(dirname(__FILE__) . '/../test/labels/labels.c');
	my %with;

	foreach my $what (qw(cc includedir-server))
	{
		chomp($with{$what} = `pg_config --$what`);
	}
	return system("$with{cc} -shared -fPIC -I$with{'includedir-server'}"
		  . " -o '$library' '$source'") == 0;
}

my @files =
  sort glob abs_path(dirname(__FILE__) . '/../test/pairs') . '/*/*.sql';

my $node = PostgreSQL::Test::Cluster->new('roundtrip');
# Pairs name the superuser that makes everything.
$node->init(extra => [ '-U', 'postgres' ]);
$ENV{PGUSER} = 'postgres';
$node->append_conf('postgresql.conf', 'max_connections = 20');
my $labels = $node->basedir . '/labels.so';
ok(build_labels($labels), 'a provider of security labels');
$node->append_conf('postgresql.conf', "shared_preload_libraries = '$labels'");
$node->start;

$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;

my (%count, %failed);
my $trips = RoundTrip->new;

$count{ RoundTrip::family($_) }++ for @files;
for my $failure ($trips->run(@files))
{
	push @{ $failed{ $failure->{family} } }, $failure->{name};
	diag "$failure->{name}: $failure->{text}";
}
for my $family (sort keys %count)
{
	is_deeply($failed{$family} // [], [], "$count{$family} of $family");
}

# Each catalog with a class of objects that live in a schema or a database is
# a part of some pair.
my %elsewhere = map { $_ => 1 } qw(pg_authid pg_auth_members pg_database
  pg_largeobject pg_largeobject_metadata pg_parameter_acl pg_tablespace);

is(join(' ', grep { !$elsewhere{$_} } $trips->unseen_classes),
	'', 'catalogs that no pair covers');

undef $trips;

# The same where tables must stay in use: what has a form of its own then.
my @online =
  grep { m{/(?:constraint|index|not_null|partition|table|type)/} } @files;
$trips = RoundTrip->new(online => 1);
my @lost = $trips->run(@online);
diag "online, $_->{name}: $_->{text}" for @lost;
is(join(' ', map { $_->{name} } @lost), '', @online . ' online');

undef $trips;
$node->stop;
done_testing();
