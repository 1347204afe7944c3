/*
 * offline.c
 *
 * Runs as scripts for psql, for databases that one cannot or may not reach.
 *
 * Rule: run by plain psql on a database that stands at the start of the
 * range, the text gives the same schema and the same version rows as a real
 * run; scripts come out verbatim, and what a script would leave to the next
 * one is undone between them.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "engine/inspect.h"
#include "engine/offline.h"
#include "engine/refuse.h"
#include "engine/run.h"
#include "engine/standalone.h"
#include "guc.h"

/* Alembic's own width of version_num; longer ids get a wider column. */
#define ALEMBIC_WIDTH 32

typedef struct Writer
{
	StringInfoData text;
	ZmRun run; /* graph and steps only */
	ZmRows *rows;
	ZmLedger ledger;
} Writer;

/* Where scripts are kept until they are written. */
typedef struct Collector
{
	MemoryContext context;
	ZmRun *run;
} Collector;

static void plan_steps(ZmRun *run, const ZmRevs *plan);
static void collect_script(ZmStoredRevision *revision, void *arg);
static void write_step(Writer *writer, const ZmStep *step);
static void write_script(Writer *writer, const ZmStep *step, ZmScript *script);
static void begin_ledger(Writer *writer);
static int longest_id(const ZmGraph *graph);
static void write_ledger(Writer *writer, const ZmRevs *removed,
						 const ZmRevs *added);
static void write_alembic(Writer *writer, const ZmRevs *removed,
						  const ZmRevs *added);
static void write_stamp_call(Writer *writer, const ZmRevs *rows);
static char *quoted_id(const Writer *writer, ZmRev rev);
static ZmRevs minus(const ZmRevs *left, const ZmRevs *right);

char *
zm_offline_run(bool up, const char *range, ZmLedger ledger)
{
	Writer writer = {.ledger = ledger, .run = {.up = up}};
	ZmRevs start;
	ZmRevs plan;
	char *target;

	writer.run.graph = zm_store_graph(NULL);
	target = zm_parse_offline_range(writer.run.graph, range, !up, &start);
	plan = up ? zm_plan_upgrade(writer.run.graph, &start, target)
			  : zm_plan_downgrade(writer.run.graph, &start, target);
	if (up && ledger == ZM_LEDGER_ALEMBIC)
		zm_check_offline_upgrade(writer.run.graph, &start, &plan);
	writer.rows = zm_rows_create(writer.run.graph, &start);

	plan_steps(&writer.run, &plan);

	initStringInfo(&writer.text);
	appendStringInfoString(&writer.text, "BEGIN;\n\n");
	if (plan.count > 0 && start.count == 0)
		begin_ledger(&writer);
	for (int i = 0; i < writer.run.nsteps; i++)
		write_step(&writer, &writer.run.steps[i]);
	appendStringInfoString(&writer.text, "COMMIT;\n");
	return writer.text.data;
}

char *
zm_offline_stamp(int ntargets, char **targets, ZmLedger ledger)
{
	Writer writer = {.ledger = ledger};
	ZmRevs start;
	ZmRevs after;
	ZmRevs removed;
	ZmRevs added;
	char **plain;

	writer.run.graph = zm_store_graph(NULL);
	plain =
		zm_parse_offline_targets(writer.run.graph, ntargets, targets, &start);
	after = zm_plan_stamp(writer.run.graph, &start, ntargets, plain);
	removed = minus(&start, &after);
	added = minus(&after, &start);

	initStringInfo(&writer.text);
	appendStringInfoString(&writer.text, "BEGIN;\n\n");
	if (start.count == 0 && added.count > 0)
		begin_ledger(&writer);
	if (ledger == ZM_LEDGER_ALEMBIC)
		write_alembic(&writer, &removed, &added);
	else if (ledger == ZM_LEDGER_ZISHU)
		write_stamp_call(&writer, &after);
	appendStringInfoString(&writer.text, "COMMIT;\n");
	return writer.text.data;
}

/* The steps of a plan with their scripts. */
static void
plan_steps(ZmRun *run, const ZmRevs *plan)
{
	Collector collector = {CurrentMemoryContext, run};
	char **ids = palloc(sizeof(char *) * (plan->count + 1));

	run->nsteps = plan->count;
	run->steps = palloc0(sizeof(ZmStep) * (plan->count + 1));
	for (int i = 0; i < plan->count; i++)
	{
		run->steps[i].rev = plan->revs[i];
		run->steps[i].node = zm_graph_node(run->graph, plan->revs[i]);
		ids[i] = run->steps[i].node->id;
	}
	zm_store_each_revision(plan->count, ids, collect_script, &collector);
}

static void
collect_script(ZmStoredRevision *revision, void *arg)
{
	Collector *collector = arg;
	ZmStep *step = &collector->run->steps[revision->index];
	ZmScript *script =
		collector->run->up ? revision->upgrade : revision->downgrade;
	MemoryContext saved = MemoryContextSwitchTo(collector->context);

	CHECK_FOR_INTERRUPTS();
	if (script)
		step->script = zm_script_from_cstring(script->text, script->length);
	MemoryContextSwitchTo(saved);
}

static void
write_step(Writer *writer, const ZmStep *step)
{
	ZmRevs removed;
	ZmRevs added;

	CHECK_FOR_INTERRUPTS();
	if (step->script == NULL)
		zm_refuse_irreversible(step->node->id);
	write_script(writer, step, step->script);
	zm_script_free(step->script);
	zm_rows_step(writer->rows, step->rev, writer->run.up, &removed, &added);
	write_ledger(writer, &removed, &added);
}

static void
write_script(Writer *writer, const ZmStep *step, ZmScript *script)
{
	StringInfo text = &writer->text;
	bool as_owner = zm_owner_role[0] != '\0';
	ZmInspection inspection;
	ZmNode untitled = *step->node;
	ZmStep heading = {.node = &untitled};

	/* A message could end the comment line. */
	untitled.message = NULL;
	appendStringInfo(text, "-- %s\n\n", zm_step_title(&writer->run, &heading));

	zm_inspect_script(script, zm_action_name(writer->run.up), step->node->id,
					  step->node->message, ZM_INSPECT_OFFLINE, &inspection);
	if (inspection.top_level)
		appendStringInfoString(text, "COMMIT;\n\n");
	if (as_owner)
		appendStringInfo(text, "SET ROLE %s;\n\n",
						 quote_identifier(zm_owner_role));

	appendBinaryStringInfo(text, script->text, script->length);
	zm_append_end(text, inspection.statements == 0 || inspection.terminated);
	zm_append_reset(text, inspection.changes_settings,
					inspection.makes_temporary);
	if (as_owner && !inspection.changes_settings)
		appendStringInfoString(text, "\nRESET ROLE;\n");
	if (inspection.top_level)
		appendStringInfoString(text, "\nBEGIN;\n");
	appendStringInfoChar(text, '\n');
}

static void
begin_ledger(Writer *writer)
{
	if (writer->ledger == ZM_LEDGER_ALEMBIC)
		appendStringInfo(&writer->text,
						 "CREATE TABLE alembic_version (\n"
						 "    version_num VARCHAR(%d) NOT NULL,\n"
						 "    CONSTRAINT alembic_version_pkc "
						 "PRIMARY KEY (version_num)\n"
						 ");\n\n",
						 longest_id(writer->run.graph));
}

static int
longest_id(const ZmGraph *graph)
{
	int longest = ALEMBIC_WIDTH;

	for (ZmRev rev = 0; rev < zm_graph_size(graph); rev++)
		longest = Max(longest, pg_mbstrlen(zm_graph_node(graph, rev)->id));
	return longest;
}

static void
write_ledger(Writer *writer, const ZmRevs *removed, const ZmRevs *added)
{
	if (writer->ledger == ZM_LEDGER_ALEMBIC)
		write_alembic(writer, removed, added);
	else if (writer->ledger == ZM_LEDGER_ZISHU)
	{
		ZmRevs rows = zm_rows_current(writer->rows);

		write_stamp_call(writer, &rows);
	}
}

/* One row becomes another as far as both last; the rest goes or comes. */
static void
write_alembic(Writer *writer, const ZmRevs *removed, const ZmRevs *added)
{
	int both = Min(removed->count, added->count);

	for (int i = both; i < removed->count; i++)
		appendStringInfo(&writer->text,
						 "DELETE FROM alembic_version"
						 " WHERE alembic_version.version_num = %s;\n\n",
						 quoted_id(writer, removed->revs[i]));
	for (int i = 0; i < both; i++)
		appendStringInfo(&writer->text,
						 "UPDATE alembic_version SET version_num=%s"
						 " WHERE alembic_version.version_num = %s;\n\n",
						 quoted_id(writer, added->revs[i]),
						 quoted_id(writer, removed->revs[i]));
	for (int i = both; i < added->count; i++)
		appendStringInfo(&writer->text,
						 "INSERT INTO alembic_version (version_num)"
						 " VALUES (%s);\n\n",
						 quoted_id(writer, added->revs[i]));
}

static void
write_stamp_call(Writer *writer, const ZmRevs *rows)
{
	StringInfo text = &writer->text;

	appendStringInfoString(text, "SELECT pg_catalog.zishu_stamp(ARRAY[");
	if (rows->count == 0)
		appendStringInfoString(text, "'base'");
	for (int i = 0; i < rows->count; i++)
		appendStringInfo(text, "%s%s", i > 0 ? ", " : "",
						 quoted_id(writer, rows->revs[i]));
	appendStringInfoString(text, "], purge => true);\n\n");
}

static char *
quoted_id(const Writer *writer, ZmRev rev)
{
	return quote_literal_cstr(zm_graph_node(writer->run.graph, rev)->id);
}

static ZmRevs
minus(const ZmRevs *left, const ZmRevs *right)
{
	ZmRevs result = {0, palloc(sizeof(ZmRev) * (left->count + 1))};

	for (int i = 0; i < left->count; i++)
	{
		bool found = false;

		for (int j = 0; j < right->count && !found; j++)
			found = left->revs[i] == right->revs[j];
		if (!found)
			result.revs[result.count++] = left->revs[i];
	}
	return result;
}
