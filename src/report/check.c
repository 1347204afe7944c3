/*
 * check.c
 *
 * Is the live schema as the model wants it?
 */
#include "postgres.h"

#include "errors.h"
#include "report/build.h"
#include "report/check.h"
#include "report/difference.h"

/* As many differences are told one by one. */
#define MAX_TOLD 20

static char *list_differences(const ZmDifference *difference);

void
zm_check_model(void)
{
	ZmSchema *live;
	ZmSchema *model = zm_build_model(&live);
	ZmDifference *difference = zm_difference_with_renames(live, model, false);

	if (difference->statements == NIL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_SCHEMA_DIFFERS),
			 errmsg("the schema differs from the model"),
			 errdetail("To become as the model, it needs to:\n%s",
					   list_differences(difference)),
			 errhint("SELECT * FROM zishu_diff() shows the statements; "
					 "zishu_revision(message, autogenerate => true) stores "
					 "them as a revision.")));
}

/* What takes several statements is told once. */
static char *
list_differences(const ZmDifference *difference)
{
	StringInfoData list;
	char *last = NULL;
	int told = 0;
	ListCell *lc;

	initStringInfo(&list);
	foreach (lc, difference->statements)
	{
		const ZmStatementOut *statement = lfirst(lc);
		char *line;

		if (statement->object == NULL)
			continue;
		line = psprintf("%s %s %s", statement->change,
						statement->object->kind->name,
						statement->object->identity);
		if (last && strcmp(line, last) == 0)
			continue;
		last = line;
		if (told++ < MAX_TOLD)
			appendStringInfo(&list, "%s%s", told > 1 ? "\n" : "", line);
	}
	if (told > MAX_TOLD)
		appendStringInfo(&list, "\nand %d more", told - MAX_TOLD);
	return list.data;
}
