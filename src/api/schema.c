/*
 * schema.c
 *
 * zishu_snapshot, zishu_diff, zishu_check: schemas and what sets them apart.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "api/args.h"
#include "report/check.h"
#include "report/difference.h"
#include "report/state.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_snapshot);
PG_FUNCTION_INFO_V1(zishu_diff);
PG_FUNCTION_INFO_V1(zishu_check);

static void return_statement(ZmRowSet *rows, int step,
							 const ZmStatementOut *statement,
							 const char *hazard);

/* zishu_snapshot(state): its canonical text */
Datum
zishu_snapshot(PG_FUNCTION_ARGS)
{
	ZmSchema *schema = zm_state(zm_arg_text(fcinfo, 0, "state"));

	PG_RETURN_TEXT_P(cstring_to_text(zm_schema_out(schema)));
}

/* zishu_diff(source, target) */
Datum
zishu_diff(PG_FUNCTION_ARGS)
{
	char *source = zm_arg_text(fcinfo, 0, "source");
	char *target = zm_arg_text(fcinfo, 1, "target");
	ZmSchema *from;
	ZmSchema *to;
	bool live = zm_state_is_live(source);
	ZmDifference *difference;
	ZmRowSet rows;
	int step = 0;
	ListCell *statement;
	ListCell *hazard;

	zm_states(source, target, &from, &to);
	difference = strcmp(source, "model") == 0 || strcmp(target, "model") == 0
					 ? zm_difference_with_renames(from, to, live)
					 : zm_difference(from, to, live);
	zm_rowset_begin(&rows, fcinfo);
	forboth (statement, difference->statements, hazard, difference->hazards)
		return_statement(&rows, ++step, lfirst(statement), lfirst(hazard));
	return (Datum) 0;
}

/* zishu_check(): true, or an error that lists the differences */
Datum
zishu_check(PG_FUNCTION_ARGS)
{
	zm_check_model();
	PG_RETURN_BOOL(true);
}

static void
return_statement(ZmRowSet *rows, int step, const ZmStatementOut *statement,
				 const char *hazard)
{
	const ZmObject *object = statement->object;

	zm_rowset_put(rows, Int32GetDatum(step));
	zm_rowset_put_text(rows, statement->change);
	zm_rowset_put_text(rows, object ? object->kind->name : "setting");
	zm_rowset_put_text(rows,
					   object ? object->identity : "check_function_bodies");
	zm_rowset_put_text(rows, statement->statement);
	zm_rowset_put_text(rows, hazard);
	zm_rowset_put(rows, BoolGetDatum(statement->commit_after));
	zm_rowset_put(rows, BoolGetDatum(statement->top_level));
	zm_rowset_finish_row(rows);
}
