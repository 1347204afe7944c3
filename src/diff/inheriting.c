/*
 * inheriting.c
 *
 * Tables under tables, and what belongs to columns without being a part.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool changes_type(const ZmChange *change);
static ZmObject *attribute_named(const ZmObject *type, const char *name);
static bool is_table(const ZmObject *object);

bool
zm_is_link(const ZmObject *object)
{
	return object->kind == zm_kind(ZM_KIND_INHERITANCE) ||
		   object->kind == zm_kind(ZM_KIND_PARTITION);
}

bool
zm_link_stays(const ZmDiff *diff, const ZmObject *link)
{
	bool is_old = link->position < list_length(diff->old->objects) &&
				  list_nth(diff->old->objects, link->position) == link;
	const ZmChange *change =
		is_old ? zm_old_change(diff, link) : zm_new_change(diff, link);

	return change == NULL || zm_change_stays(change);
}

ZmObject *
zm_link_parent(const ZmObject *link)
{
	const char *parent = zm_get(link, "parent");
	ListCell *lc;

	foreach (lc, link->needs)
	{
		ZmObject *needed = lfirst(lc);

		if (is_table(needed) && strcmp(needed->identity, parent) == 0)
			return needed;
	}
	return NULL;
}

ZmObject *
zm_table_partition(const ZmObject *table)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_PARTITION))
			return lfirst(lc);
	}
	return NULL;
}

ZmObject *
zm_table_link(const ZmObject *table, const ZmObject *parent)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		ZmObject *link = lfirst(lc);

		if (zm_is_link(link) && zm_is(link, "parent", parent->identity))
			return link;
	}
	return NULL;
}

ZmObject *
zm_table_column(const ZmObject *table, const char *name)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		ZmObject *child = lfirst(lc);

		if (child->kind == zm_kind(ZM_KIND_COLUMN) &&
			strcmp(child->name, name) == 0)
			return child;
	}
	return NULL;
}

List *
zm_parent_columns(const ZmDiff *diff, const ZmObject *column)
{
	List *columns = NIL;
	ListCell *lc;

	if (zm_get(column, "inherited") == NULL)
		return NIL;
	foreach (lc, column->parent->children)
	{
		const ZmObject *link = lfirst(lc);
		ZmObject *parent;
		ZmObject *found;

		if (!zm_is_link(link) || !zm_link_stays(diff, link))
			continue;
		parent = zm_link_parent(link);
		found = parent ? zm_table_column(parent, column->name) : NULL;
		if (found)
			columns = lappend(columns, found);
	}
	return columns;
}

List *
zm_standing_parent_columns(const ZmDiff *diff, const ZmObject *column)
{
	List *columns = NIL;
	ListCell *lc;

	foreach (lc, zm_parent_columns(diff, column))
	{
		ZmObject *parent = lfirst(lc);

		if (!zm_change_comes(zm_new_change(diff, parent)))
			columns = lappend(columns, parent);
	}
	return columns;
}

List *
zm_child_columns(const ZmDiff *diff, const ZmObject *column)
{
	List *columns = NIL;
	ListCell *lc;

	foreach (lc, column->parent->dependents)
	{
		const ZmObject *link = lfirst(lc);
		ZmObject *found;

		if (!zm_is_link(link) || !zm_link_stays(diff, link))
			continue;
		found = zm_table_column(link->parent, column->name);
		if (found && zm_get(found, "inherited"))
			columns = lappend(columns, found);
	}
	return columns;
}

bool
zm_has_children(const ZmDiff *diff, const ZmObject *table)
{
	const ZmObject *sides[2];

	sides[0] = zm_schema_find(diff->old, table->kind, table->identity);
	sides[1] = zm_schema_find(diff->new, table->kind, table->identity);
	for (int i = 0; i < lengthof(sides); i++)
	{
		ListCell *lc;

		if (sides[i] == NULL)
			continue;
		foreach (lc, sides[i]->dependents)
		{
			if (zm_is_link(lfirst(lc)))
				return true;
		}
	}
	return false;
}

List *
zm_add_partitions(List *tables, const ZmObject *table)
{
	ListCell *lc;

	if (!zm_is_partitioned(table))
		return tables;
	foreach (lc, table->dependents)
	{
		const ZmObject *link = lfirst(lc);

		if (!zm_is_kind(link, ZM_KIND_PARTITION))
			continue;
		tables = lappend(tables, link->parent);
		tables = zm_add_partitions(tables, link->parent);
	}
	return tables;
}

bool
zm_is_referenced(const ZmDiff *diff, const ZmObject *table)
{
	const ZmObject *link = zm_table_partition(table);
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *column = lfirst(lc);
		ListCell *dependent;

		if (!zm_is_kind(column, ZM_KIND_COLUMN))
			continue;
		foreach (dependent, column->dependents)
		{
			const ZmObject *key = lfirst(dependent);

			if (zm_is_kind(key, ZM_KIND_FOREIGN_KEY) &&
				zm_is(key, "references", table->identity) &&
				!zm_change_leaves(zm_old_change(diff, key)))
				return true;
		}
	}
	link = link ? zm_link_parent(link) : NULL;
	return link && zm_is_referenced(diff, link);
}

bool
zm_is_partition_key(const ZmObject *column)
{
	char *start = psprintf("%s ", quote_identifier(column->name));
	ListCell *lc;

	if (!zm_is_partitioned(column->parent))
		return false;
	foreach (lc, zm_get_list(column->parent, "partition key types"))
	{
		if (strncmp(lfirst(lc), start, strlen(start)) == 0)
			return true;
	}
	return false;
}

bool
zm_is_typed(const ZmObject *table)
{
	return table->kind == zm_kind(ZM_KIND_TABLE) && zm_get(table, "of type");
}

ZmObject *
zm_followed_attribute(const ZmDiff *diff, const ZmObject *column, bool old)
{
	const ZmObject *table = column->parent;
	const ZmChange *change;
	ListCell *lc;

	if (!zm_is_table_column(column) || !zm_is_typed(table))
		return NULL;
	change = old ? zm_old_change(diff, table) : zm_new_change(diff, table);
	if (change && (change->old == NULL || change->new == NULL ||
				   change->replaced || changes_type(change)))
		return NULL;
	foreach (lc, table->needs)
	{
		const ZmObject *type = lfirst(lc);

		if (zm_is_kind(type, ZM_KIND_COMPOSITE_TYPE) &&
			zm_is(table, "of type", type->identity))
			return attribute_named(type, column->name);
	}
	return NULL;
}

static ZmObject *
attribute_named(const ZmObject *type, const char *name)
{
	ListCell *lc;

	foreach (lc, type->children)
	{
		ZmObject *attribute = lfirst(lc);

		if (zm_is_kind(attribute, ZM_KIND_ATTRIBUTE) &&
			strcmp(attribute->name, name) == 0)
			return attribute;
	}
	return NULL;
}

bool
zm_becomes_typed(const ZmChange *change)
{
	return zm_change_stays(change) && zm_is_typed(change->new) &&
		   changes_type(change);
}

bool
zm_leaves_type(const ZmChange *change)
{
	return zm_change_stays(change) && zm_is_typed(change->old) &&
		   changes_type(change);
}

/* Is a table that stays to be one of another type, or of one made anew? */
static bool
changes_type(const ZmChange *change)
{
	return change->retyped || zm_differs(change->old, change->new, "of type");
}

bool
zm_is_table_column(const ZmObject *column)
{
	return is_table(column->parent);
}

bool
zm_column_moves(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmChange *change = zm_old_change(diff, old);

	if (change == NULL || new == NULL)
		return false;
	return change->retyped || zm_differs(old, new, "type") ||
		   zm_differs(old, new, "collation");
}

const char *
zm_not_null_name(const ZmObject *column)
{
	const char *name = zm_get(column, "not null name");

	return name ? name : zm_get(column, "inherited not null name");
}

bool
zm_hands_down_not_null(const ZmObject *column)
{
	return zm_flag(column, "not null") &&
		   !zm_flag(column, "not null no inherit");
}

ZmObject *
zm_sequence_column(const ZmObject *sequence)
{
	const char *owner = zm_get(sequence, "owned by");
	ListCell *lc;

	if (owner == NULL)
		return NULL;
	foreach (lc, sequence->needs)
	{
		ZmObject *needed = lfirst(lc);

		if (needed->kind == zm_kind(ZM_KIND_COLUMN) &&
			strcmp(needed->identity, owner) == 0)
			return needed;
	}
	return NULL;
}

ZmObject *
zm_identity_sequence(const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, column->dependents)
	{
		ZmObject *dependent = lfirst(lc);

		if (dependent->kind == zm_kind(ZM_KIND_SEQUENCE) &&
			zm_get(dependent, "generated") &&
			zm_is(dependent, "owned by", column->identity))
			return dependent;
	}
	return NULL;
}

static bool
is_table(const ZmObject *object)
{
	return object->kind == zm_kind(ZM_KIND_TABLE) ||
		   object->kind == zm_kind(ZM_KIND_FOREIGN_TABLE);
}

bool
zm_is_partitioned(const ZmObject *table)
{
	return table->kind == zm_kind(ZM_KIND_TABLE) &&
		   zm_get(table, "partition key") != NULL;
}

bool
zm_link_is_kept(const ZmDiff *diff, const ZmObject *link)
{
	const ZmObject *twin = link ? zm_old_twin(diff, link) : NULL;

	return twin && !zm_objects_differ(diff, link, twin);
}

bool
zm_is_taken_off(const ZmDiff *diff, const ZmObject *link)
{
	return zm_change_leaves(zm_old_change(diff, link)) &&
		   !zm_change_leaves(zm_old_change(diff, link->parent));
}

bool
zm_is_put_under(const ZmDiff *diff, const ZmObject *link)
{
	return zm_change_comes(zm_new_change(diff, link)) &&
		   !zm_change_comes(zm_new_change(diff, link->parent));
}
