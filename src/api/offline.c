/*
 * offline.c
 *
 * zishu_upgrade_sql, zishu_downgrade_sql, zishu_stamp_sql.
 *
 * Rule: decode the arguments, call the engine, return the text.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "api/args.h"
#include "engine/offline.h"

PG_FUNCTION_INFO_V1(zishu_upgrade_sql);
PG_FUNCTION_INFO_V1(zishu_downgrade_sql);
PG_FUNCTION_INFO_V1(zishu_stamp_sql);

static ZmLedger ledger_argument(const char *name);

/* zishu_upgrade_sql(range, ledger) */
Datum
zishu_upgrade_sql(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(
		zm_offline_run(true, zm_arg_text(fcinfo, 0, "range"),
					   ledger_argument(zm_arg_text(fcinfo, 1, "ledger")))));
}

/* zishu_downgrade_sql(range, ledger) */
Datum
zishu_downgrade_sql(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(
		zm_offline_run(false, zm_arg_text(fcinfo, 0, "range"),
					   ledger_argument(zm_arg_text(fcinfo, 1, "ledger")))));
}

/* zishu_stamp_sql(targets, ledger) */
Datum
zishu_stamp_sql(PG_FUNCTION_ARGS)
{
	int ntargets;
	char **targets = zm_arg_some_strings(
		fcinfo, 0, "targets", "Give a revision, heads or base.", &ntargets);

	PG_RETURN_TEXT_P(cstring_to_text(
		zm_offline_stamp(ntargets, targets,
						 ledger_argument(zm_arg_text(fcinfo, 1, "ledger")))));
}

static ZmLedger
ledger_argument(const char *name)
{
	if (strcmp(name, "alembic") == 0)
		return ZM_LEDGER_ALEMBIC;
	if (strcmp(name, "zishu") == 0)
		return ZM_LEDGER_ZISHU;
	if (strcmp(name, "none") == 0)
		return ZM_LEDGER_NONE;
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown ledger \"%s\"", name),
					errhint("The ledgers are \"alembic\", \"zishu\" and "
							"\"none\".")));
}
