/*
 * cast_needs.c
 *
 * Expressions that are written with a cast.
 *
 * The server notes that a default, a view and the like need the function of a
 * cast, or the type that it leads to; it keeps no word of the cast, without
 * which the text of the expression cannot be read again.  So whatever holds
 * expressions and needs the one is taken to need the other, too.  A cast without
 * a function can begin at what a column or a function gives.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/hsearch.h"

#include "schema/reading.h"

/* The casts that are behind a need of this object. */
typedef struct CastEntry
{
	ZmObject *needed; /* the key */
	List *casts;
} CastEntry;

static HTAB *find_casts(ZmReading *reading);
static ZmObject *behind(ZmObject *cast);
static bool holds_expressions(const ZmObject *object);
static void add_casts(ZmReading *reading, HTAB *casts, ZmObject *object);
static List *find_behind(HTAB *casts, const ZmObject *object, ZmObject *needed,
						 List *found);

void
zm_read_cast_needs(ZmReading *reading)
{
	HTAB *casts = find_casts(reading);
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		ZmObject *object = ((ZmReadObject *) lfirst(lc))->object;

		CHECK_FOR_INTERRUPTS();
		if (hash_get_num_entries(casts) == 0)
			break;
		if (holds_expressions(object))
			add_casts(reading, casts, object);
	}
	hash_destroy(casts);
}

static HTAB *
find_casts(ZmReading *reading)
{
	HASHCTL control = {.keysize = sizeof(ZmObject *),
					   .entrysize = sizeof(CastEntry),
					   .hcxt = reading->context};
	HTAB *casts = hash_create("zishu_migrate casts", 16, &control,
							  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	ListCell *lc;

	foreach (lc, reading->objects)
	{
		ZmObject *object = ((ZmReadObject *) lfirst(lc))->object;
		ZmObject *needed;
		CastEntry *entry;
		bool found;

		if (!zm_is_kind(object, ZM_KIND_CAST))
			continue;
		needed = behind(object);
		if (needed == NULL)
			continue;
		entry = hash_search(casts, &needed, HASH_ENTER, &found);
		if (!found)
			entry->casts = NIL;
		entry->casts = lappend(entry->casts, object);
	}
	return casts;
}

/* Its function; without one, a type; NULL: both are the server's own. */
static ZmObject *
behind(ZmObject *cast)
{
	ZmObject *type = NULL;
	ListCell *lc;

	foreach (lc, cast->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_FUNCTION))
			return lfirst(lc);
		if (((ZmObject *) lfirst(lc))->kind->names == ZM_NAMES_TYPE)
			type = lfirst(lc);
	}
	return type;
}

static bool
holds_expressions(const ZmObject *object)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_DOMAIN:
		case ZM_KIND_DOMAIN_CONSTRAINT:
		case ZM_KIND_DEFAULT:
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
		case ZM_KIND_CONSTRAINT:
		case ZM_KIND_INDEX:
		case ZM_KIND_STATISTICS:
		case ZM_KIND_RULE:
		case ZM_KIND_TRIGGER:
		case ZM_KIND_POLICY:
		case ZM_KIND_PUBLICATION:
			return true;
		case ZM_KIND_COLUMN:
			return zm_get(object, "generated") != NULL;
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
			/* A string is read when it is run. */
			return zm_is(object, "body form", "atomic") ||
				   zm_get(object, "argument defaults") != NULL;
		default:
			return false;
	}
}

static void
add_casts(ZmReading *reading, HTAB *casts, ZmObject *object)
{
	List *found = NIL;
	MemoryContext saved;
	ListCell *lc;

	foreach (lc, object->needs)
	{
		ZmObject *needed = lfirst(lc);
		ListCell *type;

		found = find_behind(casts, object, needed, found);
		if (!zm_is_kind(needed, ZM_KIND_COLUMN) &&
			!zm_is_kind(needed, ZM_KIND_FUNCTION))
			continue;
		foreach (type, needed->needs)
		{
			if (((ZmObject *) lfirst(type))->kind->names == ZM_NAMES_TYPE)
				found = find_behind(casts, object, lfirst(type), found);
		}
	}
	saved = MemoryContextSwitchTo(reading->context);
	object->needs = list_concat(object->needs, found);
	MemoryContextSwitchTo(saved);
	list_free(found);
}

/* A cast does not come before what it needs itself, but for a function that
 * calls itself by it. */
static List *
find_behind(HTAB *casts, const ZmObject *object, ZmObject *needed, List *found)
{
	CastEntry *entry = hash_search(casts, &needed, HASH_FIND, NULL);
	ListCell *lc;

	foreach (lc, entry ? entry->casts : NIL)
	{
		if (needed == object ||
			!list_member_ptr(((ZmObject *) lfirst(lc))->needs, object))
			found = list_append_unique_ptr(found, lfirst(lc));
	}
	return found;
}
