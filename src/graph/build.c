/*
 * build.c
 *
 * A graph from the revisions in load order: adding, linking, looking at it.
 *
 * Names become indexes here, once, so that everything else works on numbers.
 * Children stand in arrays of one block each, in load order: that order is
 * what settles every tie in the plans.  A graph that comes out of
 * zm_graph_finish() has no missing parent, no name twice and no cycle; the
 * rest of the module relies on it.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "errors.h"
#include "graph/graph_internal.h"

static void link_parents(ZmGraph *graph);
static ZmRev find_parent(const ZmGraph *graph, const ZmNode *node,
						 const char *name);
static ZmRev find_dependency(const ZmGraph *graph, const ZmNode *node,
							 const char *name);
static void link_needed(ZmGraph *graph);
static void add_unseen(ZmRevs *needed, const ZmRev *revs, int count,
					   ZmRev *last_seen_by, ZmRev rev);
static void link_children(ZmGraph *graph, bool with_depends);
static void add_children(ZmGraph *graph, bool with_depends);
pg_noreturn static void report_missing(const ZmNode *node, const char *name,
									   const char *verb, const char *hint);

/*
 * An empty graph in the current memory context.
 */
ZmGraph *
zm_graph_create(void)
{
	ZmGraph *graph = palloc0(sizeof(ZmGraph));

	graph->context = CurrentMemoryContext;
	graph->nallocated = 64;
	graph->nodes = palloc(sizeof(ZmNode) * graph->nallocated);
	return graph;
}

void
zm_graph_add(ZmGraph *graph, const ZmNode *declared)
{
	ZmNode *node;

	Assert(graph->names == NULL);
	if (graph->nnodes == graph->nallocated)
	{
		graph->nallocated *= 2;
		graph->nodes = repalloc_huge(
			graph->nodes, sizeof(ZmNode) * (Size) graph->nallocated);
	}
	node = &graph->nodes[graph->nnodes++];
	*node = *declared;
	graph->nlabels += node->nlabels;
	if (node->ndepends > 0)
		graph->has_depends = true;
}

/*
 * Links the revisions to each other and checks the whole.
 */
void
zm_graph_finish(ZmGraph *graph)
{
	MemoryContext former = MemoryContextSwitchTo(graph->context);

	for (int i = 0; i < graph->nnodes; i++)
		zm_check_id(graph->nodes[i].id);
	graph->names = zm_names_create(graph);
	link_parents(graph);
	link_needed(graph);
	link_children(graph, false);
	link_children(graph, true);
	zm_sort_graph(graph);
	zm_normalise_depends(graph);
	MemoryContextSwitchTo(former);
}

int
zm_graph_size(const ZmGraph *graph)
{
	return graph->nnodes;
}

const ZmNode *
zm_graph_node(const ZmGraph *graph, ZmRev rev)
{
	Assert(rev >= 0 && rev < graph->nnodes);
	return &graph->nodes[rev];
}

ZmRev
zm_graph_find(const ZmGraph *graph, const char *id)
{
	ZmNameKind kind;
	ZmRev rev = zm_name_find(graph, id, &kind);

	return rev == ZM_NOWHERE || kind != ZM_NAME_ID ? ZM_BASE : rev;
}

bool
zm_graph_is_head(const ZmGraph *graph, ZmRev rev)
{
	return zm_graph_node(graph, rev)->next.count == 0;
}

bool
zm_graph_is_real_head(const ZmGraph *graph, ZmRev rev)
{
	return zm_graph_node(graph, rev)->all_next.count == 0;
}

ZmRevs
zm_graph_heads(const ZmGraph *graph, bool real)
{
	ZmRevs heads = zm_revs_make();

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (real ? zm_graph_is_real_head(graph, rev)
				 : zm_graph_is_head(graph, rev))
			zm_revs_add(&heads, rev);
	}
	return heads;
}

ZmRevs
zm_graph_bases(const ZmGraph *graph)
{
	ZmRevs bases = zm_revs_make();

	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		if (graph->nodes[rev].ndown == 0)
			zm_revs_add(&bases, rev);
	}
	return bases;
}

/*
 * The characters that would make an id impossible to type.  Nothing else is
 * asked of it.
 */
void
zm_check_id(const char *id)
{
	if (*id == '\0')
		zm_report_empty("a revision id");
	if (strpbrk(id, "@-+:") != NULL)
		ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_IDENTIFIER),
						errmsg("invalid revision id \"%s\"", id),
						errdetail("The characters \"@\", \"-\", \"+\" and "
								  "\":\" have a meaning in identifiers."),
						errhint("Use letters, digits and underscores.")));
}

/*
 * From declared names to revisions.
 */
static void
link_parents(ZmGraph *graph)
{
	Size ndown = 0;
	Size ndepends = 0;
	ZmRev *down;
	ZmRev *depends;

	for (int i = 0; i < graph->nnodes; i++)
	{
		ndown += graph->nodes[i].ndown;
		ndepends += graph->nodes[i].ndepends;
	}
	down = ZM_ARRAY(ZmRev, ndown);
	depends = ZM_ARRAY(ZmRev, ndepends);
	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmNode *node = &graph->nodes[i];

		node->down = down;
		for (int j = 0; j < node->ndown; j++)
			*down++ = find_parent(graph, node, node->down_ids[j]);
		node->depends = depends;
		for (int j = 0; j < node->ndepends; j++)
			*depends++ = find_dependency(graph, node, node->depend_names[j]);
	}
}

static ZmRev
find_parent(const ZmGraph *graph, const ZmNode *node, const char *name)
{
	ZmNameKind kind;
	ZmRev rev = zm_name_find(graph, name, &kind);

	if (rev == ZM_NOWHERE)
		report_missing(node, name, "revises",
					   "Load the missing revision too, or correct what the "
					   "revision revises.");
	if (kind != ZM_NAME_ID)
		report_missing(node, name, "revises",
					   "It is a branch label: write the revision's id in "
					   "its place.");
	return rev;
}

static ZmRev
find_dependency(const ZmGraph *graph, const ZmNode *node, const char *name)
{
	ZmRev rev = zm_name_find(graph, name, NULL);

	if (rev == ZM_NOWHERE)
		report_missing(node, name, "depends on",
					   "Load the missing revision too, or correct what the "
					   "revision depends on: a whole id or a branch label.");
	return rev;
}

/*
 * What each revision needs: parents, then dependencies, each once.  Most
 * have neither dependencies nor a parent twice, and then it is the parents'
 * array itself.
 */
static void
link_needed(ZmGraph *graph)
{
	ZmRev *last_seen_by = ZM_ARRAY(ZmRev, graph->nnodes);
	ZmRevs needed = zm_revs_make();

	memset(last_seen_by, 0xff, sizeof(ZmRev) * graph->nnodes);
	graph->all_down = ZM_ARRAY(ZmRevs, graph->nnodes);
	graph->nparents = ZM_ARRAY(int, graph->nnodes);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmNode *node = &graph->nodes[rev];
		ZmRevs *all_down = &graph->all_down[rev];

		all_down->count = node->ndown;
		all_down->revs = node->down;
		graph->nparents[rev] = node->ndown;
		if (node->ndepends == 0 && node->ndown < 2)
			continue;
		needed.count = 0;
		add_unseen(&needed, node->down, node->ndown, last_seen_by, rev);
		graph->nparents[rev] = needed.count;
		add_unseen(&needed, node->depends, node->ndepends, last_seen_by, rev);
		if (graph->nparents[rev] != node->ndown || needed.count != node->ndown)
			*all_down = zm_revs_copy(&needed);
	}
	pfree(last_seen_by);
	pfree(needed.revs);
}

/*
 * Appends what rev names and has not named before.  last_seen_by remembers
 * who saw each revision last, so that nothing needs clearing in between.
 */
static void
add_unseen(ZmRevs *needed, const ZmRev *revs, int count, ZmRev *last_seen_by,
		   ZmRev rev)
{
	for (int i = 0; i < count; i++)
	{
		if (last_seen_by[revs[i]] == rev)
			continue;
		last_seen_by[revs[i]] = rev;
		zm_revs_add(needed, revs[i]);
	}
}

/*
 * The children of every revision, in load order, in one block: counted
 * first, then filled in.
 */
static void
link_children(ZmGraph *graph, bool with_depends)
{
	Size total = 0;
	ZmRev *block;

	if (with_depends && !graph->has_depends)
	{
		for (int i = 0; i < graph->nnodes; i++)
			graph->nodes[i].all_next = graph->nodes[i].next;
		return;
	}
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		ZmNode *node = &graph->nodes[rev];

		*(with_depends ? &node->all_next : &node->next) = (ZmRevs){0, NULL};
		total += graph->all_down[rev].count;
	}
	block = ZM_ARRAY(ZmRev, total);
	add_children(graph, with_depends);
	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmNode *node = &graph->nodes[i];
		ZmRevs *children = with_depends ? &node->all_next : &node->next;

		children->revs = block;
		block += children->count;
		children->count = 0;
	}
	add_children(graph, with_depends);
}

/*
 * Adds every revision to its parents' children, or only counts it there as
 * long as they have no room.
 */
static void
add_children(ZmGraph *graph, bool with_depends)
{
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmRevs *needed = &graph->all_down[rev];
		int n = with_depends ? needed->count : graph->nparents[rev];

		for (int i = 0; i < n; i++)
		{
			ZmNode *parent = &graph->nodes[needed->revs[i]];
			ZmRevs *children =
				with_depends ? &parent->all_next : &parent->next;

			if (children->revs != NULL)
				children->revs[children->count] = rev;
			children->count++;
		}
	}
}

static void
report_missing(const ZmNode *node, const char *name, const char *verb,
			   const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_ZM_MISSING_PARENT),
					errmsg("revision \"%s\" %s \"%s\", which does not exist",
						   node->id, verb, name),
					errhint("%s", hint)));
}
