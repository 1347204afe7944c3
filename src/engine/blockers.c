/*
 * blockers.c
 *
 * Who is in a process's way.
 *
 * Rule: what other sessions do is read with the caller's own rights, which
 * decide whose queries it may see.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/backend_status.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "engine/blockers.h"
#include "util/spi.h"

/* So many bytes of a query are shown, and so many processes. */
#define LONGEST_QUERY 100
#define MOST_PROCESSES 10

typedef struct Reader
{
	MemoryContext context;
	ZmBlockers *blockers;
	List *pids;
	StringInfoData lines;
} Reader;

static void read_blocker(const Datum *values, const bool *isnull, void *arg);
static void describe(StringInfo line, const Datum *values, const bool *isnull);
static const char *kind(int pid, const char *type, const char *application);
static bool is_autovacuum(int pid);
static void append_query(StringInfo line, const char *query);
static char *text_or_null(const Datum *values, const bool *isnull, int n);

ZmBlockers *
zm_blockers(int pid)
{
	ZmBlockers *blockers = palloc0(sizeof(ZmBlockers));
	Reader reader = {.context = CurrentMemoryContext, .blockers = blockers};
	ZmParams params = {0};
	ListCell *lc;

	initStringInfo(&reader.lines);
	pgstat_clear_backend_activity_snapshot();
	zm_param_add(&params, INT4OID, Int32GetDatum(pid));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	zm_spi_each(
		"SELECT b.pid, a.usename::pg_catalog.text, a.state, a.query_start,"
		" a.query, a.backend_type, a.application_name"
		" FROM (SELECT DISTINCT u.pid FROM"
		"  pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) u (pid)) b"
		" LEFT JOIN pg_catalog.pg_stat_activity a"
		"  ON a.pid OPERATOR(pg_catalog.=) b.pid"
		" ORDER BY b.pid",
		&params, read_blocker, &reader);
	SPI_finish();

	blockers->pids = palloc(sizeof(int) * (list_length(reader.pids) + 1));
	foreach (lc, reader.pids)
		blockers->pids[blockers->n++] = lfirst_int(lc);
	if (blockers->n > MOST_PROCESSES)
		appendStringInfo(&reader.lines, "\n... and %d more",
						 blockers->n - MOST_PROCESSES);
	blockers->description = reader.lines.data;
	return blockers;
}

char *
zm_blockers_title(const ZmBlockers *blockers)
{
	if (blockers->n > 1)
		return psprintf("%d processes", blockers->n);
	if (blockers->pids[0] == 0)
		return pstrdup("a prepared transaction");
	return psprintf("process %d", blockers->pids[0]);
}

bool
zm_blockers_are_among(const ZmBlockers *blockers, const ZmBlockers *others)
{
	for (int i = 0, j = 0; i < blockers->n; i++)
	{
		while (j < others->n && others->pids[j] < blockers->pids[i])
			j++;
		if (j == others->n || others->pids[j] != blockers->pids[i])
			return false;
	}
	return true;
}

ZmBlockers *
zm_blockers_copy(const ZmBlockers *blockers, MemoryContext context)
{
	ZmBlockers *copy = MemoryContextAllocZero(context, sizeof(ZmBlockers));

	copy->n = blockers->n;
	copy->pids = MemoryContextAlloc(context, sizeof(int) * (blockers->n + 1));
	memcpy(copy->pids, blockers->pids, sizeof(int) * blockers->n);
	return copy;
}

static void
read_blocker(const Datum *values, const bool *isnull, void *arg)
{
	Reader *reader = arg;
	StringInfoData line;
	MemoryContext saved;

	initStringInfo(&line);
	describe(&line, values, isnull);
	saved = MemoryContextSwitchTo(reader->context);
	reader->pids = lappend_int(reader->pids, DatumGetInt32(values[0]));
	if (list_length(reader->pids) <= MOST_PROCESSES)
		appendStringInfo(&reader->lines, "%s%s",
						 reader->lines.len > 0 ? "\n" : "", line.data);
	MemoryContextSwitchTo(saved);
}

/* "Process 42 (user alice, psql), active, query started 12.3 s ago: SELECT 1" */
static void
describe(StringInfo line, const Datum *values, const bool *isnull)
{
	int pid = DatumGetInt32(values[0]);
	char *user = text_or_null(values, isnull, 1);
	char *state = text_or_null(values, isnull, 2);
	char *query = text_or_null(values, isnull, 4);
	const char *what = kind(pid, text_or_null(values, isnull, 5),
							text_or_null(values, isnull, 6));

	if (pid == 0)
	{
		appendStringInfoString(
			line, "A prepared transaction: see pg_prepared_xacts.");
		return;
	}
	appendStringInfo(line, "Process %d", pid);
	if (user || what)
		appendStringInfo(line, " (%s%s%s%s)", user ? "user " : "",
						 user ? user : "", user && what ? ", " : "",
						 what ? what : "");
	if (state)
		appendStringInfo(line, ", %s", state);
	if (!isnull[3])
		appendStringInfo(
			line, ", query started %.1f s ago",
			TimestampDifferenceMilliseconds(DatumGetTimestampTz(values[3]),
											GetCurrentTimestamp()) /
				1000.0);
	if (query && query[0] != '\0')
		append_query(line, query);
}

/* Who may not see other roles' sessions may see this. */
static const char *
kind(int pid, const char *type, const char *application)
{
	if (is_autovacuum(pid))
		return "autovacuum";
	if (type && strcmp(type, "client backend") != 0)
		return type;
	if (application && strcmp(application, "pg_dump") == 0)
		return "a dump by pg_dump";
	return application && application[0] != '\0' ? application : NULL;
}

static bool
is_autovacuum(int pid)
{
	PGPROC *proc = BackendPidGetProc(pid);

	return proc &&
		   (*(volatile uint8 *) &proc->statusFlags & PROC_IS_AUTOVACUUM) != 0;
}

/* On one line, cut where it is long. */
static void
append_query(StringInfo line, const char *query)
{
	int length = strlen(query);
	int shown = pg_mbcliplen(query, length, LONGEST_QUERY);

	appendStringInfoString(line, ": ");
	for (int i = 0; i < shown; i++)
	{
		bool space = scanner_isspace(query[i]);

		if (!space)
			appendStringInfoChar(line, query[i]);
		else if (line->data[line->len - 1] != ' ')
			appendStringInfoChar(line, ' ');
	}
	if (shown < length)
		appendStringInfoString(line, "...");
}

static char *
text_or_null(const Datum *values, const bool *isnull, int n)
{
	return isnull[n] ? NULL : TextDatumGetCString(values[n]);
}
