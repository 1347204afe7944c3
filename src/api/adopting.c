/*
 * adopting.c
 *
 * zishu_adopt.
 *
 * Rule: decode the arguments, call the engine, return a row for each revision
 * that is or was applied.
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "api/args.h"
#include "engine/adopt.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_adopt);

static void return_adopted(ZmRowSet *rows, const ZmAdopted *adopted);

/* zishu_adopt(tool, relation, dry_run, tenant) */
Datum
zishu_adopt(PG_FUNCTION_ARGS)
{
	char *tool = zm_arg_text(fcinfo, 0, "tool");
	char *relation = zm_arg_string(fcinfo, 1);
	bool dry_run = zm_arg_bool(fcinfo, 2);
	char *tenant = zm_arg_text(fcinfo, 3, "tenant");
	List *adopted;
	ListCell *lc;
	ZmRowSet rows;

	zm_rowset_begin(&rows, fcinfo);
	if (!dry_run)
		zm_begin_change("zishu_adopt()");
	adopted = zm_adopt(tool, relation, dry_run, tenant);
	foreach (lc, adopted)
		return_adopted(&rows, lfirst(lc));
	return (Datum) 0;
}

static void
return_adopted(ZmRowSet *rows, const ZmAdopted *adopted)
{
	zm_rowset_put_text(rows, adopted->revision);
	zm_rowset_put_text(rows, adopted->action);
	zm_rowset_put(rows, BoolGetDatum(adopted->is_head));
	if (adopted->has_at)
		zm_rowset_put(rows, TimestampTzGetDatum(adopted->at));
	else
		zm_rowset_put_null(rows);
	zm_rowset_put_text(rows, adopted->entry);
	zm_rowset_put_text(rows, adopted->checksum);
	zm_rowset_finish_row(rows);
}
