/*
 * rules_partition.c
 *
 * Places in partitioned tables: which are given up for a while.
 *
 * Since 18, not-null constraints have names, and one of a partitioned table is
 * renamed with those of its partitions, each of which must have one of the old
 * name, and none of the new one.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"

static bool find_rename(const ZmDiff *diff, const ZmObject *column,
						const char **from, const char **to);
static bool has_other(const ZmDiff *diff, const ZmObject *table,
					  const ZmObject *except, const char *name);

bool
zm_replaces_partition(const ZmDiff *diff, const ZmObject *old,
					  const ZmObject *new)
{
	const ZmObject *parent = zm_link_parent(old);
	ListCell *lc;

	if (!ZM_HAS_NOT_NULL_CONSTRAINTS || parent == NULL)
		return false;
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
			(strcmp(name, from) != 0 &&
			 has_other(diff, old->parent, column, from)))
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

/* Is it called so, and does that neither go nor get another name? */
static bool
has_other(const ZmDiff *diff, const ZmObject *table, const ZmObject *except,
		  const char *name)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *other = lfirst(lc);
		bool column = zm_is_kind(other, ZM_KIND_COLUMN);
		const char *has = column ? zm_not_null_name(other) : other->name;
		const ZmObject *twin = zm_old_twin(diff, other);
		const char *from;
		const char *to;

		if (other == except || has == NULL || strcmp(has, name) != 0 ||
			twin == NULL)
			continue;
		if (column ? zm_flag(twin, "not null") &&
						 !find_rename(diff, other, &from, &to)
				   : zm_is_kind(other, ZM_KIND_CONSTRAINT) ||
						 zm_is_kind(other, ZM_KIND_FOREIGN_KEY))
			return true;
	}
	return false;
}
