/*
 * spread.c
 *
 * What has to be made anew because of something else.
 *
 * An object leaves when it is dropped or made anew.  What needs it leaves
 * with it, unless its own change makes it need something else; so do the
 * parts of what leaves, and what an alteration disturbs.  Columns that hold
 * rows do not leave when their type does: they move to the new type.  How the
 * old type waits for that is said last: under another name, or, if it or what
 * it needs must be gone before its successor can be made, without its columns,
 * which become text in between.
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
static void empty_holders(Spread *spread, ZmChange *change);
static bool hold_texts(Spread *spread, ZmObject *holder);
static void leave_type(Spread *spread, const ZmObject *table);
static void come_early(const ZmDiff *diff, ZmChange *change);
static void outgrow(Spread *spread, const ZmChange *change);
static bool leaves(const ZmChange *change);
static void leave_with(Spread *spread, const ZmChange *change,
					   ZmObject *dependent);
static void lose_default(Spread *spread, ZmObject *domain);
static bool lets_go(const ZmDiff *diff, const ZmObject *dependent,
					const ZmObject *needed);
static bool says_needs_anew(const ZmDiff *diff, const ZmChange *change);
static bool moves(const ZmObject *dependent, const ZmObject *needed);
static void move(Spread *spread, ZmChange *change, ZmObject *dependent);
static void replace(Spread *spread, ZmObject *old);
static void retype(Spread *spread, ZmObject *column, ZmChange *needed);
static bool can_wait(const ZmChange *change);
static void settle_waiting(ZmDiff *diff);
static bool must_detour(const ZmDiff *diff, const ZmChange *change);
static List *needs_with_parts(const ZmObject *type);
static void let_needs_wait(Spread *spread, const ZmChange *change);
static void detour_dependents(Spread *spread, const ZmChange *change);
static void disturb(Spread *spread, const ZmChange *change,
					const ZmObject *parent);
static void disturb_one(Spread *spread, const ZmChange *change,
						ZmObject *dependent);

void
zm_diff_spread(ZmDiff *diff)
{
	Spread spread = {diff, list_copy(diff->changes)};

	drain(&spread);
	settle_waiting(diff);
}

void
zm_diff_replace(ZmDiff *diff, ZmObject *old)
{
	Spread spread = {diff, NIL};

	replace(&spread, old);
	drain(&spread);
	settle_waiting(diff);
}

bool
zm_diff_set_aside(ZmDiff *diff, ZmChange *change)
{
	Spread spread = {diff, NIL};
	ListCell *lc;

	if (!change->replaced || change->aside || change->detour)
		return false;
	foreach (lc, change->old->dependents)
	{
		ZmObject *user = lfirst(lc);
		const ZmChange *own = zm_old_change(diff, user);

		if (own && !leaves(own) && moves(user, change->old))
			move(&spread, change, user);
	}
	drain(&spread);
	settle_waiting(diff);
	return change->aside || change->detour;
}

static void
drain(Spread *spread)
{
	for (int i = 0; i < list_length(spread->queue); i++)
	{
		ZmChange *change = list_nth(spread->queue, i);
		ListCell *lc;

		CHECK_FOR_INTERRUPTS();
		if (zm_writes_anew(spread->diff, change))
			empty_holders(spread, change);
		if (change->old == NULL)
		{
			outgrow(spread, change);
			continue;
		}
		if (!leaves(change))
		{
			disturb(spread, change, change->old->parent);
			continue;
		}
		if (change->replaced)
			outgrow(spread, change);
		/* An attribute cannot leave alone: the columns of its type have
		 * rows. */
		if (zm_is_kind(change->old, ZM_KIND_ATTRIBUTE) && change->new)
			replace(spread, change->old->parent);
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

/* Neither a column nor a domain's default may have rows of a table that is
 * written anew. */
static void
empty_holders(Spread *spread, ZmChange *change)
{
	const ZmDiff *diff = spread->diff;
	const ZmObject *table = change->old
								? change->old->parent
								: zm_new_twin(diff, change->new->parent);
	List *after;
	bool any = false;
	ListCell *lc;

	if (table == NULL)
		return;
	foreach (lc, zm_rows_in_defaults(table))
		zm_diff_change(spread->diff, lfirst(lc), zm_old_twin(diff, lfirst(lc)))
			->bare = true;
	after = zm_row_holders(zm_old_twin(diff, table));
	foreach (lc, zm_row_holders(table))
	{
		ZmObject *holder = lfirst(lc);
		const ZmObject *twin = zm_old_twin(diff, holder);
		const ZmChange *own = zm_old_change(diff, holder);

		if (twin && !(own && leaves(own)) && list_member_ptr(after, twin))
			any = hold_texts(spread, holder) || any;
	}
	if (any && change->new && (change->old == NULL || change->replaced))
		come_early(diff, change);
}

/* Does it stay and hold texts? */
static bool
hold_texts(Spread *spread, ZmObject *holder)
{
	ZmChange *change;

	if (zm_is_kind(holder->parent, ZM_KIND_MATERIALIZED_VIEW) ||
		zm_is_partition_key(holder))
		replace(spread, holder->parent);
	else if (zm_get(holder, "generated"))
		replace(spread, holder);
	else
	{
		change = zm_diff_change(spread->diff, holder,
								zm_old_twin(spread->diff, holder));
		if (!change->texts)
			spread->queue = lappend(spread->queue, change);
		leave_type(spread, holder->parent);
		change->texts = true;
		change->retyped = true;
		return true;
	}
	return false;
}

/* A column of a typed table is altered when its table is none. */
static void
leave_type(Spread *spread, const ZmObject *table)
{
	ListCell *lc;

	foreach (lc, zm_is_typed(table) ? table->needs : NIL)
	{
		ZmObject *type = lfirst(lc);

		if (moves(table, type) && zm_old_twin(spread->diff, type))
			replace(spread, type);
	}
}

/* With the columns that it comes from. */
static void
come_early(const ZmDiff *diff, ZmChange *change)
{
	ListCell *lc;

	change->early = true;
	foreach (lc, zm_parent_columns(diff, change->new))
	{
		ZmChange *above = zm_new_change(diff, lfirst(lc));

		if (zm_change_comes(above))
			come_early(diff, above);
	}
}

/* What is added may be more than the object that it is added to can take. */
static void
outgrow(Spread *spread, const ZmChange *change)
{
	const ZmObject *new = change->new;
	ZmObject *parent =
		new->parent ? zm_new_twin(spread->diff, new->parent) : NULL;

	if (parent && zm_rules(new->kind)->outgrows &&
		zm_rules(new->kind)->outgrows(spread->diff, new))
		replace(spread, parent);
	if (parent && change->old == NULL)
		disturb(spread, change, parent);
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
		zm_rules(dependent->kind)->stays(diff, dependent, change->old))
		return;
	if (moves(dependent, change->old))
		move(spread, unconstify(ZmChange *, change), dependent);
	else if (zm_is_needed_by_default(dependent, change->old))
		lose_default(spread, dependent);
	else
		replace(spread, dependent);
}

/* For a while, unless it leaves anyhow. */
static void
lose_default(Spread *spread, ZmObject *domain)
{
	ZmChange *change = zm_diff_change(spread->diff, domain,
									  zm_old_twin(spread->diff, domain));

	if (!leaves(change))
		change->bare = true;
}

/* Will the dependent's own change make it need something else? */
static bool
lets_go(const ZmDiff *diff, const ZmObject *dependent, const ZmObject *needed)
{
	ZmObject *twin = zm_old_twin(diff, dependent);
	ZmObject *heir = zm_diff_heir(diff, needed);
	ZmChange *change = zm_old_change(diff, dependent);

	if (change == NULL || change->replaced || !says_needs_anew(diff, change))
		return false;
	/* A function depends on the transforms of its types that are there when
	 * it is written, be it to ask for them no more. */
	if (zm_is_kind(needed, ZM_KIND_TRANSFORM))
		return false;
	/* A foreign key keeps to the key that it has found, whatever is altered of
	 * it. */
	if (zm_is_kind(dependent, ZM_KIND_FOREIGN_KEY) && zm_is_index(needed))
		return false;
	return heir == NULL || !zm_needs(twin, heir);
}

/* Does its alteration tell the server more than settings?  What reads the same
 * keeps to what it was made of, although it would be made of other things now:
 * of another function of that name, of another operator class by default. */
static bool
says_needs_anew(const ZmDiff *diff, const ZmChange *change)
{
	int count = zm_attribute_count(change->old->kind);

	for (int i = 0; i < count; i++)
	{
		if (zm_attribute_use(change->old->kind, i) != ZM_SETTING &&
			zm_attribute_differs(diff, change->old, change->new, i))
			return true;
	}
	return false;
}

/* Can it go over to the new object while the old one is still there? */
static bool
moves(const ZmObject *dependent, const ZmObject *needed)
{
	if (zm_is_kind(dependent, ZM_KIND_TABLE))
		return zm_is_kind(needed, ZM_KIND_COMPOSITE_TYPE) &&
			   zm_is(dependent, "of type", needed->identity);
	return dependent->kind == zm_kind(ZM_KIND_COLUMN) &&
		   dependent->parent->kind->with_table &&
		   zm_get(dependent, "generated") == NULL &&
		   (needed->kind->names == ZM_NAMES_TYPE ||
			needed->kind == zm_kind(ZM_KIND_COLLATION));
}

/* Off the old object of a change, with its rows. */
static void
move(Spread *spread, ZmChange *change, ZmObject *dependent)
{
	if (zm_is_kind(dependent, ZM_KIND_COLUMN) &&
		zm_is_partition_key(dependent))
		replace(spread, dependent->parent);
	else if (change->new)
		retype(spread, dependent, change);
	else
		replace(spread, dependent);
}

static void
replace(Spread *spread, ZmObject *old)
{
	ZmChange *change =
		zm_diff_change(spread->diff, old, zm_old_twin(spread->diff, old));

	if (change->replaced || change->new == NULL)
		return;
	change->replaced = true;
	spread->queue = lappend(spread->queue, change);
}

/* The column moves over; the type it leaves stays until it has. */
static void
retype(Spread *spread, ZmObject *column, ZmChange *needed)
{
	ZmChange *change = zm_diff_change(spread->diff, column,
									  zm_old_twin(spread->diff, column));

	if (!needed->detour)
		needed->aside = true;
	if (change->retyped)
		return;
	change->retyped = true;
	spread->queue = lappend(spread->queue, change);
}

/* How the types and collations that columns move from wait for that. */
static void
settle_waiting(ZmDiff *diff)
{
	Spread spread = {diff, NIL};
	ListCell *lc;

	foreach (lc, diff->changes)
	{
		if (((ZmChange *) lfirst(lc))->aside)
			spread.queue = lappend(spread.queue, lfirst(lc));
	}
	for (int i = 0; i < list_length(spread.queue); i++)
	{
		ZmChange *change = list_nth(spread.queue, i);

		CHECK_FOR_INTERRUPTS();
		if (change->detour)
			continue;
		if (must_detour(diff, change))
		{
			change->aside = false;
			change->detour = true;
			detour_dependents(&spread, change);
		}
		else
			let_needs_wait(&spread, change);
	}
	list_free(spread.queue);
}

/* Can it be renamed, and be used on under its other name? */
static bool
can_wait(const ZmChange *change)
{
	if (zm_is_kind(change->old, ZM_KIND_BASE_TYPE))
		return false;
	return change->old->kind->names == ZM_NAMES_TYPE ||
		   zm_is_kind(change->old, ZM_KIND_COLLATION);
}

/* Does it, or something that it needs, have to be gone before its successor
 * can be made? */
static bool
must_detour(const ZmDiff *diff, const ZmChange *change)
{
	ListCell *lc;

	if (!can_wait(change))
		return true;
	foreach (lc, needs_with_parts(change->old))
	{
		const ZmChange *needed = zm_old_change(diff, lfirst(lc));

		if (needed == NULL || !leaves(needed))
			continue;
		/* A domain gives its default up when it steps aside. */
		if (zm_is_needed_by_default(change->old, needed->old))
			continue;
		if (needed->detour ||
			(!can_wait(needed) &&
			 (needed->replaced || zm_needs(needed->old, change->old))))
			return true;
	}
	return false;
}

/* What it needs, or the attributes that it is made of. */
static List *
needs_with_parts(const ZmObject *type)
{
	List *needs = type->needs;
	ListCell *lc;

	foreach (lc, type->children)
	{
		const ZmObject *part = lfirst(lc);

		if (zm_is_kind(part, ZM_KIND_ATTRIBUTE))
			needs = list_concat_copy(needs, part->needs);
	}
	return needs;
}

/* What is used under another name keeps what it needs. */
static void
let_needs_wait(Spread *spread, const ZmChange *change)
{
	ListCell *lc;

	foreach (lc, needs_with_parts(change->old))
	{
		ZmChange *needed = zm_old_change(spread->diff, lfirst(lc));

		if (needed == NULL || !needed->replaced || needed->aside)
			continue;
		/* Unless it has given up its default, and that cannot be named under
		 * its other name. */
		if (zm_is_needed_by_default(change->old, needed->old) &&
			!zm_needs(needed->old, change->old))
			continue;
		needed->aside = true;
		spread->queue = lappend(spread->queue, needed);
	}
}

static void
detour_dependents(Spread *spread, const ZmChange *change)
{
	ListCell *lc;

	foreach (lc, change->old->dependents)
	{
		const ZmObject *user = lfirst(lc);
		ZmChange *dependent;

		if (zm_is_kind(user, ZM_KIND_ATTRIBUTE))
			user = user->parent;
		dependent = zm_old_change(spread->diff, user);
		if (dependent && dependent->aside)
			spread->queue = lappend(spread->queue, dependent);
	}
}

/* Draws the consequences of an alteration in place, or of an addition, for what
 * uses the object or all of parent, the old object that it is a part of. */
static void
disturb(Spread *spread, const ZmChange *change, const ZmObject *parent)
{
	const ZmObject *object = change->old ? change->old : change->new;
	ListCell *lc;

	if (zm_rules(object->kind)->disturbs == NULL)
		return;
	foreach (lc, change->old ? change->old->children : NIL)
		disturb_one(spread, change, lfirst(lc));
	foreach (lc, change->old ? change->old->dependents : NIL)
		disturb_one(spread, change, lfirst(lc));
	foreach (lc, parent ? parent->dependents : NIL)
		disturb_one(spread, change, lfirst(lc));
	foreach (lc, parent ? zm_rows_within_others(parent) : NIL)
		disturb_one(spread, change, lfirst(lc));
}

static void
disturb_one(Spread *spread, const ZmChange *change, ZmObject *dependent)
{
	if (zm_old_twin(spread->diff, dependent) == NULL)
		return;
	if (zm_rules(change->new->kind)
			->disturbs(spread->diff, change->old, change->new, dependent))
	{
		replace(spread, dependent);
		zm_old_change(spread->diff, dependent)->hinders = true;
	}
}
