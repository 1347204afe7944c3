/*
 * hazard.c
 *
 * What a statement does to rows and to other sessions, in words.
 */
#include "postgres.h"

#include "emit/emit.h"

static void add(StringInfo text, const char *phrase);

char *
zm_hazard_text(const ZmStatementOut *statement, const char *rows)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	if (statement->hazards & ZM_HAZARD_DATA_LOSS)
		add(&text, rows ? psprintf("data loss (%s)", rows) : "data loss");
	if (statement->hazards & ZM_HAZARD_REWRITE)
		add(&text, "rewrites the table");
	if (statement->hazards & ZM_HAZARD_FULL_SCAN)
		add(&text, "reads every row");
	if (statement->hazards & ZM_HAZARD_INDEX_BUILD)
		add(&text, "builds an index");
	if (statement->hazards & ZM_HAZARD_MAY_FAIL)
		add(&text, "may fail on the rows that are there");
	foreach (lc, statement->notes)
		add(&text, lfirst(lc));
	if (statement->lock && statement->locked)
		add(&text, psprintf("%s lock on %s", statement->lock,
							statement->locked->identity));
	return text.len > 0 ? text.data : NULL;
}

static void
add(StringInfo text, const char *phrase)
{
	if (text->len > 0)
		appendStringInfoString(text, "; ");
	appendStringInfoString(text, phrase);
}
