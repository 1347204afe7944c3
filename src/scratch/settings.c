/*
 * settings.c
 *
 * What a scratch database and its scripts start from.
 *
 * Rule: settings that decide what DDL makes are those that a new session of
 * the caller's would have (of the role, the database, or the connection), not
 * what the session has been told since.  So a result depends on what is
 * configured, not on who asks when; and all of it is in the conditions.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/nodes.h"
#include "utils/guc.h"

#include "scratch/scratch.h"
#include "scratch/scratch_internal.h"
#include "util/spi.h"
#include "worker/worker.h"

/* Without a value: the session's. */
static const ZmWorkerSetting wanted[] = {
	{"search_path", NULL},
	{"default_tablespace", NULL},
	{"default_table_access_method", NULL},
	{"default_toast_compression", NULL},
	{"datestyle", NULL},
	{"intervalstyle", NULL},
	{"timezone", NULL},

	/* What a configuration may forbid or delay elsewhere. */
	{"default_transaction_read_only", "off"},
	{"default_transaction_isolation", "read committed"},
	{"lock_timeout", "0"},
	{"synchronous_commit", "off"},

	/* Parallel workers may not enter a closed database. */
	{"max_parallel_workers_per_gather", "0"},
	{"max_parallel_maintenance_workers", "0"},
	{"jit", "off"},

	/* Of a script that is run for its result. */
	{"client_min_messages", "warning"}};

static char *available_extensions(void);

const ZmWorkerSetting *
zm_scratch_settings(int *n)
{
	ZmWorkerSetting *settings = palloc(sizeof(wanted));

	*n = lengthof(wanted);
	for (int i = 0; i < *n; i++)
	{
		settings[i] = wanted[i];
		if (settings[i].value == NULL)
			settings[i].value =
				pstrdup(GetConfigOptionResetString(wanted[i].name));
	}
	return settings;
}

char *
zm_scratch_conditions(void)
{
	StringInfoData text;
	int n;
	const ZmWorkerSetting *settings = zm_scratch_settings(&n);

	initStringInfo(&text);
	appendStringInfo(&text, "%s\n%s\n%s\n%s\n", PG_VERSION_STR,
					 GetUserNameFromId(GetUserId(), false),
					 nodeToString(zm_database_options()),
					 available_extensions());
	for (int i = 0; i < n; i++)
		appendStringInfo(&text, "%s=%s\n", settings[i].name,
						 settings[i].value);
	return text.data;
}

/* CREATE EXTENSION takes the version that the server's files say. */
static char *
available_extensions(void)
{
	MemoryContext caller = CurrentMemoryContext;
	char *result;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	result = zm_spi_text(
		"SELECT pg_catalog.string_agg(pg_catalog.concat_ws('=', e.name,"
		" e.default_version), ' ' ORDER BY e.name)"
		" FROM pg_catalog.pg_available_extensions() e",
		NULL, NULL);
	result = MemoryContextStrdup(caller, result ? result : "");
	SPI_finish();
	return result;
}
