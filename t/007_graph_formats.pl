# zishu_graph('dot') and zishu_graph('mermaid'): documents that the programs
# take, whatever people write into ids and messages, and that say what the
# graph is.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# All text here is bytes, in UTF-8.

# Where Graphviz may keep what it learns of fonts; it complains otherwise.
$ENV{XDG_CACHE_HOME} = PostgreSQL::Test::Utils::tempdir;

my $has_dot = eval { IPC::Run::run([ 'dot', '-V' ], '>&', \my $version) };

my $node = PostgreSQL::Test::Cluster->new('graph');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# A literal for SQL.
sub literal
{
	my ($text) = @_;
	$text =~ s/'/''/g;
	$text =~ s/\\/\\\\/g;
	return "E'$text'";
}

sub literals
{
	return 'ARRAY[' . join(', ', map { literal($_) } @_) . ']::text[]';
}

# The graph as it is stored: { id => message }, { "from to" => solid or dashed }.
sub stored
{
	my (%messages, %edges);
	my $rows = $node->safe_psql('postgres',
		qq{SELECT coalesce(string_agg(revision || '\@=' || message || '\@='
		     || array_to_string(down_revisions, '\@,') || '\@='
		     || array_to_string(depends_on, '\@,'), '\@\@'), '')
		     FROM zishu_migrate.revision});
	for my $row (split /\@\@/, $rows)
	{
		my ($id, $message, $down, $depends) = split /\@=/, $row, -1;
		$messages{$id} = $message;
		$edges{"$id\@$_"} = 'dashed' for split /\@,/, $depends;
		$edges{"$id\@$_"} = 'solid' for split /\@,/, $down;
	}
	return (\%messages, \%edges);
}

# Begins anew with these: [ id, message, [ parents ], [ depends on ] ]
sub revisions
{
	my @statements = (
		'SET client_min_messages = error',
		'DROP EXTENSION IF EXISTS zishu_migrate',
		'CREATE EXTENSION zishu_migrate');
	for my $revision (@_)
	{
		my ($id, $message, $parents, $depends) = @$revision;
		push @statements,
		  sprintf(
			'SELECT zishu_revision(%s, rev_id => %s, head => %s, splice => true, depends_on => %s)',
			literal($message), literal($id),
			literals(@$parents ? @$parents : 'base'),
			literals($depends ? @$depends : ()));
	}
	$node->safe_psql('postgres', join(";\n", @statements));
}

# Lines of text as they look when line ends are no more than white space.
sub flat
{
	my ($text) = @_;
	$text =~ s/\s+/ /g;
	$text =~ s/^ | $//g;
	return $text;
}

sub dot_is_right
{
	my ($name) = @_;
	my ($messages, $edges) = stored();
	my $document =
	  $node->safe_psql('postgres', q{SELECT zishu_graph('dot')}) . "\n";
	my ($svg, $err);

	like($document, qr/\Adigraph .*\n\}\n\z/s, "$name: a digraph");
	is(scalar(grep { !/[;{}]$/ } split /\n/, $document),
		0, "$name: every line is a statement");

  SKIP:
	{
		skip 'Graphviz is not installed', 5 unless $has_dot;

		ok(IPC::Run::run([ 'dot', '-Tsvg' ], '<', \$document, '>', \$svg, '2>', \$err),
			"$name: dot accepts it");
		is($err, '', "$name: without a complaint");
		is(scalar(() = $svg =~ /class="node"/g),
			scalar(keys %$messages), "$name: all revisions are there");
		is(scalar(() = $svg =~ /class="edge"/g),
			scalar(keys %$edges), "$name: all connections are there");

		# What one reads in the picture.
		my @texts;
		for my $group ($svg =~ /<g id="[^"]*" class="node">(.*?)<\/g>/gs)
		{
			my $text = join ' ', $group =~ /<text [^>]*>(.*?)<\/text>/gs;
			$text =~ s/&#160;/ /g;
			$text =~ s/&#(\d+);/chr $1/ge;
			$text =~ s/&lt;/</g;
			$text =~ s/&gt;/>/g;
			$text =~ s/&quot;/"/g;
			$text =~ s/&amp;/&/g;
			push @texts, flat($text);
		}
		is( join("\n", sort @texts),
			join("\n", sort map { flat("$_ $messages->{$_}") } keys %$messages),
			"$name: ids and messages read as they were written");
	}
}

sub mermaid_is_right
{
	my ($name) = @_;
	my ($messages, $edges) = stored();
	my ($first, @lines) = split /\n/,
	  $node->safe_psql('postgres', q{SELECT zishu_graph('mermaid')});
	my (%labels, %found, @strange);

	like($first, qr/^flowchart (TD|TB|BT|LR|RL)$/, "$name: a flowchart");
	for my $line (@lines)
	{
		# In a label only entities, and line breaks of ours, are not themselves.
		if ($line =~ /^  (n\d+)\["((?:[^"#&<>`\\\n]|#\d+;|<br>)*)"\](:::\w+)?$/)
		{
			$labels{$1} = $2;
		}
		elsif ($line =~ /^  (n\d+) (-->|-\.->) (n\d+)$/)
		{
			$found{"$1\@$3"} = $2 eq '-->' ? 'solid' : 'dashed';
		}
		elsif ($line !~ /^  classDef \w+ [\w#:,-]+$/)
		{
			push @strange, $line;
		}
	}
	is(join("\n", @strange), '', "$name: no line is anything else");

	# Mermaid takes these out of labels, too, as settings and as formulas.
	is(join("\n", grep { /%%\{|\$\$/ } values %labels),
		'', "$name: no label is a directive or a formula");

	# Back to what was stored.
	my %ids;
	my @read;
	for my $node_id (keys %labels)
	{
		my $label = $labels{$node_id};
		my ($id, $message) = split /<br>/, $label, 2;
		for ($id, $message)
		{
			next unless defined;
			s/#(\d+);/chr $1/ge;
		}
		$message = '' unless defined $message;
		push @read, flat("$id \@ $message");
		($ids{$node_id}) = grep { flat($_) eq flat($id) } keys %$messages;
	}
	is( join("\n", sort @read),
		join("\n", sort map { flat("$_ \@ $messages->{$_}") } keys %$messages),
		"$name: ids and messages are what was written");
	my @arrows = map {
		my ($from, $to) = split /\@/;
		sprintf('%s -> %s %s', $ids{$from} || 'nothing', $ids{$to} || 'nothing', $found{$_});
	} keys %found;
	is( join("\n", sort @arrows),
		join("\n", sort map { my ($from, $to) = split /\@/; "$from -> $to $edges->{$_}" } keys %$edges),
		"$name: the arrows are the ones of the graph");
}

sub both_are_right
{
	my ($name, @revisions) = @_;
	revisions(@revisions);
	dot_is_right("dot, $name");
	mermaid_is_right("mermaid, $name");
}

both_are_right('nothing');
both_are_right('one revision', [ 'a', 'the first', [] ]);
both_are_right('a line', [ 'a', 'one', [] ], [ 'b', 'two', ['a'] ], [ 'c', '', ['b'] ]);
both_are_right(
	'forks and merges',
	[ 'a', 'base', [] ],
	[ 'b', 'left', ['a'] ],
	[ 'c', 'right', ['a'] ],
	[ 'd', 'middle', ['a'] ],
	[ 'm', 'merge of three', [ 'b', 'c', 'd' ] ],
	[ 'e', 'up', ['m'] ],
	[ 'f', 'another head', ['c'] ],
	[ 'g', 'another merge', [ 'e', 'f' ] ]);
both_are_right(
	'several bases and dependencies',
	[ 'a', 'base', [] ],
	[ 'b', 'next', ['a'] ],
	[ 'x', 'other base', [], ['b'] ],
	[ 'y', 'on it', ['x'] ],
	[ 'c', 'needs the other', ['b'], ['y'] ],
	[ 'z', 'needs both', [], [ 'y', 'a' ] ]);
both_are_right('a long line', map { [ "r$_", "number $_", $_ > 1 ? [ 'r' . ($_ - 1) ] : [] ] } 1 .. 200);

# Text that means something to the one program or the other, or to XML.
my @texts = (
	q{"}, q{'}, q{\\}, q{\\\\}, q{\\"}, q{\\n}, q{\\N \\G \\L}, q{"];},
	q{]}, q{["x"]}, q{)}, q{|}, q|{}|, q{|a|b|}, '&', '&amp;', '&#60;', '#35;', '#',
	'<b>bold</b>', '<', '>', '<!', '%%', '%%{init}%%', ';', '//', '/*', '*/', '`x`',
	'_a_ *b* ~c~', 'end', 'graph', 'node', 'digraph', 'subgraph x', 'n0', 'n1', 'class', 'style',
	'click', '$x$', '$$x^2$$', '迁移', "e\xcc\x81", "\xf0\x9f\x9a\x80", 'a b', 'a.b', 'a/b', '1', '0x1');
my $parent;
my @hostile;
for my $text (@texts)
{
	push @hostile, [ $text, "message $text of it", defined $parent ? [$parent] : [] ];
	$parent = $text;
}
both_are_right('hostile text', @hostile);

# An id cannot have these, a message can.
my $i = 0;
both_are_right(
	'hostile messages',
	map { [ 'r' . ++$i, $_, $i > 1 ? [ 'r' . ($i - 1) ] : [] ] } (
		'a --> b', 'a -- b', '-->', '--', '<!-- x -->', 'a -> b [label=x];', 'user@host', 'a+b:c',
		"two\nlines", "three\r\nlines\r\nof it", "a \\\nb", "ends in a backslash \\",
		"ends in a quote \"", "tab\there", '"]; x --> y["', "%%{init: {'theme':'dark'}}%%", '$$x^2$$', ('long ' x 100) . 'message'));

# Ids are told apart that look alike.
both_are_right(
	'ids that look alike',
	[ "a\nb", 'a line end', [] ],
	[ 'a\\nb', 'a backslash', ["a\nb"] ],
	[ 'a\\\\nb', 'two', ['a\\nb'] ],
	[ 'anb', 'none', ['a\\\\nb'] ],
	[ 'a&amp;b', 'an entity', ['anb'] ],
	[ 'a&b', 'no entity', ['a&amp;b'] ],
	[ 'A&B', 'capitals', ['a&b'] ]);
revisions([ "a\rb", '', [] ], [ 'ab', '', ["a\rb"] ]);
my $document = $node->safe_psql('postgres', q{SELECT zishu_graph('dot')});
unlike($document, qr/^  ("[^"]*") -> \1;$/m, 'dot: ids that differ by a carriage return are two');

# What is marked.
revisions([ 'a', 'one', [] ], [ 'b', 'two', ['a'] ], [ 'c', 'three', ['b'] ], [ 'd', 'side', ['a'] ]);
my %marked;
for my $at ('base', 'b', 'c')
{
	$node->safe_psql('postgres', "SELECT FROM zishu_stamp('$at', purge => true)");
	for my $format ('dot', 'mermaid')
	{
		my $document = $node->safe_psql('postgres', "SELECT zishu_graph('$format')");
		my ($line) = $document =~ /^(.*["\[]b\b.*three|.*["\[]b\b.*two.*)$/m;
		$marked{$format}{$at} = $line;
	}
}
for my $format ('dot', 'mermaid')
{
	is($marked{$format}{base}, $marked{$format}{c}, "$format: b is not current");
	isnt($marked{$format}{base}, $marked{$format}{b}, "$format: b is current");
}

# Other words for a format.
my ($status, $out, $err) =
  $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT zishu_graph('png')");
like($err, qr/ERROR:  22023: .*png.*\n(?:DETAIL.*\n)?HINT: .*dot.*/, 'an unknown format is refused');

$node->stop;
done_testing();
