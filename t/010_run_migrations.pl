# scripts/run_migrations.sh: every command, what it says when something is
# wrong, and that nothing a user or a file contains gets where it should not.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path remove_tree);
use File::Spec;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = abs_path(dirname(__FILE__) . '/..');
my $script = "$root/scripts/run_migrations.sh";
my $dir = PostgreSQL::Test::Utils::tempdir;
my ($shell) = grep { defined } map { which($_) } 'dash', 'sh';

my ($failed, $usage, $server, $login, $database, $extension, $heads, $files,
	$rights, $differs, $psql) = (1 .. 10, 127);

sub which
{
	my ($name) = @_;
	my ($found) = grep { -x } map { "$_/$name" } split /:/, $ENV{PATH};
	return $found;
}

sub put
{
	my ($file, $content) = @_;
	open(my $handle, '>:raw', $file) or die "$file: $!";
	print $handle $content;
	close($handle) or die "$file: $!";
	return;
}

sub get
{
	my ($file) = @_;
	open(my $handle, '<:raw', $file) or die "$file: $!";
	local $/;
	return scalar <$handle>;
}

# The files of a directory and what is in them, hidden ones, too.
sub content
{
	my ($of) = @_;
	opendir(my $handle, $of) or die "$of: $!";
	return { map { ($_ => get("$of/$_")) } grep { -f "$of/$_" } readdir $handle };
}

# An empty directory for versions, which the script then uses.
my $number = 0;

sub fresh_versions
{
	my $new = "$dir/versions" . ++$number;
	make_path($new);
	$ENV{ZISHU_VERSIONS_DIR} = $new;
	return $new;
}

sub revision_file
{
	my ($id, $revises, $up, $down) = @_;
	return "-- revision: $id\n-- revises: $revises\n\n-- zishu:upgrade\n$up"
	  . (defined $down ? "\n-- zishu:downgrade\n$down" : '');
}

# Runs the script; leaves what it printed in $out and $err.
my ($out, $err);

sub migrate
{
	my @args = @_;
	($out, $err) = ('', '');
	IPC::Run::run([ $shell, $script, @args ],
		'<', File::Spec->devnull, '>', \$out, '2>', \$err,
		IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
	return $? >> 8;
}

# Runs the script and compares its status, and what it says with patterns.
sub runs
{
	my ($args, $status, $out_like, $err_like, $name) = @_;
	my $got = migrate(@$args);
	my $good = $got == $status
	  && (!defined $out_like || $out =~ $out_like)
	  && (!defined $err_like || $err =~ $err_like);
	ok($good, $name)
	  or diag("status $got, wanted $status\nstdout:\n$out\nstderr:\n$err");
	return;
}

my $node = PostgreSQL::Test::Cluster->new('run_migrations');
$node->init;
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'");
my $password = q{s3cr3t @:/?#%&+'"\\ $(x)};
my $encoded = $password =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ger;
put($node->data_dir . '/pg_hba.conf', <<'END');
local all locked  reject
local all keyed   scram-sha-256
host  all all     127.0.0.1/32  scram-sha-256
local all all     trust
END
$node->start;

my $port = $node->port;
my $socket = $node->host;
my $socket_encoded = $socket =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ger;
my $user = $node->safe_psql('postgres', 'SELECT current_user');

delete @ENV{qw(DATABASE_URL ZISHU_VERSIONS_DIR ZISHU_MODEL_DIR LANG LC_ALL LC_MESSAGES)};
$ENV{PGHOST} = $socket;
$ENV{PGPORT} = $port;
$ENV{TMPDIR} = "$dir/tmp";
mkdir $ENV{TMPDIR};
chdir $dir;

# A database that the following is about.
sub fresh_database
{
	my ($name) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name");
	$node->safe_psql($name, 'CREATE EXTENSION zishu_migrate');
	$ENV{PGDATABASE} = $name;
	return;
}

sub sql
{
	my ($query) = @_;
	return $node->safe_psql($ENV{PGDATABASE}, $query);
}

#
# Usage and language
#
is(system($shell, '-n', $script), 0, "$shell can read the script");
is(system('sh', '-n', $script), 0, 'sh can read the script');

runs(['help'], 0, qr/^Usage: .*ZISHU_VERSIONS_DIR.*Exit status/s, qr/^$/, 'help');
runs([$_], 0, qr/^Usage: /, qr/^$/, $_) foreach ('-h', '--help');
runs([ 'upgrade', '-h' ], 0, qr/^Usage: /, qr/^$/, 'upgrade -h');
runs([], $usage, qr/^$/, qr/^Usage: /, 'no command');
foreach my $wrong (
	[ ['upgrad'], qr/no command "upgrad"/ ],
	[ [ 'upgrade', '--purge' ], qr/"upgrade" has no option "--purge"/ ],
	[ [ 'upgrade', '--dry-run=x' ], qr/has no option "--dry-run=x"/ ],
	[ [ 'upgrade', '--tenant' ], qr/"--tenant" needs a value/ ],
	[ [ 'upgrade', 'a', 'b' ], qr/too many arguments/ ],
	[ [ 'upgrade', '-x' ], qr/no option "-x"; put "--" before/ ],
	[ [ 'current', 'a' ], qr/too many arguments/ ],
	[ ['create'], qr/"create" needs an argument/ ],
	[ ['show'], qr/"show" needs an argument/ ],
	[ ['stamp'], qr/"stamp" needs an argument/ ],
	[ [ 'sql', '--downgrade' ], qr/needs a range/ ])
{
	runs($wrong->[0], $usage, qr/^$/, $wrong->[1], "usage: @{$wrong->[0]}");
}

my $chinese = qr/没有命令/;
foreach my $try (
	[ { LANG => 'zh_CN.UTF-8' }, $chinese ],
	[ { LANG => 'zh_CN.UTF-8', LC_MESSAGES => 'en_US.UTF-8' }, qr/no command/ ],
	[ { LANG => 'C', LC_MESSAGES => 'zh_TW' }, $chinese ],
	[ { LANG => 'zh_CN', LC_MESSAGES => 'zh_CN', LC_ALL => 'C' }, qr/no command/ ],
	[ { LANG => 'C', LC_ALL => 'zh_CN.UTF-8' }, $chinese ],
	[ { LANG => 'zh', LC_ALL => '', LC_MESSAGES => '' }, $chinese ],
	[ { LANG => 'de_DE.UTF-8' }, qr/no command/ ])
{
	local %ENV = (%ENV, %{ $try->[0] });
	runs([q{nonsense}], $usage, qr/^$/, $try->[1],
		'language of ' . join(' ', map { "$_=$try->[0]{$_}" } sort keys %{ $try->[0] }));
}
{
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['help'], 0, qr/^用法.*退出状态/s, undef, 'help in Chinese');
}

#
# DATABASE_URL, as a psql that is none sees it
#
my $pretence = "$dir/pretence";
mkdir $pretence;
put("$pretence/psql", <<'END');
#!/bin/sh
last=
for word; do
  if [ "$last" = -d ]; then printf '<%s>' "$word" >&2; fi
  last=$word
done
printf '<%s>\n' "${PGPASSWORD-}" >&2
exit 2
END
chmod 0755, "$pretence/psql";

foreach my $try (
	[ 'postgresql+asyncpg://user:password@host:5432/db', 'postgresql://user@host:5432/db', 'password' ],
	[ 'postgresql+psycopg2cffi://user:password@host/db', 'postgresql://user@host/db', 'password' ],
	[ 'postgres://host/db', 'postgresql://host/db', '' ],
	[ 'postgresql://', 'postgresql://', '' ],
	[ 'postgresql:///db', 'postgresql:///db', '' ],
	[ 'postgresql://:5433', 'postgresql://:5433', '' ],
	[ 'postgresql://@host', 'postgresql://host', '' ],
	[ 'postgresql://:word@host/db', 'postgresql://host/db', 'word' ],
	[ 'postgresql://user:@host/db', 'postgresql://user@host/db', '' ],
	[ 'postgresql+asyncpg://us%40er:p%40s%2Fs%3aw%25rd%0A@host/db', 'postgresql://us%40er@host/db', "p\@s/s:w%rd\n" ],
	[ 'postgresql://user:a+b%@host/db', 'postgresql://user@host/db', 'a+b%' ],
	[ 'postgresql://user:a/b?c@d#e@host/db', 'postgresql://user@host/db', 'a/b?c@d#e' ],
	[ 'postgresql://user:%E5%AF%86%E7%A0%81@host/db', 'postgresql://user@host/db', "\xe5\xaf\x86\xe7\xa0\x81" ],
	[ 'postgresql+asyncpg://user:x@[2001:db8::1]:5433/db', 'postgresql://user@[2001:db8::1]:5433/db', 'x' ],
	[ 'postgresql://user:x@a:1,b:2/db', 'postgresql://user@a:1,b:2/db', 'x' ],
	[ 'postgresql+asyncpg://user:x@/db?host=/var/run/postgresql', 'postgresql://user@/db?host=/var/run/postgresql', 'x' ],
	[ 'postgresql://host/db?user=u&password=p%26q&connect_timeout=3', 'postgresql://host/db?user=u&connect_timeout=3', 'p&q' ],
	[ 'postgresql+asyncpg://host/db?ssl=require', 'postgresql://host/db?sslmode=require', '' ],
	[ 'postgresql+asyncpg://host/db?ssl=true', 'postgresql://host/db?sslmode=require', '' ],
	[ 'postgresql+asyncpg://host/db?ssl=False&', 'postgresql://host/db?sslmode=disable', '' ],
	[ 'postgresql://host/db?sslmode=verify-full&sslrootcert=/a', 'postgresql://host/db?sslmode=verify-full&sslrootcert=/a', '' ],
	[ 'postgresql+asyncpg://host/db?application_name=a+b', 'postgresql://host/db?application_name=a%20b', '' ],
	[ 'postgresql://host/db?application_name=a+b', 'postgresql://host/db?application_name=a+b', '' ],
	[ 'postgresql://host/db?application_name=a@b', 'postgresql://host/db?application_name=a@b', '' ],
	[ 'postgresql+asyncpg://host/db?x=1&connect_timeout=3&prepared_statement_cache_size=0', 'postgresql://host/db?connect_timeout=3', '',
		qr/parameter "x" .*parameter "prepared_statement_cache_size"/s ],
	[ 'postgresql://host/db?sslpassword=hush', 'postgresql://host/db', '', qr/parameter "sslpassword"/ ])
{
	local $ENV{PATH} = "$pretence:$ENV{PATH}";
	local $ENV{DATABASE_URL} = $try->[0];
	migrate('current');
	my ($seen) = $err =~ /^(<.*>)$/ms;
	is($seen, "<$try->[1]><$try->[2]>", "URL $try->[0]");
	my @warnings = $err =~ /^(DATABASE_URL: .*)$/mg;
	if ($try->[3])
	{
		like(join("\n", @warnings), $try->[3], '... with a warning');
	}
	else
	{
		is("@warnings", '', '... without a warning');
	}
	unlike($err, qr/hush/, '... and secrets are not told') if $try->[0] =~ /hush/;
}
foreach my $url ('mysql://host/db', 'host/db', 'postgresql+a b://host', 'postgresqlx://host')
{
	local $ENV{DATABASE_URL} = $url;
	runs(['current'], $usage, qr/^$/, qr/must begin with postgresql:/, "not a URL: $url");
}
{
	local $ENV{DATABASE_URL} = 'postgresql://host:nonsense/db';
	runs(['current'], $usage, qr/^$/, qr/setting is wrong/, 'a port that is none');
	$ENV{DATABASE_URL} = 'postgresql://ho%zzst/db';
	runs(['current'], $usage, qr/^$/, qr/setting is wrong/, 'a percent sign that means nothing');
}

#
# Connections, real ones
#
$node->safe_psql('postgres', 'CREATE DATABASE bare');
fresh_database('first');
my $literal = $password =~ s/'/''/gr;
$node->safe_psql('postgres', "CREATE ROLE keyed LOGIN SUPERUSER PASSWORD E'" . ($literal =~ s/\\/\\\\/gr) . "'");
$node->safe_psql('postgres', 'CREATE ROLE locked LOGIN');
foreach my $url (
	"postgresql+asyncpg://keyed:$encoded\@127.0.0.1:$port/first",
	"postgresql+asyncpg://keyed:$encoded\@/first?host=$socket",
	"postgresql://keyed:$encoded\@ignored:1/first?host=$socket_encoded&port=$port",
	"postgres://keyed:$encoded\@$socket_encoded:$port/first?sslmode=prefer",
	"postgresql://keyed:$encoded@")
{
	local $ENV{DATABASE_URL} = $url;
	runs(['current'], 0, qr/is_head/, qr/^$/, "connects with $url");
}
{
	local $ENV{DATABASE_URL} = "postgresql://127.0.0.1:$port/first";
	local $ENV{PGUSER} = 'keyed';
	local $ENV{PGPASSWORD} = $password;
	runs(['current'], 0, qr/is_head/, qr/^$/, "what a URL lacks comes from libpq's variables");
}
runs(['current'], 0, qr/is_head/, qr/^$/, "without a URL libpq's own variables count");

my $free = PostgreSQL::Test::Cluster::get_free_port();
foreach my $try (
	[ "postgresql://127.0.0.1:$free/first", $server, qr/No connection to the server/, qr/无法连接服务器/ ],
	[ "postgresql:///first?host=$dir", $server, qr/No connection to the server/, qr/无法连接服务器/ ],
	[ "postgresql://keyed:wrong\@127.0.0.1:$port/first", $login, qr/FATAL.*refused the login/s, qr/服务器拒绝登录/ ],
	[ "postgresql://keyed\@127.0.0.1:$port/first", $login, qr/refused the login/, qr/服务器拒绝登录/ ],
	[ "postgresql://nobody_here\@/first", $login, qr/refused the login/, qr/服务器拒绝登录/ ],
	[ "postgresql://locked\@/first", $login, qr/refused the login/, qr/服务器拒绝登录/ ],
	[ 'postgresql:///no_such_db', $database, qr/FATAL.*no such database/s, qr/数据库不存在/ ],
	[ 'postgresql:///bare', $extension, qr/CREATE EXTENSION zishu_migrate/, qr/没有 zishu_migrate 扩展/ ])
{
	local $ENV{DATABASE_URL} = $try->[0];
	runs(['status'], $try->[1], qr/^$/, $try->[2], "fails: $try->[0]");
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['status'], $try->[1], qr/^$/, $try->[3], '... in Chinese, too');
}
{
	local $ENV{PATH} = "$dir/tmp";
	runs(['current'], $psql, qr/^$/, qr/psql is not installed/, 'psql is missing');
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['current'], $psql, qr/^$/, qr/没有安装 psql/, '... in Chinese, too');
}

#
# The ordinary day
#
delete $ENV{ZISHU_VERSIONS_DIR};
runs(['upgrade'], 0, qr/^Nothing to do/, qr/no directory migrations\/versions here/, 'upgrade without a directory says so');
runs(['load'], $files, qr/^$/, qr/no directory migrations\/versions/, 'load without a directory fails');

my $versions = fresh_versions();
foreach my $file (glob "$root/examples/zishu/versions/*.sql")
{
	copy($file, $versions);
}
my $example = content($versions);
runs([ 'upgrade', '--dry-run' ], 0, qr/10967fd178d8.*skill_installations_002.*\(4 rows\)/s, qr/^$/, 'upgrade --dry-run');
is(sql('SELECT count(*) FROM zishu_migrate.revision'), '0', '... leaves nothing, not even revisions');
runs(['upgrade'], 0, qr/added 10967fd178d8\n.*\(4 rows\)/s,
	qr/^NOTICE:  Running upgrade  -> 10967fd178d8, Initial.*\n(NOTICE:  Running upgrade .*\n){3}$/, 'upgrade loads and runs');
runs(['upgrade'], 0, qr/^Nothing to do\.\n$/, qr/^$/, 'upgrade again');
runs(['load'], 0, qr/^Files read from \Q$versions\E: 4\n$/, qr/^$/, 'load again');
runs(['downgrade'], 0, qr/skill_installations_002.*\(1 row\)/s, qr/^NOTICE:  Running downgrade/, 'downgrade goes back by one');
runs([ 'downgrade', '-1', '--dry-run' ], 0, qr/skill_installations_001.*\(1 row\)/s, qr/^$/, 'downgrade -1 --dry-run');
runs(['current'], 0, qr/skill_installations_001 .*\| f\n\(1 row\)/, qr/^$/, 'current');
runs([ 'upgrade', '+1' ], 0, qr/skill_installations_002/, qr/Running upgrade/, 'upgrade +1');
runs([ 'downgrade', 'adapter_config_001' ], 0, qr/\(2 rows\)/, undef, 'downgrade to a revision');
runs(['history'], 0, qr/skill_installations_002 .*head.*adapter_config_001 .*current.*\(4 rows\)/s, qr/^$/, 'history');
runs([ 'history', '-1:' ], 0, qr/\(2 rows\)/, qr/^$/, 'history with a range that begins with a dash');
runs(['heads'], 0, qr/skill_installations_002.*\(1 row\)/s, qr/^$/, 'heads');
runs(['branches'], 0, qr/branches_into.*\(0 rows\)/s, qr/^$/, 'branches');
runs(['status'], 0, qr/current +\| \{adapter_config_001\}.*pending +\| 2/s, qr/^$/, 'status');
runs([ 'show', 'adapter' ], 0, qr/revision +\| adapter_config_001.*CREATE TABLE adapter_configurations/s, qr/^$/, 'show');
runs([ 'upgrade', 'nonsense' ], $failed, qr/^$/, qr/^ERROR:  .*nonsense.*\n"upgrade" failed/s, 'upgrade to nothing known');
runs([ 'stamp', 'head' ], 0, qr/added +\| skill_installations_002/, qr/^$/, 'stamp');
runs([ 'stamp', '--purge', 'adapter_config_001' ], 0, qr/removed +\| skill_installations_002/, qr/^$/, 'stamp --purge');
runs(['export'], 0, qr/^Files written to \Q$versions\E: 4\n$/, qr/^$/, 'export');
is_deeply(content($versions), $example, '... gives the same bytes');

# export for other tools
runs([ 'export', 'psql', "$dir/with psql" ], 0, qr/^Files written to \Q$dir\E\/with psql: 11\n$/, qr/^$/, 'export psql');
$node->safe_psql('postgres', 'CREATE DATABASE by_psql TEMPLATE template0');
$node->command_ok([ 'psql', '-XqAt', '-d', $node->connstr('by_psql'), '-f', "$dir/with psql/upgrade.sql" ], '... gives scripts that run');
is($node->safe_psql('by_psql', 'SELECT count(*) FROM zishu_ledger'), '4', '... and keep a ledger');
runs([ 'export', 'flyway', "$dir/flyway" ], 0, qr/: 9$/, qr/^$/, 'export flyway');
runs([ 'export', 'nonsense', "$dir/none" ], $failed, qr/^$/, qr/unknown format "nonsense"/, 'export to nothing known');
runs([ 'export', 'psql' ], $usage, qr/^$/, qr/needs a directory/, 'export without a directory');

# sql, run with nothing but psql
runs(['sql'], 0, qr/^BEGIN;.*CREATE TABLE alembic_version.*COMMIT;/s, qr/^$/, 'sql');
put("$dir/up.sql", $out);
runs([ 'sql', '--downgrade', 'skill_installations_002:base' ], 0, qr/^BEGIN;.*DROP TABLE/s, qr/^$/, 'sql --downgrade');
put("$dir/down.sql", $out);
$node->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('bare'), '-f', "$dir/up.sql" ], 'what sql prints runs');
is($node->safe_psql('bare', "SELECT version_num, (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') FROM alembic_version"),
	'skill_installations_002|43', '... and does what upgrade does');
$node->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('bare'), '-f', "$dir/down.sql" ], '... and back');
is($node->safe_psql('bare', "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"), '0', '... to nothing');
runs([ 'sql', 'adapter_config_001:head', '--ledger', 'none' ], 0, qr/skill_installations/, qr/^$/, 'sql of a range, without a ledger');
unlike($out, qr/alembic_version/, '... really without');
runs([ 'sql', '--ledger=nonsense' ], $failed, qr/^$/, qr/^ERROR:  .*nonsense/, 'sql with a ledger that is none');

# create, merge
fresh_database('authors');
$versions = fresh_versions();
rmdir $versions;
runs([ 'create', 'add user avatars' ], 0, qr/^\Q$versions\E\/[0-9a-f]{12}_add_user_avatars\.sql\n$/, qr/^$/,
	'create makes the directory and prints the path');
my ($file) = $out =~ /(.*)\n/;
like(get($file), qr/^-- revision: [0-9a-f]{12}\n-- revises:\n.*-- message: add user avatars\n\n-- zishu:upgrade\n\n-- zishu:downgrade\n$/s,
	'... of a file to be filled in');
runs(['load'], 0, qr/^Files read from \Q$versions\E: 1\n$/, qr/^$/, '... which is loaded already');
put($file, get($file) =~ s/(upgrade\n)/$1CREATE TABLE t (a int);\n/r =~ s/(downgrade\n)/$1DROP TABLE t;\n/r);
runs(['upgrade'], 0, qr/^updated [0-9a-f]{12}\n.*\(1 row\)/s, qr/Running upgrade/, 'upgrade takes what was written into it');
is(sql("SELECT to_regclass('t') IS NOT NULL"), 't', '... and runs it');
put($file, get($file) =~ s/a int/a bigint/r);
runs(['upgrade'], $failed, qr/^$/, qr/is applied and has changed\nDETAIL.*\nHINT/, 'an applied script that was changed');
put($file, get($file) =~ s/a bigint/a int/r);

my ($base) = $file =~ /([0-9a-f]{12})_/;
runs([ 'create', 'left' ], 0, undef, qr/^$/, 'create follows the head');
runs([ 'create', 'right', '--head', $base ], $failed, qr/^$/, qr/not a head/, 'create on what is no head');
runs([ 'create', 'right', "--head=$base", '--splice' ], 0, undef, qr/^$/, 'create --head --splice');
runs(['branches'], 0, qr/$base/, qr/^$/, 'now there are branches');
foreach my $try ([ ['upgrade'], qr/several heads/, qr/存在多个头修订/ ], [ [ 'create', 'more' ], qr/several heads/, qr/存在多个头修订/ ])
{
	runs($try->[0], $heads, qr/^$/, $try->[1], "$try->[0][0] with several heads");
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs($try->[0], $heads, qr/^$/, $try->[2], '... in Chinese, too');
}
runs([ 'upgrade', 'heads' ], 0, qr/\(2 rows\)/, undef, 'upgrade heads');
runs([ 'merge', '-m', 'left and right' ], 0, qr/^\Q$versions\E\/[0-9a-f]{12}_left_and_right\.sql\n$/, qr/^$/, 'merge');
runs(['upgrade'], 0, qr/left and right/, undef, 'upgrade over the merge');
runs(['load'], 0, qr/^Files read from \Q$versions\E: 4\n$/, qr/^$/, 'all files are loaded');
my @parents = map { sql("SELECT zishu_revision('x', '', '', head => '{head}', splice => true, rev_id => '$_')") } ('p1');
runs([ 'create', '--', '-1 is less' ], 0, qr/_1_is_less\.sql$/, undef, 'create with a description that begins with a dash');
runs([ 'create', '-x' ], $usage, qr/^$/, qr/put "--" before/, '... which needs the two dashes');

# Tenants
fresh_database('tenants');
$versions = fresh_versions();
put("$versions/a.sql", revision_file('a', '', "CREATE TABLE t (a int);\n", "DROP TABLE t;\n"));
sql('CREATE SCHEMA acme; CREATE SCHEMA "O\'Neil"');
runs([ 'upgrade', '--tenant', 'acme' ], 0, qr/\(1 row\)/, undef, 'upgrade --tenant');
runs([ 'upgrade', 'head', q{--tenant=O'Neil} ], 0, qr/\(1 row\)/, undef, 'upgrade --tenant with a quote in the name');
runs([ 'current', '--tenant', 'acme' ], 0, qr/\(1 row\)/, undef, 'current --tenant');
runs(['current'], 0, qr/\(0 rows\)/, undef, '... is not that of all');
runs([ 'downgrade', 'base', '--tenant', 'acme' ], 0, qr/\(1 row\)/, undef, 'downgrade --tenant');
is(sql(q{SELECT to_regclass('acme.t') IS NULL, to_regclass('"O''Neil".t') IS NOT NULL, to_regclass('public.t') IS NULL}), 't|t|t', 'each for itself');
runs([ 'stamp', 'a', '--tenant', 'acme' ], 0, qr/added/, undef, 'stamp --tenant');

# Several targets
sql(q{SELECT zishu_revision('', '', '', rev_id => 'b', head => '{a}'); SELECT zishu_revision('', '', '', rev_id => 'c', head => '{a}', splice => true)});
runs([ 'stamp', 'b', 'c' ], 0, qr/\(2 rows\)/, qr/^$/, 'stamp with two targets');
runs([ 'merge', 'b', 'c' ], 0, undef, qr/^$/, 'merge of two by name');

#
# Failing migrations
#
fresh_database('failing');
$versions = fresh_versions();
put("$versions/1.sql", revision_file('r1', '', "CREATE TABLE one (a int PRIMARY KEY);\n"));
put("$versions/2.sql", revision_file('r2', 'r1', "CREATE TABLE two (a int);\nSELECT nonsense\n  FROM two;\n"));
runs(['upgrade'], $failed, qr/^added r1\nadded r2\n$/,
	qr/^NOTICE.*\nNOTICE.*\nERROR:  column "nonsense" does not exist\nLINE 2: SELECT nonsense\n +\^\nQUERY.*CONTEXT:  upgrade of revision "r2".*, line 2\n"upgrade" failed, and what/s,
	'a failing migration is told in full');
is(sql("SELECT to_regclass('one'), (SELECT count(*) FROM zishu_migrate.version)"), '|0', '... and leaves nothing');
{
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['upgrade'], $failed, qr/^$/, qr/"upgrade" 失败，已开始的改动均已撤销/, '... in Chinese, too');
}
put("$versions/2.sql", revision_file('r2', 'r1', "SELEC 1;\n"));
runs(['upgrade'], $failed, qr/^updated r2\n$/, qr/WARNING.*ERROR:  syntax error/s, 'a syntax error');
unlike($err, qr/Running upgrade/, '... is found before anything runs');
put("$versions/2.sql", revision_file('r2', 'r1', "VACUUM;\n"));
runs(['upgrade'], $failed, undef, qr/ERROR:.*VACUUM/, 'what cannot run in a transaction');
put("$versions/2.sql", revision_file('r2', 'r1', "CREATE TABLE two (a int REFERENCES one DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO two VALUES (1);\n"));
runs(['upgrade'], $failed, undef, qr/ERROR:  insert or update on table "two" violates.*\nDETAIL/, 'a constraint that fails when all is done');
is(sql("SELECT to_regclass('one')"), '', '... leaves nothing either');
put("$versions/2.sql", revision_file('r2', 'r1', "SELECT pg_terminate_backend(pg_backend_pid());\n"));
runs(['upgrade'], $server, undef, qr/connection was lost/i, 'a connection that is lost');
put("$versions/2.sql", revision_file('r2', 'r1', "DO 'BEGIN RAISE NOTICE \$a\$psql:<stdin>\$a\$; RAISE WARNING \$a\$told\$a\$ USING HINT = \$a\$so\$a\$; END';\n"));
runs(['upgrade'], 0, qr/\(2 rows\)/, qr/^NOTICE:  psql:<stdin>\nWARNING:  told\nHINT:  so\n/m, 'what a script says is shown as it is');
unlike($err, qr/^psql:/m, "... without psql's own words before it");
runs(['downgrade'], $failed, qr/^$/, qr/ERROR:.*r2/, 'a downgrade that there is none of');

# Rights
sql(q{CREATE ROLE nothing LOGIN; CREATE ROLE operator LOGIN; GRANT CREATE ON SCHEMA public TO operator;
	GRANT EXECUTE ON FUNCTION zishu_upgrade, zishu_downgrade TO operator});
sql("SELECT zishu_revision('', 'CREATE TABLE three ()', 'DROP TABLE three', rev_id => 'r3')");
{
	local $ENV{PGUSER} = 'nothing';
	runs([ 'upgrade', '--no-load' ], $rights, qr/^$/, qr/ERROR:  permission denied.*lacks a right/s, 'no rights');
	runs(['upgrade'], $rights, qr/^$/, qr/ERROR:  permission denied/, 'no rights to load');
	runs(['export'], $rights, qr/^$/, qr/ERROR:  permission denied/, 'no rights to export');
	runs(['sql'], $rights, qr/^$/, qr/ERROR:  permission denied/, 'no rights for sql');
	runs(['current'], 0, qr/r2/, qr/^$/, 'anybody may look');
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs([ 'create', 'x' ], $rights, qr/^$/, qr/该角色缺少权限/, '... in Chinese, too');
	$ENV{PGUSER} = 'operator';
	runs([ 'upgrade', '--no-load' ], 0, qr/r3/, undef, 'an operator upgrades without loading');
}

#
# Files of every kind
#
fresh_database('odd');
my $odd = fresh_versions();
my $evil = q{a'b"c$(touch pwned)`touch pwned`;\\:x&|*?[] .sql};
put("$odd/$evil", "\xEF\xBB\xBF" . revision_file('bom', '', "SELECT 1;\n", ''));
put("$odd/-rf.sql", revision_file('dash', 'bom', "SELECT 'a''b', E'\\\\n\\t', :x, \$1\$\\.\n\\q\n\$1\$;\n", "\t\n") =~ s/\$1/\$x/gr =~ s/:x/':x'/r);
put("$odd/crlf.sql", revision_file('crlf', 'dash', "SELECT 1;\nSELECT '\r\n';\n", "SELECT 2;\n") =~ s/\n/\r\n/gr);
put("$odd/no_end.sql", revision_file('no_end', 'crlf', "SELECT 1;", 'SELECT 2'));
put("$odd/\xe8\xa1\xa8.sql", revision_file("\xe8\xa1\xa8", 'no_end', "SELECT '\xe5\xaf\x86\xf0\x9f\x98\x80', '\x01\x7f\f\x0b\\N\\.';\n"));
put("$odd/ends.sql", revision_file('ends', "\xe8\xa1\xa8", "SELECT 1;\n\n\n", "\n\n\n>x\n|y\n") =~ s/^>x\n\|y\n/-- >x\n-- |y\n/mr);
put("$odd/long.sql", revision_file('long', 'ends', "SELECT '" . ('x' x 3_000_000) . "';\n" . "-- y\n" x 100_000));
put("$odd/$_.sql", revision_file($_, '', "SELECT 1;\n")) foreach (map { "n$_" } 1 .. 120);
put("$odd/ignored.txt", "\xff");
put("$odd/.hidden.sql", "\xff");
mkdir "$odd/directory.sql";
my $before = content($odd);
runs(['load'], 0, qr/: 127$/, undef, 'odd files are loaded');
ok(!-e 'pwned' && !-e "$odd/pwned", '... and none of their names is run');
runs(['load'], 0, qr/^Files read from \Q$odd\E: 127\n$/, qr/^$/, '... again without a change');
runs([ 'upgrade', 'heads' ], 0, qr/^ step /, undef, '... and run');
my $copy = fresh_versions();
runs(['export'], 0, qr/: 127$/, qr/^$/, 'odd files are exported');
delete @$before{qw(ignored.txt .hidden.sql)};
is_deeply(content($copy), $before, '... byte for byte, by their names');

# Without base64, od does it.
{
	my $tools = "$dir/tools";
	mkdir $tools;
	foreach my $tool (qw(psql od tr wc sed cat awk mktemp mkdir rm mv grep touch))
	{
		my $path = which($tool);
		symlink($path, "$tools/$tool") if $path;
	}
	fresh_database('no_base64');
	local $ENV{PATH} = $tools;
	$ENV{ZISHU_VERSIONS_DIR} = $odd;
	runs(['load'], 0, qr/: 127$/, undef, 'load without base64');
	$ENV{ZISHU_VERSIONS_DIR} = "$dir/from_od";
	runs(['export'], 0, undef, qr/^$/, '... and export');
	is_deeply(content("$dir/from_od"), $before, '... byte for byte');
}

# What is no revision
fresh_database('bad');
foreach my $try (
	[ 'not_utf8.sql', revision_file('bad', '', "SELECT '\xff';\n"), qr/ERROR:  file "not_utf8.sql": invalid byte sequence for encoding "UTF8": 0xff/ ],
	[ 'cut_off.sql', revision_file('bad', '', "SELECT 1; -- \xe5\xaf"), qr/ERROR:  file "cut_off.sql": invalid byte sequence/ ],
	[ 'zero.sql', revision_file('bad', '', "SELECT '\0';\n"), qr/ERROR:  file "zero.sql": invalid byte sequence for encoding "UTF8": 0x00/ ],
	[ 'no_header.sql', "SELECT 1;\n", qr/ERROR:.*no_header\.sql.*Correct the file in/s ],
	[ 'empty.sql', '', qr/ERROR:.*empty\.sql/ ],
	[ "line\nend.sql", revision_file('bad', '', ''), qr/line end/ ])
{
	$versions = fresh_versions();
	put("$versions/" . ($_ == 1 ? $try->[0] : "$_.sql"), $_ == 1 ? $try->[1] : revision_file("g$_", '', '')) foreach (1 .. 3);
	my $shown = $try->[0] =~ s/\n/\\n/r;
	runs(['load'], $files, qr/^$/, $try->[2], "bad file $shown");
	unlike($err, qr/PL\/pgSQL/, '... without our own code in the message');
	is(sql('SELECT count(*) FROM zishu_migrate.revision'), '0', '... keeps all others out');
}
$versions = fresh_versions();
symlink("$dir/nowhere", "$versions/dangling.sql");
runs(['load'], $files, qr/^$/, qr/dangling\.sql cannot be read/, 'a file that cannot be read');
$ENV{ZISHU_VERSIONS_DIR} = "$dir/not_there";
runs(['upgrade'], $files, qr/^$/, qr/no directory .*not_there/, 'a directory that was named and is not there');
{
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['upgrade'], $files, qr/^$/, qr/不存在/, '... in Chinese, too');
}
put("$dir/plain_file", '');
$ENV{ZISHU_VERSIONS_DIR} = "$dir/plain_file";
runs([$_, 'x'], $files, qr/^$/, qr/cannot be written/, "$_ into what is no directory") foreach ('create');
runs(['export'], $files, qr/^$/, qr/cannot be written/, 'export into what is no directory');
is(sql('SELECT count(*) FROM zishu_migrate.revision'), '0', 'nothing was stored by all that');

# Directories with names of their own
foreach my $name ('-n', q{a 'b' "c" $(d) *}, "line\nend", '|touch pwned')
{
	fresh_database('named' . ++$number);
	local $ENV{ZISHU_VERSIONS_DIR} = $name;
	my $shown = $name =~ s/\n/\\n/r;
	runs([ 'create', 'x' ], 0, qr/^\Q$name\E\/[0-9a-f]{12}_x\.sql\n$/, qr/^$/, "create in a directory named $shown");
	runs(['upgrade'], 0, qr/\(1 row\)/, undef, '... and upgrade');
	runs(['export'], 0, qr/: 1$/, qr/^$/, '... and export');
	is(scalar(keys %{ content("$dir/$name") }), 1, '... of the one file');
}
ok(!-e 'pwned', 'no name was run');

# Names that lead elsewhere
fresh_database('names');
$versions = fresh_versions();
make_path("$dir/outer/inner");
$ENV{ZISHU_VERSIONS_DIR} = "$dir/outer/inner";
my @names = (
	'../up.sql', '../../up.sql', "$dir/absolute.sql", '..', '.', '', '.hidden.sql', 'plain.sql', 'plain.sql', 'plain', 'sub/plain.sql', 'sub_plain.sql',
	"line\nend.sql", "tab\tand\\back.sql", q{$(touch pwned).sql}, '`touch pwned`.sql', '-rf.sql', '--help.sql', q{'";.sql}, '>x.sql', '|x.sql',
	'linked.sql', 'x' x 300 . '.sql', 'x' x 301 . '.sql', "\xe8\xa1\xa8" x 100 . '.sql', 'noted.txt', '~.sql', '%s%d.sql', '*.sql');
my $id = 0;
foreach my $name (@names)
{
	my $quoted = $name =~ s/'/''/gr;
	$id++;
	sql("SELECT zishu_import('native', ARRAY['$quoted'], ARRAY['-- revision: r$id
-- zishu:upgrade
SELECT $id;
'])");
}
put("$dir/target", 'untouched');
symlink("$dir/target", "$dir/outer/inner/linked.sql");
my $outside = join ' ', sort(glob("$dir/*"), glob("$dir/outer/*"));
runs(['export'], 0, qr/: @{[scalar @names]}$/, qr/^$/, 'export with names that lead elsewhere');
my $written = content("$dir/outer/inner");
is(scalar(keys %$written), scalar(@names), '... writes one file for each');
is( join(' ', sort(glob("$dir/*"), glob("$dir/outer/*"))),
	$outside, '... and nothing elsewhere');
is(get("$dir/target"), 'untouched', '... also not through a symbolic link');
is(join(' ', sort { $a <=> $b } map { /revision: r(\d+)\n/ } values %$written), join(' ', 1 .. $id), '... and every revision is among them');
ok(!(grep { !/\.sql$/ || /^\./ } keys %$written), '... so that it is found again');
runs(['load'], 0, qr/: $id$/, qr/^$/, '... by load');
runs(['load'], 0, qr/^Files read [^\n]*: $id\n$/, qr/^$/, '... which then has nothing to do');
runs(['export'], 0, undef, qr/^$/, 'export again');
is_deeply(content("$dir/outer/inner"), $written, '... gives the same');
unlink "$dir/outer/inner/plain.sql";
mkdir "$dir/outer/inner/plain.sql";
runs(['export'], $files, qr/^$/, qr/could not all be written/, 'a directory in the way of a file');
is_deeply([ glob "$dir/outer/inner/plain.sql/*" ], [], '... stays empty');
rmdir "$dir/outer/inner/plain.sql";

# Words that mean something to somebody
fresh_database('words');
$versions = fresh_versions();
foreach my $message (
	q{it's}, q{say "hi"}, '$(touch pwned)', '`touch pwned`', "two\nlines", "'; DROP TABLE zishu_migrate.revision; --", q{:'tenant' :x \\q \\! touch pwned},
	'-- zishu:upgrade', '%s %d %n', '../../x', '\\', "\xe8\xa1\xa8 \xf0\x9f\x98\x80", '*', '', ' ')
{
	my $shown = $message =~ s/\n/\\n/r;
	runs([ 'create', '--', $message ], 0, qr/^\Q$versions\E\/[^\/\n]*\.sql\n$/, qr/^$/, "create '$shown'");
	my ($path) = $out =~ /(.*)\n/;
	my $flat = $message =~ s/\n/ /gr =~ s/^\s+|\s+$//gr;
	like(get($path), qr/^-- message:(?: )?\Q$flat\E *\n/m, '... is in the file');
	runs([ 'show', 'head' ], 0, qr/^message +\| *\Q$flat\E *\n/m, qr/^$/, '... and in the database');
	runs([ 'upgrade', '--', $message ], $failed, qr/^$/, qr/^ERROR/, '... and is no revision') if $message =~ /\S/ && $message ne '%s %d %n';
	runs([ 'downgrade', '--tenant', $message, '-1' ], $failed, qr/^$/, qr/^ERROR/, '... nor a tenant that has one') if $message =~ /\w/;
}
runs([ 'merge', '--message', q{'$(x)`y`"}, 'head' ], 0, undef, undef, 'merge with such a message');
runs(['upgrade'], 0, qr/\(\d+ rows\)/, undef, 'all of them run');
runs(['load'], 0, qr/^Files read [^\n]*\n$/, qr/^$/, 'all of them are loaded as they are');
is(sql('SELECT count(*) = 16 FROM zishu_migrate.revision'), 't', 'they are all there');
ok(!-e 'pwned', 'none was run');

# Settings and encodings of the database
fresh_database('settings');
foreach my $setting ('standard_conforming_strings = off', "search_path = ''", 'default_transaction_isolation = serializable',
	'bytea_output = escape', 'quote_all_identifiers = on', 'zishu_migrate.echo = off', 'client_min_messages = debug1')
{
	sql("ALTER DATABASE settings SET $setting");
}
$versions = fresh_versions();
put("$versions/a.sql", revision_file('a', '', "SELECT 'a\\\\b';\n"));
runs(['upgrade'], 0, qr/\(1 row\)/, undef, 'upgrade where the settings are unusual');
runs([ 'create', q{it's \\n} ], 0, qr/_it_s_n\.sql$/, undef, '... and create');
$before = content($versions);
runs(['export'], 0, qr/: 2$/, undef, '... and export');
is_deeply(content($versions), $before, '... byte for byte');

$versions = fresh_versions();
put("$versions/\xe8\xa1\xa8.sql", revision_file("\xe8\xa1\xa8", '', "SELECT '\xe5\xaf\x86';\n"));
$before = content($versions);
foreach my $encoding ('EUC_CN', 'SQL_ASCII', 'LATIN1')
{
	$ENV{PGDATABASE} = lc $encoding;
	$node->safe_psql('postgres', "CREATE DATABASE $ENV{PGDATABASE} ENCODING '$encoding' LOCALE 'C' TEMPLATE template0");
	sql('CREATE EXTENSION zishu_migrate');
	$ENV{ZISHU_VERSIONS_DIR} = $versions;
	if ($encoding eq 'LATIN1')
	{
		runs(['upgrade'], $files, qr/^$/, qr/ERROR:  file ".*has no equivalent in encoding "LATIN1"/, 'what the database cannot hold is refused');
		next;
	}
	runs(['upgrade'], 0, qr/\(1 row\)/, undef, "upgrade of a database in $encoding");
	fresh_versions();
	runs(['export'], 0, qr/: 1$/, qr/^$/, '... and export');
	is_deeply(content($ENV{ZISHU_VERSIONS_DIR}), $before, '... in UTF-8');
}
SKIP:
{
	skip 'no /dev/full', 1 unless -c '/dev/full';
	$ENV{PGDATABASE} = 'first';
	IPC::Run::run([ $shell, $script, 'sql' ], '<', File::Spec->devnull, '>', '/dev/full', '2>', \$err);
	is($? >> 8, $failed, 'output that cannot be written is a failure');
}

#
# The model
#
fresh_database('model');
$versions = fresh_versions();
my $model = "$dir/the model's";
my $without_model = qr/there is no model/;
runs([$_], $failed, qr/^$/, $without_model, "$_ without a model") foreach ('check', 'diff');
runs(['model'], $files, qr/^$/, qr/no directory migrations\/model\..*ZISHU_MODEL_DIR/, 'model without a directory');
$ENV{ZISHU_MODEL_DIR} = $model;
runs($_, $files, qr/^$/, qr/no directory \Q$model\E/, "@$_ with a directory that was named and is not there")
  foreach (['model'], ['check'], ['diff'], [ 'create', 'x' ]);
mkdir $model;
runs(['check'], $files, qr/^$/, qr/\Q$model\E has no \.sql files/, 'a directory without files');
put("$model/10_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
put("$model/20_b's.sql", "CREATE TABLE b (id int REFERENCES a, state varchar(9) CHECK (state IN ('new', 'old')));\n");
runs(['model'], 0, qr/^added 10_a\.sql\nadded 20_b's\.sql\nFiles read from \Q$model\E: 2\n$/, qr/^$/, 'model');
runs(['model'], 0, qr/^Files read from \Q$model\E: 2\n$/, qr/^$/, '... once more');
runs(['check'], $differs, qr/^$/, qr/ERROR:.*\ncreate table public\.a\n.*"run_migrations.sh create" makes/s, 'check');
runs([ 'check', '--no-load' ], $differs, qr/^$/, undef, '... of what was loaded');
{
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['check'], $differs, qr/^$/, qr/生成修订/, '... in Chinese, too');
}
is(sql("SELECT count(*) FROM zishu_migrate.model"), '2', '... keeps the model, also when it fails');

runs([ 'create', q{two tables, it's} ], 0, qr/^\Q$versions\E\/[0-9a-f]{12}_two_tables_it_s\.sql\n$/, qr/^$/, 'create');
chomp(my $made = $out);
like(get($made), qr/-- zishu:upgrade\n.*CREATE TABLE public\.a.*CREATE TABLE public\.b.*-- zishu:downgrade\n.*DROP TABLE public\.b/s, '... generates the scripts');
unlike(get($made), qr/not proven/, '... that are proven');
runs([ 'create', 'too early' ], $failed, qr/^$/, qr/ERROR:.*not at head.*"run_migrations.sh upgrade heads" first/s, 'create above what is pending');
is(scalar(keys %{ content($versions) }), 1, '... writes no file');
runs(['upgrade'], 0, qr/\(1 row\)/, undef, 'what was generated runs');
runs(['check'], 0, qr/^The schema is as the model says\.\n$/, qr/^$/, '... after which the schema is as the model says');
runs(['diff'], 0, qr/^$/, qr/^There is no difference\.\n$/, '... without a difference');
runs([ 'create', 'nothing' ], 0, qr/^The schema is as the model says: no revision was made\.\n$/, qr/^$/, '... and nothing to generate');
is(scalar(keys %{ content($versions) }), 1, '... nor a file for it');
runs([ 'create', '--empty', 'by hand' ], 0, qr/_by_hand\.sql\n$/, qr/^$/, 'create --empty');
chomp($made = $out);
like(get($made), qr/-- zishu:upgrade\n\n?-- zishu:downgrade\n/, '... leaves the scripts to be written');
unlink $made;
sql('SELECT zishu_remove((SELECT revision FROM zishu_heads()))');
{
	local $ENV{LC_ALL} = 'zh_CN.UTF-8';
	runs(['check'], 0, qr/^结构与模型一致。\n$/, qr/^$/, 'check in Chinese');
	runs(['diff'], 0, qr/^$/, qr/^没有差异。\n$/, 'diff in Chinese');
	runs([ 'create', 'x' ], 0, qr/^结构与模型一致，未生成修订。\n$/, qr/^$/, 'create in Chinese');
}

put("$model/20_b's.sql", get("$model/20_b's.sql") =~ s/REFERENCES a/REFERENCES a, "x ""y" text DEFAULT 'it''s;'/r);
runs(['diff'], 0, qr/^-- ACCESS EXCLUSIVE lock on public\.b\nALTER TABLE public\.b ADD COLUMN "x ""y" text DEFAULT 'it''s;'::text;\n$/, qr/^$/, 'diff');
my $difference = $out;
runs([ 'diff', 'model', 'live' ], 0, qr/^-- data loss.*\nALTER TABLE public\.b DROP COLUMN "x ""y";\n$/, qr/^$/, 'diff the other way');
runs([ 'diff', 'live', 'head' ], 0, qr/^$/, qr/no difference/, 'diff to a revision');
runs([ 'diff', 'live', "it's" ], $failed, qr/^$/, qr/^ERROR/, 'diff to what is none');
runs([ 'diff', 'a', 'b', 'c' ], $usage, qr/^$/, qr/too many arguments/, 'diff of too many');
sql($difference);
runs(['check'], 0, undef, qr/^$/, 'what diff prints runs');

put("$model/30_c.sql", "CREATE TABLE c (\n  id int REFERENCES nobody\n);\n");
runs(['check'], $failed, qr/^$/, qr/ERROR:  relation "nobody" does not exist\n.*30_c\.sql/s, 'a mistake in the model');
put("$model/30_c.sql", "CREATE TABEL c ();\n");
runs(['check'], $failed, qr/^$/, qr/ERROR:  syntax error.*\^.*30_c\.sql/s, 'a syntax error in the model');
put("$model/30_c.sql", "SELECT '\xff';\n");
runs(['model'], $files, qr/^$/, qr/ERROR:  file "30_c\.sql": invalid byte sequence/, 'what is not UTF-8 in the model');
unlink "$model/30_c.sql";
runs(['check'], 0, undef, qr/^$/, 'a piece without a file is gone');
{
	local $ENV{PGUSER} = 'nothing';
	runs(['check'], $rights, qr/^$/, qr/ERROR:  permission denied/, 'no rights to load a model');
	runs([ $_, '--no-load' ], $rights, qr/^$/, qr/ERROR:  permission denied/, "no rights to $_") foreach ('check', 'diff');
	runs(['dump'], $rights, qr/^$/, qr/ERROR:  permission denied/, 'no rights to dump');
}

# A dump is the schema, and runs in psql.
sql(<<'END');
CREATE SCHEMA "odd ""schema";
CREATE TYPE "odd ""schema".mood AS ENUM ('it''s', 'fine; really', '没问题');
CREATE FUNCTION "odd ""schema".f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN E'a;\n\\q'; END $$;
CREATE VIEW v AS SELECT id, state IN ('new', ';') AS is_new FROM b;
CREATE TABLE partitioned (id bigserial, m "odd ""schema".mood DEFAULT 'fine; really') PARTITION BY LIST (m);
CREATE TABLE part PARTITION OF partitioned DEFAULT;
COMMENT ON TABLE part IS E'line\nline -- ; \\q';
END
foreach my $from ('model', 'first')
{
	local $ENV{PGDATABASE} = $from;
	runs(['dump'], 0, qr/^SET client_encoding = 'UTF8';\n/, qr/^$/, "dump of the database $from");
	my $dump = $out;
	my $wanted = sql('SELECT zishu_snapshot()');
	$node->safe_psql('postgres', "CREATE DATABASE restored TEMPLATE template0");
	$ENV{PGDATABASE} = 'restored';
	is(IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1' ], '<', \$dump, '>', \$out, '2>', \$err), 1, '... runs in an empty one') or diag($err);
	sql('CREATE EXTENSION zishu_migrate');
	is(sql('SELECT zishu_snapshot()'), $wanted, '... and makes the same schema');
	$node->safe_psql('postgres', 'DROP DATABASE restored');
}
delete $ENV{ZISHU_MODEL_DIR};

#
# Two at once, and what others can see of it
#
fresh_database('at_once');
$versions = fresh_versions();
put("$versions/slow.sql", revision_file('slow', '', "CREATE TABLE slow (a int);\nSELECT pg_sleep(2);\n"));
my @at_once;
{
	local $ENV{DATABASE_URL} = "postgresql+asyncpg://keyed:$encoded\@127.0.0.1:$port/at_once";
	foreach (1, 2)
	{
		my $one = { out => '', err => '' };
		$one->{run} = IPC::Run::start([ $shell, $script, 'upgrade' ], '<', File::Spec->devnull, '>', \$one->{out}, '2>', \$one->{err},
			IPC::Run::timeout(3 * $PostgreSQL::Test::Utils::timeout_default));
		push @at_once, $one;
	}
}
$node->poll_query_until('at_once', "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep'") or die 'it does not run';
SKIP:
{
	skip 'no /proc', 2 unless -r '/proc/self/cmdline';
	# Processes come and go meanwhile.
	my @commands = grep { defined } map { eval { get($_) } } glob '/proc/[0-9]*/cmdline';
	ok((grep { /psql.*\bkeyed\@127\.0\.0\.1/s } @commands) >= 1, 'psql is in the process list');
	is(scalar(grep { /s3cr3t/ } @commands), 0, 'but the password is not');
}
$_->{run}->finish foreach @at_once;
is_deeply([ map { $_->{run}->result(0) } @at_once ], [ 0, 0 ], 'both succeed') or diag(map { $_->{err} } @at_once);
is(scalar(grep { $_->{out} =~ /upgrade \| slow/ } @at_once), 1, 'one migrates');
is(scalar(grep { $_->{out} =~ /Nothing to do/ } @at_once), 1, 'the other finds nothing to do');
is(sql('SELECT count(*) FROM zishu_migrate.event'), '1', 'it happened once');
is(scalar(grep { /s3cr3t/ } map { $_->{out} . $_->{err} } @at_once), 0, 'the password is not told');

# Files of another tool, in directories of their own
my $foreign = fresh_versions();
make_path("$foreign/sub dir/.hidden");
put("$foreign/sub dir/20990101_one.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\n");
put("$foreign/20990102_two \$(touch pwned).sql", "-- +goose Up\nSELECT 2;\n-- +goose Down\n");
put("$foreign/sub dir/.hidden/20990103_three.sql", "x");
runs([ 'load', 'auto' ], 0, qr/^added 20990101\nadded 20990102\nFiles read from \Q$foreign\E: 2\n$/, qr/taken for those of "goose"/, q(another tool's files are loaded));
runs([ 'load', 'goose' ], 0, qr/^Files read from \Q$foreign\E: 2\n$/, qr/^$/, '... again without a change');
ok(!-e 'pwned', '... and none of their names is run');
put("$foreign/20990104_four.go", "package x");
runs([ 'load', 'goose' ], $files, qr/^$/, qr/20990104_four.go: a step in Go/, '... unless there is code');
runs([ 'load', '--partial', 'goose' ], 0, qr/^Files read from \Q$foreign\E: 3\n$/, qr/WARNING:  20990104_four.go: a step in Go/, '... which --partial leaves out');
put("$foreign/20990105_five.sql", "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '\${A} \${B}';\n-- +goose Down\n");
unlink "$foreign/20990104_four.go";
runs([ 'load', '--placeholder', "A=it''s=1", '--placeholder=B=', 'goose' ], 0, qr/^added 20990105\n/, qr/^$/, 'values of placeholders');
is(sql(q{SELECT upgrade_script FROM zishu_migrate.revision WHERE revision = '20990105'}),
	"-- +goose ENVSUB ON\nSELECT 'it''s=1 ';" =~ s/^--.*\n//r, '... are put in');
runs([ 'load', '--placeholder', 'A', 'goose' ], $usage, qr/^$/, qr/takes NAME=VALUE/, 'a placeholder without a value');
runs([ 'load', "no'such" ], $failed, qr/^$/, qr/unknown format "no'such"/, 'an unknown format');

is_deeply([ glob "$ENV{TMPDIR}/* $ENV{TMPDIR}/.r*" ], [], 'no temporary files are left');
is_deeply([ glob "$dir/*/.run_migrations*" ], [], 'nor in the versions directories');

chdir $root;
$node->stop;
done_testing();
