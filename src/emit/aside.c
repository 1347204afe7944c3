/*
 * aside.c
 *
 * Names for a while: of an object that makes room for its successor, and of
 * one that waits until its name is free.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "emit/emit.h"

static bool is_taken(const ZmDiff *diff, const ZmObject *object,
					 const char *name);
static bool waits_by_name(const ZmDiff *diff, const ZmObject *object);
static bool has_routine(const ZmSchema *schema, const ZmObject *object,
						const char *name);
static bool has(const ZmDiff *diff, const ZmKind *kind, const char *identity);

char *
zm_aside_name(const ZmDiff *diff, const ZmObject *old)
{
	return zm_spare_name(diff, old, "_old");
}

char *
zm_spare_name(const ZmDiff *diff, const ZmObject *object, const char *suffix)
{
	for (int i = 1;; i++)
	{
		char *ending = i == 1 ? pstrdup(suffix) : psprintf("%s%d", suffix, i);
		int room = NAMEDATALEN - 1 - strlen(ending);
		int length = pg_mbcliplen(object->name, strlen(object->name), room);
		char *name = psprintf("%.*s%s", length, object->name, ending);

		if (!is_taken(diff, object, name))
			return name;
	}
}

/* By anything in its schema, or by a constraint of its table. */
static bool
is_taken(const ZmDiff *diff, const ZmObject *object, const char *name)
{
	const ZmObject *whole = object->parent ? object->parent : object;
	char *identity = psprintf("%s%s", zm_qualified(whole->schema, name),
							  zm_arguments(object));
	char *part = psprintf("%s ON %s", zm_identifier(name), whole->identity);

	if (waits_by_name(diff, object) && (has_routine(diff->old, object, name) ||
										has_routine(diff->new, object, name)))
		return true;
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		if (has(diff, zm_kind(i), identity) || has(diff, zm_kind(i), part))
			return true;
	}
	return false;
}

/* Is it a routine that is dropped by its name alone?  The types of its arguments
 * may have other names by then. */
static bool
waits_by_name(const ZmDiff *diff, const ZmObject *object)
{
	const ZmChange *change = object->kind->names == ZM_NAMES_ROUTINE
								 ? zm_old_change(diff, object)
								 : NULL;

	return change && change->aside;
}

static bool
has_routine(const ZmSchema *schema, const ZmObject *object, const char *name)
{
	char *beginning = psprintf("%s(", zm_qualified(object->schema, name));

	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		if (zm_kind(i)->names == ZM_NAMES_ROUTINE &&
			zm_schema_has(schema, zm_kind(i), beginning))
			return true;
	}
	return false;
}

const char *
zm_arguments(const ZmObject *object)
{
	if (object->kind->names != ZM_NAMES_ROUTINE)
		return "";
	return object->identity +
		   strlen(zm_qualified(object->schema, object->name));
}

static bool
has(const ZmDiff *diff, const ZmKind *kind, const char *identity)
{
	return zm_schema_find(diff->old, kind, identity) ||
		   zm_schema_find(diff->new, kind, identity);
}
