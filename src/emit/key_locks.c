/*
 * key_locks.c
 *
 * The locks that statements take at the other ends of foreign keys.
 *
 * Rule: only keys count that are there before and behind the statement; what is
 * dropped and made anew says its own locks.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

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
