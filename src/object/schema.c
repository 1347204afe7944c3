/*
 * schema.c
 *
 * A schema as a set of objects.
 *
 * Rule: objects are added in any order; zm_schema_index() then puts them, and
 * everything that they list, into the one canonical order, so that nothing
 * built on top depends on the order in which a catalog was read.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "object/object.h"
#include "util/arrays.h"

typedef struct IdentityKey
{
	const ZmKind *kind;
	const char *identity;
} IdentityKey;

typedef struct IdentityEntry
{
	IdentityKey key;
	ZmObject *object;
} IdentityEntry;

static uint32 hash_key(const void *key, Size size);
static int match_keys(const void *left, const void *right, Size size);
static void *copy_key(void *to, const void *from, Size size);
static int by_kind_and_identity(const ListCell *left, const ListCell *right);
static int by_position(const ListCell *left, const ListCell *right);
static void sort_needs(ZmObject *object);

ZmSchema *
zm_schema_create(void)
{
	ZmSchema *schema = palloc0(sizeof(ZmSchema));
	HASHCTL control = {.keysize = sizeof(IdentityKey),
					   .entrysize = sizeof(IdentityEntry),
					   .hash = hash_key,
					   .match = match_keys,
					   .keycopy = copy_key,
					   .hcxt = CurrentMemoryContext};

	schema->context = CurrentMemoryContext;
	schema->by_identity =
		hash_create("zishu_migrate objects", 1024, &control,
					HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_KEYCOPY |
						HASH_CONTEXT);
	return schema;
}

ZmObject *
zm_schema_add(ZmSchema *schema, const ZmKind *kind, const char *identity)
{
	MemoryContext saved = MemoryContextSwitchTo(schema->context);
	ZmObject *object = palloc0(sizeof(ZmObject));
	IdentityKey key = {kind, identity};
	IdentityEntry *entry;
	bool found;

	object->kind = kind;
	object->identity = pstrdup(identity);
	object->attributes = palloc0(sizeof(char *) * zm_attribute_count(kind));
	entry = hash_search(schema->by_identity, &key, HASH_ENTER, &found);
	if (found)
		elog(ERROR, "%s %s stands twice in a schema", kind->name, identity);
	entry->key.identity = object->identity;
	entry->object = object;
	schema->objects = lappend(schema->objects, object);
	MemoryContextSwitchTo(saved);
	return object;
}

ZmObject *
zm_schema_find(const ZmSchema *schema, const ZmKind *kind,
			   const char *identity)
{
	IdentityKey key = {kind, identity};
	IdentityEntry *entry =
		hash_search(schema->by_identity, &key, HASH_FIND, NULL);

	return entry ? entry->object : NULL;
}

void
zm_schema_remove(ZmSchema *schema, List *objects)
{
	MemoryContext saved = MemoryContextSwitchTo(schema->context);
	List *kept = NIL;
	ListCell *lc;

	foreach (lc, objects)
	{
		const ZmObject *object = lfirst(lc);
		IdentityKey key = {object->kind, object->identity};

		(void) hash_search(schema->by_identity, &key, HASH_REMOVE, NULL);
	}
	foreach (lc, schema->objects)
	{
		const ZmObject *object = lfirst(lc);

		if (zm_schema_find(schema, object->kind, object->identity))
			kept = lappend(kept, lfirst(lc));
	}
	list_free(schema->objects);
	schema->objects = kept;
	MemoryContextSwitchTo(saved);
}

void
zm_schema_index(ZmSchema *schema)
{
	MemoryContext saved = MemoryContextSwitchTo(schema->context);
	int position = 0;
	ListCell *lc;

	list_sort(schema->objects, by_kind_and_identity);
	foreach (lc, schema->objects)
	{
		ZmObject *object = lfirst(lc);

		object->position = position++;
		object->children = NIL;
		object->dependents = NIL;
	}
	foreach (lc, schema->objects)
	{
		ZmObject *object = lfirst(lc);
		ListCell *need;

		CHECK_FOR_INTERRUPTS();
		sort_needs(object);
		if (object->parent)
			object->parent->children =
				lappend(object->parent->children, object);
		foreach (need, object->needs)
		{
			ZmObject *needed = lfirst(need);

			needed->dependents = lappend(needed->dependents, object);
		}
	}
	MemoryContextSwitchTo(saved);
}

bool
zm_schema_has(const ZmSchema *schema, const ZmKind *kind,
			  const char *beginning)
{
	ZmObject wanted = {.kind = kind,
					   .identity = unconstify(char *, beginning)};
	ListCell cell = {.ptr_value = &wanted};
	const ZmObject *found;
	int low = 0;
	int high = list_length(schema->objects);

	while (low < high)
	{
		int middle = low + (high - low) / 2;
		const ListCell *other = list_nth_cell(schema->objects, middle);

		if (by_kind_and_identity(other, &cell) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == list_length(schema->objects))
		return false;
	found = list_nth(schema->objects, low);
	return found->kind == kind &&
		   strncmp(found->identity, beginning, strlen(beginning)) == 0;
}

bool
zm_is_kind(const ZmObject *object, ZmKindId kind)
{
	return object->kind == zm_kind(kind);
}

const char *
zm_get(const ZmObject *object, const char *attribute)
{
	return object->attributes[zm_attribute_index(object->kind, attribute)];
}

const char *
zm_spelled(const ZmObject *object, const char *attribute)
{
	const char *spelling = zm_get_beside(object, attribute, ZM_SPELLING);

	return spelling ? spelling : zm_get(object, attribute);
}

const char *
zm_get_beside(const ZmObject *object, const char *attribute, const char *what)
{
	char name[NAMEDATALEN];
	int index;

	snprintf(name, sizeof(name), "%s%s", attribute, what);
	index = zm_attribute_find(object->kind, name);
	return index >= 0 ? object->attributes[index] : NULL;
}

bool
zm_is(const ZmObject *object, const char *attribute, const char *value)
{
	const char *actual = zm_get(object, attribute);

	return actual && strcmp(actual, value) == 0;
}

bool
zm_flag(const ZmObject *object, const char *attribute)
{
	return zm_get(object, attribute) != NULL;
}

void
zm_set(ZmObject *object, const char *attribute, char *value)
{
	object->attributes[zm_attribute_index(object->kind, attribute)] = value;
}

bool
zm_same_text(const char *left, const char *right)
{
	if (left == NULL || right == NULL)
		return left == right;
	return strcmp(left, right) == 0;
}

bool
zm_differs(const ZmObject *left, const ZmObject *right, const char *attribute)
{
	return !zm_same_text(zm_get(left, attribute), zm_get(right, attribute));
}

List *
zm_get_list(const ZmObject *object, const char *attribute)
{
	return zm_text_list_in(zm_get(object, attribute));
}

bool
zm_needs(const ZmObject *object, const ZmObject *needed)
{
	return list_member_ptr(object->needs, needed);
}

int
zm_by_place(const ListCell *left, const ListCell *right)
{
	return atoi(zm_get(lfirst(left), "position")) -
		   atoi(zm_get(lfirst(right), "position"));
}

/* Sorted, each once, without the object itself, unless it is a routine that
 * calls itself, and without its parent. */
static void
sort_needs(ZmObject *object)
{
	List *kept = NIL;
	ZmObject *last = NULL;
	ListCell *lc;

	list_sort(object->needs, by_position);
	foreach (lc, object->needs)
	{
		ZmObject *needed = lfirst(lc);

		if (needed == last || needed == object->parent ||
			(needed == object && object->kind->names != ZM_NAMES_ROUTINE))
			continue;
		kept = lappend(kept, needed);
		last = needed;
	}
	list_free(object->needs);
	object->needs = kept;
}

static int
by_kind_and_identity(const ListCell *left, const ListCell *right)
{
	const ZmObject *l = lfirst(left);
	const ZmObject *r = lfirst(right);

	if (l->kind != r->kind)
		return zm_kind_id(l->kind) < zm_kind_id(r->kind) ? -1 : 1;
	return strcmp(l->identity, r->identity);
}

static int
by_position(const ListCell *left, const ListCell *right)
{
	const ZmObject *l = lfirst(left);
	const ZmObject *r = lfirst(right);

	return (l->position > r->position) - (l->position < r->position);
}

static uint32
hash_key(const void *key, Size size)
{
	const IdentityKey *k = key;

	return hash_combine(
		hash_bytes((const unsigned char *) k->identity, strlen(k->identity)),
		zm_kind_id(k->kind));
}

static int
match_keys(const void *left, const void *right, Size size)
{
	const IdentityKey *l = left;
	const IdentityKey *r = right;

	if (l->kind != r->kind)
		return 1;
	return strcmp(l->identity, r->identity);
}

static void *
copy_key(void *to, const void *from, Size size)
{
	return memcpy(to, from, sizeof(IdentityKey));
}
