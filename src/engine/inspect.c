/*
 * inspect.c
 *
 * Reading a script without running it.
 *
 * Rule: whoever wants to know something of a script's statements learns it
 * from this one pass, which holds one parse tree at a time.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "engine/inspect.h"
#include "engine/refuse.h"
#include "engine/run.h"
#include "script/context.h"

/* What an inspection is for, and who watches. */
typedef struct Inspector
{
	ZmInspectPurpose purpose;
	ZmInspection *inspection;
	ZmStatementVisitor visitor; /* or NULL */
	void *arg;
} Inspector;

static bool inspect_statement(const ZmStatement *statement,
							  const Inspector *inspector);
static int refusal_level(ZmStatementClass class, ZmInspectPurpose purpose);

void
zm_inspect_script(ZmScript *script, const char *action, const char *revision,
				  const char *message, ZmInspectPurpose purpose,
				  ZmInspection *inspection)
{
	zm_inspect_each(script, action, revision, message, purpose, inspection,
					NULL, NULL);
}

void
zm_inspect_each(ZmScript *script, const char *action, const char *revision,
				const char *message, ZmInspectPurpose purpose,
				ZmInspection *inspection, ZmStatementVisitor visitor,
				void *arg)
{
	Inspector inspector = {purpose, inspection, visitor, arg};
	ZmScriptContext context = {
		.label = zm_script_label(action, revision, message), .script = script};
	MemoryContext outer = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate inspect", ALLOCSET_DEFAULT_SIZES);
	MemoryContext parse_context = AllocSetContextCreate(
		outer, "zishu_migrate parse", ALLOCSET_DEFAULT_SIZES);
	MemoryContext saved = MemoryContextSwitchTo(outer);
	ZmSplitter *splitter = zm_splitter_create(script);
	ZmStatement statement;
	bool more = true;

	memset(inspection, 0, sizeof(*inspection));
	zm_script_context_push(&context);
	while (more && zm_splitter_next(splitter, &statement))
	{
		CHECK_FOR_INTERRUPTS();
		context.statement = &statement;
		MemoryContextSwitchTo(parse_context);
		more = inspect_statement(&statement, &inspector);
		MemoryContextSwitchTo(outer);
		MemoryContextReset(parse_context);
		context.statement = NULL;
	}
	zm_script_context_pop(&context);
	MemoryContextSwitchTo(saved);
	MemoryContextDelete(outer);
}

/* Returns false if what follows cannot be read as statements. */
static bool
inspect_statement(const ZmStatement *statement, const Inspector *inspector)
{
	ZmInspectPurpose purpose = inspector->purpose;
	ZmInspection *inspection = inspector->inspection;
	const char *command;
	RawStmt *parsetree;
	ZmStatementClass class;
	int elevel;

	class = zm_classify(statement->text, &command, &parsetree);
	elevel = refusal_level(class, purpose);
	if (elevel != 0)
		zm_refuse_statement(elevel, class, command);

	inspection->statements = statement->number;
	inspection->terminated = statement->terminated;
	inspection->top_level |= class == ZM_TOP_LEVEL;
	if (purpose == ZM_INSPECT_RUN || purpose == ZM_INSPECT_ONLINE)
		inspection->locks += zm_lock_estimate(parsetree);
	if (purpose == ZM_INSPECT_OFFLINE)
	{
		inspection->changes_settings |= zm_changes_settings(parsetree);
		inspection->makes_temporary |= zm_makes_temporary(parsetree);
		if (statement->repeat)
			zm_refuse_repeat();
	}
	if (inspector->visitor && class != ZM_COPY_CLIENT)
		inspector->visitor(statement, class, parsetree, inspector->arg);
	/* Behind COPY FROM STDIN come data. */
	return class != ZM_COPY_CLIENT;
}

static int
refusal_level(ZmStatementClass class, ZmInspectPurpose purpose)
{
	if (class == ZM_TRANSACTIONAL)
		return 0;
	if (class == ZM_TOP_LEVEL && purpose != ZM_INSPECT_RUN)
		return 0;
	return purpose == ZM_INSPECT_AUTHORED ? WARNING : ERROR;
}
