/*
 * script.c
 *
 * A difference as a script to be read, reviewed and run.
 */
#include "postgres.h"

#include "report/autogenerate.h"

static void add_comment(StringInfo script, const ZmStatementOut *statement,
						const char *hazard, const char *online);
static void add_line(StringInfo script, const char *text);

char *
zm_difference_script(const ZmDifference *difference, const char *online)
{
	StringInfoData script;
	ListCell *statement;
	ListCell *hazard;

	initStringInfo(&script);
	forboth (statement, difference->statements, hazard, difference->hazards)
	{
		const ZmStatementOut *out = lfirst(statement);

		if (script.len > 0)
			appendStringInfoChar(&script, '\n');
		add_comment(&script, out, lfirst(hazard), online);
		appendStringInfo(&script, "%s;\n", out->statement);
	}
	return script.data;
}

static void
add_comment(StringInfo script, const ZmStatementOut *statement,
			const char *hazard, const char *online)
{
	if (hazard)
	{
		appendStringInfoString(script, statement->hazards & ZM_HAZARD_DATA_LOSS
										   ? "-- DESTRUCTIVE: "
										   : "-- hazard: ");
		add_line(script, hazard);
	}
	if (statement->commit_after && online)
		appendStringInfo(script,
						 "-- needs to be committed before what follows: run "
						 "this with CALL %s()\n",
						 online);
}

/* Names can hold line breaks, comments cannot. */
static void
add_line(StringInfo script, const char *text)
{
	for (const char *c = text; *c; c++)
		appendStringInfoChar(script, *c == '\n' || *c == '\r' ? ' ' : *c);
	appendStringInfoChar(script, '\n');
}
