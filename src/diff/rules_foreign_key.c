/*
 * rules_foreign_key.c
 *
 * Foreign keys: what is made anew, what brings others along, and what is waited
 * for.
 *
 * A key of a partitioned table is copied to its partitions, or finds its like
 * there; one to a partitioned table watches all of that table's partitions.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/bitmapset.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool replaces_foreign_key(const ZmDiff *diff, const ZmObject *old,
								 const ZmObject *new);
static bool has_unchecked_copy(const ZmDiff *diff, const ZmObject *old);
static bool is_in_the_way(const ZmDiff *diff, const ZmObject *old);
static bool gives_key_up(const ZmDiff *diff, const ZmObject *partition,
						 const ZmObject *key);
static List *links_referenced(const ZmObject *key);
static bool becomes_copy(const ZmDiff *diff, const ZmObject *old,
						 const ZmObject *new);
static bool becomes_other_copy(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new);
static bool is_not_taken(const ZmObject *old, const ZmObject *new);
static bool is_new(const ZmDiff *diff, const ZmObject *new);
static ZmObject *foreign_key_carrier(const ZmDiff *diff, const ZmObject *key,
									 ZmPhase phase);
static bool goes_with_parent(const ZmDiff *diff, const ZmObject *key);
static bool is_in_ring(const ZmObject *key);
static bool leads_to(const ZmObject *from, const ZmObject *table,
					 Bitmapset **seen);
static bool comes_with_parent(const ZmDiff *diff, const ZmObject *key);
static bool is_found_by_parent(const ZmDiff *diff, const ZmObject *key);
static bool has_crossed_below(const ZmObject *key);
static bool is_one_of_two(const ZmObject *key);
static bool comes_from_above(const ZmDiff *diff, const ZmObject *key);
static bool foreign_key_stays(const ZmDiff *diff, const ZmObject *key,
							  const ZmObject *needed);
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

const ZmRules zm_rules_foreign_key = {.replaces = replaces_foreign_key,
									  .late = zm_is_attached_later,
									  .carrier = foreign_key_carrier,
									  .disregards = zm_is_let_go,
									  .stays = foreign_key_stays,
									  .awaits = awaited_by_foreign_key};

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

/* A key that comes and goes with the parent's does so while the table is a
 * partition; and the link brings along what it finds nothing for. */
bool
zm_link_disregards_key(const ZmDiff *diff, const ZmObject *link,
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

static bool
replaces_foreign_key(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new)
{
	return zm_becomes_unchecked(old, new) || has_unchecked_copy(diff, old) ||
		   zm_is_torn_off(diff, old, new) || becomes_copy(diff, old, new) ||
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
			!zm_link_is_kept(diff, zm_table_partition(copy->parent)))
			continue;
		twin = zm_old_twin(diff, copy);
		if ((twin && zm_becomes_unchecked(copy, twin)) ||
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
		return goes_with_parent(diff, key)
				   ? parent
				   : zm_index_carrier(diff, key, phase);
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
		   (zm_is_taken_off(diff, link) || is_in_ring(parent) ||
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
		if (zm_is_put_under(diff, lfirst(lc)))
			return true;
	}
	return false;
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

		if (old ? zm_is_taken_off(diff, link)
				: !(within || found) || zm_is_put_under(diff, link))
			awaited = lappend(awaited, link);
	}
	return awaited;
}

/* To its own table, or to one that this is a partition of? */
static bool
refers_within(const ZmObject *key)
{
	const ZmObject *referenced = zm_referenced_table(key);
	const ZmObject *table = key->parent;

	while (table && table != referenced)
	{
		const ZmObject *link = zm_table_partition(table);

		table = link ? zm_link_parent(link) : NULL;
	}
	return table != NULL;
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
