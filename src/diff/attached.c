/*
 * attached.c
 *
 * Indexes, constraints and foreign keys of partitions that hang on those of the
 * parent table: which hangs on which, and what becomes of it.
 *
 * Rule: where it hangs tells what it is, not its name: that can change alone.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool is_alike(const ZmObject *object, const ZmObject *other);
static const ZmObject *successor(const ZmDiff *diff, const ZmObject *index,
								 bool old);
static int by_name_above(const ListCell *left, const ListCell *right);

ZmObject *
zm_attached_to(const ZmObject *object)
{
	const char *parent = zm_get(object, "of partitioned");
	ListCell *lc;

	if (parent == NULL)
		return NULL;
	foreach (lc, object->needs)
	{
		ZmObject *needed = lfirst(lc);

		if (needed->parent != object->parent && is_alike(object, needed))
			return needed;
	}
	return NULL;
}

/* An index can be attached to that of a constraint, and the other way. */
static bool
is_alike(const ZmObject *object, const ZmObject *other)
{
	if (object->kind == zm_kind(ZM_KIND_FOREIGN_KEY))
		return other->kind == object->kind;
	return zm_is_index(other);
}

/* An index, or a constraint that may have one. */
bool
zm_is_index(const ZmObject *object)
{
	return zm_is_kind(object, ZM_KIND_INDEX) ||
		   zm_is_kind(object, ZM_KIND_CONSTRAINT);
}

ZmObject *
zm_attached_in(const ZmObject *table, const ZmObject *parent)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		ZmObject *child = lfirst(lc);

		if ((child->kind == zm_kind(ZM_KIND_FOREIGN_KEY) ||
			 is_alike(parent, child)) &&
			zm_attached_to(child) == parent)
			return child;
	}
	return NULL;
}

bool
zm_has_key_below(const ZmObject *index)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, index->dependents)
	{
		const ZmObject *below = lfirst(lc);

		if (zm_is_index(below) && zm_attached_to(below) == index &&
			(zm_is_kind(below, ZM_KIND_CONSTRAINT) || zm_has_key_below(below)))
			return true;
	}
	return false;
}

ZmObject *
zm_attached_heir(const ZmDiff *diff, const ZmObject *index, bool old)
{
	const ZmObject *parent = zm_attached_to(index);
	const ZmObject *link = zm_table_partition(index->parent);
	const ZmObject *twin;
	ZmObject *other;

	if (parent == NULL || link == NULL)
		return NULL;
	if (old ? zm_change_leaves(zm_old_change(diff, link))
			: zm_change_comes(zm_new_change(diff, link)))
		return NULL;
	twin = old ? zm_old_twin(diff, index->parent)
			   : zm_new_twin(diff, index->parent);
	parent = successor(diff, parent, old);
	other = twin && parent ? zm_attached_in(twin, parent) : NULL;
	return other && other->kind == index->kind ? other : NULL;
}

/* What it is in the other schema, under whatever name; NULL: nothing. */
static const ZmObject *
successor(const ZmDiff *diff, const ZmObject *index, bool old)
{
	if (old ? zm_change_leaves(zm_old_change(diff, index))
			: zm_change_comes(zm_new_change(diff, index)))
		return zm_attached_heir(diff, index, old);
	return old ? zm_old_twin(diff, index) : zm_new_twin(diff, index);
}

bool
zm_hangs_on_same(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *above[2] = {zm_attached_to(old), zm_attached_to(new)};

	check_stack_depth();
	if (above[0] == NULL || above[1] == NULL)
		return above[0] == above[1];
	if (zm_attached_to(above[0]) == NULL || zm_attached_to(above[1]) == NULL)
		return zm_old_twin(diff, above[0]) == above[1];
	return zm_old_twin(diff, above[0]->parent) == above[1]->parent &&
		   zm_hangs_on_same(diff, above[0], above[1]);
}

bool
zm_keys_alike(const ZmObject *key, const ZmObject *other)
{
	return zm_is_kind(key, ZM_KIND_FOREIGN_KEY) &&
		   zm_is_kind(other, ZM_KIND_FOREIGN_KEY) &&
		   !zm_differs(key, other, "definition");
}

List *
zm_copies_alike(const ZmObject *key)
{
	List *copies = NIL;
	ListCell *lc;

	foreach (lc, key->parent->children)
	{
		ZmObject *other = lfirst(lc);

		if (zm_keys_alike(other, key) && zm_attached_to(other))
			copies = lappend(copies, other);
	}
	list_sort(copies, by_name_above);
	return copies;
}

/* As the server goes through those of the parent. */
static int
by_name_above(const ListCell *left, const ListCell *right)
{
	return strcmp(zm_attached_to(lfirst(left))->name,
				  zm_attached_to(lfirst(right))->name);
}

bool
zm_crosses_copies(const ZmObject *key)
{
	const ZmObject *last = NULL;
	ListCell *lc;

	foreach (lc, zm_copies_alike(key))
	{
		const ZmObject *copy = lfirst(lc);

		if (last &&
			(strcmp(last->name, copy->name) > 0 ||
			 zm_attached_to(last)->position > zm_attached_to(copy)->position))
			return true;
		last = copy;
	}
	return false;
}

bool
zm_is_torn_off(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return zm_get(old, "of partitioned") &&
		   zm_differs(old, new, "of partitioned") &&
		   !zm_hangs_on_same(diff, old, new) &&
		   zm_link_is_kept(diff, zm_table_partition(old->parent));
}

bool
zm_is_let_go(const ZmDiff *diff, const ZmObject *object,
			 const ZmObject *needed)
{
	return zm_attached_to(object) == needed &&
		   zm_schema_find(diff->old, object->kind, object->identity) ==
			   object &&
		   zm_is_taken_off(diff, zm_table_partition(object->parent)) &&
		   !zm_change_leaves(zm_old_change(diff, object));
}
