/*
 * hazard.c
 *
 * What a statement does to rows and to other sessions, in words.
 */
#include "postgres.h"

#include "emit/emit.h"

static void say(List **phrases, char *phrase);

char *
zm_hazard_text(const ZmStatementOut *statement, const char *rows)
{
	List *phrases = NIL;
	StringInfoData text;
	ListCell *lc;

	if (statement->hazards & ZM_HAZARD_DATA_LOSS)
		say(&phrases, rows ? psprintf("data loss (%s)", rows) : "data loss");
	if (statement->hazards & ZM_HAZARD_REWRITE)
		say(&phrases, "rewrites the table");
	if (statement->hazards & ZM_HAZARD_FULL_SCAN)
		say(&phrases, "reads every row");
	if (statement->hazards & ZM_HAZARD_INDEX_BUILD)
		say(&phrases, "builds an index");
	if (statement->hazards & ZM_HAZARD_MAY_FAIL)
		say(&phrases, "may fail on the rows that are there");
	foreach (lc, statement->notes)
		say(&phrases, lfirst(lc));
	if (statement->lock && statement->locked)
		say(&phrases, psprintf("%s lock on %s", statement->lock,
							   statement->locked->identity));
	if (phrases == NIL)
		return NULL;
	initStringInfo(&text);
	foreach (lc, phrases)
		appendStringInfo(&text, "%s%s", text.len > 0 ? "; " : "",
						 (char *) lfirst(lc));
	return text.data;
}

/* Several keys may be between the same tables, or one within a table. */
static void
say(List **phrases, char *phrase)
{
	if (!zm_list_has(*phrases, phrase))
		*phrases = lappend(*phrases, phrase);
}
