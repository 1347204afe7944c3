#!/usr/bin/env perl
# Round trips on the server that the usual PG* variables tell; a superuser's.
#
#   test/roundtrip.pl [OPTION]... [FILE | DIRECTORY | FAMILY]...
#
#   --one-way     old to new only
#   --online      with zishu_migrate.diff_online
#   --dump        pg_dump must see no difference, either
#   --catalogs    tell the catalogs that no pair has an entry in
#   --keep        leave the databases and files behind
#   --jobs=N      so many pairs at a time (2)
#   --verbose     name each pair
#
# Without a name, all of test/pairs. RoundTrip.pm tells what a pair is.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use Getopt::Long;
use Time::HiRes qw(time);

use lib dirname(abs_path(__FILE__));
use RoundTrip;

my $pairs = dirname(abs_path(__FILE__)) . '/pairs';
my %options;

GetOptions(\%options, 'one-way', 'online', 'dump', 'keep', 'jobs=i',
	'verbose', 'catalogs')
  or exit 2;
$options{one_way} = delete $options{'one-way'};
delete $options{jobs} unless $options{jobs};
if ($options{verbose})
{
	$options{verbose} =
	  sub { printf "%s %s\n", $_[0]{text} eq '' ? 'ok    ' : 'FAILED', $_[0]{name} };
}

my @files;
for my $name (@ARGV ? @ARGV : $pairs)
{
	my ($dir) = grep { -d } "$pairs/$name", $name;

	push @files, $dir ? (glob("$dir/*.sql"), glob("$dir/*/*.sql"))
	  : -e $name       ? $name
	  :                  glob("$pairs/$name*.sql");
}
die "there are no such pairs\n" unless @files;

my $start = time;
my $trips = RoundTrip->new(%options);
my @failures = $trips->run(@files);

print "\n== $_->{name}: $_->{text}\n" for @failures;
printf "%d pairs, %d failed, %.1f s\n", scalar @files, scalar @failures,
  time - $start;
print "not covered: ", join(' ', $trips->unseen_classes), "\n"
  if $options{catalogs};
print "left behind: $trips->{dir}, databases $trips->{prefix}_*\n"
  if $options{keep};
exit(@failures ? 1 : 0);
