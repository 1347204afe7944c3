/*
 * rules_view.c
 *
 * Views, triggers and policies: what CREATE OR REPLACE and ALTER POLICY can do,
 * and which of its texts a view is made from.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool replaces_view(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *new);
static bool view_holds_place(const ZmObject *view);
static bool view_place_needs(const ZmObject *needed);
static List *awaited_by_view(const ZmDiff *diff, const ZmObject *view);
static List *named_relations(const ZmObject *view);
static void add_relation(List **relations, ZmObject *needed);
static bool keeps_order(const ZmDiff *diff, const ZmObject *relation);
static List *columns_of(const ZmObject *relation);
static const ZmObject *column_named(const ZmObject *view, const char *name);
static bool replaces_trigger(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new);
static bool disturbs_trigger(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new, const ZmObject *dependent);
static List *awaited_by_partition_trigger(const ZmDiff *diff,
										  const ZmObject *copy);
static bool replaces_policy(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);

const ZmRules zm_rules_view = {.replaces = replaces_view,
							   .holds_place = view_holds_place,
							   .place_needs = view_place_needs,
							   .awaits = awaited_by_view};

const ZmRules zm_rules_materialized_view = {.awaits = awaited_by_view};

const ZmRules zm_rules_trigger = {.replaces = replaces_trigger,
								  .disturbs = disturbs_trigger};

const ZmRules zm_rules_partition_trigger = {.awaits =
												awaited_by_partition_trigger};

const ZmRules zm_rules_policy = {.replaces = replaces_policy};

/* Columns may be added behind; those that are there must stay as they are. */
static bool
replaces_view(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	ListCell *lc;

	if (!zm_differs(old, new, "definition"))
		return false;
	foreach (lc, old->children)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *other;

		if (!zm_is_kind(column, ZM_KIND_COLUMN))
			continue;
		other = column_named(new, column->name);
		if (other == NULL || zm_differs(column, other, "position") ||
			zm_differs(column, other, "type") ||
			zm_differs(column, other, "collation"))
			return true;
	}
	return false;
}

static bool
view_holds_place(const ZmObject *view)
{
	return true;
}

/* It has its columns; what these need they tell themselves. */
static bool
view_place_needs(const ZmObject *needed)
{
	return needed->kind->names == ZM_NAMES_TYPE ||
		   zm_is_kind(needed, ZM_KIND_SCHEMA);
}

bool
zm_original_fits(const ZmDiff *diff, const ZmObject *view)
{
	List *relations;
	bool fits = true;
	ListCell *lc;

	if (zm_get(view, "original") == NULL)
		return false;
	relations = named_relations(view);
	foreach (lc, relations)
	{
		if (!keeps_order(diff, lfirst(lc)))
			fits = false;
	}
	list_free(relations);
	return fits;
}

/* An original that names columns by their order needs all of them, also those
 * that it says nothing else of. */
static List *
awaited_by_view(const ZmDiff *diff, const ZmObject *view)
{
	List *columns = NIL;
	ListCell *lc;

	if (zm_schema_find(diff->new, view->kind, view->identity) != view ||
		!zm_original_fits(diff, view))
		return NIL;
	foreach (lc, named_relations(view))
		columns = list_concat(columns, columns_of(lfirst(lc)));
	return columns;
}

/* Whose columns it may name by their order: tables, and types that functions
 * give rows of. */
static List *
named_relations(const ZmObject *view)
{
	List *relations = NIL;
	ListCell *lc;

	foreach (lc, view->needs)
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
 * have in the new schema?  One that is dropped might still be there. */
static bool
keeps_order(const ZmDiff *diff, const ZmObject *relation)
{
	const ZmChange *change = zm_new_change(diff, relation);
	const ZmObject *old = zm_new_twin(diff, relation);
	int left = 0;
	int last = 0;
	ListCell *lc;

	if (old == NULL || old->kind != relation->kind ||
		(change && change->replaced))
		return true;
	left = list_length(columns_of(old));
	foreach (lc, columns_of(relation))
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

/* In their order. */
static List *
columns_of(const ZmObject *relation)
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

static const ZmObject *
column_named(const ZmObject *view, const char *name)
{
	ListCell *lc;

	foreach (lc, view->children)
	{
		const ZmObject *child = lfirst(lc);

		if (zm_is_kind(child, ZM_KIND_COLUMN) &&
			strcmp(child->name, name) == 0)
			return child;
	}
	return NULL;
}

/* There is no CREATE OR REPLACE for constraint triggers. */
static bool
replaces_trigger(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return zm_flag(old, "constraint") && zm_differs(old, new, "definition");
}

/* Partitions follow, also those whose copies are to be switched otherwise. */
static bool
disturbs_trigger(const ZmDiff *diff, const ZmObject *old, const ZmObject *new,
				 const ZmObject *dependent)
{
	return zm_is_kind(dependent, ZM_KIND_PARTITION_TRIGGER) &&
		   (zm_differs(old, new, "definition") ||
			zm_differs(old, new, "enabled"));
}

/* A partition that is attached below takes the state over. */
static List *
awaited_by_partition_trigger(const ZmDiff *diff, const ZmObject *copy)
{
	List *links = NIL;
	ListCell *lc;

	foreach (lc, zm_add_partitions(NIL, copy->parent->parent))
	{
		ZmObject *link = zm_table_partition(lfirst(lc));

		if (link)
			links = lappend(links, link);
	}
	return links;
}

/* An expression can be changed, but not taken away. */
static bool
replaces_policy(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return (zm_get(old, "using") && zm_get(new, "using") == NULL) ||
		   (zm_get(old, "check") && zm_get(new, "check") == NULL);
}
