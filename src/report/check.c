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

/* The list of differences, as far as it is written. */
typedef struct Telling
{
	StringInfoData list;
	int told;
	const char *last; /* its last line */
} Telling;

static char *list_differences(const ZmDifference *difference);
static void tell(Telling *telling, const char *change, const ZmObject *object);

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
	Telling telling = {0};
	ListCell *lc;

	initStringInfo(&telling.list);
	foreach (lc, difference->statements)
	{
		const ZmStatementOut *statement = lfirst(lc);
		ListCell *column;

		if (statement->columns == NIL && statement->object)
			tell(&telling, statement->change, statement->object);
		foreach (column, statement->columns)
			tell(&telling, statement->change, lfirst(column));
	}
	if (telling.told > MAX_TOLD)
		appendStringInfo(&telling.list, "\nand %d more",
						 telling.told - MAX_TOLD);
	return telling.list.data;
}

static void
tell(Telling *telling, const char *change, const ZmObject *object)
{
	char *line =
		psprintf("%s %s %s", change, object->kind->name, object->identity);

	if (telling->last && strcmp(line, telling->last) == 0)
		return;
	telling->last = line;
	if (telling->told++ < MAX_TOLD)
		appendStringInfo(&telling->list, "%s%s", telling->told > 1 ? "\n" : "",
						 line);
}
