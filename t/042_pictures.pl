# zishu_graph('svg') and zishu_report() in a browser: they are drawn, light
# and dark; and they are well-formed in a database that knows no encoding.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($browser) =
  grep { eval { IPC::Run::run([ $_, '--version' ], '>&', \my $version) } }
  qw(chromium chromium-browser google-chrome);
my $dir = PostgreSQL::Test::Utils::tempdir;
$ENV{HOME} = $dir;

my $node = PostgreSQL::Test::Cluster->new('pictures');
$node->init(extra => [ '--encoding=SQL_ASCII', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION zishu_migrate;
	SET client_min_messages = error;
	SELECT zishu_revision(E'bytes \xff\xc3 and \xe7\xb4\xab', 'SELECT 1', '', 'one');
	SELECT zishu_revision('two', 'SELECT 1', NULL, 'two');
	SELECT zishu_upgrade('one');});
is($node->safe_psql('postgres', q{
	SELECT xml_is_well_formed_document(string_agg(line, '')) FROM zishu_graph('svg')}),
	't', 'well-formed whatever the bytes');

my %document = (
	svg => $node->safe_psql('postgres', q{SELECT * FROM zishu_graph('svg')}),
	html => $node->safe_psql('postgres', 'SELECT zishu_report()'));

foreach my $kind (sort keys %document)
{
	like($document{$kind}, qr/bytes &#xFFFD;&#xFFFD; and &#x7D2B;/,
		"$kind: bytes and characters");
	append_to_file("$dir/page.$kind", $document{$kind});
}

SKIP:
{
	skip 'no Chromium to draw with', 4 unless $browser;
	foreach my $kind (sort keys %document)
	{
		foreach my $scheme (0, 1)
		{
			my $shot = "$dir/$kind$scheme.png";

			IPC::Run::run(
				[ $browser, '--headless', '--no-sandbox', '--disable-gpu',
					"--user-data-dir=$dir/profile",
					"--blink-settings=preferredColorScheme=$scheme",
					'--window-size=800,600', "--screenshot=$shot",
					"file://$dir/page.$kind" ],
				'>&', \my $said, IPC::Run::timeout(120));
			# A blank page of this size takes some 3 kB.
			cmp_ok(-s $shot // 0, '>', 5000, "$kind: drawn, scheme $scheme")
			  or diag($said);
		}
	}
}

$node->stop;
done_testing();
