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
	int *slot;		/* where in current a row stands, -1: it is none */
	ZmRevs current; /* the rows, in no order */
	int *needed_by; /* how many applied revisions need it */
	ZmRevs removed; /* of the last step */
	ZmRevs added;
};

static void step_up(ZmRows *rows, ZmRev rev);
static void step_down(ZmRows *rows, ZmRev rev);
static void set_row(ZmRows *rows, ZmRev rev, bool is_row);
static int compare_revs(const void *a, const void *b);

ZmRows *
zm_rows_create(const ZmGraph *graph, const ZmRevs *revs)
{
	ZmRows *rows = palloc(sizeof(ZmRows));

	rows->graph = graph;
	rows->applied = zm_graph_applied(graph, revs);
	rows->slot = ZM_ARRAY0(int, graph->nnodes);
	rows->needed_by = ZM_ARRAY0(int, graph->nnodes);
	rows->current = zm_revs_make();
	rows->removed = zm_revs_make();
	rows->added = zm_revs_make();
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		rows->slot[rev] = -1;
	for (int i = 0; i < revs->count; i++)
		set_row(rows, revs->revs[i], true);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *needed = &graph->all_down[rev];

		for (int i = 0; i < needed->count && rows->applied[rev]; i++)
			rows->needed_by[needed->revs[i]]++;
	}
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

int
zm_rows_count(const ZmRows *rows)
{
	return rows->current.count;
}

ZmRevs
zm_rows_current(const ZmRows *rows)
{
	ZmRevs current = zm_revs_copy(&rows->current);

	qsort(current.revs, current.count, sizeof(ZmRev), compare_revs);
	return current;
}

bool
zm_rows_has(const ZmRows *rows, ZmRev rev)
{
	return rows->slot[rev] >= 0;
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
	ZmRevs *current = &rows->current;

	if (zm_rows_has(rows, rev) == is_row)
		return;
	if (is_row)
	{
		rows->slot[rev] = current->count;
		zm_revs_add(current, rev);
		zm_revs_add(&rows->added, rev);
	}
	else
	{
		/* The last one takes its place. */
		ZmRev last = current->revs[--current->count];

		current->revs[rows->slot[rev]] = last;
		rows->slot[last] = rows->slot[rev];
		rows->slot[rev] = -1;
		zm_revs_add(&rows->removed, rev);
	}
}

static int
compare_revs(const void *a, const void *b)
{
	return *(const ZmRev *) a - *(const ZmRev *) b;
}
