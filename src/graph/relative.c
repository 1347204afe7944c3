/*
 * relative.c
 *
 * Targets of upgrade and downgrade, which may count revisions from somewhere:
 * from the version rows, from one end of a history range, or from a revision.
 *
 * What counts is revisions on one line, not steps run: at a fork or a merge
 * there is no next revision, and the walk stops with an error that says what
 * could be typed instead.  Alembic dies of an assertion where a walk leaves
 * the graph; here that is an error like any other.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "errors.h"
#include "graph/graph_internal.h"

static ZmRevs one_up(const ZmGraph *graph, ZmRev from, const ZmWalk *walk,
					 bool **lineage, bool *everything);
static ZmRevs one_down(const ZmGraph *graph, ZmRev from);
pg_noreturn static void report_fork(const ZmGraph *graph, ZmRev from,
									const ZmRevs *ways, bool up,
									const ZmWalk *walk);
static ZmRevs upgrade_starts(const ZmGraph *graph, const ZmOrigin *origin,
							 const char *label);
static ZmRevs tips_in_lineage(const ZmGraph *graph, const ZmRevs *revs,
							  const char *label);
static ZmRev origin_as_single(const ZmGraph *graph, const ZmOrigin *origin);
static ZmRev walk_start(const ZmGraph *graph, const char *label,
						const char *symbol);
static ZmRev downgrade_origin(const ZmGraph *graph, const ZmOrigin *origin,
							  const char *target, char **label);
static char *first_origin(const ZmGraph *graph, const ZmOrigin *origin,
						  const char *target);
static void refuse_heads(const ZmGraph *graph, const char *origin,
						 const char *target);
static ZmRevs origin_names(const ZmGraph *graph, const ZmOrigin *origin);
pg_noreturn static void report_direction(const char *target, bool upgrade);
pg_noreturn static void report_too_far(const ZmGraph *graph,
									   const char *target, ZmRev start,
									   bool up, const ZmWalk *walk);

/*
 * Walks up (steps > 0) or down the line from a revision.  ZM_NOWHERE as start
 * is below all bases when walking up and above all heads when walking down.
 * Returns ZM_BASE just below a base, and ZM_NOWHERE beyond either end unless
 * the walk is clamped, when it stays at the end.
 */
ZmRev
zm_walk(const ZmGraph *graph, ZmRev start, int steps, ZmWalk *walk)
{
	ZmRev rev = start;
	bool *lineage = NULL;
	bool everything = walk->label == NULL || walk->label[0] == '\0';
	bool up = steps > 0;

	for (walk->walked = 0; walk->walked < abs(steps); walk->walked++)
	{
		ZmRevs ways = up ? one_up(graph, rev, walk, &lineage, &everything)
						 : one_down(graph, rev);

		CHECK_FOR_INTERRUPTS();
		if (ways.count == 0)
			return walk->clamp ? rev : ZM_NOWHERE;
		if (ways.count > 1)
			report_fork(graph, rev, &ways, up, walk);
		rev = ways.revs[0];
	}
	return rev;
}

/*
 * The children of a revision in the walk's branch.  What the branch consists
 * of is found out once, when there is something to filter.
 */
static ZmRevs
one_up(const ZmGraph *graph, ZmRev from, const ZmWalk *walk, bool **lineage,
	   bool *everything)
{
	ZmRevs children =
		from == ZM_NOWHERE ? zm_graph_bases(graph) : graph->nodes[from].next;
	ZmRevs filtered;

	if (*everything || children.count == 0)
		return children;
	if (*lineage == NULL)
	{
		*lineage = zm_lineage(graph, walk->label, false);
		*everything = *lineage == NULL;
		if (*everything)
			return children;
	}
	filtered = zm_revs_make();
	for (int i = 0; i < children.count; i++)
	{
		if ((*lineage)[children.revs[i]])
			zm_revs_add(&filtered, children.revs[i]);
	}
	return filtered;
}

/*
 * The parents as declared: one that is named twice is a merge, too.
 */
static ZmRevs
one_down(const ZmGraph *graph, ZmRev from)
{
	static ZmRev base = ZM_BASE;
	const ZmNode *node;
	ZmRevs ways = {0, NULL};

	if (from == ZM_BASE)
		return ways;
	if (from == ZM_NOWHERE)
		ways = zm_graph_heads(graph, false);
	else
	{
		node = &graph->nodes[from];
		ways = (ZmRevs){node->ndown, node->down};
	}
	return ways.count > 0 ? ways : (ZmRevs){1, &base};
}

static void
report_fork(const ZmGraph *graph, ZmRev from, const ZmRevs *ways, bool up,
			const ZmWalk *walk)
{
	const char *first = zm_id(graph, ways->revs[0]);
	const char *names = zm_quote_revs(graph, ways);

	ereport(
		ERROR,
		(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
		 errmsg("\"%s\" is ambiguous", walk->ident),
		 from == ZM_NOWHERE
			 ? (up ? errdetail("There are several bases: %s.", names)
				   : errdetail("There are several heads: %s.", names))
		 : up ? errdetail("Revision \"%s\" is followed by %s.",
						  zm_id(graph, from), names)
			  : errdetail("Revision \"%s\" merges %s.", zm_id(graph, from),
						  names),
		 up ? errhint("Name the revision to go to, or a branch, for example "
					  "\"%s@+1\".",
					  first)
			: errhint("Name the revision to go to, for example \"%s\".",
					  first)));
}

/*
 * What an upgrade or the upper end of a history leads to; none for base.
 */
ZmRevs
zm_upgrade_targets(const ZmGraph *graph, const ZmOrigin *origin,
				   const char *target, bool clamp)
{
	ZmRelative relative;
	ZmWalk walk = {.ident = target, .clamp = clamp};
	ZmRev start;
	ZmRev rev;

	if (!zm_parse_relative(target, &relative))
		return zm_resolve_loosely(graph, target);
	if (relative.steps <= 0 && relative.symbol == NULL)
		report_direction(target, true);

	if (relative.steps <= 0)
		start = walk_start(graph, relative.label, relative.symbol);
	else
	{
		walk.label = relative.label;
		if (relative.symbol != NULL)
			start = zm_resolve_single(graph, relative.symbol);
		else
		{
			ZmRevs starts = upgrade_starts(graph, origin, relative.label);

			if (starts.count > 1)
				ereport(ERROR,
						(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
						 errmsg("\"%s\" is ambiguous", target),
						 errdetail("It could count from %s.",
								   zm_quote_revs(graph, &starts)),
						 errhint("Write \"label@%s\" with the id or label of "
								 "one of them, or name the revision to go to.",
								 strrchr(target, '+'))));
			start = starts.revs[0];
		}
	}
	rev = zm_walk(graph, start, relative.steps, &walk);
	if (rev < 0)
		report_too_far(graph, target, start, relative.steps > 0, &walk);
	return zm_revs_one(rev);
}

/*
 * Where "+N" and "label@+N" count from: never none, but perhaps from
 * ZM_NOWHERE.
 */
static ZmRevs
upgrade_starts(const ZmGraph *graph, const ZmOrigin *origin, const char *label)
{
	ZmRevs starts;
	ZmRevs revs;

	if (label == NULL)
	{
		if (origin->rows == NULL)
			return zm_revs_one(origin_as_single(graph, origin));
		starts = *origin->rows;
	}
	else
	{
		revs = zm_resolve_origin(graph, origin);
		for (int i = 0; i < revs.count; i++)
		{
			if (revs.revs[i] < 0)
				ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
								errmsg("\"%s\" goes below the first revision",
									   origin->text)));
		}
		starts = zm_filter_lineage(graph, &revs, label, false);
		if (starts.count == 0)
			starts = tips_in_lineage(graph, &revs, label);
	}
	return starts.count > 0 ? starts : zm_revs_one(ZM_NOWHERE);
}

/*
 * Of everything that is implied by revs and in the lineage of the label, what
 * nothing else of it builds on.
 */
static ZmRevs
tips_in_lineage(const ZmGraph *graph, const ZmRevs *revs, const char *label)
{
	bool *marks = zm_reachable(graph, revs, ZM_TO_NEEDED);
	ZmRevs implied = zm_marked(graph, marks);
	ZmRevs active = zm_filter_lineage(graph, &implied, label, false);

	memset(marks, 0, sizeof(bool) * graph->nnodes);
	for (int i = 0; i < active.count; i++)
		marks[active.revs[i]] = true;
	for (int i = 0; i < active.count; i++)
	{
		const ZmRevs *down = &graph->norm_down[active.revs[i]];

		for (int j = 0; j < down->count; j++)
			marks[down->revs[j]] = false;
	}
	return zm_marked(graph, marks);
}

static ZmRev
origin_as_single(const ZmGraph *graph, const ZmOrigin *origin)
{
	return zm_resolve_single(graph, origin->text);
}

/*
 * The revision that "label@symbol-N" counts from.
 */
static ZmRev
walk_start(const ZmGraph *graph, const char *label, const char *symbol)
{
	if (label == NULL)
		return zm_resolve_single(graph, symbol);
	return zm_resolve_single(graph, psprintf("%s@%s", label, symbol));
}

/*
 * What a downgrade leads to: a revision, or ZM_BASE.  *label is the branch to
 * which it is confined, or NULL.
 */
ZmRev
zm_downgrade_target(const ZmGraph *graph, const ZmOrigin *origin,
					const char *target, bool clamp, char **label)
{
	ZmRelative relative;
	ZmWalk walk = {.ident = target, .clamp = clamp};
	ZmRev start;
	ZmRev rev;
	const char *at;

	if (!zm_parse_relative(target, &relative))
	{
		at = strrchr(target, '@');
		*label =
			at == NULL || at == target ? NULL : pnstrdup(target, at - target);
		return zm_resolve_one(graph, at == NULL ? target : at + 1);
	}
	*label = relative.label;
	if (relative.symbol == NULL && relative.steps >= 0)
		report_direction(target, false);

	if (relative.symbol == NULL)
		start = downgrade_origin(graph, origin, target, label);
	else if (relative.steps >= 0)
	{
		start = zm_resolve_single(graph, relative.symbol);
		walk.label = relative.label;
	}
	else
		start = walk_start(graph, relative.label, relative.symbol);
	rev = zm_walk(graph, start, relative.steps, &walk);
	if (rev == ZM_NOWHERE)
		report_too_far(graph, target, start, relative.steps > 0, &walk);
	return rev;
}

/*
 * Where "-N" and "label@-N" count from.  Without label it is the first of
 * several rows, and the downgrade is confined to that row's line.
 */
static ZmRev
downgrade_origin(const ZmGraph *graph, const ZmOrigin *origin,
				 const char *target, char **label)
{
	ZmRevs revs;
	ZmRevs starts;

	if (*label == NULL)
	{
		*label = first_origin(graph, origin, target);
		return walk_start(graph, *label, *label);
	}
	revs = origin_names(graph, origin);
	starts = zm_filter_lineage(graph, &revs, *label, false);
	if (starts.count == 0)
	{
		revs = zm_resolve_origin(graph, origin);
		revs = zm_current_of(graph, &revs);
		starts = zm_filter_lineage(graph, &revs, *label, false);
	}
	if (starts.count == 0)
		ereport(ERROR, (errcode(ERRCODE_ZM_NOT_IN_BRANCH),
						errmsg("nothing is applied in branch \"%s\"", *label),
						errdetail("The database is at %s.",
								  zm_quote_origin(graph, origin)),
						errhint("Name a branch that the database is at.")));
	if (starts.count > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
				 errmsg("\"%s\" is ambiguous", target),
				 errdetail("It could count from %s.",
						   zm_quote_revs(graph, &starts)),
				 errhint("Name the revision to go to, or write the id of one "
						 "of them as the label.")));
	return walk_start(graph, *label, zm_id(graph, starts.revs[0]));
}

/*
 * The first row, or the text that stands for the rows.
 */
static char *
first_origin(const ZmGraph *graph, const ZmOrigin *origin, const char *target)
{
	const ZmRevs *rows = origin->rows;

	if (rows == NULL)
	{
		refuse_heads(graph, origin->text, target);
		return pstrdup(origin->text);
	}
	if (rows->count == 0)
		ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
						errmsg("\"%s\" has nothing to count from", target),
						errdetail("No revision is applied.")));
	if (rows->count > 1)
		ereport(WARNING,
				(errmsg("\"%s\" is ambiguous", target),
				 errdetail("It could count from %s; \"%s\" is taken.",
						   zm_quote_revs(graph, rows),
						   zm_id(graph, rows->revs[0])),
				 errhint("Write \"label@%s\" with the id or label of one of "
						 "them.",
						 target)));
	return zm_id(graph, rows->revs[0]);
}

/*
 * Nothing is that far below "head" or "heads": it would have been found
 * before anything was counted from a text.
 */
static void
refuse_heads(const ZmGraph *graph, const char *origin, const char *target)
{
	ZmRevs heads = zm_graph_heads(graph, false);

	if (zm_name_find(graph, origin, NULL) != ZM_NOWHERE ||
		(strcmp(origin, "head") != 0 && strcmp(origin, "heads") != 0))
		return;
	if (heads.count > 1)
		zm_report_multiple_heads(graph, target, &heads);
	ereport(ERROR, (errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
					errmsg("\"%s\" goes below the first revision", target)));
}

/*
 * The origin of a "label@-N" before it is filtered: here a text is the name
 * of one revision, so that "heads" is none.
 */
static ZmRevs
origin_names(const ZmGraph *graph, const ZmOrigin *origin)
{
	if (origin->rows != NULL)
		return *origin->rows;
	return zm_revs_one(zm_resolve_name(graph, origin->text, NULL));
}

/*
 * "-1" as the target of an upgrade, "+1" as that of a downgrade.
 */
static void
report_direction(const char *target, bool upgrade)
{
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
			 upgrade ? errmsg("\"%s\" does not lead upwards", target)
					 : errmsg("\"%s\" does not lead downwards", target),
			 upgrade ? errhint("Write \"+N\", or \"REVISION-N\" to count "
							   "from a revision.")
					 : errhint("Write \"-N\", or \"REVISION+N\" to count "
							   "from a revision.")));
}

/*
 * The step onto base is a step, but base is no revision.
 */
static void
report_too_far(const ZmGraph *graph, const char *target, ZmRev start, bool up,
			   const ZmWalk *walk)
{
	int n = up ? walk->walked : Max(walk->walked - 1, 0);
	const char *id = start < 0 ? "base" : zm_id(graph, start);

	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
			 errmsg("\"%s\" goes beyond the revisions there are", target),
			 up ? errdetail_plural("There is %d revision above \"%s\".",
								   "There are %d revisions above \"%s\".", n,
								   n, id)
			 : start < 0
				 ? errdetail_plural("There is %d revision.",
									"There are %d revisions.", n, n)
				 : errdetail_plural("There is %d revision below \"%s\".",
									"There are %d revisions below \"%s\".", n,
									n, id),
			 up ? errhint("Write \"heads\" to go as far as possible.")
				: errhint("Write \"base\" to go below all of them.")));
}
