/*
 * rules_table.c
 *
 * Columns, their defaults, and tables under tables: what is altered in place,
 * what that disturbs, and what a parent table passes on.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/types.h"

static bool replaces_table(const ZmDiff *diff, const ZmObject *old,
						   const ZmObject *new);
static List *awaited_by_table(const ZmDiff *diff, const ZmObject *table);
static bool replaces_column(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);
static bool keeps_expression(const ZmDiff *diff, const ZmObject *old);
static bool disturbs_column(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new, const ZmObject *dependent);
static bool is_filled(const ZmObject *column);
static bool uses_row_of(const ZmObject *table, const ZmObject *dependent);
static bool key_conflicts(const ZmDiff *diff, const ZmObject *key);
static int columns_that_move(const ZmDiff *diff, const ZmObject *dependent);
static bool columns_move_apart(const ZmDiff *diff, const ZmObject *dependent);
static const ZmObject *moved_by(const ZmDiff *diff, const ZmObject *column);
static bool loses_cast(const ZmDiff *diff, const ZmObject *dependent);
static ZmObject *carrier_of_column(const ZmDiff *diff, const ZmObject *column,
								   ZmPhase phase);
static ZmObject *dropped_above(const ZmDiff *diff, const ZmObject *column);
static int count_left(const ZmDiff *diff, const ZmObject *column);
static ZmObject *added_above(const ZmDiff *diff, const ZmObject *column);
static List *obeyed_by_column(const ZmDiff *diff, const ZmObject *column);
static bool folds_default(const ZmObject *object);
static ZmObject *carrier_of_default(const ZmDiff *diff, const ZmObject *object,
									ZmPhase phase);

const ZmRules zm_rules_table = {.replaces = replaces_table,
								.awaits = awaited_by_table};

const ZmRules zm_rules_column = {.replaces = replaces_column,
								 .disturbs = disturbs_column,
								 .carrier = carrier_of_column,
								 .awaits = zm_awaited_by_column,
								 .obeys = obeyed_by_column};

const ZmRules zm_rules_default = {.folds = folds_default,
								  .carrier = carrier_of_default};

/* The columns of a table that becomes one of a type must stand as they do
 * there; new ones come last. */
static bool
replaces_table(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	bool added = false;
	int last = 0;
	ListCell *lc;

	if (!zm_is_typed(new) || !zm_differs(old, new, "of type"))
		return false;
	foreach (lc, zm_columns_in_order(new))
	{
		const ZmObject *before = zm_new_twin(diff, lfirst(lc));
		int position = before ? atoi(zm_get(before, "position")) : 0;

		if (before && (added || position < last))
			return true;
		added = before == NULL;
		last = position;
	}
	return false;
}

/* A permanent table refers to permanent ones only: those come first when they
 * become so, and last when they cease to be. */
static List *
awaited_by_table(const ZmDiff *diff, const ZmObject *table)
{
	bool permanent = zm_get(table, "persistence") == NULL;
	const ZmObject *old;
	List *tables = NIL;
	ListCell *lc;

	if (zm_schema_find(diff->new, table->kind, table->identity) != table)
		return NIL;
	old = zm_new_twin(diff, table);
	if (old == NULL || !zm_differs(old, table, "persistence"))
		return NIL;
	foreach (lc, table->children)
	{
		const ZmObject *child = lfirst(lc);
		ListCell *dependent;

		if (permanent && zm_is_kind(child, ZM_KIND_FOREIGN_KEY) &&
			zm_referenced_table(child))
			tables = lappend(tables, zm_referenced_table(child));
		if (permanent || !zm_is_kind(child, ZM_KIND_COLUMN))
			continue;
		foreach (dependent, child->dependents)
		{
			const ZmObject *key = lfirst(dependent);

			if (zm_is_kind(key, ZM_KIND_FOREIGN_KEY))
				tables = lappend(tables, key->parent);
		}
	}
	return tables;
}

/* A generated column is computed anew: its rows lose nothing by that. */
static bool
replaces_column(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const char *before = zm_get(old, "generated");
	const char *after = zm_get(new, "generated");

	if (!zm_is_table_column(new))
		return false;
	if (after == NULL)
		return before && strcmp(before, "virtual") == 0;
	if (!zm_same_text(before, after) || zm_differs(old, new, "type") ||
		zm_differs(old, new, "collation"))
		return true;
	return zm_differs(old, new, "expression") &&
		   (!ZM_HAS_SET_EXPRESSION ||
			(strcmp(after, "virtual") == 0 && keeps_expression(diff, old)));
}

/* The server changes what a virtual column is in no table with checks, or that
 * is published, nor below one. */
static bool
keeps_expression(const ZmDiff *diff, const ZmObject *old)
{
	const ZmObject *table = old->parent;
	ListCell *lc;

	foreach (lc, table->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_CONSTRAINT) &&
			zm_is(lfirst(lc), "type", "check") &&
			zm_old_twin(diff, lfirst(lc)))
			return true;
	}
	foreach (lc, table->dependents)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_PUBLICATION_TABLE) &&
			zm_old_twin(diff, lfirst(lc)))
			return true;
	}
	foreach (lc, zm_child_columns(diff, old))
	{
		if (keeps_expression(diff, lfirst(lc)))
			return true;
	}
	return false;
}

/* What the server refuses to keep over a column whose type changes.  It makes
 * indexes, checks and statistics anew by itself, from their text. */
static bool
disturbs_column(const ZmDiff *diff, const ZmObject *old, const ZmObject *new,
				const ZmObject *dependent)
{
	const ZmChange *change;

	if (!zm_is_table_column(new))
		return false;
	if (old == NULL)
		return (is_filled(new) ||
				zm_writes_anew(diff, zm_new_change(diff, new))) &&
			   !zm_is_kind(dependent, ZM_KIND_VIEW) &&
			   !zm_is_kind(dependent, ZM_KIND_MATERIALIZED_VIEW) &&
			   uses_row_of(zm_new_twin(diff, new->parent), dependent);
	if (!zm_column_moves(diff, old, new))
		return false;
	if (dependent->parent != old && !zm_needs(dependent, old))
		return uses_row_of(old->parent, dependent);
	change = zm_old_change(diff, old);
	switch (zm_kind_id(dependent->kind))
	{
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
		case ZM_KIND_RULE:
		case ZM_KIND_POLICY:
		case ZM_KIND_TRIGGER:
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
		case ZM_KIND_PUBLICATION_TABLE:
		case ZM_KIND_DOMAIN_CONSTRAINT:
			return true;
		case ZM_KIND_COLUMN:
			return zm_get(dependent, "generated") &&
				   !zm_keeps_what_it_got(diff, dependent);
		case ZM_KIND_DEFAULT:
			return change->retyped ||
				   !zm_types_alike(zm_get(old, "type"), zm_get(new, "type"));
		case ZM_KIND_FOREIGN_KEY:
			return change->retyped || key_conflicts(diff, dependent);
		case ZM_KIND_INDEX:
		case ZM_KIND_CONSTRAINT:
		case ZM_KIND_STATISTICS:
			/* Its text may mean nothing while only one of them has moved, or
			 * what was a row is a text, or without a cast. */
			return change->texts || columns_that_move(diff, dependent) > 1 ||
				   columns_move_apart(diff, dependent) ||
				   loses_cast(diff, dependent);
		default:
			return false;
	}
}

/* Does a new column have something in each row that is there? */
static bool
is_filled(const ZmObject *column)
{
	if (zm_get(column, "generated") || zm_identity_sequence(column))
		return true;
	return column->children != NIL; /* a default */
}

/* Can it have a row of another table in it, as a value, and has it to be gone
 * while that changes?  A domain only gives its default up. */
static bool
uses_row_of(const ZmObject *table, const ZmObject *dependent)
{
	const ZmObject *whole = dependent;

	while (whole->parent)
		whole = whole->parent;
	return whole != table && zm_uses_rows(dependent) &&
		   !zm_is_kind(dependent, ZM_KIND_DOMAIN);
}

bool
zm_uses_rows(const ZmObject *object)
{
	switch (zm_kind_id(object->kind))
	{
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
			return zm_stores_expression(object);
		case ZM_KIND_COLUMN:
			return zm_is_table_column(object) && zm_get(object, "generated");
		case ZM_KIND_DOMAIN:
			return zm_get(object, "default");
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
			return zm_flag(object, "makes rows");
		case ZM_KIND_DEFAULT:
		case ZM_KIND_CONSTRAINT:
		case ZM_KIND_DOMAIN_CONSTRAINT:
		case ZM_KIND_INDEX:
		case ZM_KIND_STATISTICS:
		case ZM_KIND_POLICY:
		case ZM_KIND_RULE:
		case ZM_KIND_TRIGGER:
			return true;
		default:
			return false;
	}
}

bool
zm_keeps_what_it_got(const ZmDiff *diff, const ZmObject *column)
{
	const ZmObject *twin;

	if (!zm_is_kind(column, ZM_KIND_COLUMN) ||
		!zm_is(column, "generated", "stored"))
		return false;
	twin = zm_old_twin(diff, column);
	return twin && zm_get(twin, "generated") == NULL;
}

/* The server would make it anew after each single ALTER, when one side may
 * have moved already and the other one not. */
static bool
key_conflicts(const ZmDiff *diff, const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, key->needs)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *twin;

		if (column->kind != zm_kind(ZM_KIND_COLUMN))
			continue;
		twin = zm_old_twin(diff, column);
		if (twin && zm_differs(column, twin, "type") &&
			!zm_types_refer(zm_get(column, "type"), zm_get(twin, "type")))
			return true;
	}
	return false;
}

static int
columns_that_move(const ZmDiff *diff, const ZmObject *dependent)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, dependent->needs)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *twin;

		if (column->kind != zm_kind(ZM_KIND_COLUMN))
			continue;
		twin = zm_old_twin(diff, column);
		if (twin && zm_differs(column, twin, "type"))
			count++;
	}
	return count;
}

/* Do some move with a parent table's, and others by themselves or with another
 * one's?  Those of one table move by one statement. */
static bool
columns_move_apart(const ZmDiff *diff, const ZmObject *dependent)
{
	const ZmObject *first = NULL;
	ListCell *lc;

	foreach (lc, dependent->needs)
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *table;

		if (!zm_is_kind(column, ZM_KIND_COLUMN) ||
			!zm_column_moves(diff, column, zm_old_twin(diff, column)))
			continue;
		table = moved_by(diff, column);
		if (first && table != first)
			return true;
		first = table;
	}
	return false;
}

/* The table that is told, maybe for those below it. */
static const ZmObject *
moved_by(const ZmDiff *diff, const ZmObject *column)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, zm_parent_columns(diff, column))
	{
		const ZmObject *above = lfirst(lc);

		if (zm_column_moves(diff, above, zm_old_twin(diff, above)))
			return moved_by(diff, above);
	}
	return column->parent;
}

static bool
loses_cast(const ZmDiff *diff, const ZmObject *dependent)
{
	ListCell *lc;

	foreach (lc, dependent->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_CAST) &&
			zm_change_leaves(zm_old_change(diff, lfirst(lc))))
			return true;
	}
	return false;
}

/* What is done to a parent's column is done to those that come from it, and
 * what is done to a type to the tables that are made of it. */
static ZmObject *
carrier_of_column(const ZmDiff *diff, const ZmObject *column, ZmPhase phase)
{
	if (!zm_is_table_column(column))
		return NULL;
	if (zm_is_typed(column->parent))
		return zm_followed_attribute(diff, column, phase == ZM_PHASE_DROP);
	return phase == ZM_PHASE_DROP ? dropped_above(diff, column)
								  : added_above(diff, column);
}

/* One that goes as well, if none stays that it comes from. */
static ZmObject *
dropped_above(const ZmDiff *diff, const ZmObject *column)
{
	List *above = zm_parent_columns(diff, column);
	const char *inherited = zm_get(column, "inherited");
	ListCell *lc;

	if (above == NIL ||
		list_length(above) + count_left(diff, column) != atoi(inherited))
		return NULL;
	foreach (lc, above)
	{
		if (!zm_change_leaves(zm_old_change(diff, lfirst(lc))))
			return NULL;
	}
	return linitial(above);
}

/* The tables that the column comes from, too, but that its own leaves before. */
static int
count_left(const ZmDiff *diff, const ZmObject *column)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, column->parent->children)
	{
		const ZmObject *link = lfirst(lc);
		const ZmObject *parent =
			zm_is_link(link) ? zm_link_parent(link) : NULL;

		if (parent && !zm_link_stays(diff, link) &&
			zm_table_column(parent, column->name))
			count++;
	}
	return count;
}

static ZmObject *
added_above(const ZmDiff *diff, const ZmObject *column)
{
	ListCell *lc;

	/* One that is there is merged, with the default that it has. */
	if (!zm_change_comes(zm_new_change(diff, column)))
		return NULL;
	foreach (lc, zm_parent_columns(diff, column))
	{
		if (zm_change_comes(zm_new_change(diff, lfirst(lc))))
			return lfirst(lc);
	}
	return NULL;
}

static List *
obeyed_by_column(const ZmDiff *diff, const ZmObject *column)
{
	return zm_is_table_column(column) ? zm_parent_columns(diff, column) : NIL;
}

/* A view has no place for it in its CREATE. */
static bool
folds_default(const ZmObject *object)
{
	return zm_is_table_column(object->parent);
}

/* ADD COLUMN brings its default along to all tables below. */
static ZmObject *
carrier_of_default(const ZmDiff *diff, const ZmObject *object, ZmPhase phase)
{
	ZmObject *top = NULL;
	ListCell *lc;

	if (phase != ZM_PHASE_CREATE || !zm_is_table_column(object->parent))
		return NULL;
	for (ZmObject *above = added_above(diff, object->parent); above;
		 above = added_above(diff, above))
		top = above;
	foreach (lc, top ? top->children : NIL)
	{
		ZmObject *other = lfirst(lc);

		if (other->kind == object->kind &&
			!zm_differs(object, other, "expression"))
			return other;
	}
	return NULL;
}

/* A table is put under another one when both have the columns, and taken from
 * there before these change. */
List *
zm_awaited_by_link(const ZmDiff *diff, const ZmObject *link)
{
	const ZmObject *tables[2] = {link->parent, zm_link_parent(link)};
	List *awaited = NIL;

	for (int i = 0; i < lengthof(tables); i++)
	{
		ListCell *lc;

		foreach (lc, tables[i] ? tables[i]->children : NIL)
		{
			if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
				awaited = lappend(awaited, lfirst(lc));
		}
	}
	return awaited;
}
