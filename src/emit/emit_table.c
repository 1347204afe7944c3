/*
 * emit_table.c
 *
 * Statements for tables: made, altered, inherited and attached.
 *
 * Rule: a table that has rows is dropped only if it is not wanted any more, or
 * if it becomes something that no ALTER can make of it.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_table(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_table(ZmEmit *emit, const ZmChange *change);
static void drop_table(ZmEmit *emit, const ZmChange *change);
static void create_foreign_table(ZmEmit *emit, const ZmChange *change,
								 List *parts);
static void alter_foreign_table(ZmEmit *emit, const ZmChange *change);
static void create_inheritance(ZmEmit *emit, const ZmChange *change,
							   List *parts);
static void drop_inheritance(ZmEmit *emit, const ZmChange *change);
static void create_partition(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void drop_partition(ZmEmit *emit, const ZmChange *change);
static char *elements(List *parts);
static char *inherits(List *parts);
static bool is_inherited(const ZmObject *part, List *parts);
static int by_place(const ListCell *left, const ListCell *right);
static const ZmObject *expression_of(const ZmObject *column, List *parts);
static char *table_options(const ZmObject *table);
static List *all_options(const ZmObject *table);
static void emit_rest(ZmEmit *emit, const ZmObject *table, List *parts);
static void alter_flags(ZmEmit *emit, const ZmObject *old,
						const ZmObject *new);

const ZmEmitter zm_emitter_table = {
	.create = create_table, .alter = alter_table, .drop = drop_table};

const ZmEmitter zm_emitter_foreign_table = {.create = create_foreign_table,
											.alter = alter_foreign_table};

const ZmEmitter zm_emitter_inheritance = {.create = create_inheritance,
										  .drop = drop_inheritance};

const ZmEmitter zm_emitter_partition = {.create = create_partition,
										.drop = drop_partition};

static void
create_table(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE %sTABLE %s (%s)%s%s",
			zm_get(new, "persistence") ? "UNLOGGED " : "", new->identity,
			elements(parts), inherits(parts), table_options(new));
	if (zm_get(new, "of type"))
		zm_emit(emit, "alter", new, "ALTER TABLE %s OF %s", new->identity,
				zm_get(new, "of type"));
	emit_rest(emit, new, parts);
	alter_flags(emit, NULL, new);
}

static void
create_foreign_table(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	List *options = zm_get_list(new, "options");

	zm_emit(emit, "create", new, "CREATE FOREIGN TABLE %s (%s)%s SERVER %s%s",
			new->identity, elements(parts), inherits(parts),
			zm_identifier(zm_get(new, "server")),
			options ? psprintf(" OPTIONS (%s)", zm_generic_options(options))
					: "");
	emit_rest(emit, new, parts);
}

static void
alter_foreign_table(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->new, "ALTER FOREIGN TABLE %s OPTIONS (%s)",
			change->new->identity,
			zm_generic_options_change(zm_get_list(change->old, "options"),
									  zm_get_list(change->new, "options")));
}

static void
alter_table(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	const char *name = new->identity;
	List *before = all_options(old);
	List *after = all_options(new);
	char *reset = zm_options_reset(before, after);
	char *set = zm_options_set(before, after);
	ZmStatementOut *statement;

	if (zm_differs(old, new, "persistence"))
	{
		statement =
			zm_emit(emit, "alter", new, "ALTER TABLE %s SET %s", name,
					zm_get(new, "persistence") ? "UNLOGGED" : "LOGGED");
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", new);
	}
	if (zm_differs(old, new, "access method"))
	{
		statement = zm_emit(emit, "alter", new,
							"ALTER TABLE %s SET ACCESS METHOD %s", name,
							zm_get(new, "access method")
								? zm_identifier(zm_get(new, "access method"))
								: "heap");
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", new);
	}
	if (zm_differs(old, new, "tablespace"))
	{
		statement = zm_emit(emit, "alter", new,
							"ALTER TABLE %s SET TABLESPACE %s", name,
							zm_get(new, "tablespace")
								? zm_identifier(zm_get(new, "tablespace"))
								: "pg_default");
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
		zm_emit_lock(statement, "ACCESS EXCLUSIVE", new);
	}
	if (reset)
		zm_emit(emit, "alter", new, "ALTER TABLE %s RESET (%s)", name, reset);
	if (set)
		zm_emit(emit, "alter", new, "ALTER TABLE %s SET (%s)", name, set);
	if (zm_differs(old, new, "of type"))
	{
		if (zm_get(new, "of type"))
			zm_emit(emit, "alter", new, "ALTER TABLE %s OF %s", name,
					zm_get(new, "of type"));
		else
			zm_emit(emit, "alter", new, "ALTER TABLE %s NOT OF", name);
	}
	alter_flags(emit, old, new);
}

static void
drop_table(ZmEmit *emit, const ZmChange *change)
{
	ZmStatementOut *statement =
		zm_emit(emit, "drop", change->old, "DROP TABLE %s%s",
				change->old->identity, change->cascade ? " CASCADE" : "");

	if (zm_get(change->old, "partition key") == NULL)
		zm_emit_hazard(statement, ZM_HAZARD_DATA_LOSS);
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", change->old);
	if (change->new == NULL)
		zm_emit_rename_hint(emit, statement, change->old);
}

static void
create_inheritance(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *child = change->new->parent;

	zm_emit_lock(zm_emit(emit, "alter", change->new, "ALTER %s %s INHERIT %s",
						 child->kind->sql, child->identity,
						 zm_get(change->new, "parent")),
				 "ACCESS EXCLUSIVE", child);
}

static void
drop_inheritance(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *child = change->old->parent;

	zm_emit_lock(zm_emit(emit, "alter", change->old,
						 "ALTER %s %s NO INHERIT %s", child->kind->sql,
						 child->identity, zm_get(change->old, "parent")),
				 "ACCESS EXCLUSIVE", child);
}

static void
create_partition(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *child = change->new->parent;
	ZmStatementOut *statement = zm_emit(
		emit, "attach", change->new, "ALTER TABLE %s ATTACH PARTITION %s %s",
		zm_get(change->new, "parent"), child->identity,
		zm_get(change->new, "bound"));

	zm_emit_lock(statement, "ACCESS EXCLUSIVE", child);
	if (zm_new_twin(emit->diff, child))
		zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
}

static void
drop_partition(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *child = change->old->parent;

	zm_emit_lock(zm_emit(emit, "detach", change->old,
						 "ALTER TABLE %s DETACH PARTITION %s",
						 zm_get(change->old, "parent"), child->identity),
				 "ACCESS EXCLUSIVE", child);
}

/* What stands between the parentheses, an element a line. */
static char *
elements(List *parts)
{
	List *columns = NIL;
	StringInfoData text;
	ListCell *lc;

	foreach (lc, parts)
	{
		ZmObject *part = lfirst(lc);

		if (part->kind == zm_kind(ZM_KIND_COLUMN) &&
			!is_inherited(part, parts))
			columns = lappend(columns, part);
	}
	list_sort(columns, by_place);
	initStringInfo(&text);
	foreach (lc, columns)
		appendStringInfo(
			&text, "%s\n    %s", text.len > 0 ? "," : "",
			zm_column_clause(lfirst(lc), expression_of(lfirst(lc), parts)));
	foreach (lc, parts)
	{
		const ZmObject *part = lfirst(lc);

		if (part->kind == zm_kind(ZM_KIND_CONSTRAINT) &&
			!is_inherited(part, parts))
			appendStringInfo(&text, "%s\n    %s", text.len > 0 ? "," : "",
							 zm_constraint_clause(part));
	}
	if (text.len > 0)
		appendStringInfoChar(&text, '\n');
	return text.data;
}

static char *
inherits(List *parts)
{
	StringInfoData text;
	List *links = NIL;
	ListCell *lc;

	foreach (lc, parts)
	{
		ZmObject *part = lfirst(lc);

		if (part->kind == zm_kind(ZM_KIND_INHERITANCE))
			links = lappend(links, part);
	}
	if (links == NIL)
		return "";
	list_sort(links, by_place);
	initStringInfo(&text);
	foreach (lc, links)
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
						 zm_get(lfirst(lc), "parent"));
	return psprintf("\nINHERITS (%s)", text.data);
}

/* Does INHERITS bring it along? */
static bool
is_inherited(const ZmObject *part, List *parts)
{
	ListCell *lc;

	if (zm_get(part, "inherited") == NULL || zm_flag(part, "local"))
		return false;
	foreach (lc, parts)
	{
		const ZmObject *other = lfirst(lc);

		if (other->kind == zm_kind(ZM_KIND_INHERITANCE))
			return true;
	}
	return false;
}

static int
by_place(const ListCell *left, const ListCell *right)
{
	return atoi(zm_get(lfirst(left), "position")) -
		   atoi(zm_get(lfirst(right), "position"));
}

static const ZmObject *
expression_of(const ZmObject *column, List *parts)
{
	ListCell *lc;

	foreach (lc, column->children)
	{
		const ZmObject *child = lfirst(lc);

		if (child->kind == zm_kind(ZM_KIND_DEFAULT) &&
			list_member_ptr(parts, child))
			return child;
	}
	return NULL;
}

/* What stands behind the parentheses. */
static char *
table_options(const ZmObject *table)
{
	List *options = all_options(table);
	StringInfoData text;

	initStringInfo(&text);
	if (zm_get(table, "partition key"))
		appendStringInfo(&text, "\nPARTITION BY %s",
						 zm_get(table, "partition key"));
	if (zm_get(table, "access method"))
		appendStringInfo(&text, "\nUSING %s",
						 zm_identifier(zm_get(table, "access method")));
	if (options)
		appendStringInfo(&text, "\nWITH (%s)", zm_storage_options(options));
	if (zm_get(table, "tablespace"))
		appendStringInfo(&text, "\nTABLESPACE %s",
						 zm_identifier(zm_get(table, "tablespace")));
	return text.data;
}

/* Those of the TOAST table too, under their names for the table. */
static List *
all_options(const ZmObject *table)
{
	List *options = zm_get_list(table, "options");
	ListCell *lc;

	foreach (lc, zm_get_list(table, "toast options"))
		options = lappend(options, psprintf("toast.%s", (char *) lfirst(lc)));
	return options;
}

/* What CREATE TABLE cannot say of columns. */
static void
emit_rest(ZmEmit *emit, const ZmObject *table, List *parts)
{
	ListCell *lc;

	foreach (lc, parts)
	{
		const ZmObject *part = lfirst(lc);
		const ZmObject *expression;

		if (zm_is_kind(part, ZM_KIND_CONSTRAINT))
			zm_emit_constraint_rest(emit, part);
		if (part->kind != zm_kind(ZM_KIND_COLUMN))
			continue;
		zm_emit_column_rest(emit, part);
		if (!is_inherited(part, parts))
			continue;
		expression = expression_of(part, parts);
		if (expression)
			zm_emit(emit, "alter", part,
					"ALTER %s ONLY %s ALTER COLUMN %s SET DEFAULT %s",
					table->kind->sql, table->identity,
					zm_identifier(part->name),
					zm_get(expression, "expression"));
		if (zm_flag(part, "not null"))
			zm_emit(emit, "alter", part,
					"ALTER %s ONLY %s ALTER COLUMN %s SET NOT NULL",
					table->kind->sql, table->identity,
					zm_identifier(part->name));
	}
}

static void
alter_flags(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *replica = zm_get(new, "replica identity");

	if (!zm_same_text(old ? zm_get(old, "replica identity") : NULL, replica) &&
		(replica || zm_table_index(new, "replica identity") == NULL))
		zm_emit(emit, "alter", new, "ALTER TABLE %s REPLICA IDENTITY %s",
				new->identity,
				replica == NULL				   ? "DEFAULT"
				: strcmp(replica, "full") == 0 ? "FULL"
											   : "NOTHING");
	if (zm_flag(new, "row security") != (old && zm_flag(old, "row security")))
		zm_emit(emit, "alter", new, "ALTER TABLE %s %s ROW LEVEL SECURITY",
				new->identity,
				zm_flag(new, "row security") ? "ENABLE" : "DISABLE");
	if (zm_flag(new, "force row security") !=
		(old && zm_flag(old, "force row security")))
		zm_emit(emit, "alter", new,
				"ALTER TABLE %s %sFORCE ROW LEVEL SECURITY", new->identity,
				zm_flag(new, "force row security") ? "" : "NO ");
}
