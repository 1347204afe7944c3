/*
 * emit_column.c
 *
 * Statements for columns and their defaults.
 *
 * Rule: rows stay.  A change of type is an ALTER, by a cast where the server
 * has no automatic one; what the parent of a table passes on is left to it.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "emit/emitters.h"
#include "emit/types.h"

static void create_column(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_column(ZmEmit *emit, const ZmChange *change);
static void drop_column(ZmEmit *emit, const ZmChange *change);
static void create_default(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_default(ZmEmit *emit, const ZmChange *change);
static void drop_default(ZmEmit *emit, const ZmChange *change);
static bool has_table(const ZmObject *column);
static bool passed_on(const ZmEmit *emit, const ZmChange *change,
					  const char *attribute);
static ZmStatementOut *alter(ZmEmit *emit, const ZmObject *column,
							 const char *format, ...)
	pg_attribute_printf(3, 4);
static void alter_type(ZmEmit *emit, const ZmChange *change);
static char *conversion(const ZmChange *change);
static void alter_not_null(ZmEmit *emit, const ZmChange *change);
static void alter_storage(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *new);
static void alter_options(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *new);
static const char *alter_word(const ZmObject *table);

const ZmEmitter zm_emitter_column = {
	.create = create_column, .alter = alter_column, .drop = drop_column};

const ZmEmitter zm_emitter_default = {
	.create = create_default, .alter = alter_default, .drop = drop_default};

char *
zm_column_clause(const ZmObject *column, const ZmObject *expression)
{
	StringInfoData text;
	List *options = zm_get_list(column, "foreign options");

	initStringInfo(&text);
	appendStringInfo(&text, "%s %s", zm_identifier(column->name),
					 zm_get(column, "type"));
	if (options)
		appendStringInfo(&text, " OPTIONS (%s)", zm_generic_options(options));
	if (zm_get(column, "compression"))
		appendStringInfo(&text, " COMPRESSION %s",
						 zm_get(column, "compression"));
	if (zm_get(column, "collation"))
		appendStringInfo(&text, " COLLATE %s", zm_get(column, "collation"));
	if (zm_get(column, "generated"))
		appendStringInfo(&text, " GENERATED ALWAYS AS (%s) %s",
						 zm_get(column, "expression"),
						 zm_is(column, "generated", "stored") ? "STORED"
															  : "VIRTUAL");
	else if (expression)
		appendStringInfo(&text, " DEFAULT %s",
						 zm_get(expression, "expression"));
	if (zm_flag(column, "not null"))
		appendStringInfoString(&text, " NOT NULL");
	return text.data;
}

void
zm_emit_column_rest(ZmEmit *emit, const ZmObject *column)
{
	alter_storage(emit, NULL, column);
	alter_options(emit, NULL, column);
}

static void
create_column(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const ZmObject *expression = parts ? linitial(parts) : NULL;
	ZmStatementOut *statement;

	if (!has_table(new))
		return;
	statement = zm_emit(emit, "create", new, "ALTER %s %s ADD COLUMN %s",
						alter_word(new->parent), new->parent->identity,
						zm_column_clause(new, expression));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", new->parent);
	if (zm_get(new, "generated"))
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
	else if (zm_flag(new, "not null") && expression == NULL)
		zm_emit_hazard(statement, ZM_HAZARD_MAY_FAIL);
	zm_emit_column_rest(emit, new);
}

static void
alter_column(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	List *set = NIL;

	if (!has_table(new))
		return;
	if (zm_get(old, "generated") && zm_get(new, "generated") == NULL)
		(void) alter(emit, new, "DROP EXPRESSION");
	else if (zm_differs(old, new, "expression") && zm_get(new, "generated"))
		zm_emit_hazard(alter(emit, new, "SET EXPRESSION AS (%s)",
							 zm_get(new, "expression")),
					   ZM_HAZARD_REWRITE);
	if (zm_column_moves(emit->diff, old, new) &&
		!passed_on(emit, change, "type") &&
		!passed_on(emit, change, "collation"))
		alter_type(emit, change);
	if (zm_differs(old, new, "not null") &&
		!passed_on(emit, change, "not null"))
		alter_not_null(emit, change);
	alter_storage(emit, old, new);
	alter_options(emit, old, new);
	set = zm_get_list(new, "foreign options");
	if (zm_differs(old, new, "foreign options"))
		(void) alter(emit, new, "OPTIONS (%s)",
					 zm_generic_options_change(
						 zm_get_list(old, "foreign options"), set));
}

static void
drop_column(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	ZmStatementOut *statement;

	if (!has_table(old))
		return;
	statement =
		zm_emit(emit, "drop", old, "ALTER %s %s DROP COLUMN %s%s",
				alter_word(old->parent), old->parent->identity,
				zm_identifier(old->name), change->cascade ? " CASCADE" : "");
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", old->parent);
	if (zm_get(old, "generated") == NULL || change->new == NULL)
		zm_emit_hazard(statement, ZM_HAZARD_DATA_LOSS);
	if (change->new == NULL)
		zm_emit_rename_hint(emit, statement, old);
}

static void
create_default(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *column = change->new->parent;

	zm_emit_lock(zm_emit(emit, "alter", change->new,
						 "ALTER %s %s%s ALTER COLUMN %s SET DEFAULT %s",
						 alter_word(column->parent),
						 has_table(column) ? "ONLY " : "",
						 column->parent->identity, zm_identifier(column->name),
						 zm_get(change->new, "expression")),
				 "ACCESS EXCLUSIVE", column->parent);
}

static void
alter_default(ZmEmit *emit, const ZmChange *change)
{
	create_default(emit, change, NIL);
}

static void
drop_default(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *column = change->old->parent;

	zm_emit_lock(
		zm_emit(emit, "alter", change->old,
				"ALTER %s %s%s ALTER COLUMN %s DROP DEFAULT",
				alter_word(column->parent), has_table(column) ? "ONLY " : "",
				column->parent->identity, zm_identifier(column->name)),
		"ACCESS EXCLUSIVE", column->parent);
}

/* Columns of views are what the view makes them. */
static bool
has_table(const ZmObject *column)
{
	return column->parent->kind == zm_kind(ZM_KIND_TABLE) ||
		   column->parent->kind == zm_kind(ZM_KIND_FOREIGN_TABLE);
}

/* Does the parent's column change in the same way, and this one with it? */
static bool
passed_on(const ZmEmit *emit, const ZmChange *change, const char *attribute)
{
	const ZmObject *parent;
	const ZmObject *before;

	if (zm_get(change->new, "inherited") == NULL)
		return false;
	parent = zm_inherited_column(emit->diff, change->new, false);
	before = parent ? zm_new_twin(emit->diff, parent) : NULL;
	if (before == NULL)
		return false;
	if (strcmp(attribute, "type") == 0 && change->retyped)
		return zm_column_moves(emit->diff, before, parent);
	return zm_differs(before, parent, attribute) &&
		   !zm_differs(parent, change->new, attribute);
}

static ZmStatementOut *
alter(ZmEmit *emit, const ZmObject *column, const char *format, ...)
{
	ZmStatementOut *statement;
	char action[8192];
	char *long_action = action;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(action, sizeof(action), format, args);
	va_end(args);
	if (length >= (int) sizeof(action))
	{
		long_action = palloc(length + 1);
		va_start(args, format);
		vsnprintf(long_action, length + 1, format, args);
		va_end(args);
	}
	statement =
		zm_emit(emit, "alter", column, "ALTER %s %s ALTER COLUMN %s %s",
				alter_word(column->parent), column->parent->identity,
				zm_identifier(column->name), long_action);
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", column->parent);
	return statement;
}

static void
alter_type(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *collation = zm_get(new, "collation");
	char *using = conversion(change);
	ZmStatementOut *statement =
		alter(emit, new, "TYPE %s%s%s%s%s", zm_get(new, "type"),
			  collation ? " COLLATE " : "", collation ? collation : "",
			  using ? " USING " : "", using ? using : "");

	zm_emit_hazard(statement, ZM_HAZARD_REWRITE | ZM_HAZARD_MAY_FAIL);
}

/* The expression that gives the new value; NULL: the server's own cast. */
static char *
conversion(const ZmChange *change)
{
	const char *name = zm_identifier(change->new->name);
	const char *type = zm_get(change->new, "type");

	if (change->retyped)
		return psprintf("%s::text::%s", name, type);
	switch (zm_type_cast(zm_get(change->old, "type"), type))
	{
		case ZM_CAST_AUTOMATIC:
			return NULL;
		case ZM_CAST_EXPLICIT:
			return psprintf("%s::%s", name, type);
		case ZM_CAST_TEXT:
			break;
	}
	return psprintf("%s::text::%s", name, type);
}

static void
alter_not_null(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;

	if (!zm_flag(new, "not null"))
	{
		(void) alter(emit, new, "DROP NOT NULL");
		return;
	}
	if (emit->diff->options->online)
	{
		zm_emit_not_null_online(emit, new);
		return;
	}
	zm_emit_hazard(alter(emit, new, "SET NOT NULL"),
				   ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
}

static void
alter_storage(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *storage = zm_get(new, "storage");

	/* Without a value it is what the type has. */
	if (old ? zm_differs(old, new, "storage") : storage != NULL)
		(void) alter(emit, new, "SET STORAGE %s",
					 storage ? storage : zm_type_storage(zm_get(new, "type")));
	if (old && zm_differs(old, new, "compression"))
		(void) alter(emit, new, "SET COMPRESSION %s",
					 zm_get(new, "compression") ? zm_get(new, "compression")
												: "default");
}

static void
alter_options(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	List *before = old ? zm_get_list(old, "options") : NIL;
	List *after = zm_get_list(new, "options");
	char *reset = zm_options_reset(before, after);
	char *set = zm_options_set(before, after);
	const char *statistics = zm_get(new, "statistics");

	if (old ? zm_differs(old, new, "statistics") : statistics != NULL)
		(void) alter(emit, new, "SET STATISTICS %s",
					 statistics ? statistics : "-1");
	if (reset)
		(void) alter(emit, new, "RESET (%s)", reset);
	if (set)
		(void) alter(emit, new, "SET (%s)", set);
}

static const char *
alter_word(const ZmObject *table)
{
	return table->kind->sql;
}
