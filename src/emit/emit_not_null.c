/*
 * emit_not_null.c
 *
 * Statements for columns that are not null.
 *
 * Since 18 a constraint with a name says so, one per column.  Before, the
 * column had a mark, and the attributes about the constraint are not set.
 *
 * Rule: a constraint that the server would name as it is to be named is not
 * named here.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void get_name_from_above(ZmEmit *emit, const ZmObject *column);
static void set_not_null(ZmEmit *emit, const ZmObject *column, bool only,
						 int hazards);
static void set_below_first(ZmEmit *emit, const ZmObject *column, int hazards);
static bool has_already(ZmEmit *emit, const ZmObject *column);
static ZmStatementOut *add_constraint(ZmEmit *emit, const ZmObject *column,
									  bool check);
static void set_online(ZmEmit *emit, const ZmObject *column);
static bool holds_row(const ZmObject *column);
static void set_through_check(ZmEmit *emit, const ZmObject *column);
static void change_not_null(ZmEmit *emit, const ZmObject *old,
							const ZmObject *new);
static bool passed_on(const ZmEmit *emit, const ZmObject *old,
					  const ZmObject *new, bool not_null);
static bool all_agree(const ZmEmit *emit, const ZmObject *column);
static void keep_below(ZmEmit *emit, const ZmObject *column);
static void alter_constraint(ZmEmit *emit, const ZmObject *old,
							 const ZmObject *new);
static bool validated_above(const ZmEmit *emit, const ZmObject *new);
static void comment_below(ZmEmit *emit, const ZmObject *column);
static void comment(ZmEmit *emit, const ZmObject *old, const ZmObject *new);

char *
zm_not_null_clause(ZmEmit *emit, const ZmObject *column)
{
	StringInfoData text;

	if (!zm_flag(column, "not null") || zm_flag(column, "not null not valid"))
		return "";
	zm_free_not_null_name(emit, column, zm_not_null_name(column));
	initStringInfo(&text);
	if (!zm_not_null_is_usual(emit, column))
		appendStringInfo(&text, " CONSTRAINT %s",
						 zm_identifier(zm_not_null_name(column)));
	appendStringInfo(&text, " NOT NULL%s",
					 zm_flag(column, "not null no inherit") ? " NO INHERIT"
															: "");
	return text.data;
}

void
zm_emit_not_null_rest(ZmEmit *emit, const ZmObject *column, bool said)
{
	if (zm_flag(column, said ? "not null not valid" : "not null"))
		set_not_null(emit, column, false, 0);
	else
		zm_not_null_named(emit, column, zm_not_null_name(column));
	comment(emit, NULL, column);
}

void
zm_emit_not_null_below(ZmEmit *emit, const ZmObject *above,
					   const ZmObject *column)
{
	bool wanted = zm_flag(column, "not null");

	if (above)
		zm_not_null_named(emit, column, zm_not_null_name_now(emit, above));
	if (wanted && above == NULL)
		set_not_null(emit, column, true, 0);
	else if (!wanted && above)
		(void) zm_alter_column(emit, column, true, "DROP NOT NULL");
	comment(emit, NULL, column);
}

void
zm_emit_not_null(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	bool kept = zm_flag(old, "not null") && zm_flag(new, "not null");

	if (zm_differs(old, new, "not null"))
	{
		if (!passed_on(emit, old, new, zm_flag(new, "not null")))
			change_not_null(emit, old, new);
		else if (zm_flag(new, "not null"))
			get_name_from_above(emit, new);
		if (!zm_flag(new, "not null"))
			zm_not_null_named(emit, new, NULL);
	}
	else if (kept && zm_not_null_name(new) &&
			 !zm_not_null_is_made(emit, new) &&
			 !passed_on(emit, old, new, false))
		alter_constraint(emit, old, new);
	comment(emit, kept ? old : NULL, new);
}

/* One that the parent's constraint has brought, unless it had to be made with
 * another name. */
static void
get_name_from_above(ZmEmit *emit, const ZmObject *column)
{
	ListCell *lc;

	if (zm_not_null_is_made(emit, column))
		return;
	foreach (lc, zm_standing_parent_columns(emit->diff, column))
	{
		if (zm_hands_down_not_null(lfirst(lc)))
			zm_not_null_named(emit, column,
							  zm_not_null_name_now(emit, lfirst(lc)));
	}
}

static void
set_not_null(ZmEmit *emit, const ZmObject *column, bool only, int hazards)
{
	bool not_valid = zm_flag(column, "not null not valid");

	/* There, what is not for tables below is a property of the constraint. */
	if (ZM_HAS_NOT_NULL_CONSTRAINTS)
	{
		only = false;
		if (!zm_flag(column, "not null no inherit"))
			set_below_first(emit, column, hazards);
	}
	zm_free_not_null_name(emit, column, zm_not_null_name(column));
	if (zm_not_null_is_usual(emit, column) && !not_valid &&
		!zm_flag(column, "not null no inherit"))
		zm_emit_hazard(zm_alter_column(emit, column, only, "SET NOT NULL"),
					   hazards);
	else
		zm_emit_hazard(add_constraint(emit, column, !not_valid),
					   not_valid ? 0 : hazards);
	zm_not_null_made(emit, column);
}

/* Tables below get the constraint as it is here, unless they have one. */
static void
set_below_first(ZmEmit *emit, const ZmObject *column, int hazards)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		const ZmObject *child = lfirst(lc);

		if (!zm_flag(child, "not null"))
			continue;
		if (has_already(emit, child))
			continue;
		if (zm_differs(column, child, "not null not valid") ||
			strcmp(zm_not_null_name(column), zm_not_null_name(child)) != 0)
			set_not_null(emit, child, false, hazards);
		else
		{
			set_below_first(emit, child, hazards);
			zm_not_null_made(emit, child);
		}
	}
}

/* One that was not for tables below gets in the way of what comes from above. */
static bool
has_already(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *before = zm_new_twin(emit->diff, column);

	if (before == NULL || zm_change_comes(zm_new_change(emit->diff, column)) ||
		zm_not_null_name_now(emit, before) == NULL)
		return false;
	zm_settle_not_null_name(emit, column);
	if (zm_hands_down_not_null(column) &&
		!zm_not_null_inherits_now(emit, before))
		zm_emit_not_null_inherit(emit, before, true);
	return true;
}

/* check: also the rows that are there. */
static ZmStatementOut *
add_constraint(ZmEmit *emit, const ZmObject *column, bool check)
{
	const ZmObject *table = column->parent;
	ZmStatementOut *statement;

	zm_emit_free_name(emit, column, zm_not_null_name(column));
	statement = zm_emit(
		emit, "alter", column, "ALTER %s %s ADD CONSTRAINT %s NOT NULL %s%s%s",
		table->kind->sql, table->identity,
		zm_identifier(zm_not_null_name(column)), zm_identifier(column->name),
		zm_flag(column, "not null no inherit") ? " NO INHERIT" : "",
		check ? "" : " NOT VALID");

	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	return statement;
}

static void
set_online(ZmEmit *emit, const ZmObject *column)
{
	if (!ZM_HAS_NOT_NULL_CONSTRAINTS)
	{
		if (holds_row(column))
			set_not_null(emit, column, false,
						 ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
		else
			set_through_check(emit, column);
		return;
	}
	zm_free_not_null_name(emit, column, zm_not_null_name(column));
	add_constraint(emit, column, false)->commit_after = true;
	zm_not_null_made(emit, column);
	if (!zm_flag(column, "not null not valid"))
		zm_emit_validate(emit, column, zm_not_null_name(column));
}

/* A row is asked by IS NOT NULL whether all of its fields have values. */
static bool
holds_row(const ZmObject *column)
{
	const ZmObject *base = zm_domain_base(column);
	ListCell *lc;

	foreach (lc, base->needs)
	{
		const ZmObject *type = lfirst(lc);

		if ((zm_is_kind(type, ZM_KIND_COMPOSITE_TYPE) ||
			 type->kind->names == ZM_NAMES_RELATION) &&
			zm_is(base, "type", type->identity))
			return true;
	}
	return false;
}

/* SET NOT NULL takes the word of a check that has been validated. */
static void
set_through_check(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *table = column->parent;
	char *name = zm_spare_name(emit->diff, column, "_not_null");
	const char *quoted = zm_identifier(name);
	ZmStatementOut *statement;

	statement = zm_emit(
		emit, "alter", column,
		"ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID",
		table->identity, quoted, zm_identifier(column->name));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	statement->commit_after = true;
	zm_emit_validate(emit, column, name);
	(void) zm_alter_column(emit, column, false, "SET NOT NULL");
	statement =
		zm_emit(emit, "alter", column, "ALTER TABLE %s DROP CONSTRAINT %s",
				table->identity, quoted);
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
}

/* For this table and those below, unless one of them wants it otherwise. */
static void
change_not_null(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	bool partitioned = zm_is_partitioned(new->parent);
	bool only = !all_agree(emit, new) && !partitioned;

	if (!zm_flag(new, "not null"))
	{
		(void) zm_alter_column(emit, new, only, "DROP NOT NULL");
		if (only)
			zm_not_null_named(emit, old, NULL);
		else
		{
			zm_not_null_dropped(emit, old);
			keep_below(emit, new);
		}
	}
	else if (emit->diff->options->online && !partitioned &&
			 !zm_has_children(emit->diff, new->parent))
		set_online(emit, new);
	else
		set_not_null(emit, new, only,
					 ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
}

/* Did the parent's column become not null, or cease to be, and this one with
 * it?  What a table says itself outlives the parent's constraint. */
static bool
passed_on(const ZmEmit *emit, const ZmObject *old, const ZmObject *new,
		  bool not_null)
{
	ListCell *lc;

	if (!not_null && zm_flag(old, "not null local"))
		return false;
	foreach (lc, zm_standing_parent_columns(emit->diff, new))
	{
		const ZmObject *parent = lfirst(lc);
		const ZmObject *before = zm_new_twin(emit->diff, parent);

		if (zm_hands_down_not_null(not_null ? parent : before) &&
			!zm_hands_down_not_null(not_null ? before : parent) &&
			zm_flag(parent, "not null") == not_null &&
			(zm_is_partitioned(parent->parent) || all_agree(emit, parent)))
			return true;
	}
	return false;
}

static bool
all_agree(const ZmEmit *emit, const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		if (zm_differs(column, lfirst(lc), "not null") ||
			!all_agree(emit, lfirst(lc)))
			return false;
	}
	return true;
}

/* A partition may be stricter than its parent. */
static void
keep_below(ZmEmit *emit, const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		const ZmObject *child = lfirst(lc);
		const ZmObject *before = zm_new_twin(emit->diff, child);

		if (zm_flag(child, "not null") &&
			!(before && zm_flag(before, "not null local")))
			set_not_null(emit, child, false, ZM_HAZARD_FULL_SCAN);
	}
}

/* Of a column that stays not null. */
static void
alter_constraint(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *want = zm_get(new, "not null name");
	const char *have = zm_not_null_name_now(emit, old);

	if (want == NULL)
		; /* it is the parent's */
	else if (zm_flag(new, "not null not valid") &&
			 !zm_flag(old, "not null not valid"))
	{
		(void) zm_alter_column(emit, new, false, "DROP NOT NULL");
		zm_not_null_dropped(emit, old);
		set_not_null(emit, new, false,
					 ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
		comment_below(emit, new);
		return;
	}
	else if (strcmp(have, want) != 0)
		zm_rename_not_null(emit, old, new);
	if (zm_differs(old, new, "not null no inherit") &&
		zm_not_null_inherits_now(emit, old) != zm_hands_down_not_null(new))
	{
		if (zm_hands_down_not_null(new))
			set_below_first(emit, new,
							ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
		zm_emit_not_null_inherit(emit, old, zm_hands_down_not_null(new));
	}
	if (zm_flag(old, "not null not valid") &&
		!zm_flag(new, "not null not valid") && !validated_above(emit, new))
		zm_emit_validate(emit, new, want ? want : have);
}

static bool
validated_above(const ZmEmit *emit, const ZmObject *new)
{
	ListCell *lc;

	foreach (lc, zm_standing_parent_columns(emit->diff, new))
	{
		const ZmObject *parent = lfirst(lc);
		const ZmObject *before = zm_new_twin(emit->diff, parent);

		if (zm_flag(before, "not null not valid") &&
			zm_hands_down_not_null(parent) &&
			!zm_flag(parent, "not null not valid"))
			return true;
	}
	return false;
}

/* Of those below that have been made anew, though nothing else is done to their
 * columns. */
static void
comment_below(ZmEmit *emit, const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		const ZmObject *child = lfirst(lc);
		const ZmChange *change = zm_new_change(emit->diff, child);

		if (!zm_not_null_is_made(emit, child))
			continue;
		if (change == NULL || !change->structural)
			comment(emit, NULL, child);
		comment_below(emit, child);
	}
}

/* old is NULL if the constraint has just been made. */
static void
comment(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *text = zm_get(new, "not null comment");
	bool kept = old && !zm_not_null_is_made(emit, new);

	if (zm_not_null_name(new) == NULL ||
		zm_same_text(kept ? zm_get(old, "not null comment") : NULL, text))
		return;
	zm_emit(emit, "comment", new, "COMMENT ON CONSTRAINT %s ON %s IS %s",
			zm_identifier(zm_not_null_name_now(emit, old ? old : new)),
			new->parent->identity, text ? zm_literal(text) : "NULL");
}
