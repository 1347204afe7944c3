/*
 * rows.c
 *
 * Rows as values: which columns hold rows of which tables.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rows.h"

static void find_holders(const ZmDiff *diff, const ZmObject *type,
						 List **holders);
static void add_holder(const ZmDiff *diff, ZmObject *column, List **holders);
static void find_held(const ZmObject *holder, List **tables);
static void add_held(ZmObject *table, List **tables);

List *
zm_row_holders(const ZmDiff *diff, const ZmObject *table)
{
	List *holders = NIL;

	find_holders(diff, table, &holders);
	return holders;
}

List *
zm_rows_held(const ZmObject *column)
{
	List *tables = NIL;

	find_held(column, &tables);
	return tables;
}

/* Defaults and numbers are filled in later, by an UPDATE. */
bool
zm_goes_through_rows(const ZmDiff *diff, const ZmObject *old,
					 const ZmObject *new)
{
	ListCell *lc;

	if (!zm_is_kind(new, ZM_KIND_COLUMN) || !zm_is_table_column(new))
		return false;
	if (old)
		return zm_column_moves(diff, old, new);
	foreach (lc, new->needs)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_DOMAIN))
			return true;
	}
	return zm_is(new, "generated", "stored");
}

bool
zm_keeps_from_text(const ZmObject *user)
{
	if (zm_is_kind(user, ZM_KIND_COLUMN))
		return zm_get(user, "generated");
	return !zm_is_kind(user, ZM_KIND_SEQUENCE);
}

static void
find_holders(const ZmDiff *diff, const ZmObject *type, List **holders)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, type->dependents)
	{
		ZmObject *dependent = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		if (zm_is_kind(dependent, ZM_KIND_COLUMN))
			add_holder(diff, dependent, holders);
		else if (zm_is_kind(dependent, ZM_KIND_ATTRIBUTE) ||
				 zm_is_link(dependent))
			find_holders(diff, dependent->parent, holders);
		else if (dependent->kind->names == ZM_NAMES_TYPE)
			find_holders(diff, dependent, holders);
	}
}

/* A view has no rows of its own, but there may be some of its row type. */
static void
add_holder(const ZmDiff *diff, ZmObject *column, List **holders)
{
	if (list_member_ptr(*holders, column))
		return;
	find_holders(diff, column->parent, holders);
	if ((zm_is_kind(column->parent, ZM_KIND_TABLE) ||
		 zm_is_kind(column->parent, ZM_KIND_MATERIALIZED_VIEW)) &&
		zm_parent_columns(diff, column) == NIL)
		*holders = lappend(*holders, column);
}

static void
find_held(const ZmObject *holder, List **tables)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, holder->needs)
	{
		ZmObject *needed = lfirst(lc);
		ListCell *part;

		if (needed->kind->names == ZM_NAMES_RELATION)
			add_held(needed, tables);
		else if (needed->kind->names == ZM_NAMES_TYPE)
		{
			find_held(needed, tables);
			foreach (part, needed->children)
			{
				if (zm_is_kind(lfirst(part), ZM_KIND_ATTRIBUTE))
					find_held(lfirst(part), tables);
			}
		}
	}
}

static void
add_held(ZmObject *table, List **tables)
{
	ListCell *lc;

	if (list_member_ptr(*tables, table))
		return;
	*tables = lappend(*tables, table);
	foreach (lc, table->children)
	{
		const ZmObject *part = lfirst(lc);

		if (zm_is_kind(part, ZM_KIND_COLUMN))
			find_held(part, tables);
		else if (zm_is_link(part) && zm_link_parent(part))
			add_held(zm_link_parent(part), tables);
	}
}
