/*
 * resolve.c
 *
 * From identifiers to revisions: ids, labels, prefixes, head, heads, base,
 * and -N.
 *
 * The rules are Alembic's.  Two of them are worth keeping in mind: "heads"
 * without a label means the real heads but with a label the versioned ones,
 * and an identifier that may stand for several revisions is resolved more
 * loosely than one that must stand for one (the label of "label@base" is
 * looked at only in the second case, -N only in the first).
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "errors.h"
#include "graph/graph_internal.h"

static ZmRevs symbolic_or_name(const ZmGraph *graph, const char *ident,
							   char **label, char **name);
static ZmRevs single_head(const ZmGraph *graph, const char *ident,
						  const char *label);
static ZmRevs below_heads(const ZmGraph *graph, const char *ident,
						  const char *label, int steps);
static ZmRev find_name(const ZmGraph *graph, const char *name,
					   const char *label, ZmWhose whose);
static ZmRev find_prefix(const ZmGraph *graph, const char *name,
						 const char *label, ZmWhose whose);
static bool is_candidate(const char *candidate, const char *prefix,
						 Size length);
static void check_branch(const ZmGraph *graph, const ZmRevs *revs,
						 const char *label, ZmRev branch);
static ZmRevs lineage_members(const ZmGraph *graph, const char *label,
							  bool need_names, bool *everything);

#define has_text(label) ((label) != NULL && (label)[0] != '\0')

/*
 * Any plain identifier that leads to revisions, or to none by "base".
 */
ZmRevs
zm_resolve(const ZmGraph *graph, const char *ident)
{
	ZmRevs revs = zm_resolve_loosely(graph, ident);

	for (int i = 0; i < revs.count; i++)
	{
		if (revs.revs[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
					 errmsg("\"%s\" goes below the first revision", ident)));
	}
	return revs;
}

/*
 * An identifier that must stand for one revision or for base.
 */
ZmRev
zm_resolve_one(const ZmGraph *graph, const char *ident)
{
	ZmRev rev = zm_resolve_single(graph, ident);

	return rev == ZM_NOWHERE ? ZM_BASE : rev;
}

ZmRevs
zm_resolve_rows(const ZmGraph *graph, int nrows, char **rows)
{
	ZmRevs revs = zm_revs_make();

	for (int i = 0; i < nrows; i++)
		zm_revs_add(&revs, find_name(graph, rows[i], NULL, ZM_ROW));
	return zm_revs_unique(graph, &revs);
}

/*
 * Like zm_resolve(), but -N may come out as ZM_BASE or ZM_NOWHERE.
 */
ZmRevs
zm_resolve_loosely(const ZmGraph *graph, const char *ident)
{
	char *label;
	char *name;
	int steps;
	ZmRevs revs = symbolic_or_name(graph, ident, &label, &name);

	if (name != NULL)
	{
		if (zm_parse_int(name, &steps) && steps < 0)
			return below_heads(graph, ident, label, steps);
		return zm_revs_one(zm_resolve_name(graph, name, label));
	}
	if (has_text(label) && revs.count > 0)
		check_branch(graph, &revs, label, zm_resolve_branch(graph, label));
	return revs;
}

/*
 * An identifier that must stand for one revision; ZM_NOWHERE is base.
 */
ZmRev
zm_resolve_single(const ZmGraph *graph, const char *ident)
{
	char *label;
	char *name;
	ZmRevs revs = symbolic_or_name(graph, ident, &label, &name);
	ZmRev branch;

	if (name != NULL)
		return zm_resolve_name(graph, name, label);
	if (revs.count > 1)
		zm_report_multiple_heads(graph, ident, &revs);
	if (has_text(label))
	{
		branch = zm_resolve_branch(graph, label);
		check_branch(graph, &revs, label, branch);
	}
	return revs.count == 0 ? ZM_NOWHERE : revs.revs[0];
}

/*
 * What a relative identifier counts from.
 */
ZmRevs
zm_resolve_origin(const ZmGraph *graph, const ZmOrigin *origin)
{
	return origin->rows != NULL ? *origin->rows
								: zm_resolve_loosely(graph, origin->text);
}

/*
 * Splits off the label and resolves head, heads and base; anything else is
 * handed back as *name.
 */
static ZmRevs
symbolic_or_name(const ZmGraph *graph, const char *ident, char **label,
				 char **name)
{
	char *rest = zm_split_label(ident, label);
	ZmRevs heads;

	*name = NULL;
	if (strcmp(rest, "heads") == 0)
	{
		heads = zm_graph_heads(graph, !has_text(*label));
		return has_text(*label)
				   ? zm_filter_lineage(graph, &heads, *label, false)
				   : heads;
	}
	if (strcmp(rest, "head") == 0)
		return single_head(graph, ident, *label);
	if (strcmp(rest, "base") != 0)
		*name = rest;
	return zm_revs_make();
}

/*
 * The only versioned head (of a branch), or none in an empty graph.
 */
static ZmRevs
single_head(const ZmGraph *graph, const char *ident, const char *label)
{
	ZmRevs heads = zm_graph_heads(graph, false);

	if (has_text(label))
		heads = zm_filter_lineage(graph, &heads, label, false);
	if (heads.count > 1)
		zm_report_multiple_heads(graph, ident, &heads);
	return heads;
}

/*
 * -N: that many below every real head, or below those that carry the label.
 */
static ZmRevs
below_heads(const ZmGraph *graph, const char *ident, const char *label,
			int steps)
{
	ZmRevs heads = zm_graph_heads(graph, true);
	ZmRevs below = zm_revs_make();
	List **labels = label != NULL ? zm_graph_labels(graph) : NULL;

	for (int i = 0; i < heads.count; i++)
	{
		ZmWalk walk = {.ident = ident};
		ZmRev head = heads.revs[i];

		if (label == NULL || zm_carries_label(labels[head], label))
			zm_revs_add(&below, zm_walk(graph, head, steps, &walk));
	}
	return below;
}

/*
 * The revision with this id, label or beginning of one.  With a label it
 * must share lineage with the revision that the label names.
 */
ZmRev
zm_resolve_name(const ZmGraph *graph, const char *name, const char *label)
{
	ZmRev branch;
	ZmRevs revs;

	if (!has_text(label))
		return find_name(graph, name, NULL, ZM_ARGUMENT);
	branch = zm_resolve_branch(graph, label);
	revs = zm_revs_one(find_name(graph, name, label, ZM_ARGUMENT));
	check_branch(graph, &revs, label, branch);
	return revs.revs[0];
}

/*
 * The revision a label names; an id or the beginning of one will do.
 */
ZmRev
zm_resolve_branch(const ZmGraph *graph, const char *label)
{
	return find_name(graph, label, NULL, ZM_BRANCH);
}

static ZmRev
find_name(const ZmGraph *graph, const char *name, const char *label,
		  ZmWhose whose)
{
	ZmRev rev = zm_name_find(graph, name, NULL);

	if (rev != ZM_NOWHERE)
		return rev;
	if (*name == '\0' && whose != ZM_ROW)
		zm_report_empty("a revision identifier");
	return find_prefix(graph, name, label, whose);
}

/*
 * By the beginning of an id or label, among those of the label's lineage if
 * there is one.  Two names of the same revision are ambiguous, too.
 */
static ZmRev
find_prefix(const ZmGraph *graph, const char *name, const char *label,
			ZmWhose whose)
{
	Size length = strlen(name);
	List *candidates = NIL;
	ZmRevs revs = zm_revs_make();
	bool *lineage = NULL;

	for (ZmRev rev = 0; rev < graph->nnodes && length > 0; rev++)
	{
		const ZmNode *node = &graph->nodes[rev];

		for (int i = -1; i < node->nlabels; i++)
		{
			char *candidate = i < 0 ? node->id : node->labels[i];

			if (!is_candidate(candidate, name, length))
				continue;
			if (has_text(label) && lineage == NULL)
			{
				lineage = zm_lineage(graph, label, false);
				if (lineage == NULL)
					label = NULL;
			}
			if (lineage != NULL && !lineage[rev])
				continue;
			candidates = lappend(candidates, candidate);
			zm_revs_add(&revs, rev);
		}
	}
	if (revs.count == 0)
		zm_report_not_found(graph, name, whose);
	if (revs.count > 1)
		zm_report_ambiguous(graph, name, candidates, whose);
	return revs.revs[0];
}

/*
 * It is the candidate that must be long enough, not what was typed.
 */
static bool
is_candidate(const char *candidate, const char *prefix, Size length)
{
	return strncmp(candidate, prefix, length) == 0 &&
		   pg_mbstrlen(candidate) >= ZM_PREFIX_CANDIDATE_LENGTH;
}

/*
 * All must share lineage with the branch's revision.
 */
static void
check_branch(const ZmGraph *graph, const ZmRevs *revs, const char *label,
			 ZmRev branch)
{
	ZmRevs of = {1, &branch};
	bool *related = zm_related(graph, &of, false);

	for (int i = 0; i < revs->count; i++)
	{
		if (related[revs->revs[i]])
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_ZM_NOT_IN_BRANCH),
				 errmsg("revision \"%s\" is not in branch \"%s\"",
						zm_id(graph, revs->revs[i]), label),
				 errdetail("The branch is what lies above and below revision "
						   "\"%s\".",
						   zm_id(graph, branch)),
				 errhint("Leave the label out, or name a revision of the "
						 "branch.")));
	}
	pfree(related);
}

/*
 * Those of several revisions that share lineage with what a label stands
 * for.  Where there are none to filter an unknown label goes unnoticed.
 */
ZmRevs
zm_filter_lineage(const ZmGraph *graph, const ZmRevs *revs, const char *label,
				  bool with_depends)
{
	ZmRevs filtered = zm_revs_make();
	bool everything;
	bool *lineage;

	if (revs->count == 0)
	{
		lineage_members(graph, label, false, &everything);
		return filtered;
	}
	lineage = zm_lineage(graph, label, with_depends);
	for (int i = 0; i < revs->count; i++)
	{
		Assert(revs->revs[i] >= 0);
		if (lineage == NULL || lineage[revs->revs[i]])
			zm_revs_add(&filtered, revs->revs[i]);
	}
	return filtered;
}

/*
 * One flag a revision: does it share lineage with what the label stands for?
 * NULL if all do, as with "base".  The label may itself be written with an
 * "@", or be "head" or "heads".
 */
bool *
zm_lineage(const ZmGraph *graph, const char *label, bool with_depends)
{
	bool everything;
	ZmRevs members = lineage_members(graph, label, true, &everything);

	return everything ? NULL : zm_related(graph, &members, with_depends);
}

static ZmRevs
lineage_members(const ZmGraph *graph, const char *label, bool need_names,
				bool *everything)
{
	char *outer;
	char *name;
	ZmRevs members = symbolic_or_name(graph, label, &outer, &name);

	*everything = members.count == 0 && name == NULL && !has_text(outer);
	if (!need_names)
		return members;
	if (has_text(outer))
		zm_revs_add(&members, find_name(graph, outer, NULL, ZM_BRANCH));
	if (name != NULL)
		zm_revs_add(&members, find_name(graph, name, NULL, ZM_BRANCH));
	return members;
}
