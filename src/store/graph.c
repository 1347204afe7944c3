/*
 * graph.c
 *
 * From the rows of zishu_migrate.revision to the graph.
 *
 * Rule: one query without an order, scripts left alone.  Rows mostly come as
 * they were stored, so they are sorted here and only if they must be: a sort
 * in the server would move all of a long history through a file.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "store/scope.h"
#include "store/store.h"
#include "util/arrays.h"
#include "util/spi.h"

/* A row as far as the graph needs it. */
typedef struct NodeRow
{
	int64 position;
	TimestampTz created_at;
	ZmNode node;
} NodeRow;

typedef struct GraphReader
{
	MemoryContext context; /* of the graph */
	NodeRow *rows;
	int count;
	int capacity;
	bool sorted; /* by position, so far */

	/* For zm_store_graph_with() */
	int nincoming;
	const ZmNode **by_id;	/* incoming revisions, sorted by id */
	const ZmNode *incoming; /* the same in their own order */
	bool *is_new;			/* which of them are not stored */
} GraphReader;

static ZmGraph *read_graph(GraphReader *reader);
static void read_row(const Datum *values, const bool *isnull, void *arg);
static NodeRow *append_row(GraphReader *reader);
static int compare_rows(const void *a, const void *b);
static int compare_nodes(const void *a, const void *b);
static bool is_incoming(GraphReader *reader, const char *id);

ZmGraph *
zm_store_graph(TimestampTz **created_at)
{
	GraphReader reader = {0};
	ZmGraph *graph = read_graph(&reader);

	if (created_at)
	{
		*created_at = palloc_extended(sizeof(TimestampTz) * (reader.count + 1),
									  MCXT_ALLOC_HUGE);
		for (int i = 0; i < reader.count; i++)
			(*created_at)[i] = reader.rows[i].created_at;
	}
	pfree(reader.rows);
	zm_graph_finish(graph);
	return graph;
}

ZmGraph *
zm_store_graph_with(int n, const ZmNode *incoming, bool *is_new)
{
	GraphReader reader = {
		.nincoming = n, .incoming = incoming, .is_new = is_new};
	ZmGraph *graph;

	reader.by_id = palloc(sizeof(ZmNode *) * (n + 1));
	for (int i = 0; i < n; i++)
	{
		reader.by_id[i] = &incoming[i];
		is_new[i] = true;
	}
	qsort(reader.by_id, n, sizeof(ZmNode *), compare_nodes);

	graph = read_graph(&reader);
	for (int i = 0; i < n; i++)
		zm_graph_add(graph, &incoming[i]);
	zm_graph_finish(graph);
	return graph;
}

/* The stored revisions in a graph that is not finished. */
static ZmGraph *
read_graph(GraphReader *reader)
{
	ZmGraph *graph = zm_graph_create();
	ZmScope scope;

	reader->context = CurrentMemoryContext;
	reader->capacity = 64;
	reader->rows = palloc(sizeof(NodeRow) * reader->capacity);
	reader->sorted = true;
	zm_scope_begin(&scope);
	zm_spi_each("SELECT position, created_at, revision, message,"
				" down_revisions, depends_on, branch_labels"
				" FROM zishu_migrate.revision",
				NULL, read_row, reader);
	zm_scope_end(&scope);

	if (!reader->sorted)
		qsort(reader->rows, reader->count, sizeof(NodeRow), compare_rows);
	for (int i = 0; i < reader->count; i++)
		zm_graph_add(graph, &reader->rows[i].node);
	return graph;
}

static void
read_row(const Datum *values, const bool *isnull, void *arg)
{
	GraphReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	char *id = TextDatumGetCString(values[2]);

	if (is_incoming(reader, id))
		pfree(id);
	else
	{
		NodeRow *row = append_row(reader);

		row->position = DatumGetInt64(values[0]);
		row->created_at = DatumGetTimestampTz(values[1]);
		row->node.id = id;
		row->node.message = TextDatumGetCString(values[3]);
		row->node.down_ids =
			zm_strings(values[4], &row->node.ndown, "down_revisions", false);
		row->node.depend_names =
			zm_strings(values[5], &row->node.ndepends, "depends_on", false);
		row->node.labels =
			zm_strings(values[6], &row->node.nlabels, "branch_labels", false);
		if (reader->count > 1 && row[-1].position > row->position)
			reader->sorted = false;
	}
	MemoryContextSwitchTo(saved);
}

static NodeRow *
append_row(GraphReader *reader)
{
	NodeRow *row;

	if (reader->count == reader->capacity)
	{
		reader->capacity *= 2;
		reader->rows =
			repalloc_huge(reader->rows, sizeof(NodeRow) * reader->capacity);
	}
	row = &reader->rows[reader->count++];
	memset(row, 0, sizeof(*row));
	return row;
}

static int
compare_rows(const void *a, const void *b)
{
	int64 left = ((const NodeRow *) a)->position;
	int64 right = ((const NodeRow *) b)->position;

	return left < right ? -1 : left > right;
}

static int
compare_nodes(const void *a, const void *b)
{
	return strcmp((*(ZmNode *const *) a)->id, (*(ZmNode *const *) b)->id);
}

/* Does an incoming revision take the place of the one with this id? */
static bool
is_incoming(GraphReader *reader, const char *id)
{
	ZmNode key = {.id = unconstify(char *, id)};
	const ZmNode *node = &key;
	const ZmNode **found;

	if (reader->nincoming == 0)
		return false;
	found = bsearch(&node, reader->by_id, reader->nincoming, sizeof(ZmNode *),
					compare_nodes);
	if (found == NULL)
		return false;
	reader->is_new[*found - reader->incoming] = false;
	return true;
}
