#!/usr/bin/perl
# check_readme.pl FILE...: runs the examples of a text and compares.
#
# A fenced block of kind "console" is a psql session: what follows a prompt
# ("zishu=# ", "zishu-# ") is typed, the rest is what psql answers. All blocks
# of a file are one session in a database of its own, with the repository as
# the current directory. Durations, times and generated ids may differ, and
# the widths of columns with them.
#
# A fenced block of kind "sql" has to run without an error, in another
# database. "<!-- run first: STATEMENTS -->" above it makes what it needs.
#
# The server is the one that PGHOST and the like lead to.
use strict;
use warnings;
use File::Temp qw(tempfile);

my $bad = 0;
for my $file (@ARGV)
{
	my ($session, $scripts) = read_examples($file);
	die "$file: no examples\n" unless @$session;
	$bad |= check_session($file, $session);
	$bad |= check_scripts($file, $scripts);
}
exit $bad;

# The lines of all console blocks, and the texts of all sql blocks.
sub read_examples
{
	my ($file) = @_;
	my (@session, @scripts, $kind);
	my $first = '';

	open(my $in, '<', $file) or die "$file: $!\n";
	while (my $line = <$in>)
	{
		if (!defined $kind)
		{
			$first .= "$1;\n" if $line =~ /^<!-- run first: (.*) -->$/;
			next unless $line =~ /^```(\w*)$/;
			$kind = $1;
			push @scripts, $first if $kind eq 'sql';
			$first = '' if $kind eq 'sql';
		}
		elsif ($line =~ /^```$/) { undef $kind; }
		elsif ($kind eq 'console') { push @session, $line; }
		elsif ($kind eq 'sql') { $scripts[-1] .= $line; }
	}
	return (\@session, \@scripts);
}

sub check_session
{
	my ($file, $session) = @_;
	my ($input, $expected) = ('', '');

	for my $line (@$session)
	{
		if ($line =~ s/^zishu[=-]# //) { $input .= $line; }
		$expected .= $line;
	}
	my $got = psql($input, 'zishu', '-a');
	return 0 if normal($got) eq normal($expected);
	print "$file: the examples give something else\n";
	print diff($expected, $got);
	return 1;
}

sub check_scripts
{
	my ($file, $scripts) = @_;

	return 0 unless @$scripts;
	my $got =
	  psql(join("\n", @$scripts), 'zishu_sql', '-q', '-v', 'ON_ERROR_STOP=1');
	return 0 unless $got =~ /ERROR/;
	print "$file: an example fails\n$got";
	return 1;
}

# Runs a text in a new database, and returns all that psql says.
sub psql
{
	my ($input, $database, @options) = @_;
	my ($handle, $name) = tempfile(UNLINK => 1);

	print $handle $input;
	close $handle;
	system(
		'psql', '-X', '-q', '-d', 'postgres',
		'-c', 'SET client_min_messages = warning',
		'-c', "DROP DATABASE IF EXISTS $database",
		'-c', "CREATE DATABASE $database") == 0
	  or die "no database to run the examples in\n";
	my $command = join ' ', 'psql', '-X', '-d', $database, @options;
	return scalar `$command <$name 2>&1`;
}

# What may differ is taken out, and the widths that follow from it.
sub normal
{
	my ($text) = @_;

	$text =~ s/\b\d\d:\d\d:\d\d(\.\d+)?\b/DURATION/g;
	$text =~ s/\b\d+\.\d{3} s\b/DURATION/g;
	$text =~ s/\b\d{4}-\d\d-\d\d DURATION[-+]\d\d(:\d\d)?/TIME/g;
	$text =~ s/\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12}\b/ID/g;
	$text =~ s/-{2,}/-/g;
	$text =~ s/[ \t]+/ /g;
	$text =~ s/ $//mg;
	$text =~ s/\n+\z/\n/;
	return $text;
}

sub diff
{
	my @names = map {
		my ($handle, $name) = tempfile(UNLINK => 1);
		print $handle $_;
		close $handle;
		$name
	} @_;
	return scalar `diff -u $names[0] $names[1]`;
}
