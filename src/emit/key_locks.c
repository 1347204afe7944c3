/*
 * key_locks.c
 *
 * The locks that statements take at the other ends of foreign keys.
 *
 * Rule: keys that are dropped or added by statements of their own say their locks
 * there.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void note_of_new_whole(const ZmEmit *emit, ZmStatementOut *statement,
							  const ZmObject *whole);
static List *keys_to(const ZmObject *table);
static bool stays(const ZmEmit *emit, const ZmObject *key);
static bool had_one_like(const ZmEmit *emit, const ZmObject *table,
						 const ZmObject *key);
static void note(const ZmEmit *emit, ZmStatementOut *statement,
				 const char *lock, const ZmObject *table);

/* The server makes the keys anew that are on a column that gets another type. */
void
zm_note_key_locks_of_type(const ZmEmit *emit, ZmStatementOut *statement,
						  const ZmObject *old)
{
	ListCell *lc;

	foreach (lc, old->dependents)
	{
		const ZmObject *key = lfirst(lc);
		const ZmObject *other;

		if (!zm_is_kind(key, ZM_KIND_FOREIGN_KEY) || !stays(emit, key))
			continue;
		other = key->parent != old->parent ? key->parent
										   : zm_referenced_table(key);
		if (other != old->parent)
			note(emit, statement, "ACCESS EXCLUSIVE", other);
	}
}

/* A partition that comes gets copies of the keys of the whole, both those that
 * it has and those that point to it; of its own, one that is like such a copy
 * becomes that.  One that leaves has to stand alone. */
void
zm_note_key_locks_of_partition(const ZmEmit *emit, ZmStatementOut *statement,
							   const ZmObject *link, bool comes)
{
	const ZmObject *whole = zm_link_parent(link);
	ListCell *lc;

	if (whole && comes && !zm_table_stands(emit->diff, whole))
	{
		note_of_new_whole(emit, statement, whole);
		return;
	}
	if (whole && comes)
		whole = zm_new_twin(emit->diff, whole);
	foreach (lc, whole ? whole->children : NIL)
	{
		const ZmObject *key = lfirst(lc);

		if (!zm_is_kind(key, ZM_KIND_FOREIGN_KEY) || !stays(emit, key))
			continue;
		note(emit, statement,
			 comes && had_one_like(emit, link->parent, key)
				 ? "ACCESS EXCLUSIVE"
				 : "SHARE ROW EXCLUSIVE",
			 zm_referenced_table(key));
	}
	foreach (lc, whole ? keys_to(whole) : NIL)
	{
		const ZmObject *key = lfirst(lc);

		if (stays(emit, key))
			note(emit, statement,
				 comes ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE",
				 key->parent);
	}
}

static void
note_of_new_whole(const ZmEmit *emit, ZmStatementOut *statement,
				  const ZmObject *whole)
{
	ListCell *lc;

	foreach (lc, whole->children)
	{
		const ZmObject *key = lfirst(lc);
		const ZmObject *other = zm_is_kind(key, ZM_KIND_FOREIGN_KEY)
									? zm_referenced_table(key)
									: NULL;

		if (other && zm_table_stands(emit->diff, other))
			zm_emit_note(statement, "SHARE ROW EXCLUSIVE lock on %s",
						 other->identity);
	}
}

/* A table that goes takes along the keys that have no step of their own; a copy
 * of a key of the whole is no more than that. */
void
zm_note_key_locks_of_drop(const ZmEmit *emit, ZmStatementOut *statement,
						  const ZmObject *table)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *key = lfirst(lc);
		const ZmChange *change;

		if (!zm_is_kind(key, ZM_KIND_FOREIGN_KEY) || zm_attached_to(key))
			continue;
		change = zm_old_change(emit->diff, key);
		if ((change == NULL || !change->apart) &&
			zm_referenced_table(key) != table)
			note(emit, statement, "ACCESS EXCLUSIVE",
				 zm_referenced_table(key));
	}
}

/* The keys of other tables that point to this one. */
static List *
keys_to(const ZmObject *table)
{
	List *keys = NIL;
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *column = lfirst(lc);
		ListCell *cell;

		foreach (cell,
				 zm_is_kind(column, ZM_KIND_COLUMN) ? column->dependents : NIL)
		{
			ZmObject *key = lfirst(cell);

			if (zm_is_kind(key, ZM_KIND_FOREIGN_KEY) && key->parent != table &&
				zm_referenced_table(key) == table)
				keys = list_append_unique_ptr(keys, key);
		}
	}
	return keys;
}

static bool
stays(const ZmEmit *emit, const ZmObject *key)
{
	const ZmChange *change = zm_old_change(emit->diff, key);

	return change == NULL || !zm_change_leaves(change);
}

/* Had the table, as it was, a key of its own to the same columns? */
static bool
had_one_like(const ZmEmit *emit, const ZmObject *table, const ZmObject *key)
{
	const ZmObject *before = zm_new_twin(emit->diff, table);
	ListCell *lc;

	foreach (lc, before ? before->children : NIL)
	{
		const ZmObject *own = lfirst(lc);

		if (zm_is_kind(own, ZM_KIND_FOREIGN_KEY) && stays(emit, own) &&
			zm_keys_alike(own, key))
			return true;
	}
	return false;
}

static void
note(const ZmEmit *emit, ZmStatementOut *statement, const char *lock,
	 const ZmObject *table)
{
	const ZmObject *behind = table ? zm_old_twin(emit->diff, table) : NULL;

	if (behind)
		zm_emit_note(statement, "%s lock on %s", lock, behind->identity);
}
