/*
 * environment.c
 *
 * What a script finds when it starts.
 *
 * Rule: nothing is set that the caller could not set, and everything else is
 * as the caller has it.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "engine/environment.h"
#include "guc.h"

static void check_tenant(const char *tenant);
static void set(const char *name, const char *value, GucAction action);

void
zm_set_environment(const char *tenant, GucAction action)
{
	if (zm_lock_timeout > 0)
		set("lock_timeout", psprintf("%d", zm_lock_timeout), action);
	if (zm_owner_role[0] != '\0')
		set("role", zm_owner_role, action);
	if (tenant[0] != '\0')
	{
		set("search_path", psprintf("%s, public", quote_identifier(tenant)),
			action);
		check_tenant(tenant);
	}
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
