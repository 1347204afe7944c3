#!/usr/bin/env perl
# Prints a pair of schemas made at random, for test/roundtrip.pl.
#
#   test/random_pair.pl SEED [SHARE]
#
# Every choice has a name, and falls as SEED and the name say; in the second
# schema a SHARE of the choices (0.25) is made anew. So the two have the same
# shape, differ in many places at once, and the same SEED gives the same pair.
use strict;
use warnings;

use Digest::MD5 qw(md5);

my ($seed, $share) = @ARGV;
die "usage: $0 SEED [SHARE]\n" unless defined $seed;
$share = 0.25 unless defined $share;

my $second = 0;

# number(name): a number from 0 up to 1 that the name alone decides.
sub number
{
	my ($name) = @_;

	return unpack('N', md5("$seed $name")) / 2**32;
}

# choose(name, option...): one of the options.
sub choose
{
	my ($name, @options) = @_;

	$name = "again $name" if $second && number("anew $name") < $share;
	return $options[ int(number($name) * @options) ];
}

# chance(name, p): true in a share p of the cases.
sub chance
{
	my ($name, $p) = @_;

	$name = "again $name" if $second && number("anew $name") < $share;
	return number($name) < $p;
}

# some(name, p, list): the elements that chance picks.
sub some
{
	my ($name, $p, @list) = @_;

	return grep { chance("$name $_", $p) } @list;
}

my @out;
my (%table, %enum, %domain, %composite, @functions);

sub put { push @out, "$_;" for @_ }

sub literal
{
	my ($text) = @_;

	$text =~ s/'/''/g;
	return "'$text'";
}

sub comment
{
	my ($what) = @_;

	put("COMMENT ON $what IS " . literal(choose("text $what", 'one', "it's", 'two')))
	  if chance("comment $what", 0.3);
}

sub privileges
{
	my ($what, @rights) = @_;

	for my $role ('regress_a', 'regress_b', 'PUBLIC')
	{
		my @some = some("grant $what $role", 0.15, @rights);

		put('GRANT ' . join(', ', @some) . " ON $what TO $role") if @some;
	}
}

sub types
{
	for my $name ('public.e1', 's1.e2', 's1."E 3"')
	{
		my @labels = sort { number("$name $a") <=> number("$name $b") } 'a' .. 'f';

		next unless chance("type $name", 0.85);
		@labels = reverse @labels if chance("reversed $name", 0.2);
		@labels = ('a', grep { $_ ne 'a' } some("label of $name", 0.7, @labels));
		put("CREATE TYPE $name AS ENUM (" . join(', ', map { literal($_) } @labels) . ')');
		$enum{$name} = 1;
		comment("TYPE $name");
		privileges("TYPE $name", 'USAGE');
	}
	for my $name (qw(public.d1 s1.d2))
	{
		my $type = choose("base of $name", 'integer', 'bigint', 'numeric(12,2)');
		my $text = "CREATE DOMAIN $name AS $type";

		next unless chance("domain $name", 0.8);
		$text .= ' DEFAULT ' . choose("default of $name", 1, 2) if chance("has default $name", 0.4);
		for my $check (some("check of $name", 0.5, 'c1', 'c2'))
		{
			$text .= " CONSTRAINT $check CHECK (VALUE > " . choose("bound of $name $check", -5, -6, -7) . ')';
		}
		put($text);
		$domain{$name} = 1;
		comment("DOMAIN $name");
	}
	for my $name (qw(public.c1))
	{
		next unless chance("composite $name", 0.7);
		put("CREATE TYPE $name AS (" . join(', ',
				'x ' . choose("x of $name", 'integer', 'bigint'),
				map { "$_ text" } some("attributes of $name", 0.5, 'y', 'z')) . ')');
		$composite{$name} = 1;
	}
}

sub functions
{
	for my $name (qw(public.f1 s1.f2))
	{
		my $body = choose("body of $name", '$1 + 1', '$1 + 2', '$1 * 2');
		my $volatility = 'IMMUTABLE' . choose("strict $name", '', ' STRICT', ' PARALLEL SAFE');

		next unless chance("function $name", 0.85);
		push @functions, $name;
		put("CREATE FUNCTION $name(integer) RETURNS integer LANGUAGE sql $volatility "
			  . (chance("atomic $name", 0.4) ? "BEGIN ATOMIC SELECT $body; END" : "AS 'SELECT $body'"));
		comment("FUNCTION $name(integer)");
		privileges("FUNCTION $name(integer)", 'EXECUTE');
	}
	put("CREATE FUNCTION s1.tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
		  . choose('body of tf', 'NEW', 'OLD') . "; END'");
}

sub column_types
{
	my ($name) = @_;
	my @types = ('integer', 'integer', 'bigint', 'text', 'text', 'varchar(20)', 'varchar(40)', 'numeric(10,2)',
		'date', 'timestamptz', 'boolean', 'integer[]', 'jsonb', 'uuid', 'public.e1', 's1.e2', 's1."E 3"',
		'public.e1[]', 'public.d1', 's1.d2', 'public.c1');
	my $type = choose("type of $name", @types);
	(my $base = $type) =~ s/\[\]$//;

	return 'text' if $type =~ /\be\d|"E 3"/ && !$enum{$base};
	return 'integer' if $type =~ /\.d\d/ && !$domain{$base};
	return 'date' if $type =~ /\.c\d/ && !$composite{$base};
	return $type;
}

sub default_of
{
	my ($name, $type) = @_;
	my $n = choose("default of $name", 1, 2, 3);

	return unless chance("has default $name", 0.4);
	return "'a'" if $enum{$type};
	return "'{}'" if $type =~ /\[\]$/ || $type eq 'jsonb';
	return $n if $domain{$type} || $type eq 'bigint' || $type =~ /^numeric/;
	return @functions && $n == 1 ? "$functions[0]($n)" : $n if $type eq 'integer';
	return "'x$n'" if $type eq 'text' || $type =~ /^varchar/;
	return 'now()' if $type eq 'timestamptz';
	return $n == 1 ? 'true' : 'false' if $type eq 'boolean';
	return;
}

sub table
{
	my ($name, $bare) = @_;
	my %columns = (id => 'integer');
	my $id = choose("id of $name", 'integer', 'serial', 'integer GENERATED ALWAYS AS IDENTITY',
		'integer GENERATED BY DEFAULT AS IDENTITY');
	my @parts = ("id $id" . ($id eq 'integer' ? ' NOT NULL' : ''));

	return unless chance("table $name", 0.85);
	for my $column (some("columns of $name", 0.7, map { "k$_" } 1 .. 6))
	{
		my $type = column_types("$name.$column");
		my $default = default_of("$name.$column", $type);

		$columns{$column} = $type;
		push @parts, "$column $type"
		  . ($type eq 'text' && chance("collation $name.$column", 0.2) ? ' COLLATE "C"' : '')
		  . (defined $default ? " DEFAULT $default" : '')
		  . (chance("not null $name.$column", 0.2) ? ' NOT NULL' : '');
	}
	my @integers = grep { $columns{$_} eq 'integer' } sort keys %columns;
	if (chance("generated $name", 0.3))
	{
		my $from = choose("source of $name", @integers);
		my $by = @functions && chance("function of $name", 0.4) ? "$functions[-1]($from)"
		  : "$from * " . choose("factor of $name", 2, 3);

		push @parts, "g integer GENERATED ALWAYS AS ($by) STORED";
		$columns{g} = 'generated';
	}
	push @parts, "CONSTRAINT ${bare}_pkey PRIMARY KEY (id)" if chance("key $name", 0.9);
	for my $column (some("check of $name", 0.2, @integers))
	{
		push @parts, "CONSTRAINT ${bare}_${column}_check CHECK ($column > "
		  . choose("bound of $name.$column", -3, -4) . ')';
	}
	push @parts, "CONSTRAINT ${bare}_u UNIQUE (id, " . choose("unique $name", grep { $_ ne 'id' } sort keys %columns) . ')'
	  if keys %columns > 1 && chance("is unique $name", 0.2) && !grep { /jsonb|public\.c1/ } values %columns;
	put("CREATE " . (chance("unlogged $name", 0.05) ? 'UNLOGGED ' : '') . "TABLE $name ("
		  . join(', ', @parts) . ')'
		  . (chance("fillfactor $name", 0.15) ? ' WITH (fillfactor = ' . choose("fill $name", 60, 70) . ')' : ''));
	$table{$name} = { bare => $bare, columns => \%columns, key => chance("key $name", 0.9),
		kept => !chance("unlogged $name", 0.05) };
	comment("TABLE $name");
	comment("COLUMN $name.$_") for sort keys %columns;
	privileges("TABLE $name", 'SELECT', 'INSERT', 'UPDATE');
	indexes($name);
	if (chance("trigger $name", 0.3))
	{
		put("CREATE TRIGGER tr " . choose("time of $name", 'BEFORE', 'AFTER') . ' '
			  . choose("event of $name", 'INSERT', 'UPDATE', 'INSERT OR UPDATE OF id') . " ON $name FOR EACH ROW "
			  . (chance("when $name", 0.3) ? 'WHEN (NEW.id > 0) ' : '') . 'EXECUTE FUNCTION s1.tf()');
		put("ALTER TABLE $name DISABLE TRIGGER tr") if chance("disabled $name", 0.2);
		comment("TRIGGER tr ON $name");
	}
	if (chance("policy $name", 0.3))
	{
		my $column = choose("policy column $name", @integers);

		put("ALTER TABLE $name ENABLE ROW LEVEL SECURITY") if chance("security $name", 0.5);
		put("CREATE POLICY p ON $name" . choose("command $name", '', ' FOR SELECT', ' FOR UPDATE')
			  . choose("role $name", '', ' TO regress_a') . " USING ($column > " . choose("policy bound $name", 1, 2) . ')');
	}
}

sub indexes
{
	my ($name) = @_;
	my ($bare, $columns) = @{ $table{$name} }{qw(bare columns)};
	my @plain = grep { $columns->{$_} !~ /jsonb|public\.c1|\[\]/ } sort keys %$columns;
	my @integers = grep { $columns->{$_} eq 'integer' } @plain;

	for my $n (some("index of $name", 0.3, 1 .. 3))
	{
		my $column = choose("column of $name $n", @plain);
		my $text = 'CREATE INDEX ' . "${bare}_i$n ON $name (";

		$text .= @functions && chance("expression $name $n", 0.2)
		  ? $functions[0] . '(' . choose("argument $name $n", @integers) . ')'
		  : $column . choose("order $name $n", '', ' DESC', ', id');
		$text .= ')';
		$text .= ' WHERE ' . choose("where $name $n", @integers) . ' > 0' if chance("partial $name $n", 0.2);
		put($text);
		comment("INDEX " . ($name =~ /^(.*)\./)[0] . ".${bare}_i$n");
	}
}

sub foreign_keys
{
	my @keyed = grep { $table{$_}{key} && $table{$_}{kept} } sort keys %table;

	return unless @keyed;
	for my $name (sort keys %table)
	{
		next unless chance("foreign key $name", 0.4);
		put("ALTER TABLE $name ADD CONSTRAINT $table{$name}{bare}_fk FOREIGN KEY (id) REFERENCES "
			  . choose("references $name", @keyed) . choose("action $name", '', ' ON DELETE CASCADE')
			  . choose("timing $name", '', '', ' DEFERRABLE') . ' NOT VALID')
		  if $table{$name}{columns}{id} eq 'integer';
	}
}

sub partitions
{
	return unless chance('partitioned', 0.5);
	put('CREATE TABLE s1.p (id integer NOT NULL, d ' . choose('type of p', 'date', 'timestamp') . ', x '
		  . choose('type of p.x', 'integer', 'text') . ', CONSTRAINT p_pkey PRIMARY KEY (id)) PARTITION BY RANGE (id)');
	for my $n (some('partition', 0.7, 1 .. 3))
	{
		put("CREATE TABLE s1.p$n PARTITION OF s1.p FOR VALUES FROM (${n}00) TO ($n"
			  . choose("end $n", '50', '99') . ')');
	}
	put('CREATE INDEX p_x ON s1.p (x)') if chance('index of p', 0.5);
	put('ALTER TABLE s1.p ADD CONSTRAINT p_c CHECK (id > 0)') if chance('check of p', 0.4);
}

sub views
{
	my %view;

	for my $n (some('view', 0.8, 1 .. 4))
	{
		my @sources = sort keys %table;
		my @columns;
		my $from;

		next unless @sources;
		$from = choose("source of v$n", @sources);
		@columns = ('id', some("columns of v$n", 0.5, grep { $_ ne 'id' } sort keys %{ $table{$from}{columns} }));
		$view{"s1.v$n"} = \@columns;
		put("CREATE VIEW s1.v$n" . (chance("barrier v$n", 0.2) ? ' WITH (security_barrier)' : '') . ' AS SELECT '
			  . join(', ', @columns) . " FROM $from" . choose("where v$n", '', ' WHERE id > 1', ' WHERE id > 2'));
		comment("VIEW s1.v$n");
		privileges("TABLE s1.v$n", 'SELECT');
	}
	for my $n (some('upper view', 0.7, 1 .. 2))
	{
		my @sources = sort keys %view;

		next unless @sources;
		my $from = choose("source of w$n", @sources);
		my $kind = choose("kind of w$n", 'VIEW', 'VIEW', 'MATERIALIZED VIEW');

		put("CREATE $kind public.w$n AS SELECT " . join(', ', @{ $view{$from} }) . " FROM $from");
		put("CREATE INDEX w${n}_id ON public.w$n (id)") if $kind =~ /MAT/;
		comment("$kind public.w$n");
		privileges("TABLE public.w$n", 'SELECT');
	}
	if (my @sources = sort keys %view)
	{
		put('CREATE FUNCTION public.rows_of() RETURNS SETOF ' . choose('rows of', @sources)
			  . " LANGUAGE sql AS 'SELECT * FROM " . choose('rows of', @sources) . "'")
		  if chance('rows of a view', 0.3);
	}
}

sub schema
{
	@out = @functions = ();
	%table = %enum = %domain = %composite = ();
	put('CREATE SCHEMA s1');
	comment('SCHEMA s1');
	privileges('SCHEMA s1', 'USAGE');
	types();
	functions();
	table(@$_)
	  for ['public.t1', 't1'], ['public.t2', 't2'], ['s1.t3', 't3'], ['s1."T 4"', 't4'], ['s1.t5', 't5'];
	foreign_keys();
	partitions();
	views();
	return join("\n", @out);
}

print '-- made at random from ', $seed, "\n", schema();
$second = 1;
print "\n-- becomes\n", schema(), "\n";
