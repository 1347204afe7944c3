/*
 * metacommand.c
 *
 * Commands of psql in a script.
 *
 * Scripts come from people who used to run them with psql, and from pg_dump.
 * To the server a backslash is a syntax error; here the user learns what to
 * write instead.
 *
 * Rule: nothing of psql is carried out.  Passed over is only what pg_dump
 * writes around every plain dump and what has no meaning outside of psql.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "script/metacommand.h"

/* A name longer than this is no command of psql's. */
#define NAME_SHOWN 24

static Size name_length(const char *name);
static bool is_dump_guard(const char *name, Size length);

/* What to write instead; the last one fits all others. */
static const struct
{
	const char *names; /* each between two blanks */
	const char *hint;
} replacements[] = {
	{" i ir include include_relative ",
	 "Put the text of that file into the script, or make it a revision of its "
	 "own."},
	{" copy . ",
	 "Write INSERT ... VALUES, or COPY from a file on the server (pg_dump "
	 "--inserts makes the former)."},
	{" set unset prompt getenv ",
	 "psql's variables are not known here; write the values themselves."},
	{" c connect ", "A script runs in the database that it is applied to, as "
					"the role that applies it."},
	{" echo qecho warn ", "Use RAISE NOTICE in a DO block."},
	{" gexec ", "Use a DO block that runs each statement with EXECUTE."},
	{" gset ", "Use a DO block, whose variables can hold the values."},
	{" g gx gdesc ; bind bind_named parse crosstabview ",
	 "End the statement with a semicolon."},
	{" if elif else endif ", "Use a DO block with IF."},
	{" watch ", "Use a DO block with a loop, or \"-- zishu:repeat\" above the "
				"statement."},
	{" ! cd ", "The server runs no commands of the shell for a script."},
	{" encoding ", "A script is text in the encoding of the database; leave "
				   "the command out."},
	{NULL, "Leave the command out, or write what it does in SQL."}};

Size
zm_metacommand(ZmScanner *scanner, const ZmToken *backslash,
			   bool within_statement)
{
	const char *text = scanner->script->text;
	const char *name = text + backslash->end;
	Size length;

	/* Until flex has moved on there is a NUL where the name starts. */
	zm_scanner_jump(scanner, backslash->end);
	length = name_length(name);

	if (!within_statement && is_dump_guard(name, length))
	{
		Size end = backslash->end + strcspn(name, "\r\n");

		zm_scanner_jump(scanner, end);
		return end;
	}

	name = pnstrdup(name, length);
	ereport(
		ERROR,
		(errcode(ERRCODE_SYNTAX_ERROR),
		 errmsg("psql command \"\\%s\" is not possible in a migration script",
				name),
		 errdetail("A script runs inside the server, which does not know "
				   "the commands of psql."),
		 errhint("%s", zm_metacommand_advice(name)),
		 scanner_errposition(backslash->start, scanner->flex)));
	return 0;
}

/*
 * psql ends a name at white space and at the next backslash; a quote can only
 * be part of an argument.  No character is cut in two: names are ASCII.
 */
static Size
name_length(const char *name)
{
	Size length = 0;

	while (length < NAME_SHOWN && isascii((unsigned char) name[length]) &&
		   name[length] != '\0' && !scanner_isspace(name[length]) &&
		   strchr("\\'\"", name[length]) == NULL)
		length++;
	return length;
}

/* "\restrict KEY" and "\unrestrict KEY", which keep psql in its place. */
static bool
is_dump_guard(const char *name, Size length)
{
	return (length == strlen("restrict") &&
			memcmp(name, "restrict", length) == 0) ||
		   (length == strlen("unrestrict") &&
			memcmp(name, "unrestrict", length) == 0);
}

const char *
zm_metacommand_advice(const char *name)
{
	char *word = psprintf(" %s ", name);
	int i = 0;

	while (replacements[i].names != NULL &&
		   strstr(replacements[i].names, word) == NULL)
		i++;
	return replacements[i].hint;
}
