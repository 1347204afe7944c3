/*
 * rules_table.c
 *
 * Columns and their defaults: what is altered in place, what that disturbs,
 * and what a table inherits.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/rules.h"

static bool replaces_column(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);
static bool disturbs_column(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new, const ZmObject *dependent);
static ZmObject *column_carrier(const ZmDiff *diff, const ZmObject *column,
								ZmPhase phase);
static ZmObject *default_carrier(const ZmDiff *diff, const ZmObject *object,
								 ZmPhase phase);
static bool is_linked(const ZmDiff *diff, const ZmObject *link, bool old);

const ZmRules zm_rules_table = {0};

const ZmRules zm_rules_column = {.replaces = replaces_column,
								 .disturbs = disturbs_column,
								 .carrier = column_carrier};

const ZmRules zm_rules_default = {.carrier = default_carrier};

/* A generated column is computed anew; its rows lose nothing by that. */
static bool
replaces_column(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	if (!new->parent->kind->with_table || zm_get(new, "generated") == NULL)
		return false;
	if (zm_differs(old, new, "expression") && !ZM_HAS_SET_EXPRESSION)
		return true;
	return zm_differs(old, new, "generated") || zm_differs(old, new, "type") ||
		   zm_differs(old, new, "collation");
}

bool
zm_column_moves(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	const ZmChange *change = zm_old_change(diff, old);

	return (change && change->retyped) || zm_differs(old, new, "type") ||
		   zm_differs(old, new, "collation");
}

const ZmObject *
zm_table_default(const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, column->children)
	{
		const ZmObject *child = lfirst(lc);

		if (child->kind == zm_kind(ZM_KIND_DEFAULT))
			return child;
	}
	return NULL;
}

/* The server makes indexes and checks over a column anew by itself. */
static bool
disturbs_column(const ZmDiff *diff, const ZmObject *old, const ZmObject *new,
				const ZmObject *dependent)
{
	if (!zm_column_moves(diff, old, new))
		return false;
	switch (zm_kind_id(dependent->kind))
	{
		case ZM_KIND_DEFAULT:
		case ZM_KIND_VIEW:
		case ZM_KIND_MATERIALIZED_VIEW:
		case ZM_KIND_RULE:
		case ZM_KIND_POLICY:
		case ZM_KIND_TRIGGER:
		case ZM_KIND_FUNCTION:
		case ZM_KIND_PROCEDURE:
		case ZM_KIND_FOREIGN_KEY:
		case ZM_KIND_STATISTICS:
		case ZM_KIND_PUBLICATION:
			return true;
		case ZM_KIND_COLUMN: /* is computed from it */
			return zm_get(dependent, "generated") != NULL;
		default:
			return false;
	}
}

ZmObject *
zm_inherited_column(const ZmDiff *diff, const ZmObject *column, bool old)
{
	const ZmSchema *schema = old ? diff->old : diff->new;
	ListCell *lc;

	foreach (lc, column->parent->children)
	{
		const ZmObject *link = lfirst(lc);
		ZmObject *parent;
		ListCell *child;

		if (!is_linked(diff, link, old))
			continue;
		parent = zm_schema_find(schema, zm_kind(ZM_KIND_TABLE),
								zm_get(link, "parent"));
		if (parent == NULL)
			continue;
		foreach (child, parent->children)
		{
			ZmObject *other = lfirst(child);

			if (other->kind == column->kind &&
				strcmp(other->name, column->name) == 0)
				return other;
		}
	}
	return NULL;
}

/* Is it a link to a parent that stands before, through and after? */
static bool
is_linked(const ZmDiff *diff, const ZmObject *link, bool old)
{
	if (link->kind != zm_kind(ZM_KIND_INHERITANCE) &&
		link->kind != zm_kind(ZM_KIND_PARTITION))
		return false;
	return old ? zm_old_change(diff, link) == NULL
			   : zm_new_change(diff, link) == NULL;
}

/* What is done to a column of the parent is done to those that inherit it. */
static ZmObject *
column_carrier(const ZmDiff *diff, const ZmObject *column, ZmPhase phase)
{
	if (zm_get(column, "inherited") == NULL)
		return NULL;
	if (phase == ZM_PHASE_DROP && zm_flag(column, "local"))
		return NULL;
	return zm_inherited_column(diff, column, phase == ZM_PHASE_DROP);
}

/* ADD COLUMN brings its default along to the children. */
static ZmObject *
default_carrier(const ZmDiff *diff, const ZmObject *object, ZmPhase phase)
{
	ZmObject *column;
	const ZmObject *other;

	if (phase != ZM_PHASE_CREATE)
		return NULL;
	column = column_carrier(diff, object->parent, phase);
	if (column == NULL || zm_new_twin(diff, column))
		return NULL;
	other = zm_table_default(column);
	if (other == NULL || zm_differs(object, other, "expression"))
		return NULL;
	return unconstify(ZmObject *, other);
}
