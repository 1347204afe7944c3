/*
 * environment.c
 *
 * What a script finds when it starts.
 *
 * Rule: nothing is set that the caller could not set, and everything else is
 * as the caller has it.  For a script this is what RESET comes back to, in
 * whatever form: with the session's search_path the rest of a tenant's script
 * would make its tables in public.  The role is the session's after RESET ROLE,
 * as it is after SET LOCAL ROLE, and where psql runs the same script.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc_tables.h"

#include "compat.h"
#include "engine/environment.h"
#include "guc.h"

/* The server's records of the settings, which stay where they are. */
static struct config_generic *lock_timeout = NULL;
static struct config_generic *search_path = NULL;

static void find_settings(void);
static void check_tenant(const char *tenant);
static bool is_reset(const struct config_generic *setting);
static void set(const char *name, const char *value, GucAction action);

ZmEnvironment *
zm_set_environment(const char *tenant, GucAction action)
{
	ZmEnvironment *environment = palloc0(sizeof(ZmEnvironment));

	find_settings();
	if (zm_lock_timeout > 0)
	{
		environment->lock_timeout = psprintf("%d", zm_lock_timeout);
		set("lock_timeout", environment->lock_timeout, action);
	}
	if (zm_owner_role[0] != '\0')
		set("role", zm_owner_role, action);
	if (tenant[0] != '\0')
	{
		environment->search_path =
			psprintf("%s, public", quote_identifier(tenant));
		set("search_path", environment->search_path, action);
		check_tenant(tenant);
	}
	return environment;
}

void
zm_mend_environment(const ZmEnvironment *environment)
{
	if (environment->lock_timeout && is_reset(lock_timeout))
		set("lock_timeout", environment->lock_timeout, GUC_ACTION_SET);
	if (environment->search_path && is_reset(search_path))
		set("search_path", environment->search_path, GUC_ACTION_SET);
}

static void
find_settings(void)
{
	int n;
	struct config_generic **all;

	if (search_path)
		return;
	all = zm_guc_variables(&n);
	for (int i = 0; i < n; i++)
	{
		if (strcmp(all[i]->name, "lock_timeout") == 0)
			lock_timeout = all[i];
		else if (strcmp(all[i]->name, "search_path") == 0)
			search_path = all[i];
	}
	Assert(lock_timeout && search_path);
}

/* By whatever statement or function: it comes from elsewhere again. */
static bool
is_reset(const struct config_generic *setting)
{
	return setting->source != PGC_S_SESSION;
}

/*
 * search_path passes over what it does not find or may not use, and the
 * tenant's tables would land in public.
 */
static void
check_tenant(const char *tenant)
{
	Oid schema = get_namespace_oid(tenant, false);
	List *path = fetch_search_path(false);

	if (path == NIL || linitial_oid(path) != schema)
	{
		if (strcmp(tenant, "$user") == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_SCHEMA_NAME),
					 errmsg("schema \"%s\" cannot be a tenant", tenant),
					 errdetail("In search_path this name stands for the "
							   "schema of the current user.")));
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_SCHEMA, tenant);
	}
	list_free(path);
}

static void
set(const char *name, const char *value, GucAction action)
{
	(void) set_config_option(name, value,
							 superuser() ? PGC_SUSET : PGC_USERSET,
							 PGC_S_SESSION, action, true, 0, false);
}
