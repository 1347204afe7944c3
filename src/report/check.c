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

static char *
list_differences(const ZmDifference *difference)
{
	StringInfoData list;
	int told = 0;
	ListCell *lc;

	initStringInfo(&list);
	foreach (lc, difference->statements)
	{
		const ZmStatementOut *statement = lfirst(lc);

		if (statement->object == NULL)
			continue;
		if (told == MAX_TOLD)
		{
			appendStringInfo(&list, "\nand %d more",
							 list_length(difference->statements) -
								 foreach_current_index(lc));
			break;
		}
		appendStringInfo(&list, "%s%s %s %s", told++ > 0 ? "\n" : "",
						 statement->change, statement->object->kind->name,
						 statement->object->identity);
	}
	return list.data;
}
