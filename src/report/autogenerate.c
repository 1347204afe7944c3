/*
 * autogenerate.c
 *
 * A migration from the live schema to the model, and back.
 *
 * Rule: what is handed out was tried: both scripts have run in a copy of the
 * live schema and left it as the model, and then as it was.  Where that could
 * not be shown, the script says so at its top.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/resowner.h"

#include "errors.h"
#include "guc.h"
#include "report/autogenerate.h"
#include "report/build.h"
#include "report/state.h"
#include "scratch/scratch.h"
#include "store/store.h"

static void require_head(void);
static char *downgrade_script(ZmSchema *upgraded, ZmSchema *live);
static char *prove(ZmSchema *live, ZmSchema *model, ZmGenerated *generated);
static char *try_out(ZmSchema *live, ZmSchema *model, ZmGenerated *generated);
static List *proof_steps(ZmSchema *live, const ZmGenerated *generated);
static bool same(ZmSchema *left, const char *right);
static char *warn(const char *reason, char *script);

ZmGenerated *
zm_autogenerate(void)
{
	ZmGenerated *generated = palloc(sizeof(ZmGenerated));
	ZmDifference *up;
	ZmSchema *live;
	ZmSchema *model;
	char *doubt;

	require_head();
	model = zm_build_model(&live);
	up = zm_difference_with_renames(live, model, true);
	if (up->statements == NIL)
		return NULL;
	generated->upgrade = zm_difference_script(up, "zishu_upgrade_online");
	generated->downgrade = downgrade_script(model, live);
	doubt = prove(live, model, generated);
	if (doubt)
	{
		ereport(WARNING,
				(errmsg("the generated migration could not be proven"),
				 errdetail("%s", doubt),
				 errhint("Read and try the scripts before you apply them.")));
		generated->upgrade = warn(doubt, generated->upgrade);
		generated->downgrade = warn(doubt, generated->downgrade);
	}
	return generated;
}

static char *
downgrade_script(ZmSchema *upgraded, ZmSchema *live)
{
	return zm_difference_script(
		zm_difference_with_renames(upgraded, live, false),
		"zishu_downgrade_online");
}

/* What is pending would be generated a second time. */
static void
require_head(void)
{
	ZmGraph *graph = zm_store_graph(NULL);
	int nrows;
	char **ids = zm_store_versions("", &nrows);
	ZmRevs rows = zm_resolve_rows(graph, nrows, ids);
	bool *applied = zm_graph_applied(graph, &rows);
	int size = zm_graph_size(graph);
	int pending = 0;
	const char *first = NULL;

	for (int i = 0; i < size; i++)
	{
		if (applied[i])
			continue;
		if (pending++ == 0)
			first = zm_graph_node(graph, i)->id;
	}
	if (pending > 0)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_NOT_AT_HEAD),
				 errmsg("the database is not at head"),
				 pending == 1
					 ? errdetail("Revision \"%s\" is not applied.", first)
					 : errdetail("%d revisions are not applied, \"%s\" among "
								 "them.",
								 pending, first),
				 errhint("Run zishu_upgrade('heads') first: a migration is "
						 "generated on top of all others.")));
}

/* NULL, or what keeps the scripts from being proven. */
static char *
prove(ZmSchema *live, ZmSchema *model, ZmGenerated *generated)
{
	MemoryContext caller = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	char *doubt;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(caller);
	PG_TRY();
	{
		doubt = try_out(live, model, generated);
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(caller);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		/* Only what is wrong with the scripts is a doubt about them. */
		if (error->sqlerrcode == ERRCODE_QUERY_CANCELED ||
			ERRCODE_TO_CATEGORY(error->sqlerrcode) ==
				ERRCODE_OPERATOR_INTERVENTION ||
			ERRCODE_TO_CATEGORY(error->sqlerrcode) ==
				ERRCODE_INSUFFICIENT_RESOURCES)
			PG_RE_THROW();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(caller);
		CurrentResourceOwner = owner;
		doubt = psprintf("In a copy of the live schema: %s.", error->message);
		if (error->context)
			doubt = psprintf("%s (%s)", doubt, error->context);
	}
	PG_END_TRY();
	return doubt;
}

/*
 * The upgrade leaves columns and attributes in their order, which need not be
 * the model's.  Where rows are written anew, the way back goes by it: so it
 * starts from what the upgrade really makes.
 */
static char *
try_out(ZmSchema *live, ZmSchema *model, ZmGenerated *generated)
{
	List *pictures = zm_scratch_run(proof_steps(live, generated), NULL);
	char *downgrade;

	if (!same(live, linitial(pictures)))
		return pstrdup("The live schema could not be copied exactly.");
	if (!same(model, lsecond(pictures)))
		return pstrdup("The upgrade does not lead to the model exactly.");
	downgrade = downgrade_script(zm_schema_in(lsecond(pictures)), live);
	if (strcmp(downgrade, generated->downgrade) != 0)
	{
		generated->downgrade = downgrade;
		pictures = zm_scratch_run(proof_steps(live, generated), NULL);
	}
	if (!same(live, lthird(pictures)))
		return pstrdup("The downgrade does not lead back exactly.");
	return NULL;
}

/* The live schema, the upgrade, the downgrade. */
static List *
proof_steps(ZmSchema *live, const ZmGenerated *generated)
{
	ZmScratchStep *steps = palloc0(sizeof(ZmScratchStep) * 3);
	List *list = NIL;

	steps[0].label = "copy of the live schema";
	steps[0].script = zm_difference_script(
		zm_difference(zm_state("empty"), live, false), NULL);
	steps[1].label = "generated upgrade";
	steps[1].script = generated->upgrade;
	steps[2].label = "generated downgrade";
	steps[2].script = generated->downgrade;
	for (int i = 0; i < 3; i++)
	{
		steps[i].snapshot = true;
		list = lappend(list, &steps[i]);
	}
	return list;
}

static bool
same(ZmSchema *left, const char *right)
{
	return zm_difference(left, zm_schema_in(right), false)->statements == NIL;
}

static char *
warn(const char *reason, char *script)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, "-- WARNING: not proven. ");
	for (const char *c = reason; *c; c++)
		appendStringInfoChar(&text, *c == '\n' || *c == '\r' ? ' ' : *c);
	appendStringInfo(&text, "\n\n%s", script);
	return text.data;
}
