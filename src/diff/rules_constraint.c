/*
 * rules_constraint.c
 *
 * Constraints, indexes and foreign keys: what is made anew, what brings others
 * along, and who may stay without them.
 *
 * A partition's index hangs on its parent's: it goes with that one, and is put
 * under it once both are there.  A foreign key is copied to the partitions, a
 * check passed on to the tables that inherit.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/bitmapset.h"

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
static bool replaces_foreign_key(const ZmDiff *diff, const ZmObject *old,
								 const ZmObject *new);
static bool becomes_unchecked(const ZmObject *old, const ZmObject *new);
static bool is_torn_off(const ZmDiff *diff, const ZmObject *old,
						const ZmObject *new);
static bool loses_one(const ZmDiff *diff, const ZmObject *old,
					  const ZmObject *new);
static bool is_enforced_below(const ZmDiff *diff, const ZmObject *old,
							  const ZmObject *new);
static bool is_in_partition(const ZmObject *constraint);
static bool ceases_below(const ZmDiff *diff, const ZmObject *old);
static bool is_undone_by_drop(const ZmObject *old, const ZmObject *new);
static bool has_unchecked_copy(const ZmDiff *diff, const ZmObject *old);
static bool is_left_behind(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static bool is_kept(const ZmDiff *diff, const ZmObject *link);
static bool is_attached_later(const ZmObject *object, const ZmObject *needed);
static bool is_said_with_table(const ZmObject *constraint);
static bool repeats_key(const ZmObject *constraint);
static const char *key_of(const ZmObject *constraint);
static bool is_enforced_alone(const ZmObject *constraint);
static bool is_enforced_first(const ZmObject *constraint);
static ZmObject *constraint_carrier(const ZmDiff *diff,
									const ZmObject *constraint, ZmPhase phase);
static ZmObject *index_carrier(const ZmDiff *diff, const ZmObject *index,
							   ZmPhase phase);
static List *awaited_by_constraint(const ZmDiff *diff,
								   const ZmObject *constraint);
static List *awaited_by_index(const ZmDiff *diff, const ZmObject *index);
static ZmObject *foreign_key_carrier(const ZmDiff *diff, const ZmObject *key,
									 ZmPhase phase);
static bool goes_with_parent(const ZmDiff *diff, const ZmObject *key);
static bool is_in_ring(const ZmObject *key);
static bool leads_to(const ZmObject *from, const ZmObject *table,
					 Bitmapset **seen);
static bool comes_with_parent(const ZmDiff *diff, const ZmObject *key);
static bool is_taken_off(const ZmDiff *diff, const ZmObject *link);
static bool is_put_under(const ZmDiff *diff, const ZmObject *link);
static bool foreign_key_stays(const ZmDiff *diff, const ZmObject *key,
							  const ZmObject *needed);
static bool outlasts_parent(const ZmDiff *diff, const ZmObject *object,
							const ZmObject *needed);
static bool becomes_copy(const ZmDiff *diff, const ZmObject *old,
						 const ZmObject *new);
static bool becomes_other_copy(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new);
static bool is_not_taken(const ZmObject *old, const ZmObject *new);
static bool is_new(const ZmDiff *diff, const ZmObject *new);
static bool is_in_the_way(const ZmDiff *diff, const ZmObject *old);
static bool gives_key_up(const ZmDiff *diff, const ZmObject *partition,
						 const ZmObject *key);
static List *links_referenced(const ZmObject *key);
static bool comes_from_above(const ZmDiff *diff, const ZmObject *key);
static bool is_found_by_parent(const ZmDiff *diff, const ZmObject *key);
static bool has_crossed_below(const ZmObject *key);
static bool is_one_of_two(const ZmObject *key);
static List *awaited_by_foreign_key(const ZmDiff *diff, const ZmObject *key);
static List *add_links_watched(const ZmDiff *diff, List *awaited,
							   const ZmObject *key, bool old);
static bool refers_within(const ZmObject *key);
static List *add_links_of_copies(const ZmDiff *diff, List *awaited,
								 const ZmObject *key, bool old);
static List *add_copies_found(const ZmDiff *diff, List *awaited,
							  const ZmObject *key);
static List *add_found_before(const ZmDiff *diff, List *awaited,
							  const ZmObject *key);
static List *add_like(const ZmDiff *diff, List *awaited, const ZmObject *key);
static List *awaited_by_partition(const ZmDiff *diff, const ZmObject *link);
static List *add_attached_below(const ZmDiff *diff, List *attached,
								const ZmObject *index);
static bool is_let_go(const ZmDiff *diff, const ZmObject *object,
					  const ZmObject *needed);
static bool link_disregards_key(const ZmDiff *diff, const ZmObject *link,
								const ZmObject *needed);
static bool link_stays_without(const ZmDiff *diff, const ZmObject *link,
							   const ZmObject *needed);

const ZmRules zm_rules_constraint = {.replaces = replaces_constraint,
									 .overlooks = overlooks_constraint,
									 .late = is_attached_later,
									 .folds = is_said_with_table,
									 .carrier = constraint_carrier,
									 .disregards = is_let_go,
									 .stays = outlasts_parent,
									 .awaits = awaited_by_constraint};

const ZmRules zm_rules_index = {.replaces = replaces_index,
								.late = is_attached_later,
								.carrier = index_carrier,
								.disregards = is_let_go,
								.stays = outlasts_parent,
								.awaits = awaited_by_index};

const ZmRules zm_rules_foreign_key = {.replaces = replaces_foreign_key,
									  .late = is_attached_later,
									  .carrier = foreign_key_carrier,
									  .disregards = is_let_go,
									  .stays = foreign_key_stays,
									  .awaits = awaited_by_foreign_key};

const ZmRules zm_rules_inheritance = {.stays = link_stays_without,
									  .awaits = zm_awaited_by_link};
const ZmRules zm_rules_partition = {.replaces = zm_replaces_partition,
									.stays = link_stays_without,
									.disregards = link_disregards_key,
									.awaits = awaited_by_partition};

bool
zm_is_partitioned(const ZmObject *table)
{
	return table->kind == zm_kind(ZM_KIND_TABLE) &&
		   zm_get(table, "partition key") != NULL;
}

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

bool
zm_change_leaves(const ZmChange *change)
{
	return change && change->old && (change->new == NULL || change->replaced);
}

bool
zm_change_comes(const ZmChange *change)
{
	return change && change->new && (change->old == NULL || change->replaced);
}

ZmObject *
zm_referenced_table(const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, key->needs)
	{
		const ZmObject *needed = lfirst(lc);

		if (zm_is_kind(needed, ZM_KIND_COLUMN) &&
			zm_is(key, "references", needed->parent->identity))
			return needed->parent;
	}
	/* to itself: its columns are needed as its own */
	return zm_is(key, "references", key->parent->identity) ? key->parent
														   : NULL;
}

static bool
replaces_constraint(const ZmDiff *diff, const ZmObject *old,
					const ZmObject *new)
{
	return becomes_unchecked(old, new) ||
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
		   is_kept(diff, zm_table_link(old->parent, parent->parent));
}

/* The server alters no options of what has no storage. */
static bool
replaces_index(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return is_torn_off(diff, old, new) || zm_is_found_instead(diff, new) ||
		   (zm_is_partitioned(new->parent) &&
			(zm_differs(old, new, "options") || loses_one(diff, old, new)));
}

static bool
replaces_foreign_key(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new)
{
	return becomes_unchecked(old, new) || has_unchecked_copy(diff, old) ||
		   is_torn_off(diff, old, new) || becomes_copy(diff, old, new) ||
		   becomes_other_copy(diff, old, new) || is_not_taken(old, new) ||
		   is_in_the_way(diff, old) ||
		   zm_partitions_are_exchanged(diff, old, new);
}

/* Is that of a partition no longer valid?  It leaves with this one only. */
static bool
has_unchecked_copy(const ZmDiff *diff, const ZmObject *old)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, old->dependents)
	{
		const ZmObject *copy = lfirst(lc);
		const ZmObject *twin;

		if (copy->kind != old->kind || zm_attached_to(copy) != old ||
			!is_kept(diff, zm_table_partition(copy->parent)))
			continue;
		twin = zm_old_twin(diff, copy);
		if ((twin && becomes_unchecked(copy, twin)) ||
			has_unchecked_copy(diff, copy))
			return true;
	}
	return false;
}

/* Does it hold partitions in place that are attached elsewhere, or with other
 * bounds?  The server does not take off one whose rows are referenced. */
static bool
is_in_the_way(const ZmDiff *diff, const ZmObject *old)
{
	bool within = refers_within(old);
	ListCell *lc;

	foreach (lc, links_referenced(old))
	{
		const ZmObject *link = lfirst(lc);
		const ZmObject *twin = zm_old_twin(diff, link);

		if (twin ? zm_must_replace(diff, link, twin)
				 : within && gives_key_up(diff, link->parent, old))
			return true;
	}
	return false;
}

/* Is it a partition that stays as a table, but without its copy of a key to
 * what it was a part of?  Its rows may refer to each other. */
static bool
gives_key_up(const ZmDiff *diff, const ZmObject *partition,
			 const ZmObject *key)
{
	ListCell *lc;

	if (zm_old_twin(diff, partition) == NULL)
		return false;
	foreach (lc, partition->children)
	{
		const ZmObject *copy = lfirst(lc);

		if (zm_is_kind(copy, ZM_KIND_FOREIGN_KEY) && zm_attached_to(copy) &&
			!zm_differs(copy, key, "references") &&
			zm_old_twin(diff, copy) == NULL)
			return true;
	}
	return false;
}

/* Those of the partitions that it references with their parent. */
static List *
links_referenced(const ZmObject *key)
{
	ZmObject *table = zm_referenced_table(key);
	List *links = NIL;
	ListCell *lc;

	foreach (lc, table ? zm_add_partitions(NIL, table) : NIL)
		links = lappend(links, zm_table_partition(lfirst(lc)));
	return links;
}

/* A key of a partition that is to stay its own, while one like it comes from
 * above: the server would take this one for that. */
static bool
becomes_copy(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *link = zm_table_partition(new->parent);
	ListCell *lc;

	if (zm_get(old, "of partitioned") || zm_get(new, "of partitioned"))
		return false;
	foreach (lc, new->parent->children)
	{
		const ZmObject *other = lfirst(lc);
		const ZmObject *parent;

		if (other == new || !zm_keys_alike(other, new))
			continue;
		parent = zm_attached_to(other);
		if (parent && (is_new(diff, parent) || is_new(diff, link)))
			return true;
	}
	return false;
}

/* A key of a partition that one from above is to find, where another one like
 * it would be found first. */
static bool
becomes_other_copy(const ZmDiff *diff, const ZmObject *old,
				   const ZmObject *new)
{
	const ZmObject *parent = zm_attached_to(new);

	return parent && zm_get(old, "of partitioned") == NULL &&
		   zm_crosses_copies(new) && is_new(diff, parent);
}

/* A key of a partition that becomes a copy of one from above, which only takes
 * one that is checked and deferrable as that is. */
static bool
is_not_taken(const ZmObject *old, const ZmObject *new)
{
	return zm_get(new, "of partitioned") &&
		   zm_get(old, "of partitioned") == NULL &&
		   ((zm_flag(old, "not valid") && !zm_flag(new, "not valid")) ||
			zm_differs(old, new, "deferrable") ||
			zm_differs(old, new, "not enforced"));
}

/* Asked before all changes are known, too. */
static bool
is_new(const ZmDiff *diff, const ZmObject *new)
{
	const ZmObject *twin = zm_new_twin(diff, new);

	return twin == NULL || zm_objects_differ(diff, twin, new);
}

static bool
becomes_unchecked(const ZmObject *old, const ZmObject *new)
{
	return zm_flag(new, "not valid") && !zm_flag(old, "not valid");
}

/* Is it no longer under that index of the parent, though the table is still
 * its partition?  It cannot be taken off, and leaves with that one. */
static bool
is_torn_off(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return zm_get(old, "of partitioned") &&
		   zm_differs(old, new, "of partitioned") &&
		   !zm_hangs_on_same(diff, old, new) &&
		   is_kept(diff, zm_table_partition(old->parent));
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
			!is_kept(diff, zm_table_partition(index->parent)))
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
		   is_kept(diff, zm_table_link(old->parent, parent->parent));
}

/* A table may enforce a check that it inherits: adding it says so, but not to
 * a partition. */
static bool
is_enforced_below(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *parent = zm_constraint_inherited_from(old);

	return parent && !is_in_partition(old) && !zm_flag(new, "not enforced") &&
		   zm_get(new, "inherited") && !ceases_below(diff, parent) &&
		   is_kept(diff, zm_table_link(old->parent, parent->parent));
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
			!is_kept(diff, zm_table_link(other->parent, old->parent)))
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
	return becomes_unchecked(old, new);
}

/* Asked before all changes are known. */
static bool
is_kept(const ZmDiff *diff, const ZmObject *link)
{
	const ZmObject *twin = link ? zm_old_twin(diff, link) : NULL;

	return twin && !zm_objects_differ(diff, link, twin);
}

static bool
is_attached_later(const ZmObject *object, const ZmObject *needed)
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
		return index_carrier(diff, constraint, phase);
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

static ZmObject *
index_carrier(const ZmDiff *diff, const ZmObject *index, ZmPhase phase)
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

/* A partition gets the parent's key when it is attached, unless it has one of
 * its own by then: that is how a key of another name is had. */
static ZmObject *
foreign_key_carrier(const ZmDiff *diff, const ZmObject *key, ZmPhase phase)
{
	ZmObject *parent = zm_attached_to(key);
	ZmObject *link = zm_table_partition(key->parent);

	if (parent == NULL)
		return NULL;
	if (phase == ZM_PHASE_DROP)
		return goes_with_parent(diff, key) ? parent
										   : index_carrier(diff, key, phase);
	if (is_found_by_parent(diff, key) || zm_attached_heir(diff, key, false))
		return NULL;
	return zm_change_comes(zm_new_change(diff, link)) &&
				   !comes_with_parent(diff, key)
			   ? link
			   : parent;
}

/* Does it leave with the parent's, while its table is a partition still?
 * Then no rows are in the way of taking that off, nor of dropping it, where the
 * parent's goes by a statement of its own anyway. */
static bool
goes_with_parent(const ZmDiff *diff, const ZmObject *key)
{
	const ZmObject *parent = zm_attached_to(key);
	const ZmObject *link = zm_table_partition(key->parent);

	return zm_change_leaves(zm_old_change(diff, key)) &&
		   zm_change_leaves(zm_old_change(diff, parent)) &&
		   zm_change_leaves(zm_old_change(diff, link)) &&
		   (is_taken_off(diff, link) || is_in_ring(parent) ||
			!zm_change_leaves(zm_old_change(diff, parent->parent)));
}

/* Does its table reference itself, through others or not? */
static bool
is_in_ring(const ZmObject *key)
{
	const ZmObject *above = zm_attached_to(key);
	Bitmapset *seen = NULL;

	for (; above; above = zm_attached_to(above))
		key = above;
	return leads_to(zm_referenced_table(key), key->parent, &seen);
}

/* seen: the positions of the tables that one has come from. */
static bool
leads_to(const ZmObject *from, const ZmObject *table, Bitmapset **seen)
{
	ListCell *lc;

	check_stack_depth();
	if (from == NULL || from == table || bms_is_member(from->position, *seen))
		return from == table;
	*seen = bms_add_member(*seen, from->position);
	foreach (lc, from->children)
	{
		const ZmObject *key = lfirst(lc);

		if (zm_is_kind(key, ZM_KIND_FOREIGN_KEY) &&
			leads_to(zm_referenced_table(key), table, seen))
			return true;
	}
	return false;
}

/* Does the parent's come when its table is a partition already?  That is so if
 * partitions with rows are put under the table that it references: their own
 * keys may wait for this table's. */
static bool
comes_with_parent(const ZmDiff *diff, const ZmObject *key)
{
	ListCell *lc;

	if (!zm_change_comes(zm_new_change(diff, zm_attached_to(key))))
		return false;
	foreach (lc, links_referenced(key))
	{
		if (is_put_under(diff, lfirst(lc)))
			return true;
	}
	return false;
}

/* Does the link leave, and the table stay? */
static bool
is_taken_off(const ZmDiff *diff, const ZmObject *link)
{
	return zm_change_leaves(zm_old_change(diff, link)) &&
		   !zm_change_leaves(zm_old_change(diff, link->parent));
}

/* Does the link come, for a table that is there? */
static bool
is_put_under(const ZmDiff *diff, const ZmObject *link)
{
	return zm_change_comes(zm_new_change(diff, link)) &&
		   !zm_change_comes(zm_new_change(diff, link->parent));
}

/* Is it made under its own name, for the parent's to find it?  So are those
 * that are alike, and those above them: which finds which is then known. */
static bool
is_found_by_parent(const ZmDiff *diff, const ZmObject *key)
{
	const ZmObject *parent = zm_attached_to(key);

	return parent && comes_from_above(diff, key) &&
		   (strcmp(parent->name, key->name) != 0 || is_one_of_two(key) ||
			has_crossed_below(key));
}

static bool
has_crossed_below(const ZmObject *key)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, key->dependents)
	{
		const ZmObject *copy = lfirst(lc);

		if (zm_is_kind(copy, ZM_KIND_FOREIGN_KEY) &&
			zm_attached_to(copy) == key &&
			(zm_crosses_copies(copy) || has_crossed_below(copy)))
			return true;
	}
	return false;
}

/* Is there another copy like it in its table? */
static bool
is_one_of_two(const ZmObject *key)
{
	return list_length(zm_copies_alike(key)) > 1;
}

/* Does the server look for it, or make it, to be under the parent's? */
static bool
comes_from_above(const ZmDiff *diff, const ZmObject *key)
{
	return zm_change_comes(zm_new_change(diff, zm_attached_to(key))) ||
		   zm_change_comes(
			   zm_new_change(diff, zm_table_partition(key->parent)));
}

/* A key to a partitioned table needs the keys of the partitions only as long
 * as they are partitions. */
static bool
foreign_key_stays(const ZmDiff *diff, const ZmObject *key,
				  const ZmObject *needed)
{
	return needed->parent && needed->parent != key->parent &&
		   needed->kind != key->kind &&
		   !zm_is(key, "references", needed->parent->identity);
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

/* A table must have what its parent asks for before it is linked to it. */
static bool
link_stays_without(const ZmDiff *diff, const ZmObject *link,
				   const ZmObject *needed)
{
	return needed->kind == zm_kind(ZM_KIND_CONSTRAINT) ||
		   needed->kind == zm_kind(ZM_KIND_INDEX) ||
		   needed->kind == zm_kind(ZM_KIND_FOREIGN_KEY);
}

/* What hung on one of the parent's is free of that, and of all that becomes of
 * it, as soon as the table is taken off. */
static bool
is_let_go(const ZmDiff *diff, const ZmObject *object, const ZmObject *needed)
{
	return zm_attached_to(object) == needed &&
		   zm_schema_find(diff->old, object->kind, object->identity) ==
			   object &&
		   is_taken_off(diff, zm_table_partition(object->parent)) &&
		   !zm_change_leaves(zm_old_change(diff, object));
}

/* A key that comes and goes with the parent's does so while the table is a
 * partition; and the link brings along what it finds nothing for. */
static bool
link_disregards_key(const ZmDiff *diff, const ZmObject *link,
					const ZmObject *needed)
{
	const ZmObject *key = needed;

	if (!zm_is_kind(needed, ZM_KIND_FOREIGN_KEY))
		return false;
	if (needed->parent != link->parent)
		key = zm_attached_in(link->parent, needed);
	if (key == NULL || zm_attached_to(key) == NULL)
		return false;
	return zm_schema_find(diff->old, link->kind, link->identity) == link
			   ? goes_with_parent(diff, key)
			   : comes_with_parent(diff, key) ||
					 (key == needed &&
					  foreign_key_carrier(diff, key, ZM_PHASE_CREATE) == link);
}

/* The server keeps an eye on each partition of the table that it references,
 * so that none of them can be dropped before the key; and the table must be
 * as permanent as its own. */
static List *
awaited_by_foreign_key(const ZmDiff *diff, const ZmObject *key)
{
	ZmObject *table = zm_referenced_table(key);
	List *awaited = table ? zm_add_partitions(list_make1(table), table) : NIL;
	bool old = zm_schema_find(diff->old, key->kind, key->identity) == key;

	awaited = add_links_watched(diff, awaited, key, old);
	awaited = add_links_of_copies(diff, awaited, key, old);
	if (old)
		return awaited;
	awaited = add_copies_found(diff, awaited, key);
	if (is_found_by_parent(diff, key))
		return add_found_before(diff, awaited, key);
	return zm_attached_to(key) ? awaited : add_like(diff, awaited, key);
}

/* A partition that is dropped need not be taken off before.  A table's key to
 * itself is copied to the partitions, and waits for their links with its
 * copies.  One that its own table's link has to find does not wait for new
 * tables, whose links may have to find keys that wait for this one's. */
static List *
add_links_watched(const ZmDiff *diff, List *awaited, const ZmObject *key,
				  bool old)
{
	List *links = links_referenced(key);
	bool within = refers_within(key);
	bool found = !old && is_found_by_parent(diff, key);
	ListCell *lc;

	if (within && (zm_attached_to(key) || zm_is_partitioned(key->parent)))
		return awaited;
	foreach (lc, links)
	{
		ZmObject *link = lfirst(lc);

		if (old ? is_taken_off(diff, link)
				: !(within || found) || is_put_under(diff, link))
			awaited = lappend(awaited, link);
	}
	return awaited;
}

/* To its own table, or to one that this is a partition of? */
static bool
refers_within(const ZmObject *key)
{
	ZmObject *table = zm_referenced_table(key);

	return table == key->parent ||
		   (table &&
			list_member_ptr(zm_add_partitions(NIL, table), key->parent));
}

/* Those of the partitions whose copies come and go with it. */
static List *
add_links_of_copies(const ZmDiff *diff, List *awaited, const ZmObject *key,
					bool old)
{
	ListCell *lc;

	foreach (lc, key->dependents)
	{
		const ZmObject *copy = lfirst(lc);

		if (!zm_is_kind(copy, ZM_KIND_FOREIGN_KEY) ||
			zm_attached_to(copy) != key)
			continue;
		if (old ? goes_with_parent(diff, copy) : comes_with_parent(diff, copy))
			awaited = lappend(awaited, zm_table_partition(copy->parent));
	}
	return awaited;
}

/* Those of partitions that it is to find when it is made. */
static List *
add_copies_found(const ZmDiff *diff, List *awaited, const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, key->dependents)
	{
		ZmObject *copy = lfirst(lc);

		if (zm_is_kind(copy, ZM_KIND_FOREIGN_KEY) &&
			zm_attached_to(copy) == key && is_found_by_parent(diff, copy))
			awaited = lappend(awaited, copy);
	}
	return awaited;
}

/* Of keys that are alike, each finds its own if the ones before have found
 * theirs by then. */
static List *
add_found_before(const ZmDiff *diff, List *awaited, const ZmObject *key)
{
	const ZmObject *parent = zm_attached_to(key);
	ListCell *lc;

	foreach (lc, parent->parent->children)
	{
		ZmObject *other = lfirst(lc);

		if (other->position < parent->position && zm_keys_alike(other, parent))
			awaited = lappend(awaited, other);
	}
	return awaited;
}

/* What the server takes from above into its table, or makes there, that this
 * one is like: it must not be there to be taken. */
static List *
add_like(const ZmDiff *diff, List *awaited, const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, key->parent->children)
	{
		ZmObject *other = lfirst(lc);

		if (other != key && zm_keys_alike(other, key) &&
			zm_attached_to(other) && comes_from_above(diff, other))
		{
			awaited = lappend(awaited, zm_attached_to(other));
			awaited = lappend(awaited, zm_table_partition(key->parent));
		}
	}
	return awaited;
}

/* A partition with partitions that it has already: its indexes are of use to
 * its parent when theirs are attached to them. */
static List *
awaited_by_partition(const ZmDiff *diff, const ZmObject *link)
{
	List *awaited = zm_awaited_by_link(diff, link);
	ListCell *lc;

	if (!zm_is_partitioned(link->parent) ||
		zm_schema_find(diff->new, link->kind, link->identity) != link)
		return awaited;
	foreach (lc, link->parent->children)
	{
		const ZmObject *index = lfirst(lc);

		if (zm_is_index(index) && zm_attached_to(index))
			awaited = add_attached_below(diff, awaited, index);
	}
	return awaited;
}

static List *
add_attached_below(const ZmDiff *diff, List *attached, const ZmObject *index)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, index->dependents)
	{
		ZmObject *below = lfirst(lc);

		if (!zm_is_index(below) || zm_attached_to(below) != index ||
			!zm_link_stays(diff, zm_table_partition(below->parent)))
			continue;
		attached = lappend(attached, below);
		attached = add_attached_below(diff, attached, below);
	}
	return attached;
}
