/*
 * liquibase.c
 *
 * Histories of Liquibase, written in formatted SQL.
 *
 *		--liquibase formatted sql
 *
 *		--changeset ada:create-users runInTransaction:true
 *		CREATE TABLE users ();
 *		--rollback DROP TABLE users;
 *
 * Files are in the order of their names, changesets in the order in which
 * they are written; an author and an id are the version.  Statements that end
 * with something else than ';' cannot be read here.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "import/import.h"

#define BLOCK "/* liquibase rollback"

typedef struct Changeset
{
	const char *id; /* author:id; NULL: there is none yet */
	const char *message;
	int line;
	StringInfoData up;	 /* lines, with those left out as empty ones */
	StringInfoData down; /* what is behind --rollback, likewise */
	int down_line;		 /* of its first line */
	int down_next;
	bool reverts;
	bool in_block; /* of comments with a rollback in it */
} Changeset;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static bool is_formatted(const ZmSourceFile *file);
static void read_file(ZmHistory *history, const ZmSourceFile *file);
static void read_line(ZmHistory *history, const ZmSourceFile *file,
					  const ZmLine *line, Changeset *changeset);
static void go_down_to(Changeset *changeset, int line);
static void read_block(const ZmLine *line, Changeset *changeset);
static const char *directive(const ZmLine *line, const char *word,
							 Size *length);
static void begin(ZmHistory *history, const ZmSourceFile *file,
				  const ZmLine *line, const char *text, Size length,
				  Changeset *changeset);
static void read_attribute(ZmHistory *history, const ZmSourceFile *file,
						   int line, const char *text, Size length);
static void finish(ZmHistory *history, const ZmSourceFile *file,
				   Changeset *changeset);

const ZmImporter zm_importer_liquibase = {"liquibase", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		if (is_formatted(lfirst(lc)))
			return true;
	}
	return false;
}

static void
import(ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (is_formatted(file))
			read_file(history, file);
		else if (zm_ends_with(file->name, ".xml") ||
				 zm_ends_with(file->name, ".yaml") ||
				 zm_ends_with(file->name, ".yml") ||
				 zm_ends_with(file->name, ".json"))
			zm_finding(history, ZM_FINDING_NOTE, file->name, 0,
					   "is not in formatted SQL, and left out");
		else if (zm_ends_with(file->name, ".sql"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 1,
					   "does not begin with \"--liquibase formatted sql\"");
	}
}

static bool
is_formatted(const ZmSourceFile *file)
{
	ZmLine line = {0};
	Size length;
	const char *text;

	if (!zm_next_line(file->content, file->length, &line))
		return false;
	text = directive(&line, "liquibase", &length);
	return text && zm_starts_with(text, length, "formatted sql");
}

static void
read_file(ZmHistory *history, const ZmSourceFile *file)
{
	Changeset changeset = {0};
	ZmLine line = {0};

	initStringInfo(&changeset.up);
	initStringInfo(&changeset.down);
	while (zm_next_line(file->content, file->length, &line))
		read_line(history, file, &line, &changeset);
	finish(history, file, &changeset);
}

static void
read_line(ZmHistory *history, const ZmSourceFile *file, const ZmLine *line,
		  Changeset *changeset)
{
	Size length;
	const char *text;

	if ((text = directive(line, "changeset", &length)) != NULL)
	{
		begin(history, file, line, text, length, changeset);
		return;
	}
	if (changeset->id == NULL)
	{
		length = line->length;
		text = zm_trim(line->text, &length);
		if (length > 0 && !zm_starts_with(text, length, "--"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, line->number,
					   "a statement before the first changeset");
		return;
	}
	length = line->length;
	text = zm_trim(line->text, &length);
	if (changeset->in_block || zm_starts_with(text, length, BLOCK))
	{
		go_down_to(changeset, line->number);
		read_block(line, changeset);
		return;
	}
	if ((text = directive(line, "rollback", &length)) != NULL)
	{
		if (length >= 12 && pg_strncasecmp(text, "changesetid:", 12) == 0)
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, line->number,
					   "a way back that is another changeset");
		changeset->reverts = true;
		go_down_to(changeset, line->number);
		appendBinaryStringInfo(&changeset->down, text, length);
		appendStringInfoChar(&changeset->down, '\n');
		appendStringInfoChar(&changeset->up, '\n');
		return;
	}
	if ((text = directive(line, "comment", &length)) != NULL)
		changeset->message = pnstrdup(text, length);
	else if ((text = directive(line, "preconditions", &length)) != NULL ||
			 (text = directive(line, "precondition-sql-check", &length)) !=
				 NULL)
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, line->number,
				   "a precondition, which there is nothing like here");
	else
		appendBinaryStringInfo(&changeset->up, line->text, line->length);
	appendStringInfoChar(&changeset->up, '\n');
}

/* Each line of the way back at its own number. */
static void
go_down_to(Changeset *changeset, int line)
{
	if (changeset->down.len == 0)
		changeset->down_line = changeset->down_next = line;
	for (; changeset->down_next < line; changeset->down_next++)
		appendStringInfoChar(&changeset->down, '\n');
	changeset->down_next++;
}

static void
read_block(const ZmLine *line, Changeset *changeset)
{
	Size length = line->length;
	const char *text = zm_trim(line->text, &length);

	if (!changeset->in_block)
	{
		text += strlen(BLOCK);
		length -= strlen(BLOCK);
	}
	changeset->in_block =
		length < 2 || memcmp(text + length - 2, "*/", 2) != 0;
	changeset->reverts = true;
	appendBinaryStringInfo(&changeset->down, text,
						   changeset->in_block ? length : length - 2);
	appendStringInfoChar(&changeset->down, '\n');
	appendStringInfoChar(&changeset->up, '\n');
}

/* "--word" or "-- word", in any case; what is behind it, after a ':' too. */
static const char *
directive(const ZmLine *line, const char *word, Size *length)
{
	const char *text = line->text;
	Size n = strlen(word);

	*length = line->length;
	text = zm_trim(text, length);
	if (!zm_starts_with(text, *length, "--"))
		return NULL;
	*length -= 2;
	text = zm_trim(text + 2, length);
	if (*length < n || pg_strncasecmp(text, word, n) != 0 ||
		(*length > n && strchr(" \t:", text[n]) == NULL))
		return NULL;
	text += n;
	*length -= n;
	if (*length > 0 && *text == ':')
	{
		text++;
		(*length)--;
	}
	return zm_trim(text, length);
}

/* author:id attribute:value ... */
static void
begin(ZmHistory *history, const ZmSourceFile *file, const ZmLine *line,
	  const char *text, Size length, Changeset *changeset)
{
	Size word = 0;

	finish(history, file, changeset);
	while (word < length && text[word] != ' ' && text[word] != '\t')
		word++;
	changeset->id = pnstrdup(text, word);
	changeset->message = changeset->id; /* unless a comment tells more */
	changeset->line = line->number + 1;
	if (memchr(text, ':', word) == NULL)
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, line->number,
				   "a changeset is named by author:id");
	for (Size start = word; start < length; start = word)
	{
		while (word < length && (text[word] == ' ' || text[word] == '\t'))
			word++;
		start = word;
		while (word < length && text[word] != ' ' && text[word] != '\t')
			word++;
		if (word > start)
			read_attribute(history, file, line->number, text + start,
						   word - start);
	}
}

/* Of those that change what is run; runInTransaction is found out here. */
static void
read_attribute(ZmHistory *history, const ZmSourceFile *file, int line,
			   const char *text, Size length)
{
	if (zm_starts_with(text, length, "runOnChange:true") ||
		zm_starts_with(text, length, "runAlways:true"))
		zm_finding(history, ZM_FINDING_NOTE, file->name, line,
				   "runs once here, and when it changes a new revision is "
				   "needed");
	else if (zm_starts_with(text, length, "endDelimiter:") &&
			 !zm_is_text(text, length, "endDelimiter:;"))
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, line,
				   "statements that do not end with ';'");
	else if (zm_starts_with(text, length, "context:") ||
			 zm_starts_with(text, length, "contextFilter:") ||
			 zm_starts_with(text, length, "labels:"))
		zm_finding(history, ZM_FINDING_NOTE, file->name, line,
				   "runs in any context here: \"%.*s\"", (int) length, text);
	else if (zm_starts_with(text, length, "dbms:") &&
			 !zm_starts_with(text, length, "dbms:postgresql") &&
			 !zm_is_text(text, length, "dbms:all"))
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, line,
				   "is for another database system: \"%.*s\"", (int) length,
				   text);
}

static void
finish(ZmHistory *history, const ZmSourceFile *file, Changeset *changeset)
{
	ZmRawScript up;
	ZmRawScript down;

	if (changeset->id)
	{
		up = zm_raw_script(file->name, changeset->line,
						   pstrdup(changeset->up.data), changeset->up.len);
		down =
			zm_raw_script(file->name, changeset->down_line,
						  pstrdup(changeset->down.data), changeset->down.len);
		/* Words that say that there is nothing to do. */
		if (changeset->reverts &&
			(pg_strncasecmp(down.text, "empty", 5) == 0 ||
			 pg_strncasecmp(down.text, "not required", 12) == 0))
			down.length = 0;
		zm_add_revision(history, file->name, changeset->id, changeset->message,
						&up, changeset->reverts ? &down : NULL);
	}
	changeset->id = NULL;
	changeset->reverts = false;
	changeset->in_block = false;
	resetStringInfo(&changeset->up);
	resetStringInfo(&changeset->down);
}
