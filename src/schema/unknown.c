/*
 * unknown.c
 *
 * What the database has and the snapshot does not know.
 *
 * Everything that a user made depends on something or has an owner, so it
 * stands in pg_depend or pg_shdepend.  What stands there and became no object,
 * nor a part of one, is named in a warning, and so is what goes with a session
 * (see passing.c); but for what is in temporary schemas, and our own.
 */
#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"

#include "schema/reading.h"
#include "util/spi.h"

/* So many are named. */
#define NAMED 5

/* What is always in a schema stands in pg_depend, too. */
static const char *const owned_query =
	"SELECT DISTINCT classid, objid FROM pg_catalog.pg_shdepend "
	"WHERE dbid OPERATOR(pg_catalog.=) (SELECT oid "
	"FROM pg_catalog.pg_database "
	"WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) "
	"AND objid OPERATOR(pg_catalog.>=) 16384 "
	"AND classid OPERATOR(pg_catalog.<>) ALL ("
	"'{pg_class,pg_proc,pg_type,pg_largeobject}'"
	"::pg_catalog.regclass[]::pg_catalog.oid[])";

static const char *const large_object_query =
	"SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata";

/* The unknown ones, and those to be passed over; keys are addresses of whole
 * objects, or of a part where the whole is known. */
typedef struct Unknown
{
	ZmReading *reading;
	HTAB *passed_over;
	HTAB *found;
	HTAB *parts; /* of others that were found */
	int64 large_objects;
} Unknown;

static HTAB *new_set(void);
static bool add(HTAB *set, ObjectAddress address);
static bool contains(HTAB *set, ObjectAddress address);
static void pass_over(Unknown *unknown);
static bool is_passed_over(Unknown *unknown, const ZmDependency *dependency);
static void find(Unknown *unknown, const ZmDependency *missed);
static bool is_part_of_known(Unknown *unknown, const ObjectAddress *address);
static void leave_to_whole(Unknown *unknown, const ZmDependency *missed);
static void add_owned(const Datum *values, const bool *isnull, void *arg);
static void count_large_objects(const Datum *values, const bool *isnull,
								void *arg);
static void warn(Unknown *unknown);
static int compare_texts(const ListCell *left, const ListCell *right);

void
zm_warn_of_unknown(ZmReading *reading)
{
	Unknown unknown = {.reading = reading};
	ListCell *lc;

	unknown.passed_over = new_set();
	unknown.found = new_set();
	unknown.parts = new_set();
	pass_over(&unknown);
	foreach (lc, reading->missed)
		find(&unknown, lfirst(lc));
	foreach (lc, reading->missed)
		leave_to_whole(&unknown, lfirst(lc));
	zm_spi_each(owned_query, NULL, add_owned, &unknown);
	zm_spi_each(large_object_query, NULL, count_large_objects, &unknown);
	warn(&unknown);
	hash_destroy(unknown.passed_over);
	hash_destroy(unknown.found);
	hash_destroy(unknown.parts);
}

static HTAB *
new_set(void)
{
	HASHCTL control = {.keysize = sizeof(ObjectAddress),
					   .entrysize = sizeof(ObjectAddress),
					   .hcxt = CurrentMemoryContext};

	return hash_create("zishu_migrate unknown objects", 64, &control,
					   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/* Was it new? */
static bool
add(HTAB *set, ObjectAddress address)
{
	bool found;

	address.objectSubId = 0;
	(void) hash_search(set, &address, HASH_ENTER, &found);
	return !found;
}

static bool
contains(HTAB *set, ObjectAddress address)
{
	address.objectSubId = 0;
	return hash_search(set, &address, HASH_FIND, NULL) != NULL;
}

/* What belongs to something that is passed over is passed over, too. */
static void
pass_over(Unknown *unknown)
{
	bool more = true;

	while (more)
	{
		ListCell *lc;

		more = false;
		foreach (lc, unknown->reading->missed)
		{
			const ZmDependency *missed = lfirst(lc);

			if (is_passed_over(unknown, missed) &&
				add(unknown->passed_over, missed->from))
				more = true;
		}
	}
}

static bool
is_passed_over(Unknown *unknown, const ZmDependency *dependency)
{
	const ObjectAddress *to = &dependency->to;

	if (dependency->from.classId == NamespaceRelationId &&
		isAnyTempNamespace(dependency->from.objectId))
		return true;
	if (to->classId == NamespaceRelationId && isAnyTempNamespace(to->objectId))
		return true;
	/* The only extension that is no object is our own. */
	if (to->classId == ExtensionRelationId)
		return zm_reading_find(unknown->reading, to) == NULL;
	return dependency->type != DEPENDENCY_NORMAL &&
		   contains(unknown->passed_over, *to);
}

static void
find(Unknown *unknown, const ZmDependency *missed)
{
	if (contains(unknown->passed_over, missed->from))
		return;
	if (is_part_of_known(unknown, &missed->from))
		(void) hash_search(unknown->found, &missed->from, HASH_ENTER, NULL);
	else
		add(unknown->found, missed->from);
}

/* As a column that a table loses when a session ends (see passing.c). */
static bool
is_part_of_known(Unknown *unknown, const ObjectAddress *address)
{
	ObjectAddress whole = *address;

	whole.objectSubId = 0;
	return address->objectSubId != 0 &&
		   zm_reading_find(unknown->reading, &whole) != NULL;
}

/* The parts of an unknown object, which come and go with it, are not named. */
static void
leave_to_whole(Unknown *unknown, const ZmDependency *missed)
{
	if (missed->type != DEPENDENCY_NORMAL &&
		contains(unknown->found, missed->to))
		add(unknown->parts, missed->from);
}

static void
add_owned(const Datum *values, const bool *isnull, void *arg)
{
	Unknown *unknown = arg;
	ObjectAddress address;

	ObjectAddressSet(address, DatumGetObjectId(values[0]),
					 DatumGetObjectId(values[1]));
	if (zm_reading_find(unknown->reading, &address) == NULL &&
		!contains(unknown->passed_over, address) &&
		!(address.classId == NamespaceRelationId &&
		  isAnyTempNamespace(address.objectId)))
		add(unknown->found, address);
}

static void
count_large_objects(const Datum *values, const bool *isnull, void *arg)
{
	((Unknown *) arg)->large_objects = DatumGetInt64(values[0]);
}

static void
warn(Unknown *unknown)
{
	HASH_SEQ_STATUS sequence;
	ObjectAddress *address;
	List *names = unknown->reading->unknown;
	StringInfoData text;
	long count;

	hash_seq_init(&sequence, unknown->found);
	while ((address = hash_seq_search(&sequence)) != NULL)
	{
		char *name = contains(unknown->parts, *address)
						 ? NULL
						 : getObjectDescription(address, true);

		/* NULL also for one that was dropped meanwhile. */
		if (name)
			names = lappend(names, name);
	}
	list_sort(names, compare_texts);
	count = list_length(names);
	initStringInfo(&text);
	for (int i = 0; i < Min(count, NAMED); i++)
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "",
						 (char *) list_nth(names, i));
	if (count > NAMED)
		appendStringInfo(&text, ", and %ld more", count - NAMED);
	if (unknown->large_objects > 0)
		appendStringInfo(&text, "%s" INT64_FORMAT " large objects",
						 text.len > 0 ? ", " : "", unknown->large_objects);
	if (text.len > 0)
		ereport(WARNING,
				(errmsg("the database has objects that are not part of its "
						"schema as it is compared"),
				 errdetail("These are left alone: %s.", text.data)));
}

static int
compare_texts(const ListCell *left, const ListCell *right)
{
	return strcmp(lfirst(left), lfirst(right));
}
