/*
 * partitions_exchanged.c
 *
 * Foreign keys that stay while tables with rows become partitions, or cease to
 * be: which cannot look on.
 *
 * The server checks the rows of a partition when it is attached, and what
 * refers to them when it is taken off.  Where one takes the place of another,
 * and where the rows of several refer to each other, none of them can be the
 * first; then the key is dropped before, and made anew behind.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"

static bool is_in_ring(const ZmDiff *diff, const ZmObject *key, bool old);
static int count_moving(const ZmDiff *diff, const ZmObject *table, bool old);
static ZmObject *twin_of(const ZmDiff *diff, const ZmObject *object, bool old);
static bool leads_to(const ZmDiff *diff, const ZmObject *table,
					 const ZmObject *target, bool old, List **seen);

bool
zm_partitions_are_exchanged(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new)
{
	const ZmObject *before = zm_referenced_table(old);
	const ZmObject *after = zm_referenced_table(new);

	if (before == NULL || after == NULL || !zm_is_partitioned(before))
		return false;
	return (count_moving(diff, before, true) > 0 &&
			count_moving(diff, after, false) > 0) ||
		   is_in_ring(diff, old, true) || is_in_ring(diff, new, false);
}

/* Do rows refer to others by this key, and those to them, where both are in
 * tables that move?  Of a table's key to itself, what leaves is told apart by
 * the copies that stay behind. */
static bool
is_in_ring(const ZmDiff *diff, const ZmObject *key, bool old)
{
	const ZmObject *table = zm_referenced_table(key);
	List *seen = NIL;

	if (!zm_is_partitioned(key->parent))
		return false;
	if (table == key->parent)
		return !old && count_moving(diff, table, old) > 1;
	return count_moving(diff, key->parent, old) > 0 &&
		   count_moving(diff, table, old) > 0 &&
		   leads_to(diff, table, key->parent, old, &seen);
}

/* How many tables that stay are partitions of it in this schema only?  Asked
 * before all changes are known. */
static int
count_moving(const ZmDiff *diff, const ZmObject *table, bool old)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, zm_add_partitions(NIL, table))
	{
		if (twin_of(diff, zm_table_partition(lfirst(lc)), old) == NULL &&
			twin_of(diff, lfirst(lc), old))
			count++;
	}
	return count;
}

static ZmObject *
twin_of(const ZmDiff *diff, const ZmObject *object, bool old)
{
	return old ? zm_old_twin(diff, object) : zm_new_twin(diff, object);
}

/* Do keys lead from the one table to the other, by way of those that have such
 * partitions? */
static bool
leads_to(const ZmDiff *diff, const ZmObject *table, const ZmObject *target,
		 bool old, List **seen)
{
	ListCell *lc;

	check_stack_depth();
	if (list_member_ptr(*seen, table))
		return false;
	*seen = lappend(*seen, unconstify(ZmObject *, table));
	foreach (lc, table->children)
	{
		const ZmObject *key = lfirst(lc);
		const ZmObject *next;

		if (!zm_is_kind(key, ZM_KIND_FOREIGN_KEY))
			continue;
		next = zm_referenced_table(key);
		if (next == target)
			return true;
		if (next && count_moving(diff, next, old) > 0 &&
			leads_to(diff, next, target, old, seen))
			return true;
	}
	return false;
}
