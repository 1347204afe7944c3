/*
 * process.c
 *
 * What the server tells of a process.
 *
 * Rule: read as the extension's owner, since it is told to roles that see
 * nothing of other roles' sessions; so no query's text is among it.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/backend_status.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "store/scope.h"
#include "store/store.h"
#include "util/spi.h"

/* The figures of the one long command that a process can be at. */
#define SQL_FIGURES                                                           \
	"SELECT command, relid, phase,"                                           \
	"  CASE WHEN phase LIKE 'waiting %' THEN lockers_done"                    \
	"   WHEN phase LIKE '% loading tuples%' THEN tuples_done"                 \
	"   WHEN phase LIKE '% scanning %' THEN blocks_done END AS done,"         \
	"  CASE WHEN phase LIKE 'waiting %' THEN lockers_total"                   \
	"   WHEN phase LIKE '% loading tuples%' THEN tuples_total"                \
	"   WHEN phase LIKE '% scanning %' THEN blocks_total END AS total"        \
	" FROM pg_stat_progress_create_index WHERE pid = $1"                      \
	" UNION ALL"                                                              \
	" SELECT 'VACUUM', relid, phase,"                                         \
	"  CASE phase WHEN 'vacuuming heap' THEN heap_blks_vacuumed"              \
	"   WHEN 'scanning heap' THEN heap_blks_scanned END, heap_blks_total"     \
	" FROM pg_stat_progress_vacuum WHERE pid = $1"                            \
	" UNION ALL"                                                              \
	" SELECT command, relid, phase,"                                          \
	"  CASE phase WHEN 'seq scanning heap' THEN heap_blks_scanned"            \
	"   WHEN 'writing new heap' THEN heap_tuples_written END,"                \
	"  CASE phase WHEN 'seq scanning heap' THEN heap_blks_total"              \
	"   WHEN 'writing new heap' THEN heap_tuples_scanned END"                 \
	" FROM pg_stat_progress_cluster WHERE pid = $1"                           \
	" UNION ALL"                                                              \
	" SELECT command, relid, tuples_processed || ' rows', bytes_processed,"   \
	"  bytes_total FROM pg_stat_progress_copy WHERE pid = $1"                 \
	" UNION ALL"                                                              \
	" SELECT 'ANALYZE', relid, phase,"                                        \
	"  CASE phase WHEN 'acquiring sample rows' THEN sample_blks_scanned END," \
	"  sample_blks_total FROM pg_stat_progress_analyze WHERE pid = $1"

/* "CREATE INDEX CONCURRENTLY on public.item: building index: scanning table,
 * 43 %" */
#define SQL_PROGRESS                                                       \
	"SELECT command"                                                       \
	"  || CASE WHEN relid <> 0 THEN ' on ' || relid::regclass ELSE '' END" \
	"  || ': ' || phase"                                                   \
	"  || CASE WHEN done IS NULL OR total IS NULL OR total <= 0 THEN ''"   \
	"   WHEN phase LIKE 'waiting %' THEN ', ' || done || ' of ' || total"  \
	"   ELSE ', ' || least(100, trunc(100.0 * done / total)) || ' %' END"  \
	" FROM (" SQL_FIGURES ") f LIMIT 1"

typedef struct Reader
{
	MemoryContext context;
	List *processes;
} Reader;

static void read_process(const Datum *values, const bool *isnull, void *arg);
static char *text_or_null(const Datum *values, const bool *isnull, int n);
static TimestampTz time_or_none(const Datum *values, const bool *isnull,
								int n);

ZmProcess *
zm_store_process(int pid)
{
	Reader reader = {.context = CurrentMemoryContext};
	ZmParams params = {0};
	ZmScope scope;

	/* The server shows one picture for a whole transaction. */
	pgstat_clear_backend_activity_snapshot();
	zm_param_add(&params, INT4OID, Int32GetDatum(pid));
	zm_scope_begin(&scope);
	zm_spi_each("SELECT a.pid, a.application_name, a.state, a.backend_start,"
				" a.xact_start, a.query_start, pg_blocking_pids(a.pid),"
				" (" SQL_PROGRESS ")"
				" FROM pg_stat_get_activity($1) a",
				&params, read_process, &reader);
	zm_scope_end(&scope);
	return reader.processes ? linitial(reader.processes) : NULL;
}

List *
zm_store_processes(const char *type)
{
	Reader reader = {.context = CurrentMemoryContext};
	ZmParams params = {0};
	ZmScope scope;

	pgstat_clear_backend_activity_snapshot();
	zm_param_add_text(&params, type);
	zm_param_add(&params, OIDOID, ObjectIdGetDatum(MyDatabaseId));
	zm_scope_begin(&scope);
	zm_spi_each("SELECT pid, application_name, state, backend_start,"
				" xact_start, query_start, pg_blocking_pids(pid), NULL::text"
				" FROM pg_stat_get_activity(NULL)"
				" WHERE backend_type = $1 AND datid = $2 ORDER BY pid",
				&params, read_process, &reader);
	zm_scope_end(&scope);
	return reader.processes;
}

static void
read_process(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	MemoryContext saved = MemoryContextSwitchTo(reader->context);
	ZmProcess *process = palloc0(sizeof(ZmProcess));
	char *state = text_or_null(values, isnull, 2);

	process->pid = DatumGetInt32(values[0]);
	process->application_name = text_or_null(values, isnull, 1);
	process->is_active = state && strcmp(state, "active") == 0;
	process->started_at = time_or_none(values, isnull, 3);
	process->transaction_at = time_or_none(values, isnull, 4);
	process->statement_at = time_or_none(values, isnull, 5);
	process->blockers = DatumGetArrayTypePCopy(values[6]);
	process->progress = text_or_null(values, isnull, 7);
	reader->processes = lappend(reader->processes, process);
	MemoryContextSwitchTo(saved);
}

static char *
text_or_null(const Datum *values, const bool *isnull, int n)
{
	return isnull[n] ? NULL : TextDatumGetCString(values[n]);
}

static TimestampTz
time_or_none(const Datum *values, const bool *isnull, int n)
{
	return isnull[n] ? 0 : DatumGetTimestampTz(values[n]);
}
