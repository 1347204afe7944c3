/*
 * temporary.c
 *
 * Temporary objects that scripts leave behind.
 *
 * Histories written for a tool that gives each script a session of its own
 * make temporary tables of the same name again and again and never drop one.
 * Rule: at the end of a script its temporary objects go, as they would at the
 * end of a session; the caller's own stay.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_namespace.h"
#include "utils/fmgroids.h"

#include "engine/temporary.h"

static int temporary_objects(ObjectAddress **objects);
static bool is_kept(const ZmTemporaryWatch *watch,
					const ObjectAddress *object);

ZmTemporaryWatch *
zm_temporary_watch(void)
{
	ZmTemporaryWatch *watch = palloc0(sizeof(ZmTemporaryWatch));

	watch->nkept = temporary_objects(&watch->kept);
	return watch;
}

void
zm_temporary_begin(ZmTemporaryWatch *watch)
{
	/*
	 * The server notes it when a transaction uses its temporary schema.  With
	 * the note taken down, seeing it again tells that the script did: most
	 * scripts don't, and pay nothing.
	 */
	watch->flags = MyXactFlags & XACT_FLAGS_ACCESSEDTEMPNAMESPACE;
	MyXactFlags &= ~XACT_FLAGS_ACCESSEDTEMPNAMESPACE;
}

void
zm_temporary_end(ZmTemporaryWatch *watch)
{
	if (MyXactFlags & XACT_FLAGS_ACCESSEDTEMPNAMESPACE)
	{
		ObjectAddresses *left = new_object_addresses();
		ObjectAddress *objects;
		int n = temporary_objects(&objects);

		for (int i = 0; i < n; i++)
		{
			if (!is_kept(watch, &objects[i]))
				add_exact_object_address(&objects[i], left);
		}
		performMultipleDeletions(left, DROP_CASCADE,
								 PERFORM_DELETION_INTERNAL |
									 PERFORM_DELETION_QUIETLY |
									 PERFORM_DELETION_SKIP_EXTENSIONS);
		free_object_addresses(left);
		CommandCounterIncrement();
	}
	zm_temporary_give_up(watch);
}

void
zm_temporary_give_up(ZmTemporaryWatch *watch)
{
	MyXactFlags |= watch->flags;
	watch->flags = 0;
}

/*
 * What depends on this session's temporary schema directly: all that stands
 * in it but for parts of other objects, which go with them.
 */
static int
temporary_objects(ObjectAddress **objects)
{
	Oid namespace;
	Oid toast_namespace;
	Relation rel;
	ScanKeyData key[2];
	SysScanDesc scan;
	HeapTuple tuple;
	int n = 0;
	int capacity = 8;

	*objects = NULL;
	GetTempNamespaceState(&namespace, &toast_namespace);
	if (!OidIsValid(namespace))
		return 0;

	*objects = palloc(capacity * sizeof(ObjectAddress));
	rel = table_open(DependRelationId, AccessShareLock);
	ScanKeyInit(&key[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(NamespaceRelationId));
	ScanKeyInit(&key[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(namespace));
	scan = systable_beginscan(rel, DependReferenceIndexId, true, NULL, 2, key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend depend = (Form_pg_depend) GETSTRUCT(tuple);

		if (n == capacity)
		{
			capacity *= 2;
			*objects = repalloc(*objects, capacity * sizeof(ObjectAddress));
		}
		ObjectAddressSet((*objects)[n], depend->classid, depend->objid);
		n++;
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return n;
}

static bool
is_kept(const ZmTemporaryWatch *watch, const ObjectAddress *object)
{
	for (int i = 0; i < watch->nkept; i++)
	{
		if (watch->kept[i].classId == object->classId &&
			watch->kept[i].objectId == object->objectId)
			return true;
	}
	return false;
}
