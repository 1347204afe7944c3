/*
 * rules_view.c
 *
 * Views, triggers and policies: what CREATE OR REPLACE and ALTER POLICY can do.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool replaces_view(const ZmDiff *diff, const ZmObject *old,
						  const ZmObject *new);
static bool view_holds_place(const ZmObject *view);
static bool view_place_needs(const ZmObject *needed);
static const ZmObject *column_named(const ZmObject *view, const char *name);
static bool replaces_trigger(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new);
static bool disturbs_trigger(const ZmDiff *diff, const ZmObject *old,
							 const ZmObject *new, const ZmObject *dependent);
static bool replaces_partition_trigger(const ZmDiff *diff, const ZmObject *old,
									   const ZmObject *new);
static List *awaited_by_partition_trigger(const ZmDiff *diff,
										  const ZmObject *copy);
static bool replaces_policy(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);

const ZmRules zm_rules_view = {.replaces = replaces_view,
							   .holds_place = view_holds_place,
							   .place_needs = view_place_needs,
							   .awaits = zm_awaited_by_original};

const ZmRules zm_rules_materialized_view = {.awaits = zm_awaited_by_original};

const ZmRules zm_rules_rule = {.awaits = zm_awaited_by_original};

const ZmRules zm_rules_trigger = {.replaces = replaces_trigger,
								  .disturbs = disturbs_trigger};

const ZmRules zm_rules_partition_trigger = {
	.replaces = replaces_partition_trigger,
	.awaits = awaited_by_partition_trigger};

const ZmRules zm_rules_policy = {.replaces = replaces_policy,
								 .awaits = zm_awaited_by_original};

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
	return old && zm_is_kind(dependent, ZM_KIND_PARTITION_TRIGGER) &&
		   zm_needs(dependent, old) &&
		   (zm_differs(old, new, "definition") ||
			zm_differs(old, new, "enabled"));
}

/* It comes anew when a table above is taken off its own parent and put back. */
static bool
replaces_partition_trigger(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new)
{
	const ZmObject *link = old->parent;

	while (link)
	{
		const ZmObject *twin = zm_old_twin(diff, link);
		const ZmObject *table = zm_link_parent(link);

		if (twin == NULL || zm_must_replace(diff, link, twin))
			return true;
		link = table ? zm_table_partition(table) : NULL;
	}
	return false;
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
