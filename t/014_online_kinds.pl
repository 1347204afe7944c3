# Each kind of statement that no transaction can hold, interrupted at each
# point: calling again finishes, or says what is in the way.
#
# For builds with assertions, which can be told to fail at a point.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('kinds');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
max_worker_processes = 32
log_min_messages = error
});
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION zishu_migrate');

my ($status) = $node->psql('postgres', 'SET zishu_migrate.fault_at = 0');
if ($status)
{
	plan skip_all => 'no fault points in this build';
}

my $place = PostgreSQL::Test::Utils::tempdir();

# Of its own: to make a slot, a server waits for its transactions.
my $sender = PostgreSQL::Test::Cluster->new('publisher');
$sender->init(allows_streaming => 'logical');
$sender->start;
$sender->safe_psql('postgres',
	'CREATE TABLE sent (id int PRIMARY KEY); CREATE PUBLICATION all_of_it FOR ALL TABLES');
my $publisher = $sender->connstr('postgres') =~ s/'/''/gr;

# What is there before, the script, what is to be seen then, and what takes it
# away again.  Of "left" the next call complains; "clear" is what helps.
my @kinds = (
	{
		name => 'CREATE DATABASE',
		up => 'CREATE DATABASE made',
		seen => q{SELECT count(*) FROM pg_database WHERE datname = 'made'},
		after => 'DROP DATABASE IF EXISTS made'
	},
	{
		name => 'DROP DATABASE',
		before => 'CREATE DATABASE made',
		up => 'DROP DATABASE made',
		seen => q{SELECT 1 - count(*) FROM pg_database WHERE datname = 'made'},
		after => 'DROP DATABASE IF EXISTS made'
	},
	{
		name => 'ALTER SYSTEM',
		up => q{ALTER SYSTEM SET work_mem = '5MB'},
		seen => q{SELECT count(*) FROM pg_file_settings
			WHERE name = 'work_mem' AND setting = '5MB'},
		after => 'ALTER SYSTEM RESET work_mem'
	},
	{
		name => 'VACUUM',
		before => 'CREATE TABLE item AS SELECT 1 AS id',
		up => 'VACUUM (FREEZE, ANALYZE) item',
		seen => q{SELECT relpages FROM pg_class WHERE relname = 'item'},
		after => 'DROP TABLE item'
	},
	{
		name => 'REINDEX CONCURRENTLY',
		before => 'CREATE TABLE item (id int PRIMARY KEY, part text UNIQUE)',
		up => 'REINDEX TABLE CONCURRENTLY item',
		seen => q{SELECT count(*) / 3 FROM pg_index i
			JOIN pg_class c ON c.oid = indexrelid
			LEFT JOIN pg_class t ON t.reltoastrelid = indrelid
			WHERE indisvalid AND (indrelid = 'item'::regclass
			  OR t.oid = 'item'::regclass) AND NOT EXISTS
			(SELECT FROM pg_class WHERE relname ~ '_cc(new|old)')},
		after => 'DROP TABLE item'
	},
	{
		name => 'REINDEX SCHEMA CONCURRENTLY',
		before => 'CREATE SCHEMA s; CREATE TABLE s.item (id int PRIMARY KEY)',
		up => 'REINDEX SCHEMA CONCURRENTLY s',
		seen => q{SELECT count(*) FROM pg_index JOIN pg_class ON oid = indexrelid
			WHERE indisvalid AND relnamespace = 's'::regnamespace},
		after => 'SET client_min_messages = warning; DROP SCHEMA s CASCADE'
	},
	{
		name => 'DETACH PARTITION CONCURRENTLY',
		before => 'CREATE TABLE item (id int) PARTITION BY RANGE (id);
			CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (10)',
		up => 'ALTER TABLE item DETACH PARTITION item_1 CONCURRENTLY',
		seen => q{SELECT 1 - count(*) FROM pg_inherits
			WHERE inhrelid = 'item_1'::regclass},
		after => 'DROP TABLE item, item_1'
	},
	{
		name => 'REFRESH MATERIALIZED VIEW CONCURRENTLY',
		before => 'CREATE TABLE item (id int);
			CREATE MATERIALIZED VIEW seen AS SELECT id FROM item;
			CREATE UNIQUE INDEX ON seen (id); INSERT INTO item VALUES (1)',
		up => 'REFRESH MATERIALIZED VIEW CONCURRENTLY seen',
		seen => 'SELECT count(*) FROM seen',
		after => 'DROP MATERIALIZED VIEW seen; DROP TABLE item'
	},
	{
		name => 'CLUSTER',
		before => 'CREATE TABLE item (id int PRIMARY KEY);
			INSERT INTO item VALUES (2), (1); CLUSTER item USING item_pkey;
			INSERT INTO item VALUES (0)',
		up => 'CLUSTER',
		seen => 'SELECT id + 1 FROM item LIMIT 1',
		after => 'DROP TABLE item'
	},
	{
		name => 'ALTER TYPE ADD VALUE',
		before => q{CREATE TYPE mood AS ENUM ('sad')},
		up => q{ALTER TYPE mood ADD VALUE 'glad'; SELECT 'glad'::mood},
		seen => q{SELECT count(*) FROM pg_enum WHERE enumlabel = 'glad'},
		after => 'DROP TYPE mood'
	},
	{
		name => 'ALTER DATABASE SET TABLESPACE',
		before => "CREATE DATABASE made; CREATE TABLESPACE space LOCATION '$place'",
		up => 'ALTER DATABASE made SET TABLESPACE space',
		seen => q{SELECT count(*) FROM pg_database d JOIN pg_tablespace t
			ON t.oid = dattablespace WHERE datname = 'made' AND spcname = 'space'},
		after => 'DROP DATABASE made; DROP TABLESPACE space'
	},
	{
		name => 'CREATE INDEX CONCURRENTLY',
		before => 'CREATE TABLE item (id int)',
		up => 'CREATE INDEX CONCURRENTLY item_id ON item (id)',
		seen => q{SELECT count(*) FROM pg_index
			WHERE indrelid = 'item'::regclass AND indisvalid},
		after => 'DROP TABLE item'
	},
	{
		name => 'CREATE INDEX CONCURRENTLY, no name',
		before => 'CREATE TABLE item (id int)',
		up => 'CREATE INDEX CONCURRENTLY ON item (id)',
		seen => q{SELECT count(*) FROM pg_index
			WHERE indrelid = 'item'::regclass AND indisvalid},
		after => 'DROP TABLE item'
	},
	{
		name => 'CREATE INDEX CONCURRENTLY IF NOT EXISTS',
		before => 'CREATE TABLE item (id int)',
		up => 'CREATE INDEX CONCURRENTLY IF NOT EXISTS item_id ON item (id)',
		seen => q{SELECT count(*) FROM pg_index
			WHERE indrelid = 'item'::regclass AND indisvalid},
		after => 'DROP TABLE item'
	},
	{
		name => 'DROP INDEX CONCURRENTLY',
		before => 'CREATE TABLE item (id int PRIMARY KEY); CREATE INDEX item_id ON item (id)',
		up => 'DROP INDEX CONCURRENTLY item_id',
		seen => q{SELECT count(*) FROM pg_index WHERE indrelid = 'item'::regclass},
		after => 'DROP TABLE item'
	},
	{
		name => 'CREATE TABLESPACE',
		up => "CREATE TABLESPACE space LOCATION '$place'",
		seen => q{SELECT count(*) FROM pg_tablespace WHERE spcname = 'space'},
		left => qr/already in use as a tablespace\n(?:.*\n)*HINT:  The interrupted run may have left the directory "PG_\w+" in "\Q$place\E": remove it, /,
		clear => sub { rmdir for glob "$place/PG_*" },
		after => 'DROP TABLESPACE IF EXISTS space'
	},
	{
		name => 'DROP TABLESPACE',
		before => "CREATE TABLESPACE space LOCATION '$place'",
		up => 'DROP TABLESPACE space',
		seen => q{SELECT 1 - count(*) FROM pg_tablespace WHERE spcname = 'space'},
		after => 'DROP TABLESPACE IF EXISTS space'
	},
	{
		name => 'CREATE SUBSCRIPTION',
		before => 'CREATE TABLE sent (id int PRIMARY KEY)',
		up => "CREATE SUBSCRIPTION gets CONNECTION '$publisher'
			PUBLICATION all_of_it WITH (enabled = false, slot_name = 'gets_slot')",
		seen => 'SELECT count(*) FROM pg_subscription',
		left => qr/replication slot "gets_slot" already exists\nHINT:  The interrupted run may have left its slot on the publisher; to drop it there: SELECT pg_drop_replication_slot\('gets_slot'\)\. CALL/,
		clear => sub {
			$sender->safe_psql('postgres',
				q{SELECT pg_drop_replication_slot('gets_slot')});
		},
		after => 'DROP SUBSCRIPTION IF EXISTS gets; DROP TABLE sent'
	},
	{
		name => 'CREATE SUBSCRIPTION without a slot',
		before => 'CREATE TABLE sent (id int PRIMARY KEY)',
		up => "CREATE SUBSCRIPTION gets CONNECTION '$publisher'
			PUBLICATION all_of_it WITH (connect = false)",
		seen => 'SELECT count(*) FROM pg_subscription',
		after => 'ALTER SUBSCRIPTION gets SET (slot_name = NONE);
			DROP SUBSCRIPTION gets; DROP TABLE sent'
	},
	{
		name => 'ALTER SUBSCRIPTION',
		before => "CREATE TABLE sent (id int PRIMARY KEY);
			CREATE SUBSCRIPTION gets CONNECTION '$publisher'
			PUBLICATION all_of_it WITH (enabled = false)",
		up => 'ALTER SUBSCRIPTION gets ENABLE;
			ALTER SUBSCRIPTION gets REFRESH PUBLICATION;
			ALTER SUBSCRIPTION gets DISABLE',
		seen => 'SELECT count(*) FROM pg_subscription WHERE NOT subenabled',
		after => 'DROP SUBSCRIPTION gets; DROP TABLE sent'
	},
	{
		name => 'DROP SUBSCRIPTION',
		before => "CREATE TABLE sent (id int PRIMARY KEY);
			CREATE SUBSCRIPTION gets CONNECTION '$publisher'
			PUBLICATION all_of_it WITH (enabled = false)",
		up => 'DROP SUBSCRIPTION gets',
		seen => 'SELECT 1 - count(*) FROM pg_subscription',
		left => qr/could not drop replication slot "gets" on publisher.*\n(?:.*\n)*HINT:  .*The interrupted run may have dropped the slot on the publisher already; if it is gone: ALTER SUBSCRIPTION gets DISABLE, and ALTER SUBSCRIPTION gets SET \(slot_name = NONE\)\. CALL/,
		clear => sub {
			$node->safe_psql('postgres', q{ALTER SUBSCRIPTION gets DISABLE});
			$node->safe_psql('postgres',
				q{ALTER SUBSCRIPTION gets SET (slot_name = NONE)});
		},
		after => 'DROP TABLE sent'
	});

my $call = 'CALL zishu_upgrade_online()';
my $n = 0;

# One interruption; returns what is wrong with what follows, and whether there
# was such a point.
sub interrupt
{
	my ($kind, $fault, $at) = @_;
	my $revision = 'k' . ++$n;
	my $where = "$kind->{name}, $fault at $at";
	my $before = $kind->{before} // '';
	my ($err, $again, $odd);

	$before .= ';' if $before;
	$node->safe_psql('postgres',
		"$before SELECT zishu_revision('kind', \$up\$ $kind->{up} \$up\$, '', '$revision')");
	$node->psql('postgres',
		"SET zishu_migrate.fault_at = $at; SET zishu_migrate.fault = '$fault'; $call",
		stderr => \$err, on_error_stop => 0);
	my $met = $err =~ /fault point|lost connection|closed the connection/;
	($again) = $node->psql('postgres', $call, stderr => \$err);
	if ($again && $kind->{left} && $err =~ $kind->{left})
	{
		# It says so until it is helped.
		$node->psql('postgres', $call, stderr => \$err);
		$odd = "$where, once more: $err" unless $err =~ $kind->{left};
		$kind->{clear}->();
		($again) = $node->psql('postgres', $call, stderr => \$err);
		$kind->{told}++;
	}
	$odd = "$where, again: $err" if $again;
	$odd //= "$where: not as it should be"
	  if $node->safe_psql('postgres',
		"$kind->{seen}; TABLE zishu_migrate.progress") ne '1';
	$node->safe_psql('postgres', $kind->{after}) unless $odd;
	return ($odd, $met);
}

for my $kind (@kinds)
{
	my @wrong;

	for my $fault ($kind->{left} ? 'exit' : ('error', 'exit'))
	{
		my $met = 1;

		for (my $at = 1; $met && !@wrong;
			$at += $fault eq 'exit' && !$kind->{left} ? 3 : 1)
		{
			my ($odd, $is) = interrupt($kind, $fault, $at);

			push @wrong, $odd if $odd;
			$met = $is;
		}
	}
	is_deeply(\@wrong, [], $kind->{name});
	ok($kind->{told}, "$kind->{name}: what it left is told")
	  if $kind->{left};
}

$node->stop;
$sender->stop;
done_testing();
