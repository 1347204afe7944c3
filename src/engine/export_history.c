/*
 * export_history.c
 *
 * The history as the files of another tool.
 *
 * The tools know no graph: a revision becomes a number.  It is the time when
 * the revision was made, so that it says the same in every copy of the history
 * and stays what it is when more comes; a later one than that of its parents,
 * and nobody else's.  A revision that takes several pieces takes as many
 * numbers.
 *
 * Rule: numbers are given to all revisions, whichever are asked for, so that
 * a part of a history is numbered like the whole.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "engine/export_history.h"
#include "engine/pieces.h"
#include "engine/run.h"
#include "util/times.h"

/* Numbers are apart by this, in microseconds. */
#define TICK 1000

/* For a revision that does not know when it was made, if it is the first. */
#define NO_TIME ((TimestampTz) 0)

typedef struct Exporting
{
	const ZmExportRequest *request;
	ZmGraph *graph;
	TimestampTz *created_at;
	bool *wanted;
	bool *applied;
	TimestampTz last; /* the last number given */
	bool any_given;
	ZmExport export;
	MemoryContext context; /* of the export as a whole */
} Exporting;

static bool *wanted_revisions(const ZmGraph *graph, const char *range);
static bool *applied_revisions(const ZmGraph *graph,
							   const ZmExportRequest *request);
static void export_revision(Exporting *exporting, ZmRev rev);
static void export_units(Exporting *exporting, ZmRev rev, List *up, List *down,
						 bool irreversible);
static TimestampTz next_time(Exporting *exporting, TimestampTz wanted);
static const ZmPiece *nth_piece(const List *pieces, int n);
static bool can_be_said(const Exporting *exporting);

void
zm_export_history(const ZmExportRequest *request,
				  void (*put)(const char *name, const char *content,
							  void *arg),
				  void *arg)
{
	Exporting exporting = {.request = request, .export = {put, arg, NIL}};
	MemoryContext context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate export", ALLOCSET_DEFAULT_SIZES);
	int64 *keys;
	ZmRevs order;

	exporting.context = CurrentMemoryContext;
	exporting.graph = zm_store_graph(&exporting.created_at);
	exporting.wanted = wanted_revisions(exporting.graph, request->range);
	exporting.applied = applied_revisions(exporting.graph, request);

	keys =
		palloc_extended(sizeof(int64) * Max(zm_graph_size(exporting.graph), 1),
						MCXT_ALLOC_HUGE);
	for (ZmRev rev = 0; rev < zm_graph_size(exporting.graph); rev++)
		keys[rev] = exporting.created_at[rev];
	order = zm_linear_order(exporting.graph, keys);

	MemoryContextSwitchTo(context);
	for (int i = 0; i < order.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		export_revision(&exporting, order.revs[i]);
		MemoryContextReset(context);
	}
	request->exporter->finish(&exporting.export, can_be_said(&exporting));
	MemoryContextSwitchTo(exporting.context);
	MemoryContextDelete(context);
}

static bool *
wanted_revisions(const ZmGraph *graph, const char *range)
{
	bool *wanted = palloc0(sizeof(bool) * (zm_graph_size(graph) + 1));
	ZmRevs start;
	ZmRevs plan;
	char *target;

	if (range == NULL)
	{
		memset(wanted, true, sizeof(bool) * zm_graph_size(graph));
		return wanted;
	}
	target = zm_parse_offline_range(graph, range, false, &start);
	plan = zm_plan_upgrade(graph, &start, target);
	for (int i = 0; i < plan.count; i++)
		wanted[plan.revs[i]] = true;
	return wanted;
}

static bool *
applied_revisions(const ZmGraph *graph, const ZmExportRequest *request)
{
	ZmRevs rows;

	if (request->by_rows)
	{
		rows = zm_store_known_versions(graph, "");
		return zm_graph_applied(graph, &rows);
	}
	rows = (ZmRevs){0, palloc(sizeof(ZmRev) * (zm_graph_size(graph) + 1))};
	for (int i = 0; i < request->nat; i++)
	{
		ZmRevs some = zm_resolve(graph, request->at[i]);
		bool *before = zm_graph_applied(graph, &rows);

		for (int j = 0; j < some.count; j++)
		{
			if (!before[some.revs[j]])
				rows.revs[rows.count++] = some.revs[j];
		}
	}
	return zm_graph_applied(graph, &rows);
}

static void
export_revision(Exporting *exporting, ZmRev rev)
{
	const ZmExporter *exporter = exporting->request->exporter;
	const ZmNode *node = zm_graph_node(exporting->graph, rev);
	ZmStoredRevision *stored = zm_store_revision(node->id);
	List *up;
	List *down = NIL;

	if (stored == NULL) /* gone since the graph was read */
		return;
	up = zm_cut_script(stored->upgrade, zm_action_name(true), node, exporter);
	if (stored->downgrade)
		down = zm_cut_script(stored->downgrade, zm_action_name(false), node,
							 exporter);
	export_units(exporting, rev, up, down, stored->downgrade == NULL);
}

/*
 * The pieces of the way up from the first unit on, those of the way down from
 * the last one to the first: reverted is in the other order, and a revision
 * of which only the beginning was run has the end of the way down before it.
 */
static void
export_units(Exporting *exporting, ZmRev rev, List *up, List *down,
			 bool irreversible)
{
	const ZmExporter *exporter = exporting->request->exporter;
	const ZmNode *node = zm_graph_node(exporting->graph, rev);
	int parts = Max(Max(list_length(up), list_length(down)), 1);
	TimestampTz at = next_time(exporting, exporting->created_at[rev]);

	for (int i = 0; i < parts; i++)
	{
		MemoryContext saved = MemoryContextSwitchTo(exporting->context);
		ZmUnit *unit = palloc0(sizeof(ZmUnit));

		exporting->last = at + (int64) i * TICK;
		unit->version = zm_utc_digits(exporting->last);
		if (unit->version == NULL)
			ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
							errmsg("there is no version number left for "
								   "revision \"%s\"",
								   node->id)));
		unit->name = zm_unit_name(node, i + 1, parts);
		unit->revision = node->id;
		unit->irreversible = irreversible;
		unit->applied = exporting->applied[rev];
		MemoryContextSwitchTo(saved);

		unit->header = zm_unit_header(exporting->graph, rev, i + 1, parts);
		unit->up = nth_piece(up, i);
		unit->down = nth_piece(down, list_length(down) - 1 - i);
		unit->up_is_top_level = unit->up && unit->up->top_level;
		unit->down_is_top_level = unit->down && unit->down->top_level;
		if (!exporting->wanted[rev])
			continue;
		exporter->write(&exporting->export, unit);
		MemoryContextSwitchTo(exporting->context);
		exporting->export.units = lappend(exporting->export.units, unit);
		MemoryContextSwitchTo(saved);
	}
}

static const ZmPiece *
nth_piece(const List *pieces, int n)
{
	return n >= 0 && n < list_length(pieces) ? list_nth(pieces, n) : NULL;
}

/* A time that can be written as a number, behind all others so far. */
static TimestampTz
next_time(Exporting *exporting, TimestampTz wanted)
{
	bool any_given = exporting->any_given;

	exporting->any_given = true;
	if (zm_utc_digits(wanted) == NULL)
		return any_given ? exporting->last + TICK : NO_TIME;
	return any_given ? Max(wanted, exporting->last + TICK) : wanted;
}

/*
 * Has the tool a way to say what is applied, and is there anything to say?
 */
static bool
can_be_said(const Exporting *exporting)
{
	const ZmUnit *missing = NULL;
	bool any = false;
	ListCell *lc;

	foreach (lc, exporting->export.units)
	{
		const ZmUnit *unit = lfirst(lc);

		if (unit->applied && missing &&
			exporting->request->exporter->keeps_one_version)
		{
			ereport(exporting->request->by_rows ? WARNING : ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("%s cannot be told what is applied",
							exporting->request->exporter->name),
					 errdetail("It keeps one number, and \"%s\" is applied, "
							   "but not \"%s\", which comes before it.",
							   unit->revision, missing->revision),
					 errhint("Upgrade to \"%s\" first.", missing->revision)));
			return false;
		}
		if (!unit->applied && missing == NULL)
			missing = unit;
		any |= unit->applied;
	}
	return any;
}
