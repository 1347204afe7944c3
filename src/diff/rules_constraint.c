/*
 * rules_constraint.c
 *
 * Constraints and indexes: what is made anew, what brings others along, and who
 * may stay without them.
 *
 * A partition's index hangs on its parent's: it goes with that one, and is put
 * under it once both are there.  A check is passed on to the tables that
 * inherit.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool replaces_constraint(const ZmDiff *diff, const ZmObject *old,
								const ZmObject *new);
static bool overlooks_constraint(const ZmObject *old, const ZmObject *new,
								 const char *attribute);
static bool is_handed_over(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static bool replaces_index(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static bool loses_one(const ZmDiff *diff, const ZmObject *old,
					  const ZmObject *new);
static bool is_left_behind(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static bool is_enforced_below(const ZmDiff *diff, const ZmObject *old,
							  const ZmObject *new);
static bool is_in_partition(const ZmObject *constraint);
static bool ceases_below(const ZmDiff *diff, const ZmObject *old);
static bool is_undone_by_drop(const ZmObject *old, const ZmObject *new);
static bool is_said_with_table(const ZmObject *constraint);
static bool repeats_key(const ZmObject *constraint);
static const char *key_of(const ZmObject *constraint);
static ZmObject *constraint_carrier(const ZmDiff *diff,
									const ZmObject *constraint, ZmPhase phase);
static bool is_enforced_alone(const ZmObject *constraint);
static bool is_enforced_first(const ZmObject *constraint);
static List *awaited_by_constraint(const ZmDiff *diff,
								   const ZmObject *constraint);
static List *awaited_by_index(const ZmDiff *diff, const ZmObject *index);
static bool outlasts_parent(const ZmDiff *diff, const ZmObject *object,
							const ZmObject *needed);

const ZmRules zm_rules_constraint = {.replaces = replaces_constraint,
									 .overlooks = overlooks_constraint,
									 .late = zm_is_attached_later,
									 .folds = is_said_with_table,
									 .carrier = constraint_carrier,
									 .disregards = zm_is_let_go,
									 .stays = outlasts_parent,
									 .awaits = awaited_by_constraint};

const ZmRules zm_rules_index = {.replaces = replaces_index,
								.late = zm_is_attached_later,
								.carrier = zm_index_carrier,
								.disregards = zm_is_let_go,
								.stays = outlasts_parent,
								.awaits = awaited_by_index};

bool
zm_constraint_has_index(const ZmObject *constraint)
{
	return zm_is(constraint, "type", "primary key") ||
		   zm_is(constraint, "type", "unique") ||
		   zm_is(constraint, "type", "exclude");
}

ZmObject *
zm_constraint_inherited_from(const ZmObject *constraint)
{
	ListCell *lc;

	if (zm_get(constraint, "inherited") == NULL ||
		zm_constraint_has_index(constraint))
		return NULL;
	foreach (lc, constraint->needs)
	{
		ZmObject *needed = lfirst(lc);

		if (needed->kind == constraint->kind &&
			strcmp(needed->name, constraint->name) == 0)
			return needed;
	}
	return NULL;
}

static bool
replaces_constraint(const ZmDiff *diff, const ZmObject *old,
					const ZmObject *new)
{
	return zm_becomes_unchecked(old, new) ||
		   (zm_differs(old, new, "not enforced") &&
			!is_enforced_below(diff, old, new)) ||
		   ceases_below(diff, old) || is_left_behind(diff, old, new) ||
		   is_handed_over(diff, old, new) || replaces_index(diff, old, new);
}

/* A table can get a check of its own that it has from above, but not give it up
 * while it has it from there. */
static bool
overlooks_constraint(const ZmObject *old, const ZmObject *new,
					 const char *attribute)
{
	return strcmp(attribute, "local") == 0 &&
		   (zm_flag(old, "local") || zm_get(old, "inherited") == NULL ||
			zm_get(new, "inherited") == NULL);
}

/* A check of its own that it is to have only from above, where that comes. */
static bool
is_handed_over(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *parent = zm_constraint_inherited_from(new);

	return parent && zm_get(old, "inherited") == NULL &&
		   !zm_flag(new, "local") && zm_new_twin(diff, parent) == NULL &&
		   !is_in_partition(new) && !zm_is_validated_below(new) &&
		   !is_enforced_alone(new) &&
		   zm_link_is_kept(diff, zm_table_link(old->parent, parent->parent));
}

/* The server alters no options of what has no storage. */
static bool
replaces_index(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return zm_is_torn_off(diff, old, new) || zm_is_found_instead(diff, new) ||
		   zm_is_made_unasked(diff, new) ||
		   (zm_is_partitioned(new->parent) &&
			(zm_differs(old, new, "options") || loses_one(diff, old, new)));
}

bool
zm_becomes_unchecked(const ZmObject *old, const ZmObject *new)
{
	return zm_flag(new, "not valid") && !zm_flag(old, "not valid");
}

/* Is the index of a partition taken off, and none of its kind put in its
 * place, or must that be made anew?  It leaves with this one only. */
static bool
loses_one(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, old->dependents)
	{
		const ZmObject *index = lfirst(lc);
		const ZmObject *table;
		const ZmObject *heir;

		if (!zm_is_index(index) || zm_attached_to(index) != old ||
			!zm_link_is_kept(diff, zm_table_partition(index->parent)))
			continue;
		table = zm_old_twin(diff, index->parent);
		if (table == NULL)
			continue;
		heir = zm_attached_in(table, new);
		if (heir == NULL || heir->kind != index->kind ||
			zm_must_replace(diff, index, heir))
			return true;
	}
	return false;
}

/* A check that the parent drops is dropped with it, though this table is to
 * keep it. */
static bool
is_left_behind(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *parent = zm_constraint_inherited_from(old);

	return parent && !zm_flag(old, "local") &&
		   zm_get(new, "inherited") == NULL &&
		   zm_link_is_kept(diff, zm_table_link(old->parent, parent->parent));
}

/* A table may enforce a check that it inherits: adding it says so, but not to
 * a partition. */
static bool
is_enforced_below(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *parent = zm_constraint_inherited_from(old);

	return parent && !is_in_partition(old) && !zm_flag(new, "not enforced") &&
		   zm_get(new, "inherited") && !ceases_below(diff, parent) &&
		   zm_link_is_kept(diff, zm_table_link(old->parent, parent->parent));
}

static bool
is_in_partition(const ZmObject *constraint)
{
	return zm_table_partition(constraint->parent) != NULL;
}

/* Is it no longer checked in a table below?  There it cannot be dropped as long
 * as it is here. */
static bool
ceases_below(const ZmDiff *diff, const ZmObject *old)
{
	ListCell *lc;

	foreach (lc, old->dependents)
	{
		const ZmObject *other = lfirst(lc);
		const ZmObject *twin;

		if (!zm_is_kind(other, ZM_KIND_CONSTRAINT) ||
			zm_constraint_inherited_from(other) != old ||
			!zm_link_is_kept(diff, zm_table_link(other->parent, old->parent)))
			continue;
		twin = zm_old_twin(diff, other);
		if ((twin && is_undone_by_drop(other, twin)) ||
			ceases_below(diff, other))
			return true;
	}
	return false;
}

static bool
is_undone_by_drop(const ZmObject *old, const ZmObject *new)
{
	if (zm_differs(old, new, "not enforced"))
		return zm_flag(new, "not enforced") || is_in_partition(old);
	return zm_becomes_unchecked(old, new);
}

bool
zm_is_attached_later(const ZmObject *object, const ZmObject *needed)
{
	return zm_attached_to(object) == needed ||
		   (is_enforced_first(object) &&
			zm_constraint_inherited_from(object) == needed) ||
		   (zm_is_kind(needed, ZM_KIND_PARTITION) &&
			needed->parent == object->parent);
}

/* What is not checked for the rows that are there, is added later; so is a key
 * like another one, which CREATE TABLE takes for the same. */
static bool
is_said_with_table(const ZmObject *constraint)
{
	return !zm_flag(constraint, "not valid") && !repeats_key(constraint);
}

/* Is a key of the same columns said before it? */
static bool
repeats_key(const ZmObject *constraint)
{
	ListCell *lc;

	if (!zm_constraint_has_index(constraint) ||
		zm_is(constraint, "type", "primary key"))
		return false;
	foreach (lc, constraint->parent->children)
	{
		const ZmObject *other = lfirst(lc);

		if (other != constraint && zm_is_kind(other, ZM_KIND_CONSTRAINT) &&
			zm_constraint_has_index(other) &&
			(zm_is(other, "type", "primary key") ||
			 other->position < constraint->position) &&
			strcmp(key_of(other), key_of(constraint)) == 0)
			return true;
	}
	return false;
}

/* What its definition says behind the kind of key that it is. */
static const char *
key_of(const ZmObject *constraint)
{
	return strchr(zm_get(constraint, "definition"), '(');
}

static ZmObject *
constraint_carrier(const ZmDiff *diff, const ZmObject *constraint,
				   ZmPhase phase)
{
	ZmObject *parent = zm_constraint_inherited_from(constraint);
	ZmObject *link;

	if (parent == NULL)
		return zm_index_carrier(diff, constraint, phase);
	link = zm_table_link(constraint->parent, parent->parent);
	if (link == NULL)
		return NULL;
	if (phase == ZM_PHASE_DROP)
		return zm_change_leaves(zm_old_change(diff, link)) ? NULL : parent;
	if (zm_flag(constraint, "local") ||
		zm_change_comes(zm_new_change(diff, link)) ||
		zm_is_validated_below(constraint) || is_enforced_alone(constraint))
		return NULL;
	return parent;
}

bool
zm_is_validated_below(const ZmObject *constraint)
{
	const ZmObject *parent = zm_constraint_inherited_from(constraint);

	return parent && zm_flag(parent, "not valid") &&
		   !zm_flag(constraint, "not valid") &&
		   !zm_flag(constraint, "not enforced");
}

/* Is it enforced, though not where it comes from?  The server then says so of
 * each table on its own. */
static bool
is_enforced_alone(const ZmObject *constraint)
{
	const ZmObject *parent = zm_constraint_inherited_from(constraint);

	if (parent == NULL || zm_flag(constraint, "not enforced"))
		return false;
	return zm_flag(parent, "not enforced") || is_enforced_alone(parent);
}

/* A partition has it before the table above, which finds it there. */
static bool
is_enforced_first(const ZmObject *constraint)
{
	return zm_is_kind(constraint, ZM_KIND_CONSTRAINT) &&
		   is_in_partition(constraint) && is_enforced_alone(constraint);
}

static List *
awaited_by_constraint(const ZmDiff *diff, const ZmObject *constraint)
{
	List *first = NIL;
	ListCell *lc;

	if (zm_constraint_has_index(constraint))
		return awaited_by_index(diff, constraint);
	if (zm_schema_find(diff->new, constraint->kind, constraint->identity) !=
		constraint)
		return NIL;
	foreach (lc, constraint->dependents)
	{
		ZmObject *below = lfirst(lc);

		if (is_enforced_first(below) &&
			zm_constraint_inherited_from(below) == constraint)
			first = lappend(first, below);
	}
	return first;
}

ZmObject *
zm_index_carrier(const ZmDiff *diff, const ZmObject *index, ZmPhase phase)
{
	ZmObject *parent = zm_attached_to(index);

	if (phase != ZM_PHASE_DROP || parent == NULL ||
		zm_attached_heir(diff, index, true) ||
		zm_change_leaves(
			zm_old_change(diff, zm_table_partition(index->parent))))
		return NULL;
	return parent;
}

/* A partition that has no index for it, or an invalid one, would get one when
 * it is attached, but not if the index comes later.  An invalid one is attached
 * by itself, behind its table. */
static List *
awaited_by_index(const ZmDiff *diff, const ZmObject *index)
{
	List *links = NIL;
	ListCell *lc;

	if (zm_schema_find(diff->new, index->kind, index->identity) != index)
		return NIL;
	if (zm_is_found_instead(diff, index))
		links = lappend(links, zm_table_partition(index->parent));
	if (!zm_is_partitioned(index->parent) || !zm_flag(index, "invalid"))
		return links;
	foreach (lc, index->parent->dependents)
	{
		ZmObject *link = lfirst(lc);
		const ZmObject *attached;

		if (!zm_is_kind(link, ZM_KIND_PARTITION))
			continue;
		attached = zm_attached_in(link->parent, index);
		if (attached == NULL || zm_flag(attached, "invalid"))
			links = lappend(links, link);
	}
	if (zm_attached_to(index))
		links = lappend(links, zm_table_partition(index->parent));
	return links;
}

/* A partition is taken off a table that is made anew, with what it has from
 * there, and that is found in it when it is put back. */
static bool
outlasts_parent(const ZmDiff *diff, const ZmObject *object,
				const ZmObject *needed)
{
	const ZmObject *above = zm_attached_to(object);

	if (above == NULL && zm_is_kind(object, ZM_KIND_CONSTRAINT))
		above = zm_constraint_inherited_from(object);
	return above == needed && is_in_partition(object) &&
		   !zm_flag(object, "invalid") &&
		   zm_change_leaves(zm_old_change(diff, needed->parent));
}
