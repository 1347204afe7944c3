/*
 * guc.c
 *
 * The settings zishu_migrate.*.
 *
 * Rule: each setting is an ordinary user's own, takes effect at the next call
 * and has the same default everywhere; what a setting may do is bounded by
 * the rights of whoever sets it.
 */
#include "postgres.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/varlena.h"

#include "guc.h"

int zm_lock_timeout = 10000;
int zm_lock_retries = 30;
char *zm_owner_role = NULL;
bool zm_echo = true;
bool zm_compare_owners = false;
bool zm_compare_privileges = true;
bool zm_diff_online = false;
char *zm_alembic_version_table = NULL;
#ifdef USE_ASSERT_CHECKING
int zm_fault_at = 0;
char *zm_fault = NULL;
#endif

static bool check_table_name(char **newval, void **extra, GucSource source);

void
zm_guc_define(void)
{
	/*
	 * DDL that queues behind a long transaction makes everybody else queue
	 * behind it: a bound is the right default here, unlike for the server.
	 */
	DefineCustomIntVariable(
		"zishu_migrate.lock_timeout",
		"Sets the lock_timeout that migration scripts run with.",
		"A script's own SET lock_timeout prevails; 0 inherits the session's.",
		&zm_lock_timeout, 10000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, NULL,
		NULL, NULL);

	DefineCustomIntVariable(
		"zishu_migrate.lock_retries",
		"Sets how often an online run tries again when it did not get a lock "
		"in time, or met a deadlock.",
		"Pauses between two tries grow to some seconds.", &zm_lock_retries, 30,
		0, INT_MAX, PGC_USERSET, 0, NULL, NULL, NULL);

	/* SET ROLE's own check decides whether the caller may become it. */
	DefineCustomStringVariable(
		"zishu_migrate.owner_role",
		"Sets the role that migration scripts run as, and so own what they "
		"create.",
		"Empty: as the caller.", &zm_owner_role, "", PGC_USERSET, 0, NULL,
		NULL, NULL);

	DefineCustomBoolVariable(
		"zishu_migrate.echo", "Tells each step as a NOTICE while it runs.",
		NULL, &zm_echo, true, PGC_USERSET, 0, NULL, NULL, NULL);

	/* Who owns things often differs between databases on purpose; who may use
	 * them seldom does. */
	DefineCustomBoolVariable(
		"zishu_migrate.compare_owners",
		"Makes owners a part of the schema that is compared.", NULL,
		&zm_compare_owners, false, PGC_USERSET, 0, NULL, NULL, NULL);

	DefineCustomBoolVariable(
		"zishu_migrate.compare_privileges",
		"Makes privileges a part of the schema that is compared.", NULL,
		&zm_compare_privileges, true, PGC_USERSET, 0, NULL, NULL, NULL);

	/* Such statements cannot run in one transaction, so it is not the
	 * default. */
	DefineCustomBoolVariable(
		"zishu_migrate.diff_online",
		"Writes differences as statements that block neither readers nor "
		"writers for long.",
		NULL, &zm_diff_online, false, PGC_USERSET, 0, NULL, NULL, NULL);

	DefineCustomStringVariable(
		"zishu_migrate.alembic_version_table",
		"Sets the table of Alembic's that is kept in step with the version "
		"rows.",
		"Only those of the default tenant; empty: none.",
		&zm_alembic_version_table, "", PGC_USERSET, 0, check_table_name, NULL,
		NULL);

#ifdef USE_ASSERT_CHECKING
	DefineCustomIntVariable(
		"zishu_migrate.fault_at",
		"Makes the process fail at its n-th fault point.",
		"Exists in builds with assertions only.", &zm_fault_at, 0, 0, INT_MAX,
		PGC_USERSET, GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE, NULL, NULL, NULL);
	DefineCustomStringVariable(
		"zishu_migrate.fault",
		"Sets how it fails: error, exit, kill, or stop to stand still.",
		"Exists in builds with assertions only.", &zm_fault, "error",
		PGC_USERSET, GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE, NULL, NULL, NULL);
#endif

	MarkGUCPrefixReserved("zishu_migrate");
}

/* Only how it is written: whether there is such a table is seen in time. */
static bool
check_table_name(char **newval, void **extra, GucSource source)
{
	char *copy = pstrdup(*newval);
	List *names;
	bool good =
		SplitIdentifierString(copy, '.', &names) && list_length(names) <= 2;

	if (!good)
		GUC_check_errdetail("It is not the name of a table, like alembic_"
							"version or app.alembic_version.");
	list_free(names);
	pfree(copy);
	return good;
}
