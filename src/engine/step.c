/*
 * step.c
 *
 * Running one script.
 *
 * Rule: a script runs with the caller's rights (or those of owner_role) and
 * with the settings the caller has; what it sets itself ends with it.  It is
 * read, parsed and run a statement at a time, and what a statement allocates
 * is gone before the next one.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "tcop/dest.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "engine/refuse.h"
#include "engine/run.h"
#include "guc.h"
#include "script/context.h"

static void set_environment(const ZmRun *run);
static void check_tenant(const char *tenant);
static void set_local(const char *name, const char *value);
static void run_script(const ZmRun *run, const ZmStep *step, ZmScript *script);
static void run_statement(const ZmRun *run, const ZmScriptContext *context,
						  const ZmStatement *statement);
static uint64 execute_statement(const char *text);

void
zm_step_run(const ZmRun *run, ZmStep *step)
{
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate step", ALLOCSET_DEFAULT_SIZES);
	MemoryContext saved = MemoryContextSwitchTo(context);
	instr_time start;
	instr_time end;
	int level;

	INSTR_TIME_SET_CURRENT(start);
	if (zm_echo && message_level_is_interesting(NOTICE))
		zm_echo_tell(run->echo, zm_step_title(run, step));

	level = NewGUCNestLevel();
	zm_temporary_begin(run->temporary);
	set_environment(run);
	run_script(run, step,
			   step->script ? step->script
							: zm_store_script(step->node->id, run->up));
	zm_temporary_end(run->temporary);

	/*
	 * As after a failure, so that SET without LOCAL ends here, too.  This
	 * gives back role and session authorization as well.
	 */
	AtEOXact_GUC(false, level);

	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	step->elapsed = INSTR_TIME_GET_MICROSEC(end);
	step->finished_at = GetCurrentTimestamp();
	step->script = NULL;
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(context);
}

static void
set_environment(const ZmRun *run)
{
	if (zm_lock_timeout > 0)
		set_local("lock_timeout", psprintf("%d", zm_lock_timeout));
	if (zm_owner_role[0] != '\0')
		set_local("role", zm_owner_role);
	if (run->tenant[0] != '\0')
	{
		set_local("search_path",
				  psprintf("%s, public", quote_identifier(run->tenant)));
		check_tenant(run->tenant);
	}
}

/*
 * search_path passes over what it does not find or may not use, and the
 * tenant's tables would land in public.
 */
static void
check_tenant(const char *tenant)
{
	Oid schema = get_namespace_oid(tenant, false);
	List *path = fetch_search_path(false);

	if (path == NIL || linitial_oid(path) != schema)
	{
		if (strcmp(tenant, "$user") == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_SCHEMA_NAME),
					 errmsg("schema \"%s\" cannot be a tenant", tenant),
					 errdetail("In search_path this name stands for the "
							   "schema of the current user.")));
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_SCHEMA, tenant);
	}
	list_free(path);
}

static void
set_local(const char *name, const char *value)
{
	(void) set_config_option(name, value,
							 superuser() ? PGC_SUSET : PGC_USERSET,
							 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

static void
run_script(const ZmRun *run, const ZmStep *step, ZmScript *script)
{
	ZmSplitter *splitter = zm_splitter_create(script);
	ZmScriptContext context = {
		.label = zm_script_label(zm_action_name(run->up), step->node->id,
								 step->node->message),
		.script = script,
		.statements = step->statements};
	ZmStatement statement;

	zm_script_context_push(&context);
	while (zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		context.statement = &statement;
		run_statement(run, &context, &statement);
		context.statement = NULL;
	}
	zm_script_context_pop(&context);
}

/* An error goes on as it came, but says where in the script it happened. */
static void
run_statement(const ZmRun *run, const ZmScriptContext *context,
			  const ZmStatement *statement)
{
	MemoryContext saved = CurrentMemoryContext;

	PG_TRY();
	{
		while (execute_statement(statement->text) > 0 && statement->repeat)
			CHECK_FOR_INTERRUPTS();
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(saved);
		error = CopyErrorData();
		FlushErrorState();
		zm_echo_flush(run->echo);
		zm_script_context_place(context, error);
		zm_add_hint(error);
		ReThrowError(error);
	}
	PG_END_TRY();
}

/* Returns the number of rows that the statement inserted, updated, deleted or
 * merged; 0 for one of any other kind. */
static uint64
execute_statement(const char *text)
{
	SPIExecuteOptions options = {0};
	uint64 processed;
	int code;

	/* Nobody reads what a script selects: let it not be gathered. */
	options.dest = None_Receiver;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	code = SPI_execute_extended(text, &options);
	if (code < 0)
		elog(ERROR, "SPI returned %s", SPI_result_code_string(code));
	processed = SPI_processed;
	SPI_finish();
	switch (code)
	{
		case SPI_OK_INSERT:
		case SPI_OK_UPDATE:
		case SPI_OK_DELETE:
		case SPI_OK_MERGE:
		case SPI_OK_INSERT_RETURNING:
		case SPI_OK_UPDATE_RETURNING:
		case SPI_OK_DELETE_RETURNING:
			return processed;
		default:
			return 0;
	}
}
