/*
 * difference.c
 *
 * The statements between two states, with what they do to rows.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "guc.h"
#include "report/difference.h"
#include "report/rename.h"
#include "report/extension_update.h"
#include "report/row_count.h"

ZmDifference *
zm_difference(ZmSchema *source, ZmSchema *target, bool live)
{
	ZmDifference *difference = palloc0(sizeof(ZmDifference));
	ZmDiffOptions *options = palloc0(sizeof(ZmDiffOptions));
	ListCell *lc;

	options->owners = zm_compare_owners;
	options->privileges = zm_compare_privileges;
	options->online = zm_diff_online;
	options->updates_extension = zm_extension_updates;
	options->role = GetUserNameFromId(GetUserId(), false);
	difference->statements = zm_emit_diff(zm_diff(source, target, options));
	foreach (lc, difference->statements)
	{
		const ZmStatementOut *statement = lfirst(lc);
		char *rows = NULL;

		CHECK_FOR_INTERRUPTS();
		if (live && (statement->hazards & ZM_HAZARD_DATA_LOSS) &&
			statement->locked)
			rows = zm_row_count(statement->locked->identity);
		difference->hazards =
			lappend(difference->hazards, zm_hazard_text(statement, rows));
	}
	return difference;
}

ZmDifference *
zm_difference_with_renames(ZmSchema *source, ZmSchema *target, bool live)
{
	List *renames = zm_renames(&source, target, zm_model_hints());
	ZmDifference *difference = zm_difference(source, target, live);
	List *hazards = NIL;
	ListCell *lc;

	foreach (lc, renames)
		hazards = lappend(hazards, zm_hazard_text(lfirst(lc), NULL));
	difference->statements = list_concat(renames, difference->statements);
	difference->hazards = list_concat(hazards, difference->hazards);
	return difference;
}
