/*
 * stamp.c
 *
 * Stamping: which rows stand afterwards.
 *
 * The rows in lineage with any of the targets, dependencies included, are the
 * ones that move; each target is compared with them as they were at the
 * start.  Several targets can therefore want the same rows.  Alembic dies of
 * that; here it is an error with the way out.  Targets that include each
 * other are stamped as told, with a warning, because the next upgrade will
 * refuse them.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "errors.h"
#include "graph/graph_internal.h"

typedef struct Stamp
{
	const ZmGraph *graph;
	ZmRevs moving;	 /* the rows that the targets take the place of */
	bool *is_moving; /* the same, by revision */
	bool *below;	 /* has a moving row as itself or above it */
	bool *above;	 /* has a moving row as itself or below it */
	bool *is_row;	 /* the rows as they stand by now */
} Stamp;

static ZmRevs resolve_targets(const ZmGraph *graph, int ntargets,
							  char **targets);
static void find_moving(Stamp *stamp, const ZmRevs *rows, int ntargets,
						char **targets);
static void refuse_relative(const ZmRevs *rows, const char *target);
static void stamp_base(Stamp *stamp);
static void stamp_revision(Stamp *stamp, ZmRev target);
static void move_rows(Stamp *stamp, ZmRev target);
static void add_row(Stamp *stamp, ZmRev target);
pg_noreturn static void report_conflict(const Stamp *stamp, ZmRev target);
static void warn_of_overlap(const ZmGraph *graph, const ZmRevs *rows);

ZmRevs
zm_plan_stamp(const ZmGraph *graph, const ZmRevs *rows, int ntargets,
			  char **targets)
{
	Stamp stamp = {.graph = graph};
	ZmRevs revs;
	ZmRevs result;

	for (int i = 0; i < ntargets; i++)
		refuse_relative(rows, targets[i]);
	revs = resolve_targets(graph, ntargets, targets);
	find_moving(&stamp, rows, ntargets, targets);
	if (revs.count == 0)
		stamp_base(&stamp);
	for (int i = 0; i < revs.count; i++)
	{
		if (revs.revs[i] == ZM_NOWHERE)
			stamp_base(&stamp);
		else
			stamp_revision(&stamp, revs.revs[i]);
	}
	result = zm_marked(graph, stamp.is_row);
	warn_of_overlap(graph, &result);
	return result;
}

/*
 * All targets, one after the other; "-N" may come out as ZM_NOWHERE.
 */
static ZmRevs
resolve_targets(const ZmGraph *graph, int ntargets, char **targets)
{
	ZmRevs all = zm_revs_make();

	for (int i = 0; i < ntargets; i++)
	{
		ZmRevs revs = zm_resolve_loosely(graph, targets[i]);

		for (int j = 0; j < revs.count; j++)
		{
			if (revs.revs[j] == ZM_BASE)
				ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
								errmsg("\"%s\" goes below the first revision",
									   targets[i]),
								errhint("Write \"base\" if that is meant.")));
			zm_revs_add(&all, revs.revs[j]);
		}
	}
	return all;
}

static void
find_moving(Stamp *stamp, const ZmRevs *rows, int ntargets, char **targets)
{
	const ZmGraph *graph = stamp->graph;
	ZmRevs moving = zm_revs_make();

	for (int i = 0; i < ntargets; i++)
	{
		ZmRevs related;

		related = zm_filter_lineage(graph, rows, targets[i], true);
		for (int j = 0; j < related.count; j++)
			zm_revs_add(&moving, related.revs[j]);
	}
	stamp->moving = zm_revs_unique(graph, &moving);
	stamp->is_moving = ZM_ARRAY0(bool, graph->nnodes);
	stamp->is_row = ZM_ARRAY0(bool, graph->nnodes);
	for (int i = 0; i < stamp->moving.count; i++)
		stamp->is_moving[stamp->moving.revs[i]] = true;
	for (int i = 0; i < rows->count; i++)
		stamp->is_row[rows->revs[i]] = true;
	stamp->below = zm_reachable(graph, &stamp->moving, ZM_TO_NEEDED);
	stamp->above = zm_reachable(graph, &stamp->moving, ZM_TO_DEPENDENTS);
}

/*
 * "-N" can be stamped only where there are no rows that it would have to be
 * compared with.
 */
static void
refuse_relative(const ZmRevs *rows, const char *target)
{
	char *label;
	int steps;

	if (rows->count == 0 ||
		!zm_parse_int(zm_split_label(target, &label), &steps))
		return;
	if (steps < 0)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
				 errmsg("cannot stamp \"%s\"", target),
				 errdetail("Relative revisions count from the heads here, "
						   "not from the version rows."),
				 errhint("Name the revision to stamp.")));
}

/*
 * Nothing is to be applied any more of what moves.
 */
static void
stamp_base(Stamp *stamp)
{
	for (int i = 0; i < stamp->moving.count; i++)
	{
		ZmRev row = stamp->moving.revs[i];

		if (!stamp->is_row[row])
			report_conflict(stamp, ZM_BASE);
		stamp->is_row[row] = false;
	}
}

static void
stamp_revision(Stamp *stamp, ZmRev target)
{
	if (stamp->is_moving[target])
		return; /* a row already */
	if (stamp->below[target])
	{
		if (stamp->above[target])
			report_conflict(stamp, target);
		move_rows(stamp, target);
	}
	else if (stamp->above[target])
	{
		/* An earlier target may have used the rows: then it is a new one. */
		bool used = false;

		for (int i = 0; i < stamp->moving.count; i++)
			used |= !stamp->is_row[stamp->moving.revs[i]];
		if (used && !stamp->is_row[target])
			add_row(stamp, target);
		else
			move_rows(stamp, target);
	}
	else
		add_row(stamp, target);
}

/*
 * All moving rows become the target.
 */
static void
move_rows(Stamp *stamp, ZmRev target)
{
	for (int i = 0; i < stamp->moving.count; i++)
	{
		ZmRev row = stamp->moving.revs[i];

		if (!stamp->is_row[row])
			report_conflict(stamp, target);
		stamp->is_row[row] = false;
	}
	add_row(stamp, target);
}

static void
add_row(Stamp *stamp, ZmRev target)
{
	const ZmGraph *graph = stamp->graph;

	if (stamp->is_row[target])
		ereport(ERROR, (errcode(ERRCODE_ZM_DUPLICATE_REVISION),
						errmsg("revision \"%s\" is stamped twice",
							   zm_id(graph, target)),
						errhint("Name each target once.")));
	stamp->is_row[target] = true;
}

static void
report_conflict(const Stamp *stamp, ZmRev target)
{
	const ZmGraph *graph = stamp->graph;

	ereport(ERROR,
			(errcode(ERRCODE_ZM_OVERLAPPING_VERSIONS),
			 errmsg("stamp targets contradict each other"),
			 target == ZM_BASE
				 ? errdetail("An earlier target took the place of the rows "
							 "%s already.",
							 zm_quote_revs(graph, &stamp->moving))
				 : errdetail("\"%s\" would take the place of the rows %s, and "
							 "so would another target.",
							 zm_id(graph, target),
							 zm_quote_revs(graph, &stamp->moving)),
			 errhint("Set all rows anew with zishu_stamp(..., purge => "
					 "true).")));
}

static void
warn_of_overlap(const ZmGraph *graph, const ZmRevs *rows)
{
	ZmRev lower;
	ZmRev upper;

	if (!zm_find_overlap(graph, rows, &lower, &upper))
		return;
	ereport(WARNING,
			(errcode(ERRCODE_ZM_OVERLAPPING_VERSIONS),
			 errmsg("version rows now overlap"),
			 errdetail("Revision \"%s\" already includes \"%s\"; an upgrade "
					   "will refuse to start from both.",
					   zm_id(graph, upper), zm_id(graph, lower)),
			 errhint("Repair it with zishu_stamp(..., purge => true), naming "
					 "\"%s\" but not \"%s\".",
					 zm_id(graph, upper), zm_id(graph, lower))));
}
