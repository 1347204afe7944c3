/*
 * reading.c
 *
 * Addresses of the catalogs, and the objects that stand there.
 *
 * A catalog entry that is not an object of its own (the row type of a table,
 * the index of a constraint, a view's rule, a member of an extension) stands
 * for the object that it is internal to.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "schema/reading.h"

typedef struct AddressEntry
{
	ObjectAddress address; /* the key */
	ZmObject *object;	   /* NULL: see meaning */
	ObjectAddress meaning;
} AddressEntry;

/* Longer chains of meanings than this do not exist. */
#define MAX_ALIASES 16

ZmReading *
zm_reading_begin(void)
{
	ZmReading *reading = palloc0(sizeof(ZmReading));
	HASHCTL control = {.keysize = sizeof(ObjectAddress),
					   .entrysize = sizeof(AddressEntry),
					   .hcxt = CurrentMemoryContext};

	reading->context = CurrentMemoryContext;
	reading->schema = zm_schema_create();
	reading->by_address =
		hash_create("zishu_migrate addresses", 1024, &control,
					HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	return reading;
}

ZmReadObject *
zm_reading_add(ZmReading *reading)
{
	MemoryContext saved = MemoryContextSwitchTo(reading->context);
	ZmReadObject *read = palloc0(sizeof(ZmReadObject));

	reading->objects = lappend(reading->objects, read);
	MemoryContextSwitchTo(saved);
	return read;
}

void
zm_reading_register(ZmReading *reading, ZmReadObject *read)
{
	AddressEntry *entry;

	/* Some objects, a table's place under its parent, have no address. */
	if (!OidIsValid(read->address.objectId))
		return;
	entry = hash_search(reading->by_address, &read->address, HASH_ENTER, NULL);
	entry->object = read->object;
}

void
zm_reading_alias(ZmReading *reading, const ObjectAddress *address,
				 const ObjectAddress *meaning)
{
	bool found;
	AddressEntry *entry =
		hash_search(reading->by_address, address, HASH_ENTER, &found);

	if (found)
		return;
	entry->object = NULL;
	entry->meaning = *meaning;
}

ZmObject *
zm_reading_at(ZmReading *reading, const ObjectAddress *address)
{
	AddressEntry *entry =
		hash_search(reading->by_address, address, HASH_FIND, NULL);

	return entry ? entry->object : NULL;
}

ZmObject *
zm_reading_find(ZmReading *reading, const ObjectAddress *address)
{
	for (int i = 0; i < MAX_ALIASES; i++)
	{
		AddressEntry *entry =
			hash_search(reading->by_address, address, HASH_FIND, NULL);

		if (entry == NULL && address->objectSubId != 0)
		{
			/* A part that is no object by itself means the whole. */
			ObjectAddress whole = *address;

			whole.objectSubId = 0;
			entry = hash_search(reading->by_address, &whole, HASH_FIND, NULL);
		}
		if (entry == NULL || entry->object)
			return entry ? entry->object : NULL;
		address = &entry->meaning;
	}
	return NULL;
}

void
zm_reading_remove(ZmReading *reading, List *objects)
{
	List *removed = NIL;
	List *kept = NIL;
	MemoryContext saved;
	ListCell *lc;

	foreach (lc, objects)
	{
		ZmReadObject *read = lfirst(lc);
		AddressEntry *entry =
			hash_search(reading->by_address, &read->address, HASH_FIND, NULL);

		/* The entry stays: a part that is gone does not mean the whole. */
		if (entry)
		{
			entry->object = NULL;
			entry->meaning = InvalidObjectAddress;
		}
		removed = lappend(removed, read->object);
		read->object = NULL;
	}
	saved = MemoryContextSwitchTo(reading->context);
	foreach (lc, reading->objects)
	{
		if (((ZmReadObject *) lfirst(lc))->object)
			kept = lappend(kept, lfirst(lc));
	}
	MemoryContextSwitchTo(saved);
	list_free(reading->objects);
	reading->objects = kept;
	zm_schema_remove(reading->schema, removed);
	list_free(removed);
}

void
zm_read_parents(ZmReading *reading)
{
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		ZmReadObject *read = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		if (!OidIsValid(read->parent.objectId))
			continue;
		read->object->parent = zm_reading_find(reading, &read->parent);
		if (read->object->parent == NULL)
			elog(ERROR, "%s %s is a part of something that was not read",
				 read->object->kind->name, read->object->identity);
	}
}

ZmSchema *
zm_reading_end(ZmReading *reading)
{
	ZmSchema *schema = reading->schema;

	zm_schema_index(schema);
	hash_destroy(reading->by_address);
	if (reading->role_names)
		hash_destroy(reading->role_names);
	return schema;
}
