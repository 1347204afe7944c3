/*
 * diff.c
 *
 * The changes between two schemas.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/diff_internal.h"

static void find_changes(ZmDiff *diff);

ZmDiff *
zm_diff(ZmSchema *old, ZmSchema *new, const ZmDiffOptions *options)
{
	ZmDiff *diff = palloc0(sizeof(ZmDiff));
	int nold = list_length(old->objects);
	int nnew = list_length(new->objects);

	diff->old = old;
	diff->new = new;
	diff->options = options;
	diff->old_twins = palloc0(sizeof(ZmObject *) * (nold + 1));
	diff->new_twins = palloc0(sizeof(ZmObject *) * (nnew + 1));
	diff->old_changes = palloc0(sizeof(ZmChange *) * (nold + 1));
	diff->new_changes = palloc0(sizeof(ZmChange *) * (nnew + 1));
	zm_diff_match(diff);
	find_changes(diff);
	if (diff->changes == NIL)
		return diff;
	zm_diff_spread(diff);
	zm_diff_order(diff);
	return diff;
}

ZmChange *
zm_old_change(const ZmDiff *diff, const ZmObject *old)
{
	return diff->old_changes[old->position];
}

ZmChange *
zm_new_change(const ZmDiff *diff, const ZmObject *new)
{
	return diff->new_changes[new->position];
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

bool
zm_change_stays(const ZmChange *change)
{
	return change && change->old && change->new && !change->replaced;
}

ZmObject *
zm_old_twin(const ZmDiff *diff, const ZmObject *old)
{
	return diff->old_twins[old->position];
}

ZmObject *
zm_new_twin(const ZmDiff *diff, const ZmObject *new)
{
	return diff->new_twins[new->position];
}

bool
zm_attribute_differs(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new, int attribute)
{
	bool (*overlooks)(const ZmObject *old, const ZmObject *new,
					  const char *attribute);

	if (zm_attribute_use(old->kind, attribute) == ZM_INFORMATION)
		return false;
	if (attribute == ZM_OWNER && !diff->options->owners)
		return false;
	if (attribute == ZM_PRIVILEGES && !diff->options->privileges)
		return false;
	if (zm_same_text(old->attributes[attribute], new->attributes[attribute]))
		return false;
	overlooks = zm_rules(old->kind)->overlooks;
	return overlooks == NULL ||
		   !overlooks(old, new, zm_attribute_name(old->kind, attribute));
}

bool
zm_objects_differ(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	int count = zm_attribute_count(old->kind);

	if (old->kind != new->kind)
		return true;
	for (int i = 0; i < count; i++)
	{
		if (zm_attribute_differs(diff, old, new, i))
			return true;
	}
	return false;
}

ZmChange *
zm_diff_change(ZmDiff *diff, ZmObject *old, ZmObject *new)
{
	ZmChange *change = old ? zm_old_change(diff, old) : NULL;

	if (change == NULL && new)
		change = zm_new_change(diff, new);
	if (change)
		return change;
	change = palloc0(sizeof(ZmChange));
	change->old = old;
	change->new = new;
	diff->changes = lappend(diff->changes, change);
	if (old)
		diff->old_changes[old->position] = change;
	if (new)
		diff->new_changes[new->position] = change;
	return change;
}

static void
find_changes(ZmDiff *diff)
{
	ListCell *lc;

	foreach (lc, diff->old->objects)
	{
		ZmObject *old = lfirst(lc);
		ZmObject *new = zm_old_twin(diff, old);

		CHECK_FOR_INTERRUPTS();
		if (new == NULL)
			(void) zm_diff_change(diff, old, NULL);
		else if (zm_must_replace(diff, old, new))
			zm_diff_change(diff, old, new)->replaced = true;
		else if (zm_objects_differ(diff, old, new))
			(void) zm_diff_change(diff, old, new);
	}
	foreach (lc, diff->new->objects)
	{
		ZmObject *new = lfirst(lc);

		if (zm_new_twin(diff, new) == NULL)
			(void) zm_diff_change(diff, NULL, new);
	}
}

bool
zm_must_replace(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmRules *rules = zm_rules(old->kind);
	int count = zm_attribute_count(old->kind);

	if (old->kind != new->kind)
		return true;
	for (int i = 0; i < count; i++)
	{
		if (zm_attribute_use(old->kind, i) == ZM_FIXED &&
			zm_attribute_differs(diff, old, new, i))
			return true;
	}
	return rules->replaces && rules->replaces(diff, old, new);
}
