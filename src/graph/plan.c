/*
 * plan.c
 *
 * Which revisions an upgrade or a downgrade runs.
 *
 * An upgrade runs what the targets need and the rows don't imply.  A
 * downgrade runs what is applied among the descendants of everything just
 * above its target, dependents included; what was depended on stays.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "errors.h"
#include "graph/graph_internal.h"

static void refuse_range(const char *target);
static void check_targets(const ZmGraph *graph, const ZmRevs *targets,
						  const char *target);
static void check_rows(const ZmGraph *graph, const ZmRevs *rows);
static ZmRevs find_roots(const ZmGraph *graph, ZmRev target,
						 const char *label);
static ZmRevs confine_roots(const ZmGraph *graph, const ZmRevs *roots,
							ZmRev target, const char *label);
static bool contains(const ZmRevs *revs, ZmRev rev);
pg_noreturn static void report_nothing_above(const ZmGraph *graph,
											 ZmRev target, bool applied);

ZmRevs
zm_plan_upgrade(const ZmGraph *graph, const ZmRevs *rows, const char *target)
{
	ZmOrigin origin = {.rows = rows};
	ZmRevs targets;
	ZmRevs steps;
	bool *needed;
	bool *applied;

	refuse_range(target);
	targets = zm_upgrade_targets(graph, &origin, target, false);
	check_targets(graph, &targets, target);
	check_rows(graph, rows);
	needed = zm_reachable(graph, &targets, ZM_TO_NEEDED);
	applied = zm_graph_applied(graph, rows);
	for (int i = 0; i < graph->nnodes; i++)
		needed[i] &= !applied[i];

	steps = zm_order(graph, needed, &targets, true);
	for (int i = 0; i < steps.count / 2; i++)
	{
		ZmRev swap = steps.revs[i];

		steps.revs[i] = steps.revs[steps.count - 1 - i];
		steps.revs[steps.count - 1 - i] = swap;
	}
	return steps;
}

ZmRevs
zm_plan_downgrade(const ZmGraph *graph, const ZmRevs *rows, const char *target)
{
	ZmOrigin origin = {.rows = rows};
	ZmRevs roots;
	ZmRev lower;
	char *label;
	bool *drop;
	bool *applied;
	bool any = false;

	refuse_range(target);
	lower = zm_downgrade_target(graph, &origin, target, false, &label);
	roots = find_roots(graph, lower, label);
	drop = zm_reachable(graph, &roots, ZM_TO_DEPENDENTS);
	applied = zm_graph_applied(graph, rows);
	for (int i = 0; i < graph->nnodes; i++)
	{
		drop[i] &= applied[i];
		any |= drop[i];
	}
	if (!any && lower != ZM_BASE && !contains(rows, lower))
		report_nothing_above(graph, lower, applied[lower]);
	return zm_order(graph, drop, rows, true);
}

static void
refuse_range(const char *target)
{
	if (strchr(target, ':') == NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
			 errmsg("a range is not allowed here: \"%s\"", target),
			 errhint("The database itself says where to start. Only "
					 "zishu_upgrade_sql() and zishu_downgrade_sql() take a "
					 "range.")));
}

/*
 * Targets must be revisions and may not include each other.
 */
static void
check_targets(const ZmGraph *graph, const ZmRevs *targets, const char *target)
{
	ZmRev lower;
	ZmRev upper;

	for (int i = 0; i < targets->count; i++)
	{
		if (targets->revs[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
					 errmsg("\"%s\" goes below the first revision", target)));
	}
	if (zm_find_overlap(graph, targets, &lower, &upper))
		zm_report_overlap(
			graph, lower, upper,
			psprintf("\"%s\" stands for revisions that include "
					 "each other",
					 target),
			psprintf("Name \"%s\" as the target.", zm_id(graph, upper)));
}

/*
 * Rows that include each other are not what any run leaves behind, and it is
 * not known what they are to mean.
 */
static void
check_rows(const ZmGraph *graph, const ZmRevs *rows)
{
	ZmRev lower;
	ZmRev upper;
	ZmRevs tops = zm_revs_make();
	bool *below;
	StringInfoData list;

	if (!zm_find_overlap(graph, rows, &lower, &upper))
		return;
	below = ZM_ARRAY0(bool, graph->nnodes);
	for (int i = 0; i < rows->count; i++)
		zm_mark(graph, below, &graph->all_down[rows->revs[i]], ZM_TO_NEEDED);
	initStringInfo(&list);
	for (int i = 0; i < rows->count; i++)
	{
		if (below[rows->revs[i]])
			continue;
		zm_revs_add(&tops, rows->revs[i]);
		appendStringInfo(&list, "%s\"%s\"", tops.count > 1 ? "," : "",
						 zm_id(graph, rows->revs[i]));
	}
	zm_report_overlap(graph, lower, upper, "version rows overlap",
					  psprintf("If all of it was applied, set the version "
							   "anew: zishu_stamp('{%s}'::text[], purge => "
							   "true).",
							   list.data));
}

/*
 * The lowest revisions that a downgrade takes away.  With a label, several
 * of them are confined to its branch; one alone is not.  A base counts again
 * for each of its labels here: so it does in Alembic, which decides whether
 * an unknown label is noticed.
 */
static ZmRevs
find_roots(const ZmGraph *graph, ZmRev target, const char *label)
{
	ZmRevs roots;
	int n;

	roots =
		target == ZM_BASE ? zm_graph_bases(graph) : graph->nodes[target].next;
	n = roots.count;
	for (int i = 0; i < roots.count && target == ZM_BASE; i++)
		n += graph->nodes[roots.revs[i]].nlabels;
	return label == NULL || n < 2
			   ? roots
			   : confine_roots(graph, &roots, target, label);
}

/*
 * Those roots from which the label's revision descends.
 */
static ZmRevs
confine_roots(const ZmGraph *graph, const ZmRevs *roots, ZmRev target,
			  const char *label)
{
	ZmRevs branch = zm_revs_one(zm_resolve_branch(graph, label));
	ZmRevs confined = zm_revs_make();
	bool *below = zm_reachable(graph, &branch, ZM_TO_PARENTS);

	for (int i = 0; i < roots->count; i++)
	{
		if (below[roots->revs[i]])
			zm_revs_add(&confined, roots->revs[i]);
	}
	if (confined.count > 0)
		return confined;
	Assert(target != ZM_BASE);
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
			 errmsg("branch \"%s\" does not begin above revision \"%s\"",
					label, zm_id(graph, target)),
			 errdetail("Revision \"%s\" is followed by %s; \"%s\" descends "
					   "from none of them.",
					   zm_id(graph, target), zm_quote_revs(graph, roots),
					   zm_id(graph, branch.revs[0])),
			 errhint("Leave the label out to take away all of them, or "
					 "write one of them as the label.")));
}

static bool
contains(const ZmRevs *revs, ZmRev rev)
{
	for (int i = 0; i < revs->count; i++)
	{
		if (revs->revs[i] == rev)
			return true;
	}
	return false;
}

static void
report_nothing_above(const ZmGraph *graph, ZmRev target, bool applied)
{
	const char *id = zm_id(graph, target);

	if (!applied)
		ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
						errmsg("cannot downgrade to revision \"%s\"", id),
						errdetail("It is not applied."),
						errhint("Name a revision below the current ones, or "
								"upgrade to this one.")));
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
			 errmsg("cannot downgrade to revision \"%s\"", id),
			 errdetail("It is applied, and nothing above it on its line is: "
					   "only other lines depend on it."),
			 errhint("Downgrade the line that depends on it, or name what "
					 "is below it.")));
}
