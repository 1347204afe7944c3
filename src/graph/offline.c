/*
 * offline.c
 *
 * Ranges for scripts that run elsewhere: "[FROM:]TO".
 *
 * There is no database to look at, so FROM says what it is at: the only
 * version row, or base.
 */
#include "postgres.h"

#include "errors.h"
#include "graph/graph_internal.h"

static char *split_offline(const char *range, char **from);
static ZmRevs start_rows(const ZmGraph *graph, const char *from);
static void check_merge(const ZmGraph *graph, const ZmRows *rows, ZmRev rev);

char *
zm_parse_offline_range(const ZmGraph *graph, const char *range,
					   bool from_required, ZmRevs *start)
{
	char *from;
	char *to = split_offline(range, &from);

	if (from == NULL && from_required)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
				 errmsg("a range is needed here, not \"%s\"", range),
				 errhint("Write FROM:TO, where FROM is the revision that "
						 "the database is at.")));
	*start = start_rows(graph, from);
	return to;
}

/*
 * For a stamp: each target may have a FROM, but it must be the same.
 */
char **
zm_parse_offline_targets(const ZmGraph *graph, int ntargets, char **targets,
						 ZmRevs *start)
{
	char **to = ZM_ARRAY(char *, ntargets);
	char *common = NULL;

	for (int i = 0; i < ntargets; i++)
	{
		char *from;

		to[i] = split_offline(targets[i], &from);
		if (from == NULL)
			continue;
		if (common != NULL && strcmp(common, from) != 0)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
					 errmsg("a stamp script can start from one revision "
							"only, not from both \"%s\" and \"%s\"",
							common, from),
					 errhint("Write a script for each of them.")));
		common = from;
	}
	*start = start_rows(graph, common);
	return to;
}

/*
 * TO, and FROM or NULL.
 */
static char *
split_offline(const char *range, char **from)
{
	const char *colon = strchr(range, ':');

	*from = NULL;
	if (colon == NULL)
		return pstrdup(range);
	if (strchr(colon + 1, ':') != NULL)
		ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
						errmsg("invalid range \"%s\"", range),
						errhint("A range is FROM:TO.")));
	*from = pnstrdup(range, colon - range);
	return pstrdup(colon + 1);
}

static ZmRevs
start_rows(const ZmGraph *graph, const char *from)
{
	ZmRev rev;

	if (from == NULL || strcmp(from, "base") == 0)
		return zm_revs_make();
	rev = zm_resolve_single(graph, from);
	if (rev == ZM_NOWHERE)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_INVALID_REVISION_RANGE),
				 errmsg("\"%s\" stands for no revision to start from", from),
				 errhint("Write \"base\" for an empty database.")));
	return zm_revs_one(rev);
}

/*
 * Raises ZM008 if a database that Alembic keeps could not follow these
 * steps.
 *
 * At a merge Alembic wants a row for each parent and dependency that is not
 * implied from outside the merge.  One that is implied by another of them has
 * no row, and Alembic fails there; so would anything that replays the script
 * against Alembic's own bookkeeping.
 */
void
zm_check_offline_upgrade(const ZmGraph *graph, const ZmRevs *start,
						 const ZmRevs *steps)
{
	ZmRows *rows = zm_rows_create(graph, start);

	for (int i = 0; i < steps->count; i++)
	{
		if (graph->norm_down[steps->revs[i]].count > 1)
			check_merge(graph, rows, steps->revs[i]);
		zm_rows_step(rows, steps->revs[i], true, NULL, NULL);
	}
}

static void
check_merge(const ZmGraph *graph, const ZmRows *rows, ZmRev rev)
{
	const ZmRevs *down = &graph->norm_down[rev];
	ZmRev missing = ZM_NOWHERE;
	int nrows = 0;
	ZmRevs current;
	ZmRevs others = zm_revs_make();
	bool *implied;

	for (int i = 0; i < down->count; i++)
		nrows += zm_rows_has(rows, down->revs[i]) ? 1 : 0;
	if (nrows < 2 || nrows == down->count)
		return;

	current = zm_rows_current(rows);
	for (int i = 0; i < current.count; i++)
	{
		bool merged = false;

		for (int j = 0; j < down->count; j++)
			merged |= down->revs[j] == current.revs[i];
		if (!merged)
			zm_revs_add(&others, current.revs[i]);
	}
	implied = zm_reachable(graph, &others, ZM_TO_NEEDED);
	for (int i = 0; i < down->count; i++)
	{
		if (!zm_rows_has(rows, down->revs[i]) && !implied[down->revs[i]])
			missing = down->revs[i];
	}
	pfree(implied);
	if (missing == ZM_NOWHERE)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_OVERLAPPING_VERSIONS),
			 errmsg("cannot write a script across revision \"%s\"",
					zm_id(graph, rev)),
			 errdetail("It needs \"%s\", which another revision that it "
					   "needs includes already; Alembic's version table "
					   "cannot follow that.",
					   zm_id(graph, missing)),
			 errhint("Upgrade with zishu_upgrade(), or take \"%s\" out of "
					 "what \"%s\" depends on.",
					 zm_id(graph, missing), zm_id(graph, rev))));
}
