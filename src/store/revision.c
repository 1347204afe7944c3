/*
 * revision.c
 *
 * The table zishu_migrate.revision: what is known of each revision.
 *
 * Rule: rows are streamed, never gathered: a history may be long and a script
 * large.  The graph is read with one query, scripts only where they are asked
 * for.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "store/scope.h"
#include "store/store.h"
#include "store/digests.h"
#include "util/arrays.h"
#include "util/spi.h"

#define SELECT_REVISION                                                       \
	"SELECT r.revision, r.down_revisions, r.depends_on, r.branch_labels,"     \
	" r.message, r.upgrade_script, r.downgrade_script, r.digest,"             \
	" r.token_digest, r.created_at, r.source, r.frame "

/* What zm_store_graph() gathers. */
typedef struct GraphReader
{
	ZmGraph *graph;
	MemoryContext context; /* of the graph */
	TimestampTz *created_at;
	int capacity; /* of created_at; 0: nobody asked for it */
	int count;
	int nincoming;
	const ZmNode **by_id;	/* incoming revisions, sorted by id */
	const ZmNode *incoming; /* the same in their own order */
	bool *is_new;			/* which of them are not stored */
} GraphReader;

typedef struct RevisionReader
{
	ZmStoredRevisionCallback callback;
	void *arg;
} RevisionReader;

typedef struct SingleReader
{
	MemoryContext context;
	ZmStoredRevision *revision;
} SingleReader;

typedef struct ScriptReader
{
	MemoryContext context;
	ZmScript *script;
} ScriptReader;

static void read_graph(GraphReader *reader);
static int compare_nodes(const void *a, const void *b);
static void read_node(const Datum *values, const bool *isnull, void *arg);
static bool is_incoming(GraphReader *reader, const ZmNode *node);
static char **copy_strings(MemoryContext context, int n, char **strings);
static void read_revision(const Datum *values, const bool *isnull, void *arg);
static void read_single(const Datum *values, const bool *isnull, void *arg);
static void decode_revision(ZmStoredRevision *revision, const Datum *values,
							const bool *isnull);
static void read_script(const Datum *values, const bool *isnull, void *arg);
static void write_revisions(const char *sql, int expected, List *revisions);
static void revision_params(ZmParams *params, const ZmStoredRevision *revision,
							const char *user_name);
static Datum script_datum(const ZmScript *script);

ZmGraph *
zm_store_graph(TimestampTz **created_at)
{
	GraphReader reader = {0};

	if (created_at)
	{
		reader.capacity = 64;
		reader.created_at = palloc(reader.capacity * sizeof(TimestampTz));
	}
	read_graph(&reader);
	zm_graph_finish(reader.graph);
	if (created_at)
		*created_at = reader.created_at;
	return reader.graph;
}

ZmGraph *
zm_store_graph_with(int n, const ZmNode *incoming, bool *is_new)
{
	GraphReader reader = {0};

	reader.nincoming = n;
	reader.incoming = incoming;
	reader.is_new = is_new;
	reader.by_id = palloc(sizeof(ZmNode *) * (n + 1));
	for (int i = 0; i < n; i++)
	{
		reader.by_id[i] = &incoming[i];
		is_new[i] = true;
	}
	qsort(reader.by_id, n, sizeof(ZmNode *), compare_nodes);

	read_graph(&reader);
	for (int i = 0; i < n; i++)
		zm_graph_add(reader.graph, &incoming[i]);
	zm_graph_finish(reader.graph);
	return reader.graph;
}

void
zm_store_each_revision(int n, char **ids, ZmStoredRevisionCallback callback,
					   void *arg)
{
	RevisionReader reader = {callback, arg};
	ZmParams params = {0};
	ZmScope scope;

	if (n >= 0)
		zm_param_add_texts(&params, n, ids);
	zm_scope_begin(&scope);
	if (n < 0)
		zm_spi_each(SELECT_REVISION
					"FROM zishu_migrate.revision r ORDER BY r.position",
					NULL, read_revision, &reader);
	else
		zm_spi_each(SELECT_REVISION
					"FROM unnest($1) WITH ORDINALITY u (revision, n)"
					" JOIN zishu_migrate.revision r USING (revision)"
					" ORDER BY u.n",
					&params, read_revision, &reader);
	zm_scope_end(&scope);
}

ZmStoredRevision *
zm_store_revision(const char *id)
{
	SingleReader reader = {CurrentMemoryContext, NULL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, id);
	zm_scope_begin(&scope);
	zm_spi_each(SELECT_REVISION
				"FROM zishu_migrate.revision r WHERE r.revision = $1",
				&params, read_single, &reader);
	zm_scope_end(&scope);
	return reader.revision;
}

void
zm_revision_digests(ZmStoredRevision *revision)
{
	zm_digest(revision->upgrade, revision->downgrade,
			  revision->digests.exact);
	zm_token_digest(revision->upgrade, revision->downgrade,
					revision->digests.tokens);
	revision->has_digests = true;
}

ZmScript *
zm_store_script(const char *id, bool upgrade)
{
	ScriptReader reader = {CurrentMemoryContext, NULL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, id);
	zm_scope_begin(&scope);
	zm_spi_each(upgrade ? "SELECT upgrade_script FROM zishu_migrate.revision"
						  " WHERE revision = $1"
						: "SELECT downgrade_script FROM zishu_migrate.revision"
						  " WHERE revision = $1",
				&params, read_script, &reader);
	zm_scope_end(&scope);
	return reader.script;
}

void
zm_store_insert_revisions(List *revisions)
{
	write_revisions("INSERT INTO zishu_migrate.revision"
					" (revision, down_revisions, depends_on, branch_labels,"
					" message, upgrade_script, downgrade_script, digest,"
					" token_digest, created_at, created_by, source, frame)"
					" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
					" coalesce($10, now()), $11, $12, $13)",
					SPI_OK_INSERT, revisions);
}

void
zm_store_update_revisions(List *revisions)
{
	write_revisions("UPDATE zishu_migrate.revision"
					" SET down_revisions = $2, depends_on = $3,"
					" branch_labels = $4, message = $5, upgrade_script = $6,"
					" downgrade_script = $7, digest = $8, token_digest = $9,"
					" created_at = coalesce($10, created_at),"
					" created_by = $11, source = $12, frame = $13"
					" WHERE revision = $1",
					SPI_OK_UPDATE, revisions);
}

void
zm_store_delete_revision(const char *id)
{
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, id);
	zm_scope_begin(&scope);
	zm_spi_execute("DELETE FROM zishu_migrate.revision WHERE revision = $1",
				   SPI_OK_DELETE, &params);
	zm_scope_end(&scope);
}

static void
read_graph(GraphReader *reader)
{
	ZmScope scope;

	reader->graph = zm_graph_create();
	reader->context = CurrentMemoryContext;
	zm_scope_begin(&scope);
	zm_spi_each("SELECT revision, down_revisions, depends_on, branch_labels,"
				" message, created_at"
				" FROM zishu_migrate.revision ORDER BY position",
				NULL, read_node, reader);
	zm_scope_end(&scope);
}

static int
compare_nodes(const void *a, const void *b)
{
	return strcmp((*(ZmNode *const *) a)->id, (*(ZmNode *const *) b)->id);
}

static void
read_node(const Datum *values, const bool *isnull, void *arg)
{
	GraphReader *reader = arg;
	ZmNode node = {0};
	char **down = zm_strings(values[1], &node.ndown, "down_revisions", false);
	char **depends =
		zm_strings(values[2], &node.ndepends, "depends_on", false);
	char **labels =
		zm_strings(values[3], &node.nlabels, "branch_labels", false);
	MemoryContext saved;

	node.id = TextDatumGetCString(values[0]);
	if (is_incoming(reader, &node))
		return;
	node.down_ids = copy_strings(reader->context, node.ndown, down);
	node.depend_names = copy_strings(reader->context, node.ndepends, depends);
	node.labels = copy_strings(reader->context, node.nlabels, labels);

	saved = MemoryContextSwitchTo(reader->context);
	node.id = TextDatumGetCString(values[0]);
	node.message = TextDatumGetCString(values[4]);
	zm_graph_add(reader->graph, &node);
	if (reader->capacity > 0)
	{
		if (reader->count == reader->capacity)
		{
			reader->capacity *= 2;
			reader->created_at =
				repalloc_huge(reader->created_at,
							  reader->capacity * sizeof(TimestampTz));
		}
		reader->created_at[reader->count++] = DatumGetTimestampTz(values[5]);
	}
	MemoryContextSwitchTo(saved);
}

/* Does an incoming revision take the place of this one? */
static bool
is_incoming(GraphReader *reader, const ZmNode *node)
{
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

static char **
copy_strings(MemoryContext context, int n, char **strings)
{
	char **copy;

	if (n == 0)
		return NULL;
	copy = MemoryContextAlloc(context, n * sizeof(char *));
	for (int i = 0; i < n; i++)
		copy[i] = MemoryContextStrdup(context, strings[i]);
	return copy;
}

static void
read_revision(const Datum *values, const bool *isnull, void *arg)
{
	RevisionReader *reader = arg;
	ZmStoredRevision revision;

	decode_revision(&revision, values, isnull);
	reader->callback(&revision, reader->arg);
}

static void
read_single(const Datum *values, const bool *isnull, void *arg)
{
	SingleReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);

	reader->revision = palloc(sizeof(ZmStoredRevision));
	decode_revision(reader->revision, values, isnull);
	MemoryContextSwitchTo(saved);
}

static void
decode_revision(ZmStoredRevision *revision, const Datum *values,
				const bool *isnull)
{
	memset(revision, 0, sizeof(*revision));

	revision->id = TextDatumGetCString(values[0]);
	revision->down_ids =
		zm_strings(values[1], &revision->ndown, "down_revisions", false);
	revision->depend_names =
		zm_strings(values[2], &revision->ndepends, "depends_on", false);
	revision->labels =
		zm_strings(values[3], &revision->nlabels, "branch_labels", false);
	revision->message = TextDatumGetCString(values[4]);
	revision->upgrade = zm_script_from_datum(values[5]);
	if (!isnull[6])
		revision->downgrade = zm_script_from_datum(values[6]);
	revision->has_digests =
		zm_read_digests(&values[7], &isnull[7], &revision->digests);
	revision->has_created_at = true;
	revision->created_at = DatumGetTimestampTz(values[9]);
	if (!isnull[10])
		revision->source = TextDatumGetCString(values[10]);
	if (!isnull[11])
	{
		int n;
		char **pieces = zm_strings(values[11], &n, "frame", false);

		for (int i = 0; i < n; i++)
			revision->frame = lappend(revision->frame, pieces[i]);
	}
}

static void
read_script(const Datum *values, const bool *isnull, void *arg)
{
	ScriptReader *reader = arg;

	if (!isnull[0])
	{
		MemoryContext saved = MemoryContextSwitchTo(reader->context);

		reader->script = zm_script_from_datum(values[0]);
		MemoryContextSwitchTo(saved);
	}
}

/* Runs a prepared INSERT or UPDATE once for each revision. */
static void
write_revisions(const char *sql, int expected, List *revisions)
{
	MemoryContext row_context;
	SPIPlanPtr plan = NULL;
	ZmScope scope;
	ListCell *lc;

	if (revisions == NIL)
		return;
	zm_scope_begin(&scope);
	row_context =
		AllocSetContextCreate(CurrentMemoryContext, "zishu_migrate revision",
							  ALLOCSET_DEFAULT_SIZES);
	foreach (lc, revisions)
	{
		MemoryContext saved = MemoryContextSwitchTo(row_context);
		ZmParams params = {0};

		CHECK_FOR_INTERRUPTS();
		revision_params(&params, lfirst(lc), scope.user_name);
		if (plan == NULL)
			plan = zm_spi_prepare(sql, &params);
		zm_spi_execute_plan(plan, expected, &params);
		MemoryContextSwitchTo(saved);
		MemoryContextReset(row_context);
	}
	zm_scope_end(&scope);
}

static void
revision_params(ZmParams *params, const ZmStoredRevision *revision,
				const char *user_name)
{
	zm_param_add_text(params, revision->id);
	zm_param_add_texts(params, revision->ndown, revision->down_ids);
	zm_param_add_texts(params, revision->ndepends, revision->depend_names);
	zm_param_add_texts(params, revision->nlabels, revision->labels);
	zm_param_add_text(params, revision->message);
	zm_param_add(params, TEXTOID, script_datum(revision->upgrade));
	if (revision->downgrade)
		zm_param_add(params, TEXTOID, script_datum(revision->downgrade));
	else
		zm_param_add_null(params, TEXTOID);
	zm_param_add(params, BYTEAOID, zm_digest_datum(revision->digests.exact));
	zm_param_add(params, BYTEAOID, zm_digest_datum(revision->digests.tokens));
	if (revision->has_created_at)
		zm_param_add(params, TIMESTAMPTZOID,
					 TimestampTzGetDatum(revision->created_at));
	else
		zm_param_add_null(params, TIMESTAMPTZOID);
	zm_param_add_text(params, user_name);
	zm_param_add_text(params, revision->source);
	if (revision->frame)
		zm_param_add(params, TEXTARRAYOID,
					 zm_text_array_from_list(revision->frame));
	else
		zm_param_add_null(params, TEXTARRAYOID);
}

static Datum
script_datum(const ZmScript *script)
{
	return PointerGetDatum(
		cstring_to_text_with_len(script->text, script->length));
}
