/*
 * drizzle.c
 *
 * Histories of Drizzle Kit.
 *
 *		0000_init.sql
 *		meta/_journal.json
 *
 * The journal is the order: each of its entries has the name of a file as its
 * tag.  "--> statement-breakpoint" between statements is a comment.  There is
 * no way down.
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "compat.h"
#include "import/import.h"

#define JOURNAL "meta/_journal.json"

/* Of brackets and braces; there are three. */
#define MAX_DEPTH 100

typedef struct Journal
{
	List *tags; /* of char * */
	bool at_tag;
} Journal;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static const ZmSourceFile *find_journal(const ZmHistory *history);
static bool read_journal(const ZmSourceFile *file, Journal *journal);
static bool is_flat(const ZmSourceFile *file);
static ZmJsonResult field_starts(void *state, char *name, bool isnull);
static ZmJsonResult scalar(void *state, char *token, JsonTokenType type);
static void add(ZmHistory *history, const char *directory, const char *tag);

const ZmImporter zm_importer_drizzle = {"drizzle", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	return find_journal(history) != NULL;
}

static void
import(ZmHistory *history)
{
	const ZmSourceFile *file = find_journal(history);
	Journal journal = {NIL, false};
	char *directory;
	ListCell *lc;

	if (file == NULL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, JOURNAL, 0, "is missing");
		return;
	}
	if (!read_journal(file, &journal))
	{
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
				   "cannot be read as JSON");
		return;
	}
	directory = pnstrdup(file->name, strlen(file->name) - strlen(JOURNAL));
	foreach (lc, journal.tags)
		add(history, directory, lfirst(lc));
	foreach (lc, history->files)
	{
		const ZmSourceFile *other = lfirst(lc);
		const char *name = zm_base_name(other->name);
		bool listed = false;
		ListCell *tag;

		CHECK_FOR_INTERRUPTS();
		if (!zm_ends_with(name, ".sql"))
			continue;
		foreach (tag, journal.tags)
			listed |=
				zm_is_text(name, strlen(name) - strlen(".sql"), lfirst(tag));
		if (!listed)
			zm_finding(history, ZM_FINDING_NOTE, other->name, 0,
					   "is not in the journal, and left out");
	}
}

static const ZmSourceFile *
find_journal(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (strcmp(file->name, JOURNAL) == 0 ||
			zm_ends_with(file->name, "/" JOURNAL))
			return file;
	}
	return NULL;
}

static bool
read_journal(const ZmSourceFile *file, Journal *journal)
{
	JsonSemAction actions = {.semstate = journal,
							 .object_field_start = field_starts,
							 .scalar = scalar};
	JsonLexContext *lexer =
		zm_json_lexer(unconstify(char *, file->content), (int) file->length,
					  GetDatabaseEncoding());

	return is_flat(file) && pg_parse_json(lexer, &actions) == JSON_SUCCESS;
}

/* A journal is; the parser fails with an error where nesting is deep. */
static bool
is_flat(const ZmSourceFile *file)
{
	int depth = 0;
	bool quoted = false;

	for (Size i = 0; i < file->length && depth < MAX_DEPTH; i++)
	{
		char c = file->content[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{'))
			depth++;
		else if (!quoted && (c == ']' || c == '}'))
			depth--;
	}
	return depth < MAX_DEPTH;
}

static ZmJsonResult
field_starts(void *state, char *name, bool isnull)
{
	((Journal *) state)->at_tag = strcmp(name, "tag") == 0;
	ZM_JSON_CONTINUE;
}

static ZmJsonResult
scalar(void *state, char *token, JsonTokenType type)
{
	Journal *journal = state;

	if (journal->at_tag && type == JSON_TOKEN_STRING)
		journal->tags = lappend(journal->tags, token);
	journal->at_tag = false;
	ZM_JSON_CONTINUE;
}

static void
add(ZmHistory *history, const char *directory, const char *tag)
{
	const ZmSourceFile *file =
		zm_source_find(history, psprintf("%s%s.sql", directory, tag));
	Size digits = zm_leading_digits(tag);
	const char *title = tag + digits;
	ZmRawScript script;

	if (file == NULL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM,
				   psprintf("%s%s.sql", directory, tag), 0,
				   "is in the journal, but missing");
		return;
	}
	script = (ZmRawScript){file->name, 1, file->content, file->length};
	if (*title == '_')
		title++;
	zm_add_revision(history, file->name,
					digits > 0 ? pnstrdup(tag, digits) : tag,
					zm_words_of_slug(title, strlen(title)), &script, NULL);
}
