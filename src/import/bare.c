/*
 * bare.c
 *
 * Directories of nothing but scripts.
 *
 * Rule: what any tool writes into its scripts or beside them is a mark of
 * that tool, and such a history is not bare.
 */
#include "postgres.h"

#include "import/import.h"

#define TIMESTAMP_DIGITS 14

static bool has_mark(const ZmSourceFile *file);

bool
zm_is_bare(const ZmHistory *history)
{
	bool found = false;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (strcmp(file->name, ZM_ATLAS_SUM) == 0 ||
			zm_ends_with(file->name, ".plan"))
			return false;
		if (!zm_ends_with(file->name, ".sql"))
			continue;
		if (zm_leading_digits(file->name) != TIMESTAMP_DIGITS ||
			file->name[TIMESTAMP_DIGITS] != '_' ||
			file->name[TIMESTAMP_DIGITS + 1] == '_' ||
			strchr(file->name, '/') != NULL || has_mark(file))
			return false;
		found = true;
	}
	return found;
}

static bool
has_mark(const ZmSourceFile *file)
{
	static const char *const marks[] = {
		"migrate:",		   "+goose ",	   "+migrate ",		"!",
		"> statement-",	   "atlas:",	   "liquibase ",	"no-transaction",
		"Running upgrade", "Up Migration", "Down Migration"};
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		Size length = line.length;
		const char *text = zm_trim(line.text, &length);

		if (!zm_starts_with(text, length, "--"))
			continue;
		text += 2;
		length -= 2;
		text = zm_trim(text, &length);
		for (int i = 0; i < lengthof(marks); i++)
		{
			if (zm_starts_with(text, length, marks[i]))
				return true;
		}
	}
	return false;
}
