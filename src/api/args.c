/*
 * args.c
 *
 * Arguments of the SQL functions.
 *
 * Rule: whatever SQL can hand over, nulls included, is either decoded or
 * refused here.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/utility.h"
#include "utils/builtins.h"

#include "api/args.h"
#include "engine/run.h"
#include "util/arrays.h"

char *
zm_arg_string(FunctionCallInfo fcinfo, int n)
{
	if (PG_ARGISNULL(n))
		return NULL;
	return text_to_cstring(PG_GETARG_TEXT_PP(n));
}

char *
zm_arg_text(FunctionCallInfo fcinfo, int n, const char *name)
{
	zm_arg_required(fcinfo, n, name);
	return zm_arg_string(fcinfo, n);
}

bool
zm_arg_bool(FunctionCallInfo fcinfo, int n)
{
	return !PG_ARGISNULL(n) && PG_GETARG_BOOL(n);
}

char **
zm_arg_strings(FunctionCallInfo fcinfo, int n, const char *name, int *count)
{
	*count = 0;
	if (PG_ARGISNULL(n))
		return NULL;
	return zm_strings(PG_GETARG_DATUM(n), count, name, false);
}

void
zm_arg_required(FunctionCallInfo fcinfo, int n, const char *name)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("%s must not be null", name)));
}

int
zm_arg_files(FunctionCallInfo fcinfo, int n, char ***names, char ***contents)
{
	int nnames;
	int ncontents;

	zm_arg_required(fcinfo, n, "names");
	zm_arg_required(fcinfo, n + 1, "contents");
	*names = zm_arg_strings(fcinfo, n, "names", &nnames);
	*contents = zm_arg_strings(fcinfo, n + 1, "contents", &ncontents);
	if (nnames != ncontents)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("names and contents differ in length"),
						errdetail("There are %d names and %d contents.",
								  nnames, ncontents)));
	return nnames;
}

char **
zm_arg_some_strings(FunctionCallInfo fcinfo, int n, const char *name,
					const char *hint, int *count)
{
	char **strings;

	zm_arg_required(fcinfo, n, name);
	strings = zm_arg_strings(fcinfo, n, name, count);
	if (*count == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("no %s given", name), errhint("%s", hint)));
	return strings;
}

void
zm_begin_change(const char *command)
{
	PreventCommandIfReadOnly(command);
	PreventCommandIfParallelMode(command);
	PreventCommandDuringRecovery(command);

	/* REFRESH MATERIALIZED VIEW, index expressions, autovacuum, ... run
	 * functions with another user's rights. */
	if (InSecurityRestrictedOperation())
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("cannot execute %s within security-restricted "
							   "operation",
							   command)));

	/* It would pull the ground from under the run that called it. */
	if (zm_run_in_progress())
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("cannot execute %s inside a migration script",
							   command)));
}

void
zm_begin_commits(FunctionCallInfo fcinfo, const char *command)
{
	CallContext *call = (CallContext *) fcinfo->context;

	if (call && IsA(call, CallContext) && !call->atomic)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ACTIVE_SQL_TRANSACTION),
			 errmsg("%s cannot run inside a transaction block or a function",
					command),
			 errdetail("It commits after each part of its work."),
			 errhint("CALL it as a statement by itself.")));
}

void
zm_begin_online(FunctionCallInfo fcinfo, const char *command)
{
	zm_begin_change(command);
	zm_begin_commits(fcinfo, command);
}
