/*
 * names.c
 *
 * From ids and labels to revisions.
 *
 * Both live in one name space: a label is another name of the revision that
 * declares it, and no name may be taken twice.  The table is made once, by
 * zm_graph_finish(), and this is where a name that is taken is noticed.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "errors.h"
#include "graph/graph_internal.h"

typedef struct NameEntry
{
	const char *name;
	uint32 hash;
	ZmRev rev;
	ZmNameKind kind;
	char status; /* of simplehash */
} NameEntry;

#define SH_PREFIX namehash
#define SH_ELEMENT_TYPE NameEntry
#define SH_KEY_TYPE const char *
#define SH_KEY name
#define SH_HASH_KEY(table, key) \
	hash_bytes((const unsigned char *) (key), (int) strlen(key))
#define SH_EQUAL(table, a, b) (strcmp(a, b) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, entry) ((entry)->hash)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

struct ZmNames
{
	namehash_hash *table;
};

static void add_name(const ZmGraph *graph, namehash_hash *table,
					 const char *name, ZmRev rev, ZmNameKind kind);
pg_noreturn static void report_taken(const ZmGraph *graph,
									 const NameEntry *entry, ZmRev rev,
									 ZmNameKind kind);

/*
 * The names of all revisions; raises ZM007 when one is taken.  Ids come
 * first, so that a label which repeats an id is reported as the label's
 * fault wherever the two stand.
 */
ZmNames *
zm_names_create(const ZmGraph *graph)
{
	ZmNames *names = palloc(sizeof(ZmNames));

	names->table = namehash_create(CurrentMemoryContext,
								   graph->nnodes + graph->nlabels + 1, NULL);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
		add_name(graph, names->table, graph->nodes[rev].id, rev, ZM_NAME_ID);
	for (ZmRev rev = 0; rev < graph->nnodes; rev++)
	{
		const ZmNode *node = &graph->nodes[rev];

		for (int i = 0; i < node->nlabels; i++)
			add_name(graph, names->table, node->labels[i], rev, ZM_NAME_LABEL);
	}
	return names;
}

/*
 * The revision with exactly this id or label, ZM_NOWHERE if there is none.
 * kind may be NULL.
 */
ZmRev
zm_name_find(const ZmGraph *graph, const char *name, ZmNameKind *kind)
{
	NameEntry *entry = namehash_lookup(graph->names->table, name);

	if (entry == NULL)
		return ZM_NOWHERE;
	if (kind != NULL)
		*kind = entry->kind;
	return entry->rev;
}

static void
add_name(const ZmGraph *graph, namehash_hash *table, const char *name,
		 ZmRev rev, ZmNameKind kind)
{
	bool found;
	NameEntry *entry = namehash_insert(table, name, &found);

	if (found)
		report_taken(graph, entry, rev, kind);
	entry->rev = rev;
	entry->kind = kind;
}

static void
report_taken(const ZmGraph *graph, const NameEntry *entry, ZmRev rev,
			 ZmNameKind kind)
{
	const char *name = entry->name;

	if (kind == ZM_NAME_ID)
		ereport(ERROR,
				(errcode(ERRCODE_ZM_DUPLICATE_REVISION),
				 errmsg("revision \"%s\" is present more than once", name),
				 errhint("Give one of the two another id, or leave it out "
						 "if it is the same revision.")));
	ereport(ERROR, (errcode(ERRCODE_ZM_DUPLICATE_REVISION),
					errmsg("branch label \"%s\" of revision \"%s\" is taken",
						   name, zm_id(graph, rev)),
					entry->kind == ZM_NAME_ID
						? errdetail("There is a revision \"%s\".", name)
						: errdetail("Revision \"%s\" has it.",
									zm_id(graph, entry->rev)),
					errhint("Give the revision another label.")));
}
