/*
 * partitions_renamed.c
 *
 * Places in partitioned tables that are given up for a while, because of names.
 *
 * Since 18, not-null constraints have names, and one of a partitioned table is
 * renamed with those of its partitions, each of which must have one of the old
 * name, and none of the new one.  Nothing else renames those of a partition,
 * so that what they are called can be in the way of others.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"

static bool has_wanted_name(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);
static bool find_rename(const ZmDiff *diff, const ZmObject *column,
						const char **from, const char **to);
static bool has_other(const ZmDiff *diff, const ZmObject *table,
					  const ZmObject *except, const char *name);
static bool is_wanted(const ZmDiff *diff, const ZmObject *table,
					  const ZmObject *except, const char *name);
static const ZmObject *find_named(const ZmObject *table,
								  const ZmObject *except, const char *name);

bool
zm_replaces_partition(const ZmDiff *diff, const ZmObject *old,
					  const ZmObject *new)
{
	const ZmObject *parent = zm_link_parent(old);
	ListCell *lc;

	if (!ZM_HAS_NOT_NULL_CONSTRAINTS || parent == NULL)
		return false;
	if (has_wanted_name(diff, old->parent, new->parent))
		return true;
	foreach (lc, parent->children)
	{
		const ZmObject *above = lfirst(lc);
		const ZmObject *column;
		const char *name;
		const char *from;
		const char *to;

		if (!zm_is_kind(above, ZM_KIND_COLUMN) ||
			!find_rename(diff, above, &from, &to))
			continue;
		column = zm_table_column(old->parent, above->name);
		name = column ? zm_not_null_name(column) : NULL;
		if (name == NULL)
			continue;
		if (strcmp(name, to) == 0 ||
			has_other(diff, old->parent, column, to) ||
			(strcmp(name, from) != 0
				 ? has_other(diff, old->parent, column, from)
				 : is_wanted(diff, new->parent, zm_old_twin(diff, column),
							 to)))
			return true;
	}
	return false;
}

/* Has one that comes from above, and does not change with that, a name that
 * another constraint is to get? */
static bool
has_wanted_name(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	ListCell *lc;

	foreach (lc, old->children)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *twin = zm_old_twin(diff, column);
		const char *name;
		const char *from;
		const char *to;

		if (twin == NULL || !zm_is_kind(column, ZM_KIND_COLUMN))
			continue;
		name = zm_get(column, "inherited not null name");
		if (name && !zm_same_text(name, zm_not_null_name(twin)) &&
			is_wanted(diff, new, twin, name) &&
			!(find_rename(diff, column, &from, &to) &&
			  strcmp(from, name) == 0))
			return true;
	}
	return false;
}

/* The names of its constraint, or that of the table above, if that stays under
 * another one. */
static bool
find_rename(const ZmDiff *diff, const ZmObject *column, const char **from,
			const char **to)
{
	const ZmObject *twin = zm_old_twin(diff, column);
	const ZmObject *link;
	const ZmObject *parent;

	if (twin == NULL)
		return false;
	*from = zm_get(column, "not null name");
	*to = zm_get(twin, "not null name");
	if (*from && *to)
		return strcmp(*from, *to) != 0;
	link = zm_table_partition(column->parent);
	parent = link ? zm_link_parent(link) : NULL;
	column = parent ? zm_table_column(parent, column->name) : NULL;
	return column && find_rename(diff, column, from, to);
}

/* Is it called so, and does that neither go nor change with those above? */
static bool
has_other(const ZmDiff *diff, const ZmObject *table, const ZmObject *except,
		  const char *name)
{
	const ZmObject *other = find_named(table, except, name);
	const char *from;
	const char *to;

	return other && zm_old_twin(diff, other) &&
		   (!zm_is_kind(other, ZM_KIND_COLUMN) ||
			!find_rename(diff, other, &from, &to));
}

/* Is one other than the column's to have that name?  What comes from above, to
 * a column that has such a constraint, has any. */
static bool
is_wanted(const ZmDiff *diff, const ZmObject *table, const ZmObject *except,
		  const char *name)
{
	const ZmObject *object = find_named(table, except, name);
	const ZmObject *twin = object ? zm_new_twin(diff, object) : NULL;

	if (object == NULL || !zm_is_kind(object, ZM_KIND_COLUMN) ||
		zm_get(object, "not null name"))
		return object != NULL;
	return twin == NULL || !zm_flag(twin, "not null");
}

/* The constraint of that name, or the column whose it is. */
static const ZmObject *
find_named(const ZmObject *table, const ZmObject *except, const char *name)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *object = lfirst(lc);
		const char *has = NULL;

		if (zm_is_kind(object, ZM_KIND_COLUMN))
			has = zm_not_null_name(object);
		else if (zm_is_kind(object, ZM_KIND_CONSTRAINT) ||
				 zm_is_kind(object, ZM_KIND_FOREIGN_KEY))
			has = object->name;
		if (has && object != except && strcmp(has, name) == 0)
			return object;
	}
	return NULL;
}
