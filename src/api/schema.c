/*
 * schema.c
 *
 * zishu_snapshot, zishu_diff: schemas and what sets them apart.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "api/args.h"
#include "schema/snapshot.h"

PG_FUNCTION_INFO_V1(zishu_snapshot);

/* zishu_snapshot(): the canonical text of the live schema */
Datum
zishu_snapshot(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(zm_snapshot_text()));
}
