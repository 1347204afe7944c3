/*
 * originals.c
 *
 * Which of its two texts something is made from that holds queries.
 *
 * An original names columns by their order (see placeless.c): it can be used
 * where they will stand in the order that they have in the new schema, and all
 * of them are there already.
 */
#include "postgres.h"

#include "diff/rules.h"

static bool has_original(const ZmObject *object);
static bool original_fits(const ZmDiff *diff, const ZmObject *object);
static List *named_relations(const ZmObject *object);
static void add_relation(List **relations, ZmObject *needed);
static bool keeps_order(const ZmDiff *diff, const ZmObject *relation,
						bool waits);
static int count_old(const ZmDiff *diff, const ZmObject *relation, bool waits);

const char *
zm_written(const ZmDiff *diff, const ZmObject *object, const char *attribute)
{
	const char *original = zm_get_beside(object, attribute, ZM_ORIGINAL);

	return original && original_fits(diff, object)
			   ? original
			   : zm_spelled(object, attribute);
}

/* An original that names columns by their order needs all of them, also those
 * that it says nothing else of. */
List *
zm_awaited_by_original(const ZmDiff *diff, const ZmObject *object)
{
	List *columns = NIL;
	ListCell *lc;

	if (zm_schema_find(diff->new, object->kind, object->identity) != object ||
		!has_original(object) || !original_fits(diff, object))
		return NIL;
	foreach (lc, named_relations(object))
		columns = list_concat(columns, zm_columns_in_order(lfirst(lc)));
	return columns;
}

static bool
has_original(const ZmObject *object)
{
	for (int i = 0; i < zm_attribute_count(object->kind); i++)
	{
		const char *name = zm_attribute_name(object->kind, i);

		if (object->attributes[i] && strstr(name, ZM_ORIGINAL))
			return true;
	}
	return false;
}

static bool
original_fits(const ZmDiff *diff, const ZmObject *object)
{
	List *relations;
	bool fits = true;
	ListCell *lc;

	relations = named_relations(object);
	foreach (lc, relations)
	{
		ZmObject *relation = lfirst(lc);

		if (!keeps_order(diff, relation,
						 zm_uses_rows(object) && zm_needs(object, relation)))
			fits = false;
	}
	list_free(relations);
	return fits;
}

/* Whose columns it may name by their order: tables, and types that functions
 * give rows of. */
static List *
named_relations(const ZmObject *object)
{
	List *relations = NIL;
	ListCell *lc;

	foreach (lc, object->needs)
	{
		ZmObject *needed = lfirst(lc);
		ListCell *type;

		add_relation(&relations, needed);
		if (!zm_is_kind(needed, ZM_KIND_FUNCTION))
			continue;
		foreach (type, needed->needs)
			add_relation(&relations, lfirst(type));
	}
	return relations;
}

/* The needed one, or what it is a column of.  A view whose columns are moved
 * is made anew. */
static void
add_relation(List **relations, ZmObject *needed)
{
	if (zm_is_kind(needed, ZM_KIND_COLUMN))
		needed = needed->parent;
	if (zm_is_kind(needed, ZM_KIND_TABLE) ||
		zm_is_kind(needed, ZM_KIND_FOREIGN_TABLE) ||
		zm_is_kind(needed, ZM_KIND_COMPOSITE_TYPE))
		*relations = list_append_unique_ptr(*relations, needed);
}

/* Will its columns, once the new ones are there, stand in the order that they
 * have in the new schema?  One that is dropped might still be there, if nobody
 * waits for that. */
static bool
keeps_order(const ZmDiff *diff, const ZmObject *relation, bool waits)
{
	const ZmChange *change = zm_new_change(diff, relation);
	const ZmObject *old = zm_new_twin(diff, relation);
	int left = 0;
	int last = 0;
	ListCell *lc;

	if (old == NULL || old->kind != relation->kind ||
		(change && change->replaced))
		return true;
	left = count_old(diff, old, waits);
	foreach (lc, zm_columns_in_order(relation))
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *before = zm_new_twin(diff, column);
		const ZmChange *own = zm_new_change(diff, column);
		int position;

		if (own && own->replaced)
			return false;
		if (before == NULL && left == 0)
			continue;
		if (before == NULL)
			return false;
		position = atoi(zm_get(before, "position"));
		if (position < last)
			return false;
		last = position;
		left--;
	}
	return left == 0;
}

static int
count_old(const ZmDiff *diff, const ZmObject *relation, bool waits)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, zm_columns_in_order(relation))
	{
		if (!waits || zm_old_twin(diff, lfirst(lc)))
			count++;
	}
	return count;
}

List *
zm_columns_in_order(const ZmObject *relation)
{
	List *columns = NIL;
	ListCell *lc;

	foreach (lc, relation->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN) ||
			zm_is_kind(lfirst(lc), ZM_KIND_ATTRIBUTE))
			columns = lappend(columns, lfirst(lc));
	}
	list_sort(columns, zm_by_place);
	return columns;
}
