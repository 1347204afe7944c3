/*
 * overloads.c
 *
 * Routines that go while others of their name stay or come.
 *
 * An expression is read from its text, in which a call tells the name and has
 * arguments: one that is about to be dropped could be what it finds, or leave
 * it unclear which one is meant.  So it has another name by then, unless it is
 * gone; who needs it still finds it under that.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/rules.h"
#include "diff/steps.h"
#include "util/string_hash.h"

typedef struct OverloadEntry
{
	char *name;	   /* the key */
	List *changes; /* ZmChange *, of those that go */
} OverloadEntry;

static HTAB *leaving_routines(const ZmDiff *diff);
static bool is_routine(const ZmObject *object);
static char *name_of(const ZmObject *routine);
static bool is_called_anew(const ZmDiff *diff, const ZmObject *routine);
static void put_before(ZmSteps *steps, const ZmChange *change,
					   const ZmObject *user);
static bool is_gone_before_calls(const ZmSteps *steps, const ZmChange *change);
static bool is_gone_before(const ZmSteps *steps, const ZmChange *change,
						   const ZmObject *user);

/* Those in which a call can be read. */
static const ZmPhase reading_phases[] = {ZM_PHASE_CREATE, ZM_PHASE_COMPLETE,
										 ZM_PHASE_ALTER};

void
zm_find_overloads(ZmDiff *diff)
{
	HTAB *leaving = leaving_routines(diff);
	ListCell *lc;

	foreach (lc, leaving ? diff->new->objects : NIL)
	{
		ZmObject *routine = lfirst(lc);
		OverloadEntry *entry = NULL;
		ListCell *other;

		CHECK_FOR_INTERRUPTS();
		if (is_routine(routine))
		{
			char *name = name_of(routine);

			entry = hash_search(leaving, &name, HASH_FIND, NULL);
		}
		if (entry == NULL || !is_called_anew(diff, routine))
			continue;
		foreach (other, entry->changes)
		{
			ZmChange *change = lfirst(other);

			if (change->new != routine)
				change->overloads = lappend(change->overloads, routine);
		}
	}
	if (leaving)
		hash_destroy(leaving);
}

/* By name; NULL: there are none. */
static HTAB *
leaving_routines(const ZmDiff *diff)
{
	HTAB *leaving = NULL;
	ListCell *lc;

	foreach (lc, diff->changes)
	{
		ZmChange *change = lfirst(lc);
		OverloadEntry *entry;
		char *name;
		bool found;

		change->overloads = NIL;
		if (!zm_change_leaves(change) || !is_routine(change->old))
			continue;
		if (leaving == NULL)
			leaving = zm_string_hash("zishu_migrate overloads",
									 sizeof(OverloadEntry));
		name = name_of(change->old);
		entry = hash_search(leaving, &name, HASH_ENTER, &found);
		if (!found)
			entry->changes = NIL;
		entry->changes = lappend(entry->changes, change);
	}
	return leaving;
}

static bool
is_routine(const ZmObject *object)
{
	return object->kind->names == ZM_NAMES_ROUTINE;
}

static char *
name_of(const ZmObject *routine)
{
	return psprintf("%s.%s", routine->schema, routine->name);
}

static bool
is_called_anew(const ZmDiff *diff, const ZmObject *routine)
{
	ListCell *lc;

	foreach (lc, routine->dependents)
	{
		if (zm_new_change(diff, lfirst(lc)))
			return true;
	}
	return false;
}

void
zm_order_overloads(ZmSteps *steps, const ZmChange *change)
{
	const ZmStepNode *aside = zm_steps_node(steps, change, ZM_PHASE_ASIDE);
	ListCell *lc;

	if (change->overloads == NIL)
		return;
	zm_steps_edge(steps, aside, zm_steps_node(steps, change, ZM_PHASE_DROP));
	/* Types are a part of what it is called by. */
	foreach (lc, change->old->needs)
	{
		const ZmChange *type = zm_old_change(steps->diff, lfirst(lc));

		if (type)
			zm_steps_edge(steps, aside,
						  zm_steps_node(steps, type, ZM_PHASE_ASIDE));
	}
	foreach (lc, change->overloads)
	{
		ListCell *user;

		foreach (user, ((ZmObject *) lfirst(lc))->dependents)
			put_before(steps, change, lfirst(user));
	}
}

static void
put_before(ZmSteps *steps, const ZmChange *change, const ZmObject *user)
{
	const ZmStepNode *aside = zm_steps_node(steps, change, ZM_PHASE_ASIDE);
	const ZmChange *other = zm_new_change(steps->diff, user);

	for (int i = 0; other && i < lengthof(reading_phases); i++)
		zm_steps_edge(steps, aside,
					  zm_steps_node(steps, other, reading_phases[i]));
}

void
zm_spare_overloads(ZmSteps *steps)
{
	ListCell *lc;

	foreach (lc, steps->diff->changes)
	{
		ZmChange *change = lfirst(lc);

		if (change->overloads == NIL || change->aside ||
			!is_gone_before_calls(steps, change))
			continue;
		steps->diff->steps = list_delete_ptr(
			steps->diff->steps,
			zm_steps_node(steps, change, ZM_PHASE_ASIDE)->step);
		change->overloads = NIL;
	}
}

static bool
is_gone_before_calls(const ZmSteps *steps, const ZmChange *change)
{
	ListCell *lc;

	foreach (lc, change->overloads)
	{
		ListCell *user;

		foreach (user, ((ZmObject *) lfirst(lc))->dependents)
		{
			if (!is_gone_before(steps, change, lfirst(user)))
				return false;
		}
	}
	return true;
}

static bool
is_gone_before(const ZmSteps *steps, const ZmChange *change,
			   const ZmObject *user)
{
	const ZmStepNode *drop =
		zm_node_root(zm_steps_node(steps, change, ZM_PHASE_DROP));
	const ZmChange *other = zm_new_change(steps->diff, user);

	for (int i = 0; other && i < lengthof(reading_phases); i++)
	{
		ZmStepNode *read = zm_steps_node(steps, other, reading_phases[i]);

		if (read && zm_node_root(read)->place < drop->place)
			return false;
	}
	return true;
}
