/*
 * emit_column.c
 *
 * Statements for columns and their defaults.
 *
 * Rule: rows stay.  A change of type is an ALTER, and what the parent of a
 * table passes on is left to it; what it passes on although the table below
 * wants it otherwise is put right behind.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/types.h"
#include "emit/emitters.h"

static void create_column(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_column(ZmEmit *emit, const ZmChange *change);
static void drop_column(ZmEmit *emit, const ZmChange *change);
static void create_default(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_default(ZmEmit *emit, const ZmChange *change);
static void drop_default(ZmEmit *emit, const ZmChange *change);
static void settle_toast(ZmEmit *emit, const ZmObject *table);
static bool has_held_rows(const ZmEmit *emit, const ZmObject *table);
static void fill_later(ZmEmit *emit, const ZmObject *column,
					   const char *value);
static bool cannot_get_identity(const ZmEmit *emit, const ZmObject *table);
static void count_later(ZmEmit *emit, const ZmObject *column);
static void update_rows(ZmEmit *emit, const ZmObject *column,
						const char *value);
static void put_children_right(ZmEmit *emit, const ZmObject *column,
							   const ZmObject *below, const char *value);
static void set_expression(ZmEmit *emit, const ZmObject *column);
static void keep_expressions_below(ZmEmit *emit, const ZmObject *column);
static void drop_from(ZmEmit *emit, const ZmChange *change,
					  const ZmObject *column);
static void drop_below(ZmEmit *emit, const ZmChange *change,
					   const ZmObject *column, bool all);
static bool passed_on(const ZmEmit *emit, const ZmObject *old,
					  const ZmObject *new, const char *attribute);
static void alter_type(ZmEmit *emit, const ZmChange *change);
static void put_aside_column(ZmEmit *emit, const ZmChange *change);
static bool is_aside_above(const ZmEmit *emit, const ZmObject *column,
						   bool early);
static void add_empty(ZmEmit *emit, const ZmObject *column);

const ZmEmitter zm_emitter_column = {.create = create_column,
									 .alter = alter_column,
									 .drop = drop_column,
									 .aside = put_aside_column};

const ZmEmitter zm_emitter_default = {
	.create = create_default, .alter = alter_default, .drop = drop_default};

char *
zm_column_clause(ZmEmit *emit, const ZmObject *column, const char *value)
{
	List *options = zm_get_list(column, "foreign options");
	const char *collation = zm_get(column, "collation");

	return psprintf(
		"%s %s%s%s%s%s", zm_identifier(column->name), zm_get(column, "type"),
		options ? psprintf(" OPTIONS (%s)", zm_generic_options(options)) : "",
		collation ? " COLLATE " : "", collation ? collation : "",
		zm_column_constraints(emit, column, value));
}

char *
zm_column_constraints(ZmEmit *emit, const ZmObject *column, const char *value)
{
	const ZmObject *identity = zm_identity_sequence(column);
	StringInfoData text;

	initStringInfo(&text);
	if (zm_get(column, "generated"))
		appendStringInfo(&text, " GENERATED ALWAYS AS (%s) %s",
						 zm_spelled(column, "expression"),
						 zm_is(column, "generated", "stored") ? "STORED"
															  : "VIRTUAL");
	if (identity)
		appendStringInfo(&text, " %s", zm_identity_clause(identity));
	if (value)
		appendStringInfo(&text, " DEFAULT %s", value);
	appendStringInfoString(&text, zm_not_null_clause(emit, column));
	return text.data;
}

/* Without a value a column has the storage of its type: the server up to 15
 * has no word for that, so the object says which it is. */
void
zm_emit_column_storage(ZmEmit *emit, const ZmObject *have,
					   const ZmObject *want)
{
	const char *storage = zm_get(want, "storage");
	const char *compression = zm_get(want, "compression");

	if (!zm_same_text(have ? zm_get(have, "storage") : NULL, storage))
		(void) zm_alter_column(emit, want, true, "SET STORAGE %s",
							   storage ? storage
									   : zm_get(have, "storage of type"));
	if (!zm_same_text(have ? zm_get(have, "compression") : NULL, compression))
		(void) zm_alter_column(emit, want, true, "SET COMPRESSION %s",
							   compression ? compression : "default");
}

void
zm_emit_column_options(ZmEmit *emit, const ZmObject *have,
					   const ZmObject *want)
{
	List *before = have ? zm_get_list(have, "options") : NIL;
	List *after = zm_get_list(want, "options");
	char *reset = zm_options_reset(before, after);
	char *set = zm_options_set(before, after);
	const char *statistics = zm_get(want, "statistics");

	if (!zm_same_text(have ? zm_get(have, "statistics") : NULL, statistics))
		zm_emit_lock(zm_alter_column(emit, want, true, "SET STATISTICS %s",
									 statistics ? statistics : "-1"),
					 "SHARE UPDATE EXCLUSIVE", want->parent);
	if (reset)
		zm_emit_lock(zm_alter_column(emit, want, true, "RESET (%s)", reset),
					 "SHARE UPDATE EXCLUSIVE", want->parent);
	if (set)
		zm_emit_lock(zm_alter_column(emit, want, true, "SET (%s)", set),
					 "SHARE UPDATE EXCLUSIVE", want->parent);
}

void
zm_emit_column_rest(ZmEmit *emit, const ZmObject *column)
{
	zm_emit_column_storage(emit, NULL, column);
	zm_emit_column_options(emit, NULL, column);
}

const char *
zm_column_default(const ZmObject *column, List *parts)
{
	ListCell *lc;

	foreach (lc, column->children)
	{
		ZmObject *child = lfirst(lc);

		if (child->kind == zm_kind(ZM_KIND_DEFAULT) &&
			(parts == NIL || list_member_ptr(parts, child)))
			return zm_spelled(child, "expression");
	}
	return NULL;
}

static void
create_column(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const ZmObject *table = new->parent;
	const char *value = parts ? zm_column_default(new, parts) : NULL;
	ZmStatementOut *statement;

	if (!zm_is_table_column(new))
		return;
	if (change->early)
		zm_emit_lock(zm_emit(emit, "drop", new, "ALTER %s %s DROP COLUMN %s",
							 table->kind->sql, table->identity,
							 zm_identifier(new->name)),
					 "ACCESS EXCLUSIVE", table);
	if (zm_identity_sequence(new) && cannot_get_identity(emit, table))
	{
		count_later(emit, new);
		return;
	}
	if (value && !change->early && has_held_rows(emit, table))
	{
		fill_later(emit, new, value);
		return;
	}
	statement = zm_emit(emit, "create", new, "ALTER %s %s ADD COLUMN %s",
						table->kind->sql, table->identity,
						zm_column_clause(emit, new, value));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	zm_emit_new_column_hazard(statement, new, value);
	zm_emit_column_rest(emit, new);
	zm_emit_not_null_rest(emit, new, true);
	zm_emit_identity_rest(emit, new);
	settle_toast(emit, table);
	put_children_right(emit, new, new, value);
}

/* The options of a TOAST table are lost as long as there is none; the column may
 * have brought it. */
static void
settle_toast(ZmEmit *emit, const ZmObject *table)
{
	const ZmObject *before = zm_new_twin(emit->diff, table);

	if (zm_is_kind(table, ZM_KIND_TABLE) && before &&
		zm_table_stands(emit->diff, table) &&
		zm_differs(before, table, "toast options"))
		zm_emit_set_options(emit, before, table);
}

/* Do columns hold rows of a table that stays? */
static bool
has_held_rows(const ZmEmit *emit, const ZmObject *table)
{
	return zm_table_stands(emit->diff, table) &&
		   zm_rows_are_held(emit->diff, table);
}

/* The server adds no column with a default to a table while columns of other
 * tables hold rows of it. */
static void
fill_later(ZmEmit *emit, const ZmObject *column, const char *value)
{
	const ZmObject *table = column->parent;
	const char *collation = zm_get(column, "collation");
	const char *name = zm_identifier(column->name);

	zm_emit_lock(zm_emit(emit, "create", column,
						 "ALTER %s %s ADD COLUMN %s %s%s%s", table->kind->sql,
						 table->identity, name, zm_get(column, "type"),
						 collation ? " COLLATE " : "",
						 collation ? collation : ""),
				 "ACCESS EXCLUSIVE", table);
	(void) zm_alter_column(emit, column, false, "SET DEFAULT %s", value);
	update_rows(emit, column, "DEFAULT");
	zm_emit_not_null_rest(emit, column, false);
	zm_emit_column_rest(emit, column);
	put_children_right(emit, column, column, value);
}

/* The server adds no identity column to a table with others below, or with
 * columns that hold its rows. */
static bool
cannot_get_identity(const ZmEmit *emit, const ZmObject *table)
{
	const ZmObject *before = zm_new_twin(emit->diff, table);
	ListCell *lc;

	if (!zm_table_stands(emit->diff, table))
		return false;
	foreach (lc, before->dependents)
	{
		if (zm_is_link(lfirst(lc)))
			return true;
	}
	return has_held_rows(emit, table);
}

/* A column that is there can become an identity. */
static void
count_later(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *table = column->parent;
	const char *name = zm_identifier(column->name);
	bool held = has_held_rows(emit, table);

	zm_emit_lock(zm_emit(emit, "create", column,
						 "ALTER %s %s ADD COLUMN %s %s%s%s", table->kind->sql,
						 table->identity, name, zm_get(column, "type"),
						 held ? "" : " DEFAULT 0",
						 held ? "" : zm_not_null_clause(emit, column)),
				 "ACCESS EXCLUSIVE", table);
	if (held)
		update_rows(emit, column, "0");
	else
		(void) zm_alter_column(emit, column, false, "DROP DEFAULT");
	zm_emit_not_null_rest(emit, column, !held);
	zm_emit_add_identity(emit, column);
	update_rows(emit, column, "DEFAULT");
	zm_emit_column_rest(emit, column);
	put_children_right(emit, column, column, NULL);
}

static void
update_rows(ZmEmit *emit, const ZmObject *column, const char *value)
{
	const ZmObject *table = column->parent;
	ZmStatementOut *statement =
		zm_emit(emit, "alter", column, "UPDATE %s SET %s = %s",
				table->identity, zm_identifier(column->name), value);

	zm_emit_lock(statement, "ROW EXCLUSIVE", table);
	zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
}

/* Tables below got the column as it is here; some want it otherwise. */
static void
put_children_right(ZmEmit *emit, const ZmObject *column, const ZmObject *below,
				   const char *value)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, below))
	{
		const ZmObject *child = lfirst(lc);

		if (!zm_change_comes(zm_new_change(emit->diff, child)))
			continue;
		if (value && zm_column_default(child, NIL) == NULL)
			(void) zm_alter_column(emit, child, true, "DROP DEFAULT");
		if (zm_differs(below, child, "expression"))
			set_expression(emit, child);
		zm_emit_not_null_below(
			emit, zm_hands_down_not_null(column) ? column : NULL, child);
		zm_emit_column_rest(emit, child);
		put_children_right(emit, column, child, value);
	}
}

/* For those below, too. */
static void
set_expression(ZmEmit *emit, const ZmObject *column)
{
	zm_emit_hazard(
		zm_alter_column(emit, column, false, "SET EXPRESSION AS (%s)",
						zm_spelled(column, "expression")),
		zm_is(column, "generated", "stored") ? ZM_HAZARD_REWRITE : 0);
}

/* A table below may have another expression, which is not to change. */
static void
keep_expressions_below(ZmEmit *emit, const ZmObject *column)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		const ZmObject *child = lfirst(lc);
		const ZmObject *before = zm_new_twin(emit->diff, child);

		if (zm_differs(column, child, "expression"))
		{
			/* Has it a change of its own to come? */
			if (before && zm_differs(before, child, "expression"))
				continue;
			set_expression(emit, child);
		}
		keep_expressions_below(emit, child);
	}
}

static void
alter_column(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	bool moves = zm_column_moves(emit->diff, old, new);

	if (!zm_is_table_column(new))
	{
		zm_emit_column_storage(emit, old, new);
		zm_emit_column_options(emit, old, new);
		return;
	}
	if (zm_differs(old, new, "generated") &&
		!passed_on(emit, old, new, "generated"))
		(void) zm_alter_column(emit, new, false, "DROP EXPRESSION");
	else if (zm_get(new, "generated") && zm_differs(old, new, "expression") &&
			 !passed_on(emit, old, new, "expression"))
	{
		set_expression(emit, new);
		keep_expressions_below(emit, new);
	}
	if (moves && !passed_on(emit, old, new, "type") &&
		zm_followed_attribute(emit->diff, new, false) == NULL)
		alter_type(emit, change);
	zm_emit_not_null(emit, old, new);
	/* A new type brings its own storage. */
	zm_emit_column_storage(emit, moves ? NULL : old, new);
	zm_emit_column_options(emit, old, new);
	if (zm_differs(old, new, "foreign options"))
		(void) zm_alter_column(
			emit, new, true, "OPTIONS (%s)",
			zm_generic_options_change(zm_get_list(old, "foreign options"),
									  zm_get_list(new, "foreign options")));
}

static void
drop_column(ZmEmit *emit, const ZmChange *change)
{
	if (zm_is_table_column(change->old))
		drop_from(emit, change, change->old);
}

static void
drop_from(ZmEmit *emit, const ZmChange *change, const ZmObject *column)
{
	const ZmObject *table = column->parent;
	ZmStatementOut *statement;
	bool stays_below = false;
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
		stays_below = stays_below ||
					  !zm_change_leaves(zm_old_change(emit->diff, lfirst(lc)));
	statement = zm_emit(emit, "drop", column, "ALTER %s %s%s DROP COLUMN %s%s",
						table->kind->sql, stays_below ? "ONLY " : "",
						table->identity, zm_identifier(column->name),
						change->cascade ? " CASCADE" : "");
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	if (zm_is_kind(table, ZM_KIND_TABLE) &&
		(change->new == NULL || zm_get(column, "generated") == NULL))
		zm_emit_hazard(statement, ZM_HAZARD_DATA_LOSS);
	if (change->new == NULL && column == change->old)
		zm_emit_rename_hint(emit, statement, column);
	zm_not_null_named(emit, column, NULL);
	drop_below(emit, change, column, stays_below);
}

/* A column that a table below has of its own as well stays when its parent's
 * goes, and all of them do if the parent's went ONLY. */
static void
drop_below(ZmEmit *emit, const ZmChange *change, const ZmObject *column,
		   bool all)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, column))
	{
		const ZmObject *child = lfirst(lc);

		if (!zm_change_leaves(zm_old_change(emit->diff, child)))
			continue;
		if (all || zm_flag(child, "local"))
		{
			drop_from(emit, change, child);
			continue;
		}
		zm_not_null_named(emit, child, NULL);
		drop_below(emit, change, child, false);
	}
}

static void
create_default(ZmEmit *emit, const ZmChange *change, List *parts)
{
	(void) zm_alter_column(emit, change->new->parent, true, "SET DEFAULT %s",
						   zm_spelled(change->new, "expression"));
}

static void
alter_default(ZmEmit *emit, const ZmChange *change)
{
	create_default(emit, change, NIL);
}

static void
drop_default(ZmEmit *emit, const ZmChange *change)
{
	(void) zm_alter_column(emit, change->old->parent, true, "DROP DEFAULT");
}

/* Did the parent's column change in the same way, and this one with it? */
static bool
passed_on(const ZmEmit *emit, const ZmObject *old, const ZmObject *new,
		  const char *attribute)
{
	ListCell *lc;

	foreach (lc, zm_standing_parent_columns(emit->diff, new))
	{
		const ZmObject *parent = lfirst(lc);
		const ZmObject *before = zm_new_twin(emit->diff, parent);

		if (strcmp(attribute, "type") == 0)
		{
			if (zm_column_moves(emit->diff, before, parent))
				return true;
		}
		else if (zm_differs(before, parent, attribute) &&
				 !zm_differs(parent, new, attribute))
			return true;
	}
	return false;
}

static void
alter_type(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *to = zm_get(new, "type");
	const char *collation = zm_get(new, "collation");
	char *using =
		zm_column_conversion(emit->diff, change, zm_identifier(new->name));
	ZmStatementOut *statement;

	if (!change->retyped && zm_type_moves_along(emit->diff, change->old, new))
		return;
	zm_emit_identity_before_type(emit, change);
	statement = zm_alter_column(emit, new, false, "TYPE %s%s%s%s%s", to,
								collation ? " COLLATE " : "",
								collation ? collation : "",
								using ? " USING " : "", using ? using : "");
	zm_emit_identity_behind_type(emit, change);
	settle_toast(emit, new->parent);

	if (!zm_is_kind(new->parent, ZM_KIND_TABLE))
		return;
	zm_emit_type_hazard(emit, statement, change, using != NULL);
	zm_note_key_locks_of_type(emit, statement, change->old);
	statement->retypes =
		statement->statement +
		strlen(psprintf("ALTER TABLE %s ", new->parent->identity));
}

/* A column that is to be made waits empty, one that holds rows as texts. */
static void
put_aside_column(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *column = change->early ? change->new : change->old;
	ZmStatementOut *statement;

	if (is_aside_above(emit, column, change->early))
		return;
	if (change->early)
	{
		add_empty(emit, column);
		return;
	}
	if (!zm_is_kind(column->parent, ZM_KIND_TABLE))
	{
		(void) zm_alter_column(emit, column, false, "TYPE text");
		return;
	}
	statement =
		zm_alter_column(emit, column, false, "TYPE text USING %s::text",
						zm_identifier(column->name));
	zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
}

/* Does the column of a parent table do the same, and this one with it? */
static bool
is_aside_above(const ZmEmit *emit, const ZmObject *column, bool early)
{
	ListCell *lc;

	foreach (lc, zm_parent_columns(emit->diff, column))
	{
		const ZmChange *above = early ? zm_new_change(emit->diff, lfirst(lc))
									  : zm_old_change(emit->diff, lfirst(lc));

		if (above && (early ? above->early : above->texts))
			return true;
	}
	return false;
}

/* Without what would have the table written anew. */
static void
add_empty(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *table = column->parent;
	const char *collation = zm_get(column, "collation");

	zm_emit_lock(
		zm_emit(emit, "create", column, "ALTER %s %s ADD COLUMN %s %s%s%s",
				table->kind->sql, table->identity, zm_identifier(column->name),
				zm_get(zm_domain_base(column), "type"),
				collation ? " COLLATE " : "", collation ? collation : ""),
		"ACCESS EXCLUSIVE", table);
}

ZmStatementOut *
zm_alter_column(ZmEmit *emit, const ZmObject *column, bool only,
				const char *format, ...)
{
	StringInfoData action;
	ZmStatementOut *statement;
	const ZmObject *table = column->parent;

	initStringInfo(&action);
	for (;;)
	{
		va_list args;
		int needed;

		va_start(args, format);
		needed = appendStringInfoVA(&action, format, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&action, needed);
	}
	only = only && zm_is_table_column(column) &&
		   zm_has_children(emit->diff, table);
	statement =
		zm_emit(emit, "alter", column, "ALTER %s %s%s ALTER COLUMN %s %s",
				table->kind->sql, only ? "ONLY " : "", table->identity,
				zm_identifier(column->name), action.data);
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	return statement;
}
