/*
 * event.c
 *
 * The table zishu_migrate.event: what was done, by whom, and how it went.
 *
 * Rule: rows are only ever added, all those of a call at once; the table
 * answers what stood when a revision was applied, which the revision's own row
 * no longer tells once somebody changed it.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "store/digests.h"
#include "store/scope.h"
#include "store/store.h"
#include "util/arrays.h"
#include "util/insert.h"
#include "util/spi.h"
#include "util/times.h"

/* What zm_store_add_events() gives; the other columns have defaults. */
enum
{
	TENANT,
	ACTION,
	USER_ROLE,
	REVISION,
	AT,
	STATEMENTS,
	ELAPSED,
	HEADS_AFTER,
	DIGEST,
	TOKEN_DIGEST,
	NCOLUMNS
};

static const char *const event_columns[NCOLUMNS] = {
	[TENANT] = "tenant",
	[ACTION] = "action",
	[USER_ROLE] = "user_role",
	[REVISION] = "revision",
	[AT] = "at",
	[STATEMENTS] = "statements",
	[ELAPSED] = "elapsed",
	[HEADS_AFTER] = "heads_after",
	[DIGEST] = "digest",
	[TOKEN_DIGEST] = "token_digest"};

typedef struct EventWriter
{
	Datum tenant;
	Datum action;
	Datum user_role;
	const ZmEvent *events;
} EventWriter;

typedef struct LastEventReader
{
	MemoryContext context;
	ZmLastEvent *event;
} LastEventReader;

typedef struct RecentReader
{
	MemoryContext context;
	List *events; /* of ZmRecentEvent * */
} RecentReader;

typedef struct AppliedReader
{
	ZmAppliedCallback callback;
	void *arg;
} AppliedReader;

static void fill_event(int row, Datum *values, bool *nulls, void *arg);
static void read_digests(const Datum *values, const bool *isnull, void *arg);
static void read_recent(const Datum *values, const bool *isnull, void *arg);
static void read_last(const Datum *values, const bool *isnull, void *arg);
static void read_applied(const Datum *values, const bool *isnull, void *arg);

void
zm_store_add_events(const char *tenant, const char *action, int n,
					const ZmEvent *events)
{
	EventWriter writer;
	ZmScope scope;

	if (n == 0)
		return;
	zm_scope_begin(&scope);
	writer.tenant = CStringGetTextDatum(tenant);
	writer.action = CStringGetTextDatum(action);
	writer.user_role = CStringGetTextDatum(scope.user_name);
	writer.events = events;
	zm_insert("event", NCOLUMNS, event_columns, n, fill_event, &writer);
	zm_scope_end(&scope);
}

void
zm_store_add_failure(const char *tenant, const char *action,
					 const char *revision, int statements, int64 elapsed,
					 const char *sqlstate, const char *message)
{
	ZmParams params = {0};
	ZmScope scope;

	zm_scope_begin(&scope);
	zm_param_add_text(&params, tenant);
	zm_param_add_text(&params, action);
	zm_param_add_text(&params, scope.user_name);
	zm_param_add_text(&params, revision);
	zm_param_add(&params, TIMESTAMPTZOID,
				 TimestampTzGetDatum(GetCurrentTimestamp()));
	zm_param_add(&params, INT4OID, Int32GetDatum(statements));
	zm_param_add(&params, INTERVALOID,
				 IntervalPGetDatum(zm_interval(elapsed)));
	zm_param_add_text(&params, sqlstate);
	zm_param_add_text(&params, message);
	zm_spi_execute("INSERT INTO zishu_migrate.event"
				   " (tenant, action, user_role, revision, at, statements,"
				   " elapsed, outcome, sqlstate, error)"
				   " VALUES ($1, $2, $3, $4, $5, $6, $7, 'failed', $8, $9)",
				   SPI_OK_INSERT, &params);
	zm_scope_end(&scope);
}

void
zm_store_applied_digests(const char *tenant, int n, char **ids, ZmEvent *found)
{
	ZmParams params = {0};
	ZmScope scope;

	if (n == 0)
		return;
	zm_param_add_text(&params, tenant);
	zm_param_add_texts(&params, n, ids);
	zm_scope_begin(&scope);
	zm_spi_each("SELECT DISTINCT ON (u.n) u.n, e.digest, e.token_digest"
				" FROM unnest($2) WITH ORDINALITY u (revision, n)"
				" JOIN zishu_migrate.event e ON e.revision = u.revision"
				" WHERE ($1 IS NULL OR e.tenant = $1) AND e.outcome = 'ok'"
				" AND e.action IN ('upgrade', 'stamp', 'adopt', 'repair')"
				" ORDER BY u.n, e.id DESC",
				&params, read_digests, found);
	zm_scope_end(&scope);
}

List *
zm_store_recent_events(const char *tenant, int n)
{
	RecentReader reader = {CurrentMemoryContext, NIL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, tenant);
	zm_param_add(&params, INT8OID, Int64GetDatum(n));
	zm_scope_begin(&scope);
	zm_spi_each("SELECT revision, action, outcome, at, user_role, error,"
				" (extract(epoch FROM elapsed) * 1000000)::int8"
				" FROM zishu_migrate.event WHERE tenant = $1"
				" ORDER BY id DESC LIMIT $2",
				&params, read_recent, &reader);
	zm_scope_end(&scope);
	return reader.events;
}

bool
zm_store_may_read_errors(void)
{
	ZmParams params = {0};
	ZmScope scope;
	char *text;
	bool may;

	zm_param_add(&params, OIDOID, ObjectIdGetDatum(GetUserId()));
	zm_scope_begin(&scope);
	text = zm_spi_text(
		"SELECT has_column_privilege($1, 'zishu_migrate.event', 'error',"
		" 'SELECT')::text",
		&params, NULL);
	may = text && strcmp(text, "true") == 0;
	zm_scope_end(&scope);
	return may;
}

ZmLastEvent *
zm_store_last_event(const char *tenant)
{
	LastEventReader reader = {CurrentMemoryContext, NULL};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, tenant);
	zm_scope_begin(&scope);
	zm_spi_each("SELECT revision, action, outcome, at, user_role"
				" FROM zishu_migrate.event WHERE tenant = $1"
				" ORDER BY id DESC LIMIT 1",
				&params, read_last, &reader);
	zm_scope_end(&scope);
	return reader.event;
}

void
zm_store_each_applied(const char *tenant, ZmAppliedCallback callback,
					  void *arg)
{
	AppliedReader reader = {callback, arg};
	ZmParams params = {0};
	ZmScope scope;

	zm_param_add_text(&params, tenant);
	zm_scope_begin(&scope);
	zm_spi_each(
		"WITH RECURSIVE applied (revision, needed_by) AS ("
		" SELECT revision, NULL::text FROM zishu_migrate.version"
		"  WHERE tenant = $1"
		" UNION"
		" SELECT p.revision, a.revision"
		"  FROM applied a JOIN zishu_migrate.revision r"
		"   ON r.revision = a.revision,"
		"  LATERAL (SELECT unnest(r.down_revisions)"
		"   UNION ALL"
		"   SELECT coalesce("
		"    (SELECT x.revision FROM zishu_migrate.revision x"
		"      WHERE x.revision = d),"
		"    (SELECT l.revision FROM zishu_migrate.revision l"
		"      WHERE d = ANY (l.branch_labels) LIMIT 1), d)"
		"   FROM unnest(r.depends_on) d) p (revision))"
		" SELECT a.revision, a.needed_by, coalesce(e.digest, r.digest),"
		"  coalesce(e.token_digest, r.token_digest),"
		"  r.upgrade_script, r.downgrade_script"
		" FROM (SELECT DISTINCT ON (revision) revision, needed_by"
		"  FROM applied ORDER BY revision, needed_by NULLS FIRST) a"
		" LEFT JOIN zishu_migrate.revision r ON r.revision = a.revision"
		" LEFT JOIN (SELECT DISTINCT ON (revision) revision, digest,"
		"   token_digest FROM zishu_migrate.event"
		"  WHERE tenant = $1 AND action IN ('upgrade', 'stamp', 'adopt', 'repair')"
		"   AND outcome = 'ok'"
		"  ORDER BY revision, id DESC) e ON e.revision = a.revision"
		" ORDER BY r.position NULLS FIRST, a.revision",
		&params, read_applied, &reader);
	zm_scope_end(&scope);
}

static void
fill_event(int row, Datum *values, bool *nulls, void *arg)
{
	const EventWriter *writer = arg;
	const ZmEvent *event = &writer->events[row];

	memset(nulls, false, NCOLUMNS * sizeof(bool));
	values[TENANT] = writer->tenant;
	values[ACTION] = writer->action;
	values[USER_ROLE] = writer->user_role;
	values[REVISION] = CStringGetTextDatum(event->revision);
	values[AT] = TimestampTzGetDatum(event->at);
	values[STATEMENTS] = Int32GetDatum(event->statements);
	nulls[STATEMENTS] = event->statements < 0;
	nulls[ELAPSED] = event->elapsed < 0;
	if (!nulls[ELAPSED])
		values[ELAPSED] = IntervalPGetDatum(zm_interval(event->elapsed));
	nulls[HEADS_AFTER] = !event->has_heads;
	if (event->has_heads)
		values[HEADS_AFTER] = zm_text_array(event->nheads, event->heads_after);
	nulls[DIGEST] = nulls[TOKEN_DIGEST] = !event->has_digests;
	if (event->has_digests)
	{
		values[DIGEST] = zm_digest_datum(event->digests.exact);
		values[TOKEN_DIGEST] = zm_digest_datum(event->digests.tokens);
	}
}

static void
read_digests(const Datum *values, const bool *isnull, void *arg)
{
	ZmEvent *found = arg;
	ZmEvent *event = &found[DatumGetInt64(values[0]) - 1];

	event->has_digests =
		zm_read_digests(&values[1], &isnull[1], &event->digests);
}

static void
read_recent(const Datum *values, const bool *isnull, void *arg)
{
	RecentReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmRecentEvent *event = palloc0(sizeof(ZmRecentEvent));

	event->revision = TextDatumGetCString(values[0]);
	event->action = TextDatumGetCString(values[1]);
	event->outcome = TextDatumGetCString(values[2]);
	event->at = DatumGetTimestampTz(values[3]);
	event->user_role = TextDatumGetCString(values[4]);
	if (!isnull[5])
		event->error = TextDatumGetCString(values[5]);
	event->elapsed = isnull[6] ? -1 : DatumGetInt64(values[6]);
	reader->events = lappend(reader->events, event);
	MemoryContextSwitchTo(saved);
}

static void
read_last(const Datum *values, const bool *isnull, void *arg)
{
	LastEventReader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmLastEvent *event = palloc(sizeof(ZmLastEvent));

	event->revision = TextDatumGetCString(values[0]);
	event->action = TextDatumGetCString(values[1]);
	event->outcome = TextDatumGetCString(values[2]);
	event->at = DatumGetTimestampTz(values[3]);
	event->user_role = TextDatumGetCString(values[4]);
	reader->event = event;
	MemoryContextSwitchTo(saved);
}

static void
read_applied(const Datum *values, const bool *isnull, void *arg)
{
	AppliedReader *reader = arg;
	ZmApplied applied = {0};
	ZmStoredRevision revision = {0};

	applied.id = TextDatumGetCString(values[0]);
	if (!isnull[1])
		applied.needed_by = TextDatumGetCString(values[1]);
	applied.has_applied =
		zm_read_digests(&values[2], &isnull[2], &applied.applied);
	if (!isnull[4])
	{
		revision.id = applied.id;
		revision.upgrade = zm_script_from_datum(values[4]);
		if (!isnull[5])
			revision.downgrade = zm_script_from_datum(values[5]);
		applied.revision = &revision;
	}
	reader->callback(&applied, reader->arg);
}
