/*
 * aside.c
 *
 * The name of an object that makes room for its successor.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "emit/emit.h"

static bool is_taken(const ZmDiff *diff, const char *schema, const char *name);

char *
zm_aside_name(const ZmDiff *diff, const ZmObject *old)
{
	for (int i = 1;; i++)
	{
		char *suffix = i == 1 ? pstrdup("_old") : psprintf("_old%d", i);
		int room = NAMEDATALEN - 1 - strlen(suffix);
		int length = pg_mbcliplen(old->name, strlen(old->name), room);
		char *name = psprintf("%.*s%s", length, old->name, suffix);

		if (!is_taken(diff, old->schema, name))
			return name;
	}
}

/* By anything whose name excludes a type's or a collation's. */
static bool
is_taken(const ZmDiff *diff, const char *schema, const char *name)
{
	char *identity = zm_qualified(schema, name);

	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		if (zm_schema_find(diff->old, zm_kind(i), identity) ||
			zm_schema_find(diff->new, zm_kind(i), identity))
			return true;
	}
	return false;
}
