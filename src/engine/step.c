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

#include "executor/spi.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "tcop/dest.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "engine/environment.h"
#include "engine/refuse.h"
#include "engine/run.h"
#include "guc.h"
#include "script/context.h"
#include "util/fault.h"

static void run_script(const ZmRun *run, const ZmStep *step, ZmScript *script,
					   const ZmEnvironment *environment);
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
	ZmEnvironment *environment;
	int level;

	INSTR_TIME_SET_CURRENT(start);
	if (zm_echo && message_level_is_interesting(NOTICE))
		zm_echo_tell(run->echo, zm_step_title(run, step));

	level = NewGUCNestLevel();
	zm_temporary_begin(run->temporary);
	environment = zm_set_environment(run->tenant, GUC_ACTION_SAVE);
	run_script(run, step,
			   step->script ? step->script
							: zm_store_script(step->node->id, run->up),
			   environment);
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
run_script(const ZmRun *run, const ZmStep *step, ZmScript *script,
		   const ZmEnvironment *environment)
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
		zm_fault_point();
		run_statement(run, &context, &statement);
		context.statement = NULL;
		zm_mend_environment(environment);
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
		zm_add_hint(error, run->up);
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
