/*
 * scope.c
 *
 * The owner's rights around a statement on our own tables.
 *
 * Version rows and events must not be forged by those who may run migrations,
 * so the tables belong to the extension's owner and nobody else may write
 * them.  Rule: between zm_scope_begin() and zm_scope_end() runs one of our own
 * fixed statements and nothing that a user wrote.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_extension.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"

#include "store/scope.h"
#include "util/spi.h"

static Oid extension_owner(void);

void
zm_scope_begin(ZmScope *scope)
{
	Oid owner = extension_owner();

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	GetUserIdAndSecContext(&scope->user, &scope->security_context);
	scope->user_name = GetUserNameFromId(scope->user, false);
	SetUserIdAndSecContext(owner, scope->security_context |
									  SECURITY_LOCAL_USERID_CHANGE);
	scope->guc_level = NewGUCNestLevel();
	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET,
							 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

void
zm_scope_end(ZmScope *scope)
{
	AtEOXact_GUC(false, scope->guc_level);
	SetUserIdAndSecContext(scope->user, scope->security_context);
	SPI_finish();
}

/* The owner is looked up each time: it may change, and this is cheap. */
static Oid
extension_owner(void)
{
	Relation rel = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;
	Oid owner = InvalidOid;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber,
				F_NAMEEQ, CStringGetDatum("zishu_migrate"));
	scan = systable_beginscan(rel, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		owner = ((Form_pg_extension) GETSTRUCT(tuple))->extowner;
	systable_endscan(scan);
	table_close(rel, AccessShareLock);

	if (!OidIsValid(owner))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("extension \"zishu_migrate\" does not exist")));
	return owner;
}
