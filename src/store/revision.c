/*
 * revision.c
 *
 * The table zishu_migrate.revision: what is known of each revision.
 *
 * Rule: rows are streamed, never gathered: a history may be long and a script
 * large.  What the graph needs of them is read in graph.c, without scripts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "store/scope.h"
#include "store/store.h"
#include "store/digests.h"
#include "util/arrays.h"
#include "util/spi.h"
#include "util/string_hash.h"

#define SELECT_REVISION                                                   \
	"SELECT r.revision, r.down_revisions, r.depends_on, r.branch_labels," \
	" r.message, r.upgrade_script, r.downgrade_script, r.digest,"         \
	" r.token_digest, r.created_at, r.source, r.frame"                    \
	" FROM zishu_migrate.revision r "

typedef struct RevisionReader
{
	ZmStoredRevisionCallback callback;
	void *arg;
	HTAB *places; /* of AskedFor; NULL: all revisions are wanted */
} RevisionReader;

/* One of the revisions that were asked for. */
typedef struct AskedFor
{
	char *id; /* the key */
	int index;
} AskedFor;

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

static HTAB *asked_for(int n, char **ids);
static void read_revision(const Datum *values, const bool *isnull, void *arg);
static void read_single(const Datum *values, const bool *isnull, void *arg);
static void decode_revision(ZmStoredRevision *revision, const Datum *values,
							const bool *isnull);
static void read_script(const Datum *values, const bool *isnull, void *arg);
static void write_revisions(const char *sql, int expected, List *revisions);
static void revision_params(ZmParams *params, const ZmStoredRevision *revision,
							const char *user_name);
static Datum script_datum(const ZmScript *script);

void
zm_store_each_revision(int n, char **ids, ZmStoredRevisionCallback callback,
					   void *arg)
{
	RevisionReader reader = {callback, arg, NULL};
	ZmParams params = {0};
	ZmScope scope;

	if (n >= 0)
	{
		reader.places = asked_for(n, ids);
		zm_param_add_texts(&params, n, ids);
	}
	zm_scope_begin(&scope);
	if (n < 0)
		zm_spi_each(SELECT_REVISION "ORDER BY r.position", NULL, read_revision,
					&reader);
	else
		zm_spi_each(SELECT_REVISION "WHERE r.revision = ANY ($1)", &params,
					read_revision, &reader);
	zm_scope_end(&scope);
	if (reader.places)
		hash_destroy(reader.places);
}

/*
 * Where each id stands.  A join would give the same, and would gather the
 * scripts in a hash table of its own or sort them.
 */
static HTAB *
asked_for(int n, char **ids)
{
	HTAB *places = zm_string_hash("revisions asked for", sizeof(AskedFor));

	for (int i = 0; i < n; i++)
	{
		AskedFor *asked = hash_search(places, &ids[i], HASH_ENTER, NULL);

		asked->index = i;
	}
	return places;
}

ZmStoredRevision *
zm_store_revision(const char *id)
{
	SingleReader reader = {CurrentMemoryContext, NULL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, id);
	zm_scope_begin(&scope);
	zm_spi_each(SELECT_REVISION "WHERE r.revision = $1", &params, read_single,
				&reader);
	zm_scope_end(&scope);
	return reader.revision;
}

void
zm_revision_digests(ZmStoredRevision *revision)
{
	zm_digest(revision->upgrade, revision->downgrade, revision->digests.exact);
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
					" source = $12, frame = $13"
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
read_revision(const Datum *values, const bool *isnull, void *arg)
{
	RevisionReader *reader = arg;
	ZmStoredRevision revision;

	decode_revision(&revision, values, isnull);
	if (reader->places)
	{
		AskedFor *asked =
			hash_search(reader->places, &revision.id, HASH_FIND, NULL);

		revision.index = asked->index;
	}
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
