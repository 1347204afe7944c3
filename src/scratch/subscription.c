/*
 * subscription.c
 *
 * Getting rid of the subscriptions in a scratch database.
 *
 * DROP DATABASE refuses while there are any, and they can only be dropped
 * from within.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_subscription.h"
#include "commands/dbcommands.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "scratch/scratch_internal.h"
#include "util/spi.h"
#include "worker/worker.h"

extern PGDLLEXPORT void zm_scratch_unsubscriber_main(Datum main_arg);

typedef struct Names
{
	MemoryContext context;
	List *list;
} Names;

static void run_in(Oid database);
static void drop_all(const char *request, Size length);
static void add_name(const Datum *values, const bool *isnull, void *arg);
static void drop_one(const char *name);

/* Nearly always there is nothing to do. */
void
zm_database_unsubscribe(const char *name)
{
	Oid database;

	StartTransactionCommand();
	database = get_database_oid(name, true);
	if (OidIsValid(database) && CountDBSubscriptions(database) > 0)
		run_in(database);
	CommitTransactionCommand();
}

void
zm_scratch_unsubscriber_main(Datum main_arg)
{
	static const ZmWorkerService service = {drop_all, NULL};

	zm_worker_serve(main_arg, &service);
}

/* The worker takes over whose rights we have when it is started. */
static void
run_in(Oid database)
{
	ZmWorkerPlan plan = {.name = "zishu_migrate scratch subscriptions",
						 .type = "zishu_migrate",
						 .function = ZM_UNSUBSCRIBER_FUNCTION,
						 .database = database,
						 .closed = true};
	ZmWorker *worker;
	Oid user;
	int security_context;

	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID,
						   security_context | SECURITY_LOCAL_USERID_CHANGE);
	worker = zm_worker_start(&plan);
	SetUserIdAndSecContext(user, security_context);
	(void) zm_worker_call(worker, "", 0);
	zm_worker_finish(worker);
}

static void
drop_all(const char *request, Size length)
{
	Names names = {CurrentMemoryContext, NIL};
	ListCell *lc;

	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	zm_spi_each("SELECT s.subname::pg_catalog.text"
				" FROM pg_catalog.pg_subscription s"
				" JOIN pg_catalog.pg_database d"
				" ON d.oid OPERATOR(pg_catalog.=) s.subdbid"
				" WHERE d.datname OPERATOR(pg_catalog.=)"
				" pg_catalog.current_database()",
				NULL, add_name, &names);
	foreach (lc, names.list)
		drop_one(quote_identifier(lfirst(lc)));
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
}

static void
add_name(const Datum *values, const bool *isnull, void *arg)
{
	Names *names = arg;
	MemoryContext saved = MemoryContextSwitchTo(names->context);

	names->list = lappend(names->list, TextDatumGetCString(values[0]));
	MemoryContextSwitchTo(saved);
}

/* With the slot given up there is no connection to the publisher. */
static void
drop_one(const char *name)
{
	static const char *const statements[] = {
		"ALTER SUBSCRIPTION %s DISABLE",
		"ALTER SUBSCRIPTION %s SET (slot_name = NONE)",
		"DROP SUBSCRIPTION %s"};

	for (int i = 0; i < lengthof(statements); i++)
		(void) zm_spi_execute(psprintf(statements[i], name), SPI_OK_UTILITY,
							  NULL);
}
