/*
 * author.c
 *
 * What a new revision would be.
 *
 * Everything that could be wrong with it is found before anything is
 * written.  Alembic notices a label or an id that is taken only when the
 * file is there already.
 */
#include "postgres.h"

#include "errors.h"
#include "graph/graph_internal.h"

static void check_new_id(const ZmGraph *graph, const char *id);
static ZmRevs find_parents(const ZmGraph *graph, const ZmNewRevision *wanted);
static void check_parents(const ZmGraph *graph, const ZmRevs *parents,
						  bool splice);
static ZmRevs default_parent(const ZmGraph *graph);
static char *dependency_name(const ZmGraph *graph, const char *ident,
							 List **labels);
static void check_new_label(const ZmGraph *graph, const ZmNewRevision *wanted,
							int i);

ZmNode *
zm_plan_revision(const ZmGraph *graph, const ZmNewRevision *wanted)
{
	ZmNode *node = palloc0(sizeof(ZmNode));
	ZmRevs parents;
	List **labels = NULL;

	check_new_id(graph, wanted->id);
	parents = find_parents(graph, wanted);
	check_parents(graph, &parents, wanted->splice);

	node->id = pstrdup(wanted->id);
	node->down_ids = ZM_ARRAY(char *, parents.count);
	for (int i = 0; i < parents.count; i++)
	{
		if (parents.revs[i] != ZM_NOWHERE)
			node->down_ids[node->ndown++] = zm_id(graph, parents.revs[i]);
	}
	node->ndepends = wanted->ndepends;
	node->depend_names = ZM_ARRAY(char *, wanted->ndepends);
	if (wanted->ndepends > 0)
		labels = zm_graph_labels(graph);
	for (int i = 0; i < wanted->ndepends; i++)
		node->depend_names[i] =
			dependency_name(graph, wanted->depends[i], labels);
	node->nlabels = wanted->nlabels;
	node->labels = wanted->labels;
	for (int i = 0; i < wanted->nlabels; i++)
		check_new_label(graph, wanted, i);
	return node;
}

static void
check_new_id(const ZmGraph *graph, const char *id)
{
	ZmNameKind kind;

	zm_check_id(id);
	if (zm_name_find(graph, id, &kind) == ZM_NOWHERE)
		return;
	ereport(ERROR, (errcode(ERRCODE_ZM_DUPLICATE_REVISION),
					kind == ZM_NAME_ID
						? errmsg("revision \"%s\" exists already", id)
						: errmsg("\"%s\" is a branch label already", id),
					errhint("Choose another id, or leave it out to have one "
							"made.")));
}

/*
 * In the order given.  ZM_NOWHERE comes from walking below a base, and is
 * base.
 */
static ZmRevs
find_parents(const ZmGraph *graph, const ZmNewRevision *wanted)
{
	ZmRevs parents = zm_revs_make();

	if (wanted->nheads == 0)
		return default_parent(graph);
	for (int i = 0; i < wanted->nheads; i++)
	{
		ZmRevs revs = zm_resolve_loosely(graph, wanted->heads[i]);

		for (int j = 0; j < revs.count; j++)
		{
			if (revs.revs[j] == ZM_BASE)
				ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_RELATIVE_REVISION),
								errmsg("\"%s\" goes below the first revision",
									   wanted->heads[i]),
								errhint("Write \"base\" for a new base.")));
			zm_revs_add(&parents, revs.revs[j]);
		}
	}
	return parents;
}

static ZmRevs
default_parent(const ZmGraph *graph)
{
	ZmRevs heads = zm_graph_heads(graph, false);

	if (heads.count > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_MULTIPLE_HEADS),
				 errmsg("there are several heads to build on"),
				 errdetail("The heads are %s.", zm_quote_revs(graph, &heads)),
				 errhint("Name one as the head, or merge them with "
						 "zishu_merge().")));
	return heads;
}

static void
check_parents(const ZmGraph *graph, const ZmRevs *parents, bool splice)
{
	bool *seen = ZM_ARRAY0(bool, graph->nnodes);
	bool seen_base = false;

	for (int i = 0; i < parents->count; i++)
	{
		ZmRev rev = parents->revs[i];
		bool *seen_this = rev == ZM_NOWHERE ? &seen_base : &seen[rev];

		if (*seen_this)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_DUPLICATE_REVISION),
					 errmsg("revision \"%s\" is named twice as a parent",
							rev == ZM_NOWHERE ? "base" : zm_id(graph, rev)),
					 errhint("Name each parent once.")));
		*seen_this = true;
	}
	for (int i = 0; i < parents->count && !splice; i++)
	{
		ZmRev rev = parents->revs[i];

		if (rev == ZM_NOWHERE || zm_graph_is_head(graph, rev))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_ZM_NOT_A_HEAD),
				 errmsg("revision \"%s\" is not a head", zm_id(graph, rev)),
				 errdetail("It is followed by %s.",
						   zm_quote_revs(graph, &graph->nodes[rev].next)),
				 errhint("Build on a head (of a branch: \"label@head\"), or "
						 "start a new branch from here with splice => "
						 "true.")));
	}
	pfree(seen);
}

/*
 * A dependency as it is to be stored: by its label if that is what was
 * written and the revision carries it, else by the whole id.
 */
static char *
dependency_name(const ZmGraph *graph, const char *ident, List **labels)
{
	ZmRev rev = zm_resolve_single(graph, ident);

	if (rev == ZM_NOWHERE)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
				 errmsg("cannot depend on \"%s\"", ident),
				 errdetail("It stands for no revision."),
				 errhint("Name a revision, or leave the dependency out.")));
	return zm_carries_label(labels[rev], ident) ? pstrdup(ident)
												: zm_id(graph, rev);
}

static void
check_new_label(const ZmGraph *graph, const ZmNewRevision *wanted, int i)
{
	const char *label = wanted->labels[i];
	ZmRev rev = zm_name_find(graph, label, NULL);
	bool taken = strcmp(label, wanted->id) == 0;

	if (*label == '\0')
		zm_report_empty("a branch label");
	for (int j = 0; j < i; j++)
		taken |= strcmp(label, wanted->labels[j]) == 0;
	if (rev == ZM_NOWHERE && !taken)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_DUPLICATE_REVISION),
			 errmsg("branch label \"%s\" is taken", label),
			 taken ? errdetail("The new revision has that name already.")
				   : errdetail("Revision \"%s\" has it.", zm_id(graph, rev)),
			 errhint("Choose another label.")));
}
