# Importers fed with histories that are broken at random: whatever a file
# says is a finding or an error of ours, never a crash or an error that tells
# of our own mistakes; and what was stored is unchanged by importing it again.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# Others: ZM_SEEDS="17 18 19".
my @seeds = split ' ', $ENV{ZM_SEEDS} // '1';
my $rounds = $ENV{ZM_ROUNDS} // 150;

# A history of each tool, as one text: "=== name", then that file's content.
# One more of the same tool is called TOOL+SOMETHING.
my $corpus = abs_path(dirname(__FILE__) . '/../test/fuzz/corpus');
my %histories = map { basename($_) => slurp_file($_) } glob "$corpus/*";
my @tools = sort keys %histories;
my @words = (
	"'", '"', '$$', '$a$', '/*', '*/', '--', '-- ', ';', '\\', '(', ')',
	"\r", "\r\n", "\t", "\n", "\n\n", '${', '${x}', '}', '@', ':', '!', '#',
	'%', '[', ']', '{', '-', '.', '_', '__', '0', '99999999999999999999999',
	"\xC3\xA9", "\xEF\xBB\xBF", "\n=== x.sql\n", "\n=== 1_x.sql\n",
	"BEGIN;\n", "COMMIT;\n", "COPY t FROM stdin;\n", "\n\\.\n", ' ',
	"\n\\set ON_ERROR_STOP on\n", "\n\\i x.sql\n", ':x', 'BEGIN ATOMIC ');
my @lines = map { split /(?<=\n)/ } @histories{@tools};

my $node = PostgreSQL::Test::Cluster->new('fuzz');

$node->init;
$node->append_conf('postgresql.conf', "log_min_messages = fatal\n"
	  . "log_min_error_statement = panic\nstatement_timeout = '20s'\n"
	  . "client_min_messages = error\n");
$node->start;
$node->safe_psql('postgres', <<'END');
CREATE EXTENSION zishu_migrate;
CREATE FUNCTION attempt(format text, names text[], contents text[])
RETURNS text LANGUAGE plpgsql AS $$
DECLARE changed bigint;
BEGIN
  PERFORM zishu_import(format, names, contents, partial => true);
  SELECT count(*) INTO changed
    FROM zishu_import(format, names, contents, partial => true)
    WHERE action <> 'unchanged';
  IF changed > 0 THEN
    RETURN 'changed by importing it again: ' || changed;
  END IF;
  RAISE SQLSTATE 'ZZ000';
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE = 'ZZ000' THEN
    RETURN 'stored';
  END IF;
  RETURN SQLSTATE || ' ' || translate(SQLERRM, E'\n', ' ');
END $$;
END

sub pick { return $_[int rand @_]; }

# One to eight changes.
sub mutate
{
	my ($text) = @_;

	for (0 .. int rand 8)
	{
		my $at = int rand(1 + length $text);
		my $how = int rand 8;

		if ($how == 0) { substr($text, $at, int rand 20) = ''; }
		elsif ($how <= 2) { substr($text, $at, 0) = pick(@words); }
		elsif ($how == 3) { substr($text, $at, 1) = chr(1 + int rand 126); }
		elsif ($how == 4)
		{
			substr($text, $at, 0) =
			  substr($text, int rand(1 + length $text), int rand 60);
		}
		else
		{
			my @own = split /(?<=\n)/, $text;
			my $n = int rand(1 + @own);

			if ($how == 5) { splice @own, $n, 1 if $n < @own; }
			elsif ($how == 6) { splice @own, $n, 0, pick(@lines); }
			else { splice @own, $n, 0, pick(@own) if @own; }
			$text = join '', @own;
		}
	}
	return $text;
}

# The files of such a text, each name once; in valid UTF-8.
sub files
{
	my ($text) = @_;
	my %files;

	utf8::decode(my $decoded = $text) or $text =~ s/[^\x01-\x7f]//g;
	$text =~ tr/\0//d;
	while ($text =~ /^=== ([^\n]*)\n(.*?)(?=^=== |\z)/msg)
	{
		$files{$1} //= $2;
	}
	return %files;
}

sub quoted { return "'" . ($_[0] =~ s/'/''/gr) . "'"; }
sub array { return 'ARRAY[' . join(', ', map { quoted($_) } @_) . ']::text[]'; }

for my $tool (@tools)
{
	my $script =
	  "\\set ON_ERROR_STOP on\nSET standard_conforming_strings = on;\n";
	my @calls;

	for my $seed (@seeds)
	{
		srand($seed);
		for my $round (0 .. $rounds)
		{
			my %files =
			  files($round == 0 ? $histories{$tool} : mutate($histories{$tool}));
			my @names = sort keys %files;
			my $format = $round % 10 == 9 ? 'auto' : $tool =~ s/\+.*//r;

			push @calls, sprintf "SELECT attempt(%s, %s, %s);", quoted($format),
			  array(@names), array(@files{@names});
		}
	}
	$script .= join "\n", @calls;

	my ($code, $out, $err) =
	  $node->psql('postgres', $script, extra_params => ['-q']);
	my @answers = split /\n/, $out;
	my @bad;

	is($code, 0, "$tool: the server goes on") or diag $err;
	is(scalar @answers, scalar @calls, "$tool: every call has an answer")
	  or diag $calls[ scalar @answers ];
	# A history of Alembic's is a graph, which may have cycles and gaps.
	for my $i (0 .. $#answers)
	{
		push @bad, "$answers[$i]\n$calls[$i]"
		  unless $answers[$i] =~ /^(stored$|ZM015|ZM006|ZM018)/;
	}
	is(join("\n", @bad[ 0 .. ($#bad < 2 ? $#bad : 2) ]),
		'', "$tool: only what is ours to say");
	like($answers[0], qr/^(stored|ZM015)/, "$tool: what is not broken is read");
	note "$tool: " . scalar(grep { $_ eq 'stored' } @answers) . ' of '
	  . scalar(@answers) . ' stored';
}

$node->stop;
done_testing();
