# Pairs of schemas made at random, turned into each other and back.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use lib abs_path(dirname(__FILE__) . '/../test');
use RoundTrip;

# Others: ZM_SEEDS="17 18 19".
my @seeds = split ' ', $ENV{ZM_SEEDS} // '1 2 3 4';
my $make = abs_path(dirname(__FILE__) . '/../test/random_pair.pl');
my $dir = PostgreSQL::Test::Utils::tempdir;
my $node = PostgreSQL::Test::Cluster->new('random');

$node->init;
$node->append_conf('postgresql.conf', 'max_connections = 20');
$node->start;

$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;

my @files;
for my $seed (@seeds)
{
	# Half of the choices made anew: the two have little in common then.
	for my $share ('0.25', '0.5')
	{
		my $file = "$dir/seed_${seed}_$share.sql";

		append_to_file($file, scalar `"$^X" "$make" $seed $share`);
		push @files, $file;
	}
}

my $trips = RoundTrip->new;
my %failures = map { $_->{name} => $_->{text} } $trips->run(@files);

for my $file (@files)
{
	my ($name) = grep { $file =~ /\Q$_\E\.sql$/ } keys %failures;

	is($name ? $failures{$name} : '', '', $file =~ s/.*\///r);
}

undef $trips;
$node->stop;
done_testing();
