/*
 * listing.c
 *
 * What history, show, current and branches list.
 *
 * A history from base lists everything its upper end needs, dependencies
 * included; one from a revision only what descends from that revision over
 * parents.  Both ends of the range are in the listing.
 */
#include "postgres.h"

#include "errors.h"
#include "graph/graph_internal.h"

/* One end of a range: the rows, or a text. */
static void split_range(const char *range, const ZmRevs *rows, ZmOrigin *low,
						ZmOrigin *high);
static ZmRevs keep_branch(const ZmGraph *graph, const ZmRevs *targets,
						  const char *low);
static const char *only_label(const ZmGraph *graph, ZmRev rev, List *labels,
							  const char *low);
static ZmRevs low_revisions(const ZmGraph *graph, const ZmOrigin *low,
							const ZmOrigin *high, const bool *needed);
static void check_side_by_side(const ZmGraph *graph, const ZmRevs *revs,
							   const ZmOrigin *end);

ZmRevs
zm_history(const ZmGraph *graph, const ZmRevs *rows, const char *range)
{
	ZmOrigin low;
	ZmOrigin high;
	ZmRevs targets;
	ZmRevs lows;
	bool *listed;
	bool *below;

	split_range(range == NULL ? ":" : range, rows, &low, &high);
	targets = high.rows != NULL
				  ? *high.rows
				  : zm_upgrade_targets(graph, &low, high.text, true);
	for (int i = 0; i < targets.count; i++)
	{
		if (targets.revs[i] < 0)
			ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
							errmsg("\"%s\" goes below the first revision",
								   high.text)));
	}
	if (low.rows == NULL && strchr(low.text, '@') != NULL)
		targets = keep_branch(graph, &targets, low.text);
	check_side_by_side(graph, &targets, &high);
	listed = zm_reachable(graph, &targets, ZM_TO_NEEDED);

	lows = low_revisions(graph, &low, &high, listed);
	if (lows.count == 0)
		return zm_order(graph, listed, &targets, true);
	check_side_by_side(graph, &lows, &low);
	below = zm_reachable(graph, &lows, ZM_TO_NEEDED);
	for (int i = 0; i < lows.count; i++)
		below[lows.revs[i]] = false;
	{
		bool *above = zm_reachable(graph, &lows, ZM_TO_CHILDREN);

		for (int i = 0; i < graph->nnodes; i++)
			listed[i] &= above[i] && !below[i];
	}
	for (int i = 0; i < lows.count; i++)
		listed[lows.revs[i]] = true;
	return zm_order(graph, listed, &targets, false);
}

/*
 * "LOW:HIGH".  The rows stand for "current", at one of the two ends; without
 * rows that end is open.
 */
static void
split_range(const char *range, const ZmRevs *rows, ZmOrigin *low,
			ZmOrigin *high)
{
	char *text = zm_strip(range);
	char *colon = strchr(text, ':');

	if (colon == NULL || strchr(colon + 1, ':') != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
				 errmsg("invalid history range \"%s\"", range),
				 errhint("A range is LOW:HIGH, where either end may be left "
						 "out.")));
	*colon = '\0';
	*low = (ZmOrigin){NULL, text};
	*high = (ZmOrigin){NULL, colon + 1};
	if (strcmp(high->text, "current") == 0)
	{
		if (rows->count > 0)
			high->rows = rows;
		else
			high->text = "heads";
	}
	else if (strcmp(low->text, "current") == 0)
	{
		if (rows->count > 0)
			low->rows = rows;
		else
			low->text = "base";
	}
	if (*low->text == '\0')
		low->text = "base";
	if (*high->text == '\0')
		high->text = "heads";
}

/*
 * Of the targets those that carry the label of "label@...".  A revision's id
 * as the label stands for the one label that the revision carries.
 */
static ZmRevs
keep_branch(const ZmGraph *graph, const ZmRevs *targets, const char *low)
{
	const char *branch = pnstrdup(low, strchr(low, '@') - low);
	ZmRev rev = zm_resolve_single(graph, branch);
	List **labels = zm_graph_labels(graph);
	ZmRevs kept = zm_revs_make();

	if (rev != ZM_NOWHERE && strcmp(zm_id(graph, rev), branch) == 0)
		branch = only_label(graph, rev, labels[rev], low);
	for (int i = 0; i < targets->count; i++)
	{
		if (zm_carries_label(labels[targets->revs[i]], branch))
			zm_revs_add(&kept, targets->revs[i]);
	}
	return zm_revs_unique(graph, &kept);
}

static const char *
only_label(const ZmGraph *graph, ZmRev rev, List *labels, const char *low)
{
	if (list_length(labels) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
				 errmsg("cannot tell which branch \"%s\" means", low),
				 labels == NIL
					 ? errdetail("Revision \"%s\" carries no branch label.",
								 zm_id(graph, rev))
					 : errdetail("Revision \"%s\" carries %d branch labels.",
								 zm_id(graph, rev), list_length(labels)),
				 errhint("Write a branch label before the \"@\", or name the "
						 "revision at the upper end.")));
	return linitial(labels);
}

/*
 * The lower end: none for base.  Each must be needed by the upper end.
 */
static ZmRevs
low_revisions(const ZmGraph *graph, const ZmOrigin *low, const ZmOrigin *high,
			  const bool *needed)
{
	ZmRevs lows = zm_resolve_origin(graph, low);
	ZmRev rev;
	char *label;

	for (int i = 0; i < lows.count; i++)
	{
		rev = lows.revs[i];
		if (rev == ZM_NOWHERE || (rev >= 0 && needed[rev]))
			continue;
		ereport(
			ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
			 rev == ZM_BASE
				 ? errmsg("\"%s\" goes below the first revision", low->text)
				 : errmsg("revision \"%s\" is not below %s", zm_id(graph, rev),
						  zm_quote_origin(graph, high))));
	}
	for (int i = 1; i < lows.count; i++)
	{
		if (lows.revs[i] == ZM_NOWHERE && lows.revs[0] != ZM_NOWHERE)
			ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
							errmsg("\"%s\" goes below the first revision",
								   low->text)));
	}
	if (lows.count == 0 || lows.revs[0] != ZM_NOWHERE)
		return lows;

	/* Too far below the heads: counted from the upper end instead. */
	rev = zm_downgrade_target(graph, high, low->text, true, &label);
	return rev == ZM_BASE ? zm_revs_make() : zm_revs_one(rev);
}

static void
check_side_by_side(const ZmGraph *graph, const ZmRevs *revs,
				   const ZmOrigin *end)
{
	ZmRev lower;
	ZmRev upper;

	if (zm_find_overlap(graph, revs, &lower, &upper))
		zm_report_overlap(graph, lower, upper,
						  end->rows != NULL
							  ? "version rows overlap"
							  : psprintf("\"%s\" stands for revisions that "
										 "include each other",
										 end->text),
						  "Name a single revision at that end of the range.");
}

/*
 * What "show" shows: revisions in any case.
 */
ZmRevs
zm_show(const ZmGraph *graph, const ZmRevs *rows, const char *ident)
{
	return strcmp(ident, "current") == 0 ? *rows : zm_resolve(graph, ident);
}

ZmRevs
zm_current(const ZmGraph *graph, const ZmRevs *rows)
{
	return zm_current_of(graph, rows);
}

/*
 * Of everything implied, what has no child over parents that is implied, too:
 * the rows, and tips of lines that others depend on.
 */
ZmRevs
zm_current_of(const ZmGraph *graph, const ZmRevs *revs)
{
	bool *applied = zm_graph_applied(graph, revs);
	ZmRevs tips = zm_revs_make();

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *children = &graph->nodes[rev].next;
		bool is_tip = applied[rev];

		for (int i = 0; i < children->count && is_tip; i++)
			is_tip = !applied[children->revs[i]];
		if (is_tip)
			zm_revs_add(&tips, rev);
	}
	return tips;
}

ZmRevs
zm_branchpoints(const ZmGraph *graph)
{
	ZmRevs all = zm_history(graph, NULL, NULL);
	ZmRevs points = zm_revs_make();

	for (int i = 0; i < all.count; i++)
	{
		if (graph->nodes[all.revs[i]].next.count > 1)
			zm_revs_add(&points, all.revs[i]);
	}
	return points;
}
