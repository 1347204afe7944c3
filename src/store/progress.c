/*
 * progress.c
 *
 * The table zishu_migrate.progress: where an online run stands inside of a
 * revision, between its transactions.
 *
 * Rule: a row is written in the same transaction as what it tells of, but for
 * "started", which is written before a statement that no transaction can hold
 * together with its row.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "store/digests.h"
#include "store/scope.h"
#include "store/store.h"
#include "util/spi.h"

typedef struct Reader
{
	MemoryContext context;
	ZmProgress *progress;
	List *tenants; /* of char * */
} Reader;

static void read_progress(const Datum *values, const bool *isnull, void *arg);
static void read_digest(Datum value, uint8 digest[PG_SHA256_DIGEST_LENGTH]);
static char *text_or_null(const Datum *values, const bool *isnull, int n);
static void read_tenant(const Datum *values, const bool *isnull, void *arg);

ZmProgress *
zm_store_progress(const char *tenant)
{
	Reader reader = {.context = CurrentMemoryContext};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, tenant);
	zm_scope_begin(&scope);
	zm_spi_each("SELECT revision, action, statement, statements, state,"
				" object, rows, digest, pid, started_at, updated_at,"
				" sqlstate, error, started_digest"
				" FROM zishu_migrate.progress WHERE tenant = $1",
				&params, read_progress, &reader);
	zm_scope_end(&scope);
	return reader.progress;
}

void
zm_store_set_progress(const char *tenant, const ZmProgress *progress)
{
	ZmParams params = {0};
	ZmScope scope;

	zm_scope_begin(&scope);
	zm_param_add_text(&params, tenant);
	zm_param_add_text(&params, progress->revision);
	zm_param_add_text(&params, progress->action);
	zm_param_add(&params, INT4OID, Int32GetDatum(progress->statement));
	zm_param_add(&params, INT4OID, Int32GetDatum(progress->statements));
	zm_param_add_text(&params, progress->state);
	zm_param_add_text(&params, progress->object);
	if (progress->rows >= 0)
		zm_param_add(&params, INT8OID, Int64GetDatum(progress->rows));
	else
		zm_param_add_null(&params, INT8OID);
	zm_param_add(&params, BYTEAOID, zm_digest_datum(progress->digest));
	zm_param_add(&params, INT4OID, Int32GetDatum(progress->pid));
	zm_param_add(&params, TIMESTAMPTZOID,
				 TimestampTzGetDatum(progress->started_at));
	zm_param_add(&params, TIMESTAMPTZOID,
				 TimestampTzGetDatum(GetCurrentTimestamp()));
	zm_param_add_text(&params, progress->sqlstate);
	zm_param_add_text(&params, progress->error);
	zm_param_add(&params, BYTEAOID, zm_digest_datum(progress->started_digest));
	zm_spi_execute(
		"INSERT INTO zishu_migrate.progress (tenant, revision, action,"
		" statement, statements, state, object, rows, digest, pid,"
		" started_at, updated_at, sqlstate, error, started_digest)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
		" $14, $15)"
		" ON CONFLICT (tenant) DO UPDATE SET revision = excluded.revision,"
		" action = excluded.action, statement = excluded.statement,"
		" statements = excluded.statements, state = excluded.state,"
		" object = excluded.object, rows = excluded.rows,"
		" digest = excluded.digest, pid = excluded.pid,"
		" started_at = excluded.started_at,"
		" updated_at = excluded.updated_at, sqlstate = excluded.sqlstate,"
		" error = excluded.error,"
		" started_digest = excluded.started_digest",
		SPI_OK_INSERT, &params);
	zm_scope_end(&scope);
}

void
zm_store_delete_progress(const char *tenant)
{
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, tenant);
	zm_scope_begin(&scope);
	zm_spi_execute("DELETE FROM zishu_migrate.progress WHERE tenant = $1",
				   SPI_OK_DELETE, &params);
	zm_scope_end(&scope);
}

char **
zm_store_unfinished(const char *revision, int *n)
{
	Reader reader = {.context = CurrentMemoryContext};
	ZmParams params = {0};
	ZmScope scope;
	ListCell *lc;
	char **tenants;

	zm_param_add_text(&params, revision);
	zm_scope_begin(&scope);
	zm_spi_each("SELECT tenant FROM zishu_migrate.progress"
				" WHERE revision = $1 ORDER BY tenant COLLATE \"C\"",
				&params, read_tenant, &reader);
	zm_scope_end(&scope);

	tenants = palloc(sizeof(char *) * (list_length(reader.tenants) + 1));
	*n = 0;
	foreach (lc, reader.tenants)
		tenants[(*n)++] = lfirst(lc);
	return tenants;
}

static void
read_progress(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmProgress *progress = palloc0(sizeof(ZmProgress));

	progress->revision = TextDatumGetCString(values[0]);
	progress->action = TextDatumGetCString(values[1]);
	progress->statement = DatumGetInt32(values[2]);
	progress->statements = DatumGetInt32(values[3]);
	progress->state = TextDatumGetCString(values[4]);
	progress->object = text_or_null(values, isnull, 5);
	progress->rows = isnull[6] ? -1 : DatumGetInt64(values[6]);
	read_digest(values[7], progress->digest);
	progress->pid = DatumGetInt32(values[8]);
	progress->started_at = DatumGetTimestampTz(values[9]);
	progress->updated_at = DatumGetTimestampTz(values[10]);
	progress->sqlstate = text_or_null(values, isnull, 11);
	progress->error = text_or_null(values, isnull, 12);
	if (!isnull[13])
		read_digest(values[13], progress->started_digest);
	reader->progress = progress;
	MemoryContextSwitchTo(saved);
}

/* One that is no digest is that of no script, too. */
static void
read_digest(Datum value, uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	bytea *bytes = DatumGetByteaPP(value);

	if (VARSIZE_ANY_EXHDR(bytes) == PG_SHA256_DIGEST_LENGTH)
		memcpy(digest, VARDATA_ANY(bytes), PG_SHA256_DIGEST_LENGTH);
}

static char *
text_or_null(const Datum *values, const bool *isnull, int n)
{
	return isnull[n] ? NULL : TextDatumGetCString(values[n]);
}

static void
read_tenant(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);

	reader->tenants = lappend(reader->tenants, TextDatumGetCString(values[0]));
	MemoryContextSwitchTo(saved);
}
