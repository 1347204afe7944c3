# What somebody sees in psql when a script is wrong: the server's message, the
# caret at the spot in the script, and where the script stands.
use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# All text here is bytes, in UTF-8.

my $node = PostgreSQL::Test::Cluster->new('errors');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

$node->safe_psql(
	'postgres', q{
	CREATE SEQUENCE ran;
	CREATE TABLE kept (id int PRIMARY KEY);
	CREATE FUNCTION fails(int) RETURNS int LANGUAGE plpgsql AS $$
	BEGIN
	  RETURN 10 / $1;
	END
	$$});

my $leaked = '';

# What psql says of a command, and its exit status.
sub complaints
{
	my ($command) = @_;
	my ($out, $err);
	my $run = IPC::Run::start(
		[
			'psql', '-XAtq',
			'-v' => 'ON_ERROR_STOP=1',
			'-d' => $node->connstr('postgres'),
			'-c' => $command
		],
		'<', '/dev/null', '>', \$out, '2>', \$err,
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	$run->finish;

	# Queries of our own are nobody's business; there is a test at the end.
	$leaked .= $1 while $err =~ s/^(SQL statement ".*zishu_migrate\.\w+ .*\n)//m;
	return ($err, $run->result(0));
}

# A literal for SQL.
sub literal
{
	my ($text) = @_;
	return 'NULL' unless defined $text;
	$text =~ s/'/''/g;
	$text =~ s/\\/\\\\/g;
	return "E'$text'";
}

# Begins anew with these revisions, in files: [ id, message, upgrade, downgrade ].
# A file may hold what would be refused if it were written here.
sub revisions
{
	my @files;
	my $parent = '';

	for my $revision (@_)
	{
		my ($id, $message, $upgrade, $downgrade) = @$revision;
		$upgrade .= "\n" unless $upgrade =~ /\n\z/;
		my $file = "-- revision: $id\n-- revises: $parent\n"
		  . "-- message: $message\n\n-- zishu:upgrade\n$upgrade";
		$file .= "\n-- zishu:downgrade\n$downgrade\n" if defined $downgrade;
		push @files, $file;
		$parent = $id;
	}
	$node->safe_psql('postgres',
		"SET client_min_messages = error;
			DROP EXTENSION IF EXISTS zishu_migrate;
			CREATE EXTENSION zishu_migrate;
			ALTER SEQUENCE ran RESTART;
			SELECT FROM zishu_import('native', ARRAY["
			  . join(', ', map { literal("$_->[0].sql") } @_)
			  . '], ARRAY['
			  . join(', ', map { literal($_) } @files)
		  . '])');
}

# Nothing was run: a sequence would remember it even after a rollback.
sub nothing_ran
{
	my ($name) = @_;
	is( $node->safe_psql(
			'postgres', q{
		SELECT is_called FROM ran;
		SELECT count(*) FROM zishu_migrate.event;
		SELECT count(*) FROM zishu_migrate.version}),
		"f\n0\n0",
		"$name: nothing was run");
}

# Nothing was kept.
sub nothing_kept
{
	my ($name) = @_;
	is( $node->safe_psql(
			'postgres', q{
		SELECT count(*) FROM zishu_migrate.event;
		SELECT count(*) FROM zishu_migrate.version;
		SELECT count(*) FROM pg_class
		 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r';
		SELECT count(*) FROM kept}),
		"0\n0\n1\n0",
		"$name: nothing was kept");
}

# The upgrade fails with this text.
sub fails
{
	my ($name, $expected, $command) = @_;
	my ($err, $status) =
	  complaints($command || 'SELECT FROM zishu_upgrade()');
	$err =~ s/^NOTICE:  Running (up|down)grade .*\n//mg;
	is($err, $expected, $name);
	is($status, 1, "$name: psql fails");
}

#
# A syntax error in the last of ten
#
my @ten = map { [ "r$_", "number $_", "SELECT nextval('ran');\nCREATE TABLE t$_ ();" ] } 1 .. 9;
revisions(@ten,
	[ 'r10', 'the last', "-- 注释\nCREATE TABLE t10 (\n  a int,\n);\nSELECT 1;" ]);
my ($err, $status) = complaints('SELECT FROM zishu_upgrade()');
is($status, 1, 'a syntax error in the tenth of ten revisions');
is($err, 'ERROR:  syntax error at or near ")"
LINE 4: );
        ^
QUERY:  -- 注释
CREATE TABLE t10 (
  a int,
);
SELECT 1;
CONTEXT:  upgrade of revision "r10" (the last), statement 1, line 2
', 'is told before the first of them is run');
nothing_ran('syntax error');

($err, $status) = complaints("BEGIN; SELECT FROM zishu_upgrade('r9'); ROLLBACK");
is($status, 0, 'the nine before it could be applied');

#
# Syntax errors that the scanner finds
#
revisions([ 'one', 'quote', "SELECT nextval('ran');\nSELECT 'no end;\n" ]);
fails(
	'a string without end', q{ERROR:  unterminated quoted string at or near "'no end;"
LINE 2: SELECT 'no end;
               ^
QUERY:  SELECT nextval('ran');
SELECT 'no end;
CONTEXT:  upgrade of revision "one" (quote)
});
nothing_ran('a string without end');

#
# Errors when a statement is analysed: the caret is where it is in the script
#
revisions([ 'one', 'tables', "CREATE TABLE t1 (a int);\nINSERT INTO t1\n  SELECT b FROM missing;\nSELECT 1;\n" ]);
fails('an unknown table', q{ERROR:  relation "missing" does not exist
LINE 3:   SELECT b FROM missing;
                        ^
QUERY:  CREATE TABLE t1 (a int);
INSERT INTO t1
  SELECT b FROM missing;
SELECT 1;
CONTEXT:  upgrade of revision "one" (tables), statement 2 of 3, line 2
});
nothing_kept('an unknown table');

revisions([ 'one', '建表', "-- 创建表“用户”\nCREATE TABLE 用户 (a text); SELECT 'é中' FROM 不存在;\nSELECT 1;\n" ]);
fails('after multibyte characters', q{ERROR:  relation "不存在" does not exist
LINE 2: CREATE TABLE 用户 (a text); SELECT 'é中' FROM 不存在;
                                                      ^
QUERY:  -- 创建表“用户”
CREATE TABLE 用户 (a text); SELECT 'é中' FROM 不存在;
SELECT 1;
CONTEXT:  upgrade of revision "one" (建表), statement 2 of 3, line 2
});
nothing_kept('after multibyte characters');

revisions([ 'one', 'windows', "SELECT 1;\r\nSELECT nosuch;\r\nSELECT 2;\r\n" ]);
($err, $status) = complaints('SELECT FROM zishu_upgrade()');
like(
	$err, qr/ERROR:  column "nosuch" does not exist
LINE 2: SELECT nosuch;\r?
               \^
/, 'lines that end as on Windows');
like($err, qr/CONTEXT:  upgrade of revision "one" \(windows\), statement 2 of 3, line 2\n\z/,
	'their count is right');

# A script that would fill the screen is not shown, its statement is.
my $padding = "-- 很长的注释 " . ('x' x 100) . "\n";
revisions([ 'one', 'long', ($padding x 1000) . "SELECT 1;\n/* 这 */ SELECT '中文', nosuch FROM kept;\n" ]);
fails('in a long script', q{ERROR:  column "nosuch" does not exist
LINE 1: SELECT '中文', nosuch FROM kept
                       ^
QUERY:  SELECT '中文', nosuch FROM kept
CONTEXT:  upgrade of revision "one" (long), statement 2 of 2, line 1002
});

#
# Errors when a statement runs
#
revisions([ 'one', 'division', "CREATE TABLE t1 ();\n\nSELECT 1 / 0" ]);
fails('division by zero', q{ERROR:  division by zero
CONTEXT:  SQL statement "SELECT 1 / 0"
upgrade of revision "one" (division), statement 2 of 2, line 3
});
nothing_kept('division by zero');

revisions([ 'one', 'function', "INSERT INTO kept VALUES (1);\nSELECT fails(2),\n       fails(0);\n" ]);
fails('in a function that a script calls', q{ERROR:  division by zero
CONTEXT:  PL/pgSQL function fails(integer) line 3 at RETURN
SQL statement "SELECT fails(2),
       fails(0)"
upgrade of revision "one" (function), statement 2 of 2, line 2
});
nothing_kept('in a function that a script calls');

revisions([ 'one', 'block', "DO \$\$\nBEGIN\n  PERFORM FROM missing;\nEND \$\$;\n" ]);
fails('in a DO block', q{ERROR:  relation "missing" does not exist
LINE 1: SELECT FROM missing
                    ^
QUERY:  SELECT FROM missing
CONTEXT:  PL/pgSQL function inline_code_block line 3 at PERFORM
SQL statement "DO $$
BEGIN
  PERFORM FROM missing;
END $$"
upgrade of revision "one" (block), statement 1 of 1, line 1
});

revisions([ 'one', 'keys', "INSERT INTO kept VALUES (1), (2);\nINSERT INTO kept VALUES (3), (2);\n" ]);
fails('detail and hint of the server stay', q{ERROR:  duplicate key value violates unique constraint "kept_pkey"
DETAIL:  Key (id)=(2) already exists.
CONTEXT:  SQL statement "INSERT INTO kept VALUES (3), (2)"
upgrade of revision "one" (keys), statement 2 of 2, line 2
});
nothing_kept('detail and hint of the server stay');

# In a run of several, the one that failed is named.
revisions(
	[ 'r1', 'good', 'CREATE TABLE t1 ()' ],
	[ 'r2', 'bad', 'DROP TABLE t2' ],
	[ 'r3', 'good', 'CREATE TABLE t3 ()' ]);
fails('in the second of three revisions', q{ERROR:  table "t2" does not exist
CONTEXT:  SQL statement "DROP TABLE t2"
upgrade of revision "r2" (bad), statement 1 of 1, line 1
});
nothing_kept('in the second of three revisions');

# On the way down.
revisions([ 'r1', 'down', 'SELECT 1', "SELECT 1;\nSELECT nosuch\n  FROM kept;" ]);
complaints('SELECT FROM zishu_upgrade()');
fails(
	'in a downgrade', q{ERROR:  column "nosuch" does not exist
LINE 2: SELECT nosuch
               ^
QUERY:  SELECT 1;
SELECT nosuch
  FROM kept;
CONTEXT:  downgrade of revision "r1" (down), statement 2 of 2, line 2
}, 'SELECT FROM zishu_downgrade()');
is($node->safe_psql('postgres', 'SELECT revision FROM zishu_migrate.version'),
	'r1', 'in a downgrade: it stands where it stood');

# Nothing to say in the brackets.
revisions([ 'one', '', 'SELECT 1 / 0' ]);
($err, $status) = complaints('SELECT FROM zishu_upgrade()');
like($err, qr/^upgrade of revision "one", statement 1 of 1, line 1$/m,
	'a revision without a message has no empty brackets');

#
# What cannot run in a migration is refused before anything runs
#
my $no_transaction_control =
  'DETAIL:  A migration is one transaction, and the ledger is part of it.
HINT:  Leave it out. What must be committed separately belongs into a revision of its own.';
my $needs_online =
  q{DETAIL:  zishu_upgrade() and zishu_downgrade() run everything in the caller's transaction.
HINT:  CALL zishu_upgrade_online() or zishu_downgrade_online() runs such statements by themselves.};
my $no_copy =
  'DETAIL:  A script runs inside the server, where there is no client to copy from or to.
HINT:  Write INSERT ... VALUES, or COPY from a file on the server (pg_dump --inserts makes the former).';

for my $case (
	[ 'COPY kept FROM STDIN', '0A000', 'COPY FROM STDIN is not possible in a migration script', $no_copy ],
	[ 'COPY kept TO STDOUT', '0A000', 'COPY TO STDOUT is not possible in a migration script', $no_copy ],
	[ 'COMMIT', '2D000', 'COMMIT is not allowed in a migration script', $no_transaction_control ],
	[ 'END', '2D000', undef, $no_transaction_control ],
	[ 'BEGIN', '2D000', 'BEGIN is not allowed in a migration script', $no_transaction_control ],
	[ 'START TRANSACTION', '2D000', undef, $no_transaction_control ],
	[ 'ROLLBACK', '2D000', 'ROLLBACK is not allowed in a migration script', $no_transaction_control ],
	[ 'SAVEPOINT a', '2D000', 'SAVEPOINT is not allowed in a migration script', $no_transaction_control ],
	[ 'ROLLBACK TO a', '2D000', undef, $no_transaction_control ],
	[ q{PREPARE TRANSACTION 'a'}, '2D000', 'PREPARE TRANSACTION is not allowed in a migration script', $no_transaction_control ],
	[ 'CREATE INDEX CONCURRENTLY ON kept (id)', 'ZM011', 'CREATE INDEX CONCURRENTLY cannot run inside a transaction', $needs_online ],
	[ 'CREATE UNIQUE INDEX CONCURRENTLY i ON kept (id)', 'ZM011', 'CREATE INDEX CONCURRENTLY cannot run inside a transaction', $needs_online ],
	[ 'DROP INDEX CONCURRENTLY kept_pkey', 'ZM011', 'DROP INDEX CONCURRENTLY cannot run inside a transaction', $needs_online ],
	[ 'REINDEX TABLE CONCURRENTLY kept', 'ZM011', 'REINDEX CONCURRENTLY cannot run inside a transaction', $needs_online ],
	[ 'VACUUM kept', 'ZM011', 'VACUUM cannot run inside a transaction', $needs_online ],
	[ q{ALTER SYSTEM SET work_mem = '1MB'}, 'ZM011', 'ALTER SYSTEM cannot run inside a transaction', $needs_online ],
	[ 'CREATE DATABASE d', 'ZM011', 'CREATE DATABASE cannot run inside a transaction', $needs_online ],
	[ 'DROP DATABASE d', 'ZM011', 'DROP DATABASE cannot run inside a transaction', $needs_online ],
  )
{
	my ($statement, $sqlstate, $message, $rest) = @$case;

	revisions(
		[ 'r1', 'first', "SELECT nextval('ran')" ],
		[ 'r2', 'refused', "SELECT nextval('ran');\n$statement;\nSELECT 1;" ]);
	($err, $status) = complaints('SELECT FROM zishu_upgrade()');
	is($status, 1, "$statement: refused");
	$message = ($err =~ /^ERROR:  (.*)$/m)[0] unless defined $message;
	is( $err,
		"ERROR:  $message\n$rest\n"
		  . qq{CONTEXT:  upgrade of revision "r2" (refused), statement 2, line 2\n},
		"$statement: with what to do instead");
	nothing_ran($statement);
	is( $node->safe_psql(
			'postgres', q{
		DO $$
		BEGIN
			PERFORM FROM zishu_upgrade();
		EXCEPTION WHEN OTHERS THEN
			PERFORM set_config('my.sqlstate', SQLSTATE, false);
		END
		$$;
		SELECT current_setting('my.sqlstate')}),
		$sqlstate,
		"$statement: SQLSTATE");
}

for my $case (
	[ '\i more.sql', 'Put the text of that file into the script, or make it a revision of its own.' ],
	[ '\ir more.sql', 'Put the text of that file into the script, or make it a revision of its own.' ],
	[ q{\copy kept from 'file'}, 'Write INSERT ... VALUES, or COPY from a file on the server (pg_dump --inserts makes the former).' ],
	[ '\set a 1', q{psql's variables are not known here; write the values themselves.} ],
	[ '\connect other', 'A script runs in the database that it is applied to, as the role that applies it.' ],
  )
{
	my ($command, $hint) = @$case;
	my ($name) = $command =~ /^(\S+)/;

	revisions(
		[ 'r1', 'first', "SELECT nextval('ran')" ],
		[ 'r2', 'refused', "SELECT nextval('ran');\n$command\nSELECT 1;" ]);
	fails($command, qq{ERROR:  psql command "$name" is not possible in a migration script
LINE 2: $command
        ^
DETAIL:  A script runs inside the server, which does not know the commands of psql.
HINT:  $hint
QUERY:  SELECT nextval('ran');
$command
SELECT 1;
CONTEXT:  upgrade of revision "r2" (refused)
});
	nothing_ran($command);
}

is($leaked =~ s/\n.*//sr, '', 'no error tells of the queries of the extension');

$node->stop;
done_testing();
