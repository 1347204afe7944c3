/*
 * spread.c
 *
 * What has to be made anew because of something else.
 *
 * An object leaves when it is dropped or made anew.  What needs it leaves
 * with it, unless its own change makes it need something else; so do the
 * parts of what leaves, and what an alteration disturbs.  Columns that hold
 * rows do not leave when their type does: they move to the new type.
 *
 * Rule: a work list, each object entered once for each state it gets into.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/diff_internal.h"
#include "diff/inheriting.h"

typedef struct Spread
{
	ZmDiff *diff;
	List *queue; /* ZmChange * whose consequences are to be drawn */
} Spread;

static void drain(Spread *spread);
static bool leaves(const ZmChange *change);
static void leave_with(Spread *spread, const ZmChange *change,
					   ZmObject *dependent);
static bool lets_go(const ZmDiff *diff, const ZmObject *dependent,
					const ZmObject *needed);
static bool moves(const ZmObject *dependent, const ZmObject *needed);
static void replace(Spread *spread, ZmObject *old);
static bool leaves_already(const ZmDiff *diff, const ZmObject *old);
static void retype(Spread *spread, ZmObject *column, ZmChange *needed);
static void disturb(Spread *spread, const ZmChange *change);
static void disturb_one(Spread *spread, const ZmChange *change,
						ZmObject *dependent);

void
zm_diff_spread(ZmDiff *diff)
{
	Spread spread = {diff, list_copy(diff->changes)};

	drain(&spread);
}

void
zm_diff_replace(ZmDiff *diff, ZmObject *old)
{
	Spread spread = {diff, NIL};

	replace(&spread, old);
	drain(&spread);
}

static void
drain(Spread *spread)
{
	for (int i = 0; i < list_length(spread->queue); i++)
	{
		ZmChange *change = list_nth(spread->queue, i);
		ListCell *lc;

		CHECK_FOR_INTERRUPTS();
		if (change->old == NULL)
			continue;
		if (!leaves(change))
		{
			disturb(spread, change);
			continue;
		}
		foreach (lc, change->old->children)
		{
			if (zm_old_twin(spread->diff, lfirst(lc)))
				replace(spread, lfirst(lc));
		}
		foreach (lc, change->old->dependents)
			leave_with(spread, change, lfirst(lc));
	}
	list_free(spread->queue);
}

static bool
leaves(const ZmChange *change)
{
	return change->old && (change->new == NULL || change->replaced);
}

/* What becomes of an object that needs one that leaves? */
static void
leave_with(Spread *spread, const ZmChange *change, ZmObject *dependent)
{
	ZmDiff *diff = spread->diff;

	if (zm_old_twin(diff, dependent) == NULL)
		return; /* it is dropped anyhow */
	if (zm_is_kind(change->old, ZM_KIND_CAST))
		return; /* once it is read, an expression knows no casts */
	if (lets_go(diff, dependent, change->old))
		return;
	if (zm_rules(dependent->kind)->stays &&
		zm_rules(dependent->kind)->stays(dependent, change->old))
		return;
	if (moves(dependent, change->old) && zm_is_partition_key(dependent))
		replace(spread, dependent->parent);
	else if (moves(dependent, change->old) && change->new)
		retype(spread, dependent, unconstify(ZmChange *, change));
	else
		replace(spread, dependent);
}

/* Will the dependent's own change make it need something else? */
static bool
lets_go(const ZmDiff *diff, const ZmObject *dependent, const ZmObject *needed)
{
	ZmObject *twin = zm_old_twin(diff, dependent);
	ZmObject *heir = zm_diff_heir(diff, needed);
	ZmChange *change = zm_old_change(diff, dependent);

	if (change == NULL || change->replaced)
		return false;
	return heir == NULL || !zm_needs(twin, heir);
}

/* Can it go over to the new object while the old one is still there? */
static bool
moves(const ZmObject *dependent, const ZmObject *needed)
{
	return dependent->kind == zm_kind(ZM_KIND_COLUMN) &&
		   dependent->parent->kind->with_table &&
		   zm_get(dependent, "generated") == NULL &&
		   (needed->kind->names == ZM_NAMES_TYPE ||
			needed->kind == zm_kind(ZM_KIND_COLLATION));
}

static void
replace(Spread *spread, ZmObject *old)
{
	ZmDiff *diff = spread->diff;
	ZmObject *twin = zm_old_twin(diff, old);
	ZmChange *change = zm_old_change(diff, old);

	/* An attribute cannot leave alone: the columns of its type have rows. */
	if (old->kind == zm_kind(ZM_KIND_ATTRIBUTE) && twin &&
		!leaves_already(diff, old->parent))
	{
		replace(spread, old->parent);
		return;
	}
	if (change && (change->replaced || change->new == NULL))
		return;
	if (change == NULL)
	{
		change = zm_diff_change(diff, old, twin);
		change->disturbed = true;
	}
	change->replaced = true;
	spread->queue = lappend(spread->queue, change);
}

static bool
leaves_already(const ZmDiff *diff, const ZmObject *old)
{
	const ZmChange *change = zm_old_change(diff, old);

	return change && leaves(change);
}

/* The column moves over; the type it leaves stays until it has. */
static void
retype(Spread *spread, ZmObject *column, ZmChange *needed)
{
	ZmChange *change = zm_diff_change(spread->diff, column,
									  zm_old_twin(spread->diff, column));

	needed->aside = true;
	if (change->retyped)
		return;
	change->retyped = true;
	spread->queue = lappend(spread->queue, change);
}

/* Draws the consequences of an alteration in place. */
static void
disturb(Spread *spread, const ZmChange *change)
{
	ListCell *lc;

	if (zm_rules(change->old->kind)->disturbs == NULL)
		return;
	foreach (lc, change->old->children)
		disturb_one(spread, change, lfirst(lc));
	foreach (lc, change->old->dependents)
		disturb_one(spread, change, lfirst(lc));
}

static void
disturb_one(Spread *spread, const ZmChange *change, ZmObject *dependent)
{
	if (zm_old_twin(spread->diff, dependent) == NULL)
		return;
	if (zm_rules(change->old->kind)
			->disturbs(spread->diff, change->old, change->new, dependent))
		replace(spread, dependent);
}
