/*
 * history.c
 *
 * A history on its way from another tool's files to revisions.
 *
 * Rule: what an importer finds is kept here, in the order it was found in and
 * with a bound, for a history can have more faults than anyone will read.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "parser/scansup.h"

#include "import/import.h"

/* So many findings of each level are kept; the others are counted. */
#define MAX_FINDINGS 1000

static char *in_one_line(const char *message);
static int compare_file(const void *key, const void *element);
static void name_apart(ZmRevisionFile *last, ZmRevisionFile *next);
static bool take_id(ZmHistory *history, const char *id, const char *source);

void
zm_finding(ZmHistory *history, ZmFindingLevel level, const char *file,
		   int line, const char *format, ...)
{
	int *count =
		level == ZM_FINDING_NOTE ? &history->notes : &history->problems;
	StringInfoData message;
	ZmFinding *finding;

	if (++*count > MAX_FINDINGS)
		return;
	initStringInfo(&message);
	for (;;)
	{
		va_list args;
		int needed;

		va_start(args, format);
		needed = appendStringInfoVA(&message, format, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&message, needed);
	}
	finding = palloc(sizeof(ZmFinding));
	finding->level = level;
	finding->file = file;
	finding->line = line;
	finding->message = message.data;
	history->findings = lappend(history->findings, finding);
}

const char *
zm_placeholder(const ZmHistory *history, const char *name)
{
	ListCell *lc;

	foreach (lc, history->placeholders)
	{
		const ZmPlaceholder *placeholder = lfirst(lc);

		if (strcmp(placeholder->name, name) == 0)
			return placeholder->value;
	}
	return NULL;
}

void *
zm_find_in_order(List *list, const void *key, ZmKeyCompare compare)
{
	int low = 0;
	int high = list_length(list);

	while (low < high)
	{
		int middle = low + (high - low) / 2;
		void *element = list_nth(list, middle);
		int order = compare(key, element);

		if (order == 0)
			return element;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The files are in order. */
const ZmSourceFile *
zm_source_find(const ZmHistory *history, const char *name)
{
	return zm_find_in_order(history->files, name, compare_file);
}

static int
compare_file(const void *key, const void *element)
{
	return strcmp(key, ((const ZmSourceFile *) element)->name);
}

bool
zm_has_line(const ZmHistory *history,
			bool (*is_mark)(const ZmSourceFile *file, const ZmLine *line))
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		ZmLine line = {0};

		if (!zm_ends_with(file->name, ".sql"))
			continue;
		while (zm_next_line(file->content, file->length, &line))
		{
			if (is_mark(file, &line))
				return true;
		}
	}
	return false;
}

bool
zm_has_only(const ZmHistory *history,
			bool (*is_migration)(const ZmSourceFile *file))
{
	bool found = false;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (!zm_ends_with(file->name, ".sql"))
			continue;
		if (!is_migration(file))
			return false;
		found = true;
	}
	return found;
}

void
zm_add_in_order(ZmHistory *history,
				bool (*is_migration)(const ZmSourceFile *file),
				list_sort_comparator compare,
				void (*add)(ZmHistory *history, const ZmSourceFile *file))
{
	List *files = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		ZmSourceFile *file = lfirst(lc);

		if (zm_ends_with(file->name, ".sql") && is_migration(file))
			files = lappend(files, file);
	}
	list_sort(files, compare);
	foreach (lc, files)
		add(history, lfirst(lc));
}

ZmRawScript
zm_raw_script(const char *file, int line, const char *text, Size length)
{
	return (ZmRawScript){file, line, text, length, NIL};
}

ZmRawScript
zm_whole_script(const ZmSourceFile *file)
{
	return zm_raw_script(file->name, 1, file->content, file->length);
}

char *
zm_legal_id(const char *id)
{
	char *legal = pstrdup(id);

	for (char *c = legal; *c; c++)
	{
		if (strchr("@-+:,", *c) != NULL || scanner_isspace(*c))
			*c = '_';
	}
	return legal;
}

ZmRevisionFile *
zm_add_revision(ZmHistory *history, const char *source, const char *id,
				const char *message, const ZmRawScript *upgrade,
				const ZmRawScript *downgrade)
{
	ZmRevisionFile *revision = palloc0(sizeof(ZmRevisionFile));

	CHECK_FOR_INTERRUPTS();
	revision->name = source;
	revision->revision = zm_legal_id(id);
	revision->message = in_one_line(message);
	if (strpbrk(source, "\n\r") != NULL)
		revision->name =
			zm_revision_file_name(revision->revision, revision->message);
	revision->upgrade = zm_clean_script(history, upgrade);
	if (downgrade)
		revision->downgrade = zm_clean_script(history, downgrade);
	if (history->revisions != NIL)
	{
		ZmRevisionFile *last = llast(history->revisions);

		revision->revises = list_make1(last->revision);
		if (strcmp(history->last_source, source) == 0)
			name_apart(last, revision);
	}
	if (take_id(history, revision->revision, source))
		history->revisions = lappend(history->revisions, revision);
	return revision;
}

/* As revision files have it; a file's name may have line feeds. */
static char *
in_one_line(const char *message)
{
	char *line = pstrdup(message);

	for (char *c = line; *c; c++)
	{
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	}
	return line;
}

/* One file has several: an export is to write a file for each. */
static void
name_apart(ZmRevisionFile *last, ZmRevisionFile *next)
{
	last->name = zm_revision_file_name(last->revision, last->message);
	next->name = zm_revision_file_name(next->revision, next->message);
}

static bool
take_id(ZmHistory *history, const char *id, const char *source)
{
	const char *other;

	if (*id == '\0')
	{
		zm_finding(history, ZM_FINDING_PROBLEM, source, 0, "has no version");
		return false;
	}
	if (history->ids == NULL)
		history->ids = zm_index_create(list_length(history->files));
	other = zm_index_find(history->ids, id);
	if (other)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, source, 0,
				   "the version \"%s\" is that of \"%s\", too", id, other);
		return false;
	}
	zm_index_put(history->ids, id, unconstify(char *, source));
	history->last_source = source;
	return true;
}
