# Round trips: pairs of schemas, turned into each other.
#
# A pair is a file of two scripts, an old schema and a new one, each complete
# and run in an empty database by a superuser, with this line between them:
#
#   -- becomes
#
# Lines before or in the scripts that mean something here:
#
#   -- with NAME = VALUE   a setting under which the differences are computed
#   -- loses rows          some table that stays may lose rows
#   -- needs NN            only on version NN or later
#   -- until NN            only up to version NN
#   -- needs labels        only if the server takes labels of "zishu test"
#                          (test/labels)
#   -- one way             new is not turned back into old
#   -- dumps alike         pg_dump must see no difference, either
#
# The superuser is postgres; the roles regress_a, regress_b and regress_reader
# and the tablespace regress_space are there.
#
# Each way is proven: the difference between the live schema and the other
# one's text is applied statement by statement; then both texts are equal, a
# second difference is empty, and tables that have stayed have kept their rows.
package RoundTrip;

use strict;
use warnings;

use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);

my $timeout = '120s';

# Options: jobs, one_way, online, keep, dump (compare what pg_dump says, too),
# verbose. The server is the one that the usual PG* variables tell.
sub new
{
	my ($class, %options) = @_;
	my $self = bless {
		jobs => 2,
		%options,
		prefix => "roundtrip_$$",
		dir => tempdir('roundtrip.XXXXXX', TMPDIR => 1, CLEANUP => 0)
	}, $class;

	$self->{owner} = $$;
	chmod 0755, $self->{dir};
	$self->_prepare;
	return $self;
}

# Runs the pairs; returns a list of failures, { name, family, text }.
sub run
{
	my ($self, @files) = @_;
	my %running;
	my @failures;
	my $number = 0;

	local $SIG{INT} = sub { exit 130 };
	local $SIG{TERM} = sub { exit 143 };
	while (@files || %running)
	{
		while (@files && keys %running < $self->{jobs})
		{
			my $file = shift @files;
			my $result = "$self->{dir}/result." . ++$number;
			my $pid = fork // die "fork: $!";

			if ($pid == 0)
			{
				my $text = eval { $self->_pair($file, $number) };
				$text = "the harness failed: $@" unless defined $text;
				_put($result, $text);
				# Neither this object's end nor the test's is the child's.
				require POSIX;
				POSIX::_exit(0);
			}
			$running{$pid} = { file => $file, result => $result };
		}
		my $pid = waitpid(-1, 0);
		last if $pid < 0;
		my $done = delete $running{$pid} or next;
		my $text = -e $done->{result} ? _get($done->{result}) : 'it crashed';
		my $failure = {
			name => name($done->{file}),
			family => family($done->{file}),
			text => $text
		};
		$self->{verbose}->($failure) if $self->{verbose};
		push @failures, $failure if $text ne '';
	}
	return sort { $a->{name} cmp $b->{name} } @failures;
}

sub family { return basename(dirname($_[0])) }

sub name
{
	my ($file) = @_;
	my $name = basename($file);

	$name =~ s/\.sql$//;
	return family($file) . "/$name";
}

sub DESTROY
{
	my ($self) = @_;
	local ($?, $@);

	return if $self->{owner} != $$;
	unless ($self->{keep})
	{
		$self->_psql('postgres', '-c',
			"DROP DATABASE IF EXISTS $self->{prefix}_template");
		system 'rm', '-rf', $self->{dir};
	}
	return;
}

# What every database starts from, and the roles that pairs may name.
sub _prepare
{
	my ($self) = @_;
	my $setup = "$self->{dir}/setup.sql";
	my $template = "$self->{prefix}_template";

	_put($setup, <<'SQL');
SET client_min_messages = warning;
SELECT format('CREATE ROLE %I', name)
  FROM unnest('{regress_a,regress_b,regress_reader}'::name[]) name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SET allow_in_place_tablespaces = on;
SELECT $$CREATE TABLESPACE regress_space LOCATION ''$$
 WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'regress_space')
\gexec
SQL
	my ($status, $text) = $self->_psql('postgres', '-f', $setup, '-c',
		"CREATE DATABASE $template TEMPLATE template0");
	die "the server is not ready:\n$text" if $status;
	($status, $text) =
	  $self->_psql($template, '-c', 'CREATE EXTENSION zishu_migrate');
	die "the extension is not there:\n$text" if $status;
	(undef, $text) = $self->_psql('postgres', '-c',
		"SELECT current_setting('server_version_num')::int / 10000");
	($self->{version}) = $text =~ /(\d+)/;
	($status) = $self->_psql($template, '-c',
		'SECURITY LABEL FOR "zishu test" ON SCHEMA public IS NULL');
	$self->{labels} = !$status;
	$self->_find_classes($template);
	return;
}

# The catalogs whose entries the server has a description for, and what tells
# those where a script has left an entry: one newer than all of the template.
sub _find_classes
{
	my ($self, $template) = @_;
	my $sql = "$self->{dir}/classes.sql";

	_put($sql, <<'SQL');
CREATE FUNCTION pg_temp.is_class(class oid) RETURNS bool LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_describe_object(class, 1, 0);
  RETURN true;
EXCEPTION WHEN OTHERS THEN
  RETURN false;
END $$;
SELECT c.oid::regclass
  FROM pg_class c JOIN pg_attribute a
    ON a.attrelid = c.oid AND a.attname = 'oid' AND a.attnum > 0
 WHERE c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::regnamespace
   AND pg_temp.is_class(c.oid)
 ORDER BY c.relname;
SQL
	my ($status, $text) = $self->_psql($template, '-f', $sql);
	die "the catalogs cannot be read:\n$text" if $status;
	my @classes = split /\n/, $text;
	my $newest = join ', ', map { "(SELECT max(oid) FROM $_)" } @classes;

	(undef, $text) =
	  $self->_psql($template, '-c', "SELECT greatest($newest, 16384)");
	($newest) = $text =~ /(\d+)/;
	$self->{all_classes} = \@classes;
	$self->{classes} = "concat_ws(' ', " . join(
		', ',
		map {
			"CASE WHEN EXISTS (SELECT FROM $_ WHERE oid > $newest) THEN '$_' END"
		} @classes) . ')';
	return;
}

# After a run: the catalogs of which it has seen no entry.
sub unseen_classes
{
	my ($self) = @_;
	my %seen;

	$seen{$_} = 1 for split ' ', _get("$self->{dir}/classes");
	return grep { !$seen{$_} } @{ $self->{all_classes} };
}

# Both ways of a pair; '' or what went wrong.
sub _pair
{
	my ($self, $file, $number) = @_;
	my $pair = _parse($file);
	my @databases = map { "$self->{prefix}_${number}_$_" } qw(old new);
	my $base = "$self->{dir}/$number";
	my $failure = '';

	return ''
	  if $self->{version} < $pair->{needs}
	  || $self->{version} > $pair->{until}
	  || ($pair->{labels} && !$self->{labels});
	for my $side (0, 1)
	{
		my $name = (qw(old new))[$side];

		_put("$base.$name.sql", $pair->{$name});
		$failure = $self->_load($databases[$side], "$base.$name");
		last if $failure;
	}
	if ($failure eq '')
	{
		$failure = $self->_way($databases[0], $pair, "$base.forward",
			"$base.new.txt", $databases[1]);
		$failure = "old to new: $failure" if $failure;
	}
	if ($failure eq '' && !$self->{one_way} && !$pair->{one_way})
	{
		$failure =
		  $self->_way($databases[1], $pair, "$base.back", "$base.old.txt");
		$failure = "new to old: $failure" if $failure;
	}
	unless ($self->{keep})
	{
		$self->_drop(@databases);
		unlink glob "$base.*";
	}
	return $failure;
}

sub _parse
{
	my ($file) = @_;
	my $text = _get($file);
	my ($old, $new) = split /^-- becomes[ \t]*\n/m, $text, 2;

	die "$file: there is no line \"-- becomes\"\n" unless defined $new;
	return {
		old => $old,
		new => $new,
		settings => { $text =~ /^-- with ([\w.]+) = (.*?)\s*$/mg },
		loses => scalar($text =~ /^-- loses rows\s*$/m),
		one_way => scalar($text =~ /^-- one way\s*$/m),
		dump => scalar($text =~ /^-- dumps alike\s*$/m),
		labels => scalar($text =~ /^-- needs labels\s*$/m),
		needs => $text =~ /^-- needs (\d+)\s*$/m ? $1 : 0,
		until => $text =~ /^-- until (\d+)\s*$/m ? $1 : 'inf'
	};
}

# A database with what the script makes, and the text of its schema.
sub _load
{
	my ($self, $database, $base) = @_;

	_put("$base.load", <<SQL);
CREATE DATABASE $database TEMPLATE $self->{prefix}_template;
\\c $database
\\i $base.sql
\\c
\\o $base.txt
SELECT zishu_snapshot();
\\o $base.classes
SELECT $self->{classes};
SQL
	my ($status, $text) = $self->_psql('postgres', '-f', "$base.load");

	return "the script does not load:\n$text" if $status;
	_append("$self->{dir}/classes", _get("$base.classes"));
	return '';
}

# Turns the schema of a database into the one of a text; '' or what went
# wrong. twin is a database that has that other schema.
sub _way
{
	my ($self, $database, $pair, $base, $target, $twin) = @_;
	my $settings = join '', map { "SET $_ = $pair->{settings}{$_};\n" }
	  sort keys %{ $pair->{settings} };
	my ($status, $text, $plan);

	$settings .= "SET zishu_migrate.diff_online = on;\n" if $self->{online};
	_put("$base.sql", _count("$base.before") . <<SQL);
SET client_min_messages = warning;
SET zishu_migrate.compare_owners = on;
$settings\\set target `cat $target`
SELECT coalesce(json_agg(d ORDER BY step), '[]') AS plan
  FROM zishu_diff('live', :'target') d \\gset
\\o $base.plan
SELECT format(E'%s;%s%s', statement, '  -- ' || hazard,
              CASE WHEN commit_after OR top_level THEN '  -- commit' END)
  FROM json_to_recordset(:'plan')
       d (step int, statement text, hazard text, commit_after bool,
          top_level bool)
 ORDER BY step;
\\o
\\set ECHO errors
BEGIN;
SELECT part
  FROM json_to_recordset(:'plan')
       d (step int, statement text, commit_after bool, top_level bool),
       unnest(CASE WHEN top_level THEN ARRAY['COMMIT', statement, 'BEGIN']
                   WHEN commit_after THEN ARRAY[statement, 'COMMIT', 'BEGIN']
                   ELSE ARRAY[statement] END) WITH ORDINALITY u (part, n)
 ORDER BY step, n \\gexec
COMMIT;
\\c
SET client_min_messages = warning;
SET zishu_migrate.compare_owners = on;
$settings\\o $base.again
SELECT statement FROM zishu_diff('live', :'target') ORDER BY step;
\\o $base.txt
SELECT zishu_snapshot();
SQL
	_append("$base.sql", _count("$base.after"));
	($status, $text) = $self->_psql($database, '-f', "$base.sql");
	$plan = -e "$base.plan" ? "-- statements\n" . _get("$base.plan") : '';
	if ($status)
	{
		# The query that all statements came from says nothing more.
		$text =~ s/^psql:\S+ STATEMENT:  SELECT part\n.*//ms;
		$text =~ s/^psql:\S+ //mg;
		return "$text$plan";
	}

	$text = _texts_differ("$base.txt", $target);
	return "the schemas differ:\n$text$plan" if $text ne '';
	$text = _get("$base.again");
	return "a second difference is not empty:\n$text$plan" if $text ne '';
	$text = $pair->{loses} ? '' : _rows_differ("$base.before", "$base.after");
	return "rows are lost:\n$text$plan" if $text ne '';
	if (($self->{dump} || $pair->{dump}) && $twin)
	{
		$text = $self->_dumps_differ($base, $database, $twin);
		return "pg_dump sees a difference:\n$text$plan" if $text ne '';
	}
	return '';
}

# What counts the rows of all tables.
sub _count
{
	my ($file) = @_;
	return <<SQL;
\\o $file
SELECT format('SELECT %L, count(*) FROM ONLY %s', oid::regclass, oid::regclass)
  FROM pg_class
 WHERE relkind = 'r' AND relpersistence <> 't' AND oid >= 16384
   AND relnamespace <> 'zishu_migrate'::regnamespace
 ORDER BY oid::regclass::text \\gexec
\\o
SQL
}

# Lines that only inform, and the needs, are no part of what must be equal.
sub _texts_differ
{
	my ($have, $want) = @_;

	for my $file ($have, $want)
	{
		my ($kind, @lines) = ('');

		for my $line (split /\n/, _get($file))
		{
			$kind = $1 if $line =~ /^([^\t]+)\t/;
			next if $line =~ /^\t(?:\.needs|position|local|copies|invalid|[\w ]+ (?:original|spelling))\t/;
			next
			  if $line =~ /^\t(?:inherited not null name|not null local)\t/;
			next if $line =~ /^\tversion\t/ && $kind eq 'collation';
			push @lines, $line;
		}
		_put("$file.cmp", join("\n", @lines) . "\n");
	}
	return _diff("$have.cmp", "$want.cmp");
}

sub _rows_differ
{
	my ($before, $after) = @_;
	my %had = map { /^(.*)\|(\d+)$/ } split /\n/, _get($before);
	my %has = map { /^(.*)\|(\d+)$/ } split /\n/, _get($after);

	return join '', map { "$_: $had{$_} before, $has{$_} after\n" }
	  grep { exists $has{$_} && $has{$_} != $had{$_} } sort keys %had;
}

# pg_dump writes columns in their order, so only the lines themselves, without
# the commas between them, are compared.
sub _dumps_differ
{
	my ($self, $base, @databases) = @_;
	my @files;

	for my $database (@databases)
	{
		my $file = "$base.dump." . @files;
		my @lines;

		open(my $dump, '-|', 'pg_dump', '-s', '-d', $database)
		  or return "pg_dump: $!\n";
		while (<$dump>)
		{
			s/^\s+|,?\s+$//g;
			push @lines, $_ unless /^(?:--.*|\\.*|)$/;
		}
		close $dump or return "pg_dump failed\n";
		_put($file, join("\n", sort @lines) . "\n");
		push @files, $file;
	}
	return _diff(@files);
}

sub _diff
{
	my ($have, $want) = @_;
	my $text = '';

	open(my $diff, '-|', 'diff', '-U4', '--label', 'is', '--label',
		'should be', $have, $want)
	  or die "diff: $!";
	{
		local $/;
		$text .= <$diff> // '';
	}
	close $diff;
	return $text;
}

sub _drop
{
	my ($self, @databases) = @_;
	my $names = join ', ', map { "'$_'" } @databases;
	my (undef, $text) = $self->_psql('postgres', '-c', <<SQL);
SELECT DISTINCT datname FROM pg_database d JOIN pg_subscription s
    ON s.subdbid = d.oid WHERE datname IN ($names)
SQL

	$self->_unsubscribe($_) for split /\n/, $text;
	$self->_psql('postgres',
		map { ('-c', "DROP DATABASE IF EXISTS $_ WITH (FORCE)") } @databases);
	return;
}

# A subscription keeps its database from being dropped.
sub _unsubscribe
{
	my ($self, $database) = @_;
	my $sql = "$self->{dir}/unsubscribe.$$.sql";

	_put($sql, <<'SQL');
SELECT format(part, subname)
  FROM pg_subscription,
       unnest('{ALTER SUBSCRIPTION %I DISABLE,
                ALTER SUBSCRIPTION %I SET (slot_name = NONE),
                DROP SUBSCRIPTION %I}'::text[]) WITH ORDINALITY u (part, n)
 WHERE subdbid = (SELECT oid FROM pg_database
                   WHERE datname = current_database())
 ORDER BY subname, n \gexec
SQL
	$self->_psql($database, '-f', $sql);
	return;
}

# The exit status of psql, and all that it said.
sub _psql
{
	my ($self, $database, @arguments) = @_;
	my $text = '';
	my $pid = open(my $output, '-|') // die "fork: $!";

	if ($pid == 0)
	{
		open(STDERR, '>&', \*STDOUT);
		open(STDIN, '<', '/dev/null');
		$ENV{PGOPTIONS} =
		  "-c client_min_messages=warning -c statement_timeout=$timeout";
		exec 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $database,
		  @arguments;
		die "psql: $!";
	}
	{
		local $/;
		$text .= <$output> // '';
	}
	close $output;
	return ($?, $text);
}

sub _get
{
	my ($file) = @_;
	open(my $handle, '<:raw', $file) or die "$file: $!";
	local $/;
	return <$handle> // '';
}

sub _put
{
	my ($file, $content) = @_;
	open(my $handle, '>:raw', $file) or die "$file: $!";
	print $handle $content;
	close($handle) or die "$file: $!";
	return;
}

sub _append
{
	my ($file, $content) = @_;
	open(my $handle, '>>:raw', $file) or die "$file: $!";
	print $handle $content;
	close($handle) or die "$file: $!";
	return;
}

1;
