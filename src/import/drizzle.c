/*
 * drizzle.c
 *
 * Histories of Drizzle Kit.
 *
 *		0000_init.sql
 *		meta/_journal.json
 *
 * The journal is the order: each of its entries has the name of a file as its
 * tag, and when that was made, in milliseconds, by which the ledger knows it.
 * "--> statement-breakpoint" between statements is a comment.  There is no
 * way down.
 */
#include "postgres.h"

#include <time.h>

#include "common/jsonapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "compat.h"
#include "import/import.h"

#define JOURNAL "meta/_journal.json"

/* Of brackets and braces; there are three. */
#define MAX_DEPTH 100

/* The last millisecond of the year 9999. */
#define MAX_WHEN INT64CONST(253402300799999)

typedef struct Entry
{
	char *tag;
	char *when; /* digits, or NULL */
} Entry;

typedef struct Journal
{
	List *entries; /* of Entry * */
	Entry entry;   /* the one being read */
	char **field;  /* of it, that is read next, or NULL */
} Journal;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static const ZmSourceFile *find_journal(const ZmHistory *history);
static bool read_journal(const ZmSourceFile *file, Journal *journal);
static bool is_flat(const ZmSourceFile *file);
static ZmJsonResult field_starts(void *state, char *name, bool isnull);
static ZmJsonResult scalar(void *state, char *token, JsonTokenType type);
static ZmJsonResult object_ends(void *state);
static void add(ZmHistory *history, const char *directory, const Entry *entry);
static char *time_of(const char *when);
static int compare_tags(const ListCell *a, const ListCell *b);
static int compare_tag(const void *key, const void *element);

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
	Journal journal = {NIL};
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
	foreach (lc, journal.entries)
		add(history, directory, lfirst(lc));
	list_sort(journal.entries, compare_tags);
	foreach (lc, history->files)
	{
		const ZmSourceFile *other = lfirst(lc);
		const char *name = zm_base_name(other->name);

		if (zm_ends_with(name, ".sql") &&
			zm_find_in_order(journal.entries,
							 pnstrdup(name, strlen(name) - strlen(".sql")),
							 compare_tag) == NULL)
			zm_finding(history, ZM_FINDING_NOTE, other->name, 0,
					   "is not in the journal, and left out");
	}
}

static int
compare_tags(const ListCell *a, const ListCell *b)
{
	return compare_tag(((const Entry *) lfirst(a))->tag, lfirst(b));
}

static int
compare_tag(const void *key, const void *element)
{
	return strcmp(key, ((const Entry *) element)->tag);
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
							 .object_end = object_ends,
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
	Journal *journal = state;

	journal->field = strcmp(name, "tag") == 0	 ? &journal->entry.tag
					 : strcmp(name, "when") == 0 ? &journal->entry.when
												 : NULL;
	ZM_JSON_CONTINUE;
}

static ZmJsonResult
scalar(void *state, char *token, JsonTokenType type)
{
	Journal *journal = state;

	if (journal->field &&
		type == (journal->field == &journal->entry.tag ? JSON_TOKEN_STRING
													   : JSON_TOKEN_NUMBER))
		*journal->field = token;
	journal->field = NULL;
	ZM_JSON_CONTINUE;
}

static ZmJsonResult
object_ends(void *state)
{
	Journal *journal = state;

	if (journal->entry.tag)
	{
		Entry *entry = palloc(sizeof(Entry));

		*entry = journal->entry;
		journal->entries = lappend(journal->entries, entry);
	}
	journal->entry = (Entry){NULL};
	ZM_JSON_CONTINUE;
}

static void
add(ZmHistory *history, const char *directory, const Entry *entry)
{
	const char *tag = entry->tag;
	const ZmSourceFile *file =
		zm_source_find(history, psprintf("%s%s.sql", directory, tag));
	Size digits = zm_leading_digits(tag);
	const char *title = tag + digits;
	ZmRawScript script;
	ZmRevisionFile *revision;

	if (file == NULL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM,
				   psprintf("%s%s.sql", directory, tag), 0,
				   "is in the journal, but missing");
		return;
	}
	script = zm_whole_script(file);
	if (*title == '_')
		title++;
	revision = zm_add_revision(
		history, file->name, digits > 0 ? pnstrdup(tag, digits) : tag,
		zm_words_of_slug(title, strlen(title)), &script, NULL);
	revision->created = time_of(entry->when);
}

/* NULL if it is none, or too far away. */
static char *
time_of(const char *when)
{
	int64 milliseconds;
	time_t seconds;
	struct tm parts;

	if (when == NULL || strlen(when) > 15 ||
		zm_leading_digits(when) < strlen(when))
		return NULL;
	milliseconds = strtoll(when, NULL, 10);
	seconds = milliseconds / 1000;
	if (milliseconds > MAX_WHEN || gmtime_r(&seconds, &parts) == NULL)
		return NULL;
	return psprintf("%04d-%02d-%02d %02d:%02d:%02d.%03dZ",
					parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
					parts.tm_hour, parts.tm_min, parts.tm_sec,
					(int) (milliseconds % 1000));
}
