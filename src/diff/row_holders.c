/*
 * row_holders.c
 *
 * Columns that hold rows of a table, and domains' defaults that do, while that
 * is written anew.
 *
 * As long as a column has values with rows of a table in it, be it in arrays or
 * within other types, the server writes that table in no new form.  So the
 * column holds texts meanwhile.  A row must have as many fields as its text: a
 * column that cannot be added otherwise is there before, empty, and what needs
 * no such care is added or dropped by then.  A domain just has no default then,
 * and what else can have such a value in an expression is not there.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/steps.h"

/* Who has rows of a table. */
typedef struct Holders
{
	List *columns; /* ZmObject * */
	List *domains; /* in their defaults */
	List *others;  /* in expressions, within values of other types */
} Holders;

static void add_holders(Holders *holders, const ZmObject *type);
static void add_others(Holders *holders, const ZmObject *type);
static void free_holders(Holders *holders, List *wanted);
static bool keeps_values(const ZmObject *object);
static bool is_over(const ZmObject *domain, const ZmObject *type);
static bool domain_fills(const ZmObject *object);
static void order_holder(ZmSteps *steps, const ZmChange *change,
						 const ZmChange *holder, bool holds);
static void order_written(ZmSteps *steps, const ZmChange *change,
						  const ZmChange *holder, bool given_up, bool held);
static List *add_above(const ZmDiff *diff, List *changes,
					   const ZmChange *change);

List *
zm_row_holders(const ZmObject *table)
{
	Holders holders = {0};

	add_holders(&holders, table);
	free_holders(&holders, holders.columns);
	return holders.columns;
}

List *
zm_rows_in_defaults(const ZmObject *table)
{
	Holders holders = {0};

	add_holders(&holders, table);
	free_holders(&holders, holders.domains);
	return holders.domains;
}

List *
zm_rows_within_others(const ZmObject *type)
{
	Holders holders = {0};

	add_holders(&holders, type);
	free_holders(&holders, holders.others);
	return holders.others;
}

static void
free_holders(Holders *holders, List *wanted)
{
	List *lists[] = {holders->columns, holders->domains, holders->others};

	for (int i = 0; i < lengthof(lists); i++)
	{
		if (lists[i] != wanted)
			list_free(lists[i]);
	}
}

static void
add_holders(Holders *holders, const ZmObject *type)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, type->dependents)
	{
		ZmObject *user = lfirst(lc);

		if (zm_is_kind(user, ZM_KIND_ATTRIBUTE))
			user = user->parent;
		else if (zm_is_kind(user, ZM_KIND_COLUMN))
		{
			if (user->parent == type)
				continue;
			if (zm_is_table_column(user) ||
				zm_is_kind(user->parent, ZM_KIND_MATERIALIZED_VIEW))
			{
				holders->columns =
					list_append_unique_ptr(holders->columns, user);
				continue;
			}
			user = user->parent;
		}
		else if (user->kind->names != ZM_NAMES_TYPE)
			continue;
		if (zm_is_kind(user, ZM_KIND_DOMAIN) && zm_get(user, "default"))
			holders->domains = list_append_unique_ptr(holders->domains, user);
		if (!zm_is_kind(user, ZM_KIND_DOMAIN) || is_over(user, type))
		{
			add_holders(holders, user);
			add_others(holders, user);
		}
	}
}

static void
add_others(Holders *holders, const ZmObject *type)
{
	ListCell *lc;

	foreach (lc, type->dependents)
	{
		if (keeps_values(lfirst(lc)))
			holders->others =
				list_append_unique_ptr(holders->others, lfirst(lc));
	}
}

/* In an expression.  Those of views and of domains' checks don't matter to the
 * server, and columns and domains are told by themselves. */
static bool
keeps_values(const ZmObject *object)
{
	return zm_uses_rows(object) && !zm_is_kind(object, ZM_KIND_COLUMN) &&
		   !zm_is_kind(object, ZM_KIND_DOMAIN) &&
		   !zm_is_kind(object, ZM_KIND_DOMAIN_CONSTRAINT) &&
		   !zm_is_kind(object, ZM_KIND_VIEW) &&
		   !zm_is_kind(object, ZM_KIND_MATERIALIZED_VIEW);
}

/* Is it made of that type?  Else it needs it for its default only. */
static bool
is_over(const ZmObject *domain, const ZmObject *type)
{
	const char *base = zm_get(domain, "type");

	return zm_is_or_array(base, type->identity) ||
		   (zm_is_kind(type, ZM_KIND_RANGE) &&
			zm_is_or_array(base, zm_get(type, "multirange")));
}

bool
zm_rows_are_held(const ZmDiff *diff, const ZmObject *table)
{
	ListCell *lc;

	check_stack_depth();
	if (zm_row_holders(table) != NIL)
		return true;
	foreach (lc, table->dependents)
	{
		const ZmObject *link = lfirst(lc);

		if (zm_is_link(link) && zm_link_stays(diff, link) &&
			zm_rows_are_held(diff, link->parent))
			return true;
	}
	return false;
}

bool
zm_writes_anew(const ZmDiff *diff, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;

	if (new == NULL || !zm_is_kind(new, ZM_KIND_COLUMN) ||
		!zm_is_table_column(new))
		return false;
	if (zm_change_comes(change))
		return zm_is(new, "generated", "stored") || domain_fills(new);
	if (zm_column_moves(diff, old, new))
		return change->retyped || !zm_type_moves_along(diff, old, new);
	return zm_is(new, "generated", "stored") &&
		   zm_differs(old, new, "expression");
}

/* Has its type a default, or something to check? */
static bool
domain_fills(const ZmObject *object)
{
	const ZmObject *domain = zm_domain_of(object);

	return domain &&
		   (zm_get(domain, "default") || zm_flag(domain, "not null") ||
			domain->children != NIL || domain_fills(domain));
}

void
zm_order_row_holders(ZmSteps *steps, const ZmChange *change)
{
	const ZmDiff *diff = steps->diff;
	const ZmObject *column = change->old ? change->old : change->new;
	const ZmObject *old;
	const ZmObject *new;
	List *before;
	List *after;
	ListCell *lc;

	if (!zm_is_kind(column, ZM_KIND_COLUMN) || !zm_is_table_column(column))
		return;
	old = change->old ? column->parent : zm_new_twin(diff, column->parent);
	new = old ? zm_old_twin(diff, old) : NULL;
	if (new == NULL)
		return;
	before = list_concat(zm_row_holders(old), zm_rows_in_defaults(old));
	after = list_concat(zm_row_holders(new), zm_rows_in_defaults(new));
	foreach (lc, before)
	{
		ZmObject *holder = lfirst(lc);
		ZmObject *twin = zm_old_twin(diff, holder);
		const ZmChange *other = zm_old_change(diff, holder);

		if (other)
			order_holder(steps, change, other, list_member_ptr(after, twin));
	}
	foreach (lc, after)
	{
		ZmObject *holder = lfirst(lc);
		ZmObject *twin = zm_new_twin(diff, holder);
		const ZmChange *other = zm_new_change(diff, holder);

		if (other &&
			(zm_change_comes(other) || !list_member_ptr(before, twin)))
			order_written(steps, change, other, false, true);
	}
}

/* Between a change of a column and that of one that has held rows of its
 * table; holds: still does. */
static void
order_holder(ZmSteps *steps, const ZmChange *change, const ZmChange *holder,
			 bool holds)
{
	ZmStepNode *const *own = steps->by_change[change->number];
	ZmStepNode *const *theirs = steps->by_change[holder->number];
	bool writes = zm_writes_anew(steps->diff, change);

	if (zm_change_leaves(holder) || !holds)
	{
		if (writes || zm_change_comes(change))
			order_written(steps, change, holder, true, false);
	}
	else if ((holder->texts || holder->bare) && writes)
		order_written(steps, change, holder, true, true);
	else if (holder->texts)
	{
		zm_steps_edge(steps, own[ZM_PHASE_DROP], theirs[ZM_PHASE_ASIDE]);
		zm_steps_edge(steps, own[ZM_PHASE_CREATE], theirs[ZM_PHASE_ASIDE]);
	}
}

/* The steps in which a table is written anew come behind the one in which its
 * rows are given up, and before the one in which they are held. */
static void
order_written(ZmSteps *steps, const ZmChange *change, const ZmChange *holder,
			  bool given_up, bool held)
{
	ZmStepNode *const *theirs = steps->by_change[holder->number];
	ZmStepNode *begin = theirs[ZM_PHASE_ALTER];
	ZmStepNode *end = theirs[ZM_PHASE_ALTER];
	ListCell *lc;

	if (zm_change_leaves(holder) && !holder->bare)
		begin = theirs[ZM_PHASE_DROP];
	else if (holder->texts || holder->bare)
		begin = theirs[ZM_PHASE_ASIDE];
	if (zm_change_comes(holder))
		end = theirs[ZM_PHASE_CREATE];
	foreach (lc, add_above(steps->diff, NIL, change))
	{
		const ZmChange *written = lfirst(lc);
		ZmStepNode *const *own = steps->by_change[written->number];
		static const ZmPhase phases[] = {ZM_PHASE_ASIDE, ZM_PHASE_ALTER,
										 ZM_PHASE_CREATE};

		for (int i = 0; i < lengthof(phases); i++)
		{
			ZmStepNode *step = own[phases[i]];

			if (phases[i] == ZM_PHASE_ASIDE && written->early)
				zm_steps_edge(steps, step, begin);
			else if (given_up)
				zm_steps_edge(steps, begin, step);
			if (held)
				zm_steps_edge(steps, step, end);
		}
	}
}

/* The change, and those with which it is done: of columns of the tables above,
 * or of an attribute of the table's type. */
static List *
add_above(const ZmDiff *diff, List *changes, const ZmChange *change)
{
	bool old = change->old != NULL;
	const ZmObject *column = old ? change->old : change->new;
	const ZmObject *attribute;
	ListCell *lc;

	changes = lappend(changes, unconstify(ZmChange *, change));
	if (!zm_is_kind(column, ZM_KIND_COLUMN))
		return changes;
	foreach (lc, zm_parent_columns(diff, column))
	{
		const ZmChange *above = old ? zm_old_change(diff, lfirst(lc))
									: zm_new_change(diff, lfirst(lc));

		if (above)
			changes = add_above(diff, changes, above);
	}
	attribute = zm_followed_attribute(diff, column, old);
	if (attribute)
	{
		const ZmChange *above = old ? zm_old_change(diff, attribute)
									: zm_new_change(diff, attribute);

		if (above)
			changes = lappend(changes, unconstify(ZmChange *, above));
	}
	return changes;
}
