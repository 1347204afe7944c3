/*
 * passing.c
 *
 * Objects that go with a session.
 *
 * What is in no temporary schema may yet be about something in one, as a
 * function whose argument is a row of a temporary table: it goes when the
 * session does, with all that depends on it, and nobody else can make it.  So
 * it is no part of the schema, whoever's the session is; it is named in the
 * warning of what is left alone.
 *
 * Rule: goes what the server would drop together with the temporary schemas.
 */
#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_opfamily.h"
#include "miscadmin.h"
#include "utils/hsearch.h"

#include "schema/reading.h"

static HTAB *find_passing(const ZmDependency *all, int count);
static bool in_temporary_schemas(const ZmDependency *all, int count,
								 HTAB *passing);
static bool spread(const ZmDependency *all, int count, HTAB *passing);
static bool makes_whole_pass(const ZmDependency *dependency);
static bool add(HTAB *passing, const ObjectAddress *address);
static bool passes(HTAB *passing, const ObjectAddress *address);

void
zm_leave_out_passing(ZmReading *reading, const ZmDependency *all, int count)
{
	HTAB *passing = find_passing(all, count);
	List *found = NIL;
	ListCell *lc;

	if (passing == NULL)
		return;
	foreach (lc, reading->objects)
	{
		ZmReadObject *read = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		if (passes(passing, &read->address) || passes(passing, &read->parent))
			found = lappend(found, read);
	}
	zm_reading_remove(reading, found);
	list_free(found);
	hash_destroy(passing);
}

/* The addresses of what goes; NULL: nothing does. */
static HTAB *
find_passing(const ZmDependency *all, int count)
{
	HASHCTL control = {.keysize = sizeof(ObjectAddress),
					   .entrysize = sizeof(ObjectAddress),
					   .hcxt = CurrentMemoryContext};
	HTAB *passing = hash_create("zishu_migrate passing objects", 64, &control,
								HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);

	if (!in_temporary_schemas(all, count, passing))
	{
		hash_destroy(passing);
		return NULL;
	}
	while (spread(all, count, passing))
		;
	return passing;
}

/* Is anything in them? */
static bool
in_temporary_schemas(const ZmDependency *all, int count, HTAB *passing)
{
	Oid last = InvalidOid;
	bool temporary = false;
	bool any = false;

	for (int i = 0; i < count; i++)
	{
		const ObjectAddress *to = &all[i].to;

		if (to->classId != NamespaceRelationId)
			continue;
		if (to->objectId != last)
		{
			last = to->objectId;
			temporary = isAnyTempNamespace(last);
		}
		if (temporary)
			any |= add(passing, &all[i].from);
	}
	return any;
}

/* Adds what depends on what goes; was there any? */
static bool
spread(const ZmDependency *all, int count, HTAB *passing)
{
	bool any = false;

	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (passes(passing, &all[i].to))
			any |= add(passing, &all[i].from);
		else if (makes_whole_pass(&all[i]) && passes(passing, &all[i].from))
			any |= add(passing, &all[i].to);
	}
	return any;
}

/* A part cannot go without the whole, but for the members of an operator
 * family, which are told by themselves. */
static bool
makes_whole_pass(const ZmDependency *dependency)
{
	return (dependency->type == DEPENDENCY_INTERNAL ||
			dependency->type == DEPENDENCY_EXTENSION) &&
		   dependency->to.classId != OperatorFamilyRelationId;
}

/* Was it new? */
static bool
add(HTAB *passing, const ObjectAddress *address)
{
	bool found;

	(void) hash_search(passing, address, HASH_ENTER, &found);
	return !found;
}

static bool
passes(HTAB *passing, const ObjectAddress *address)
{
	ObjectAddress whole = *address;

	whole.objectSubId = 0;
	return hash_search(passing, &whole, HASH_FIND, NULL) != NULL ||
		   (address->objectSubId != 0 &&
			hash_search(passing, address, HASH_FIND, NULL) != NULL);
}
