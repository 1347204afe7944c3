/*
 * rows.c
 *
 * The version rows while steps are taken.
 *
 * A row stands for each applied revision that no other applied revision
 * needs, as parent or as dependency.  Counting, for each revision, the
 * applied ones that need it keeps this in step at the cost of a revision's
 * neighbours.  Alembic works from the rows alone and at times goes wrong: it
 * fails on a dependency that is implied twice, or leaves a row too many.
 *
 * Rows that were there to begin with and should not have been (they include
 * each other) stay until they are downgraded themselves.
 */
#include "postgres.h"

#include "graph/graph_internal.h"

struct ZmRows
{
	const ZmGraph *graph;
	bool *applied;
	bool *is_row;
	int *needed_by; /* how many applied revisions need it */
	ZmRevs removed; /* of the last step */
	ZmRevs added;
};

static void step_up(ZmRows *rows, ZmRev rev);
static void step_down(ZmRows *rows, ZmRev rev);
static void set_row(ZmRows *rows, ZmRev rev, bool is_row);

ZmRows *
zm_rows_create(const ZmGraph *graph, const ZmRevs *revs)
{
	ZmRows *rows = palloc(sizeof(ZmRows));

	rows->graph = graph;
	rows->applied = zm_graph_applied(graph, revs);
	rows->is_row = ZM_ARRAY0(bool, graph->nnodes);
	rows->needed_by = ZM_ARRAY0(int, graph->nnodes);
	for (int i = 0; i < revs->count; i++)
		rows->is_row[revs->revs[i]] = true;
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *needed = &graph->all_down[rev];

		for (int i = 0; i < needed->count && rows->applied[rev]; i++)
			rows->needed_by[needed->revs[i]]++;
	}
	rows->removed = zm_revs_make();
	rows->added = zm_revs_make();
	return rows;
}

/*
 * The lists are good until the next step.
 */
void
zm_rows_step(ZmRows *rows, ZmRev rev, bool up, ZmRevs *removed, ZmRevs *added)
{
	Assert(rows->applied[rev] != up);
	rows->removed.count = rows->added.count = 0;
	if (up)
		step_up(rows, rev);
	else
		step_down(rows, rev);
	if (removed != NULL)
		*removed = rows->removed;
	if (added != NULL)
		*added = rows->added;
}

ZmRevs
zm_rows_current(const ZmRows *rows)
{
	return zm_marked(rows->graph, rows->is_row);
}

bool
zm_rows_has(const ZmRows *rows, ZmRev rev)
{
	return rows->is_row[rev];
}

static void
step_up(ZmRows *rows, ZmRev rev)
{
	const ZmRevs *needed = &rows->graph->all_down[rev];

	rows->applied[rev] = true;
	for (int i = 0; i < needed->count; i++)
	{
		Assert(rows->applied[needed->revs[i]]);
		rows->needed_by[needed->revs[i]]++;
		set_row(rows, needed->revs[i], false);
	}
	if (rows->needed_by[rev] == 0)
		set_row(rows, rev, true);
}

static void
step_down(ZmRows *rows, ZmRev rev)
{
	const ZmRevs *needed = &rows->graph->all_down[rev];

	rows->applied[rev] = false;
	set_row(rows, rev, false);
	for (int i = 0; i < needed->count; i++)
	{
		if (--rows->needed_by[needed->revs[i]] == 0)
			set_row(rows, needed->revs[i], true);
	}
}

static void
set_row(ZmRows *rows, ZmRev rev, bool is_row)
{
	if (rows->is_row[rev] == is_row)
		return;
	rows->is_row[rev] = is_row;
	zm_revs_add(is_row ? &rows->added : &rows->removed, rev);
}
