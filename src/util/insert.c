/*
 * insert.c
 *
 * Adding many rows to a table of ours.
 *
 * An INSERT over a parameter for each column costs more than the rows do, as
 * the arrays have to be made, taken apart and projected.  Here the server's
 * executor gets each row as it is made.
 *
 * Rule: nothing of what INSERT does for a row is left out: identity, defaults,
 * constraints, triggers, indexes.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/rewriteHandler.h"
#include "tcop/utility.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "util/insert.h"

typedef struct Inserter
{
	Relation relation;
	EState *executor;
	ResultRelInfo *target;
	TupleTableSlot *slot;
	ExprState **defaults;	  /* by attribute: those that each row has anew */
	NullableDatum *constants; /* by attribute: what all rows have */
	int *attributes;		  /* of the caller's columns */
	int ncolumns;
	Datum *values; /* of the caller's columns */
	bool *nulls;
} Inserter;

static void open_target(Inserter *inserter, const char *table);
static void find_columns(Inserter *inserter, const char *const *columns);
static void prepare_defaults(Inserter *inserter);
static void prepare_default(Inserter *inserter, int attribute);
static void insert_row(Inserter *inserter, int row, ZmInsertFill fill,
					   void *arg);
static void close_target(Inserter *inserter);

void
zm_insert(const char *table, int ncolumns, const char *const *columns, int n,
		  ZmInsertFill fill, void *arg)
{
	Inserter inserter = {.ncolumns = ncolumns};

	PreventCommandIfReadOnly("INSERT");
	open_target(&inserter, table);
	find_columns(&inserter, columns);
	prepare_defaults(&inserter);
	ExecBSInsertTriggers(inserter.executor, inserter.target);
	for (int row = 0; row < n; row++)
	{
		CHECK_FOR_INTERRUPTS();
		insert_row(&inserter, row, fill, arg);
	}
	ExecASInsertTriggers(inserter.executor, inserter.target, NULL);
	close_target(&inserter);
	CommandCounterIncrement();
}

static void
open_target(Inserter *inserter, const char *table)
{
	PushActiveSnapshot(GetTransactionSnapshot());
	inserter->executor = CreateExecutorState();
	inserter->executor->es_output_cid = GetCurrentCommandId(true);
	inserter->relation = table_openrv(
		makeRangeVar("zishu_migrate", unconstify(char *, table), -1),
		RowExclusiveLock);
	inserter->target = makeNode(ResultRelInfo);
	InitResultRelInfo(inserter->target, inserter->relation, 0, NULL, 0);
	ExecOpenIndices(inserter->target, false);
	inserter->slot = table_slot_create(inserter->relation,
									   &inserter->executor->es_tupleTable);
	AfterTriggerBeginQuery();
}

static void
find_columns(Inserter *inserter, const char *const *columns)
{
	Oid relid = RelationGetRelid(inserter->relation);

	inserter->attributes = palloc(inserter->ncolumns * sizeof(int));
	inserter->values = palloc(inserter->ncolumns * sizeof(Datum));
	inserter->nulls = palloc(inserter->ncolumns * sizeof(bool));
	for (int i = 0; i < inserter->ncolumns; i++)
	{
		AttrNumber attribute = get_attnum(relid, columns[i]);

		if (attribute == InvalidAttrNumber)
			elog(ERROR, "column \"%s\" of zishu_migrate.%s is missing",
				 columns[i], RelationGetRelationName(inserter->relation));
		inserter->attributes[i] = attribute - 1;
	}
}

static void
prepare_defaults(Inserter *inserter)
{
	TupleDesc descriptor = RelationGetDescr(inserter->relation);
	int natts = descriptor->natts;

	inserter->defaults = palloc0(natts * sizeof(ExprState *));
	inserter->constants = palloc(natts * sizeof(NullableDatum));
	for (int i = 0; i < natts; i++)
	{
		inserter->constants[i] = (NullableDatum){.isnull = true};
		if (!TupleDescAttr(descriptor, i)->attisdropped &&
			!TupleDescAttr(descriptor, i)->attgenerated)
			prepare_default(inserter, i);
	}
	for (int i = 0; i < inserter->ncolumns; i++)
		inserter->defaults[inserter->attributes[i]] = NULL;
}

/* What is not volatile is the same throughout the statement. */
static void
prepare_default(Inserter *inserter, int attribute)
{
	EState *executor = inserter->executor;
	Node *expression = build_column_default(inserter->relation, attribute + 1);
	NullableDatum *constant = &inserter->constants[attribute];
	ExprState *state;

	if (expression == NULL)
		return;
	state = ExecPrepareExpr((Expr *) expression, executor);
	if (contain_volatile_functions(expression))
		inserter->defaults[attribute] = state;
	else
		constant->value = ExecEvalExprSwitchContext(
			state, CreateExprContext(executor), &constant->isnull);
}

static void
insert_row(Inserter *inserter, int row, ZmInsertFill fill, void *arg)
{
	EState *executor = inserter->executor;
	ExprContext *context = GetPerTupleExprContext(executor);
	TupleTableSlot *slot = inserter->slot;
	int natts = slot->tts_tupleDescriptor->natts;
	MemoryContext saved;

	ResetPerTupleExprContext(executor);
	saved = MemoryContextSwitchTo(GetPerTupleMemoryContext(executor));
	ExecClearTuple(slot);
	for (int i = 0; i < natts; i++)
	{
		slot->tts_values[i] = inserter->constants[i].value;
		slot->tts_isnull[i] = inserter->constants[i].isnull;
		if (inserter->defaults[i])
			slot->tts_values[i] = ExecEvalExpr(inserter->defaults[i], context,
											   &slot->tts_isnull[i]);
	}
	fill(row, inserter->values, inserter->nulls, arg);
	for (int i = 0; i < inserter->ncolumns; i++)
	{
		slot->tts_values[inserter->attributes[i]] = inserter->values[i];
		slot->tts_isnull[inserter->attributes[i]] = inserter->nulls[i];
	}
	ExecStoreVirtualTuple(slot);
	MemoryContextSwitchTo(saved);
	ExecSimpleRelationInsert(inserter->target, executor, slot);
}

static void
close_target(Inserter *inserter)
{
	AfterTriggerEndQuery(inserter->executor);
	ExecCloseIndices(inserter->target);
	/* Triggers open the table for themselves. */
	ExecCloseResultRelations(inserter->executor);
	ExecResetTupleTable(inserter->executor->es_tupleTable, false);
	FreeExecutorState(inserter->executor);
	table_close(inserter->relation, NoLock);
	PopActiveSnapshot();
}
