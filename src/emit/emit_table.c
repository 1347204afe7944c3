/*
 * emit_table.c
 *
 * Statements for tables and foreign tables: made, altered, put under others.
 *
 * Rule: a table is dropped only if it is not wanted any more, or if it becomes
 * something that no ALTER makes of it.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void create_table(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_table(ZmEmit *emit, const ZmChange *change);
static void create_foreign_table(ZmEmit *emit, const ZmChange *change,
								 List *parts);
static void alter_table(ZmEmit *emit, const ZmChange *change);
static void alter_foreign_table(ZmEmit *emit, const ZmChange *change);
static void drop_table(ZmEmit *emit, const ZmChange *change);
static void create_inheritance(ZmEmit *emit, const ZmChange *change,
							   List *parts);
static void drop_inheritance(ZmEmit *emit, const ZmChange *change);
static void create_partition(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void drop_partition(ZmEmit *emit, const ZmChange *change);
static void detach(ZmEmit *emit, const ZmObject *link);
static void lock_whole(ZmEmit *emit, ZmStatementOut *statement,
					   const ZmObject *link);
static void check_default(ZmEmit *emit, ZmStatementOut *statement,
						  const ZmObject *link);
static List *parts_of_kind(List *parts, ZmKindId kind);
static char *elements(ZmEmit *emit, const ZmObject *table, List *parts);
static char *typed_column(ZmEmit *emit, const ZmObject *column,
						  const char *value);
static bool comes_from_above(const ZmObject *part, List *parts);
static bool is_left_unsaid(const ZmObject *part, List *links);
static const ZmObject *column_above(const ZmObject *column, List *links);
static char *inherits(List *parts);
static char *clauses(const ZmObject *table);
static void settle_columns(ZmEmit *emit, const ZmObject *table, List *parts);
static void settle_inherited(ZmEmit *emit, const ZmObject *column, List *links,
							 bool unsaid);
static void settle_constraints(ZmEmit *emit, List *parts);
static void rewrites(ZmStatementOut *statement, const ZmObject *table);
static void keep_sequences(ZmEmit *emit, const ZmObject *table);
static void emit_flags(ZmEmit *emit, const ZmObject *old, const ZmObject *new);

const ZmEmitter zm_emitter_table = {.create = create_table,
									.complete = complete_table,
									.alter = alter_table,
									.drop = drop_table};

const ZmEmitter zm_emitter_foreign_table = {.create = create_foreign_table,
											.alter = alter_foreign_table,
											.drop = drop_table};

const ZmEmitter zm_emitter_inheritance = {.create = create_inheritance,
										  .drop = drop_inheritance};

const ZmEmitter zm_emitter_partition = {.create = create_partition,
										.drop = drop_partition};

static void
create_table(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *type = zm_get(new, "of type");

	zm_emit(emit, "create", new, "CREATE %sTABLE %s%s%s%s%s%s",
			zm_get(new, "persistence") ? "UNLOGGED " : "", new->identity,
			type ? " OF " : "", type ? type : "", elements(emit, new, parts),
			inherits(parts), clauses(new));
	settle_columns(emit, new, parts);
	settle_constraints(emit, parts);
	emit_flags(emit, NULL, new);
}

/* Its columns are by now those of the type. */
static void
complete_table(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;

	zm_emit_lock(zm_emit(emit, "alter", new, "ALTER TABLE %s OF %s",
						 new->identity, zm_get(new, "of type")),
				 "ACCESS EXCLUSIVE", new);
}

static void
create_foreign_table(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	List *options = zm_get_list(new, "options");

	zm_emit(emit, "create", new, "CREATE FOREIGN TABLE %s%s%s\nSERVER %s%s",
			new->identity, elements(emit, new, parts), inherits(parts),
			zm_identifier(zm_get(new, "server")),
			options ? psprintf("\nOPTIONS (%s)", zm_generic_options(options))
					: "");
	settle_columns(emit, new, parts);
	settle_constraints(emit, parts);
}

static void
alter_table(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	const char *name = new->identity;
	const char *method = zm_get(new, "access method");
	const char *tablespace = zm_get(new, "tablespace");
	char *reset = zm_options_reset(zm_storage_parameters(old),
								   zm_storage_parameters(new));

	if (zm_differs(old, new, "persistence"))
	{
		rewrites(zm_emit(emit, "alter", new, "ALTER TABLE %s SET %s", name,
						 zm_get(new, "persistence") ? "UNLOGGED" : "LOGGED"),
				 new);
		keep_sequences(emit, new);
	}
	if (zm_differs(old, new, "access method"))
		rewrites(zm_emit(emit, "alter", new,
						 "ALTER TABLE %s SET ACCESS METHOD %s", name,
						 method ? zm_identifier(method) : "heap"),
				 new);
	if (zm_differs(old, new, "tablespace"))
		rewrites(
			zm_emit(emit, "alter", new, "ALTER TABLE %s SET TABLESPACE %s",
					name,
					tablespace ? zm_identifier(tablespace) : "pg_default"),
			new);
	if (reset)
		zm_emit_lock(zm_emit(emit, "alter", new, "ALTER TABLE %s RESET (%s)",
							 name, reset),
					 "SHARE UPDATE EXCLUSIVE", new);
	zm_emit_set_options(emit, old, new);
	if (zm_leaves_type(change))
		zm_emit_lock(
			zm_emit(emit, "alter", new, "ALTER TABLE %s NOT OF", name),
			"ACCESS EXCLUSIVE", new);
	emit_flags(emit, old, new);
}

/* Said again, behind what has brought the place for some of them, it is not said
 * before. */
void
zm_emit_set_options(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	char *set =
		zm_options_set(zm_storage_parameters(old), zm_storage_parameters(new));
	char *statement;
	ListCell *lc;

	if (set == NULL)
		return;
	statement = psprintf("ALTER TABLE %s SET (%s)", new->identity, set);
	foreach (lc, emit->statements)
	{
		const ZmStatementOut *other = lfirst(lc);

		if (other->object == new &&strcmp(other->statement, statement) == 0)
			emit->statements = foreach_delete_current(emit->statements, lc);
	}
	zm_emit_lock(zm_emit(emit, "alter", new, "%s", statement),
				 "SHARE UPDATE EXCLUSIVE", new);
}

static void
alter_foreign_table(ZmEmit *emit, const ZmChange *change)
{
	zm_emit_lock(
		zm_emit(
			emit, "alter", change->new, "ALTER FOREIGN TABLE %s OPTIONS (%s)",
			change->new->identity,
			zm_generic_options_change(zm_get_list(change->old, "options"),
									  zm_get_list(change->new, "options"))),
		"ACCESS EXCLUSIVE", change->new);
}

static void
drop_table(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *link = zm_table_partition(old);
	ZmStatementOut *statement;

	/* A key that references the whole holds on to each part. */
	if (link && !zm_old_change(emit->diff, link)->apart &&
		zm_is_referenced(emit->diff, old))
		detach(emit, link);
	statement = zm_emit(emit, "drop", old, "DROP %s %s%s", old->kind->sql,
						old->identity, change->cascade ? " CASCADE" : "");
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", old);
	zm_note_key_locks_of_drop(emit, statement, old);
	if (link && !zm_old_change(emit->diff, link)->apart &&
		!zm_is_referenced(emit->diff, old))
		lock_whole(emit, statement, link);
	if (old->kind->with_table && !zm_is_partitioned(old))
		zm_emit_hazard(statement, ZM_HAZARD_DATA_LOSS);
	if (change->new == NULL)
		zm_emit_rename_hint(emit, statement, old);
}

static void
create_inheritance(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *child = change->new->parent;

	zm_settle_not_null_names(emit, child);
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
	ZmStatementOut *statement;

	zm_settle_not_null_names(emit, child);
	zm_emit_copies_in_order(emit, child, true);
	statement = zm_emit(emit, "attach", change->new,
						"ALTER TABLE %s ATTACH PARTITION %s %s",
						zm_get(change->new, "parent"), child->identity,
						zm_get(change->new, "bound"));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", child);
	check_default(emit, statement, change->new);
	zm_note_key_locks_of_partition(emit, statement, change->new, true);
	zm_emit_copies_in_order(emit, child, false);
	if (!zm_table_stands(emit->diff, child))
		return;
	zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
	if (zm_link_parent(change->new))
		zm_emit_count_on(emit, child, zm_link_parent(change->new));
}

static void
drop_partition(ZmEmit *emit, const ZmChange *change)
{
	detach(emit, change->old);
}

static void
detach(ZmEmit *emit, const ZmObject *link)
{
	ZmStatementOut *statement =
		zm_emit(emit, "detach", link, "ALTER TABLE %s DETACH PARTITION %s",
				zm_get(link, "parent"), link->parent->identity);

	zm_emit_lock(statement, "ACCESS EXCLUSIVE", link->parent);
	lock_whole(emit, statement, link);
	zm_note_key_locks_of_partition(emit, statement, link, false);
}

/* Who takes a part away locks all of a table that stays. */
static void
lock_whole(ZmEmit *emit, ZmStatementOut *statement, const ZmObject *link)
{
	const ZmObject *whole = zm_link_parent(link);

	if (whole && zm_old_twin(emit->diff, whole))
		zm_emit_note(statement, "ACCESS EXCLUSIVE lock on %s",
					 whole->identity);
}

/* The rows of the default partition must not belong into the new one. */
static void
check_default(ZmEmit *emit, ZmStatementOut *statement, const ZmObject *link)
{
	const ZmObject *whole = zm_link_parent(link);
	ListCell *lc;

	foreach (lc, whole ? whole->dependents : NIL)
	{
		const ZmObject *other = lfirst(lc);

		if (other == link || !zm_is_kind(other, ZM_KIND_PARTITION) ||
			!zm_is(other, "bound", "DEFAULT") ||
			!zm_table_stands(emit->diff, other->parent))
			continue;
		zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
		zm_emit_note(statement, "ACCESS EXCLUSIVE lock on %s",
					 other->parent->identity);
	}
}

/* Those that say where they stand, in that order. */
static List *
parts_of_kind(List *parts, ZmKindId kind)
{
	List *found = NIL;
	ListCell *lc;

	foreach (lc, parts)
	{
		const ZmObject *part = lfirst(lc);

		if (part->kind == zm_kind(kind))
			found = lappend(found, lfirst(lc));
	}
	if (kind == ZM_KIND_COLUMN || kind == ZM_KIND_INHERITANCE)
		list_sort(found, zm_by_place);
	return found;
}

/* What stands in parentheses, one a line. */
static char *
elements(ZmEmit *emit, const ZmObject *table, List *parts)
{
	bool typed = zm_is_typed(table);
	List *lines = NIL;
	StringInfoData text;
	ListCell *lc;

	foreach (lc, parts_of_kind(parts, ZM_KIND_COLUMN))
	{
		const ZmObject *column = lfirst(lc);
		const char *value = zm_column_default(column, parts);
		char *line;

		if (comes_from_above(column, parts))
			continue;
		line = typed ? typed_column(emit, column, value)
					 : zm_column_clause(emit, column, value);
		if (line)
			lines = lappend(lines, line);
	}
	foreach (lc, parts_of_kind(parts, ZM_KIND_CONSTRAINT))
	{
		const ZmObject *constraint = lfirst(lc);

		if (!comes_from_above(constraint, parts))
			lines = lappend(lines, zm_constraint_clause(constraint));
	}
	if (lines == NIL)
		return typed ? "" : " ()";
	initStringInfo(&text);
	appendStringInfoString(&text, " (");
	foreach (lc, lines)
		appendStringInfo(&text, "%s\n    %s",
						 lc == list_head(lines) ? "" : ",",
						 (char *) lfirst(lc));
	appendStringInfoString(&text, "\n)");
	return text.data;
}

/* A column of a table of a type has that from the type; NULL: nothing else. */
static char *
typed_column(ZmEmit *emit, const ZmObject *column, const char *value)
{
	char *constraints = zm_column_constraints(emit, column, value);

	if (*constraints == '\0')
		return NULL;
	return psprintf("%s WITH OPTIONS%s", zm_identifier(column->name),
					constraints);
}

/* Does INHERITS bring it along?  Not a column whose parents' defaults are at
 * odds: it has to have one of its own from the beginning. */
static bool
comes_from_above(const ZmObject *part, List *parts)
{
	List *links = parts_of_kind(parts, ZM_KIND_INHERITANCE);
	const ZmObject *first = NULL;
	ListCell *lc;

	if (links == NIL || zm_get(part, "inherited") == NULL ||
		(zm_flag(part, "local") && !is_left_unsaid(part, links)))
		return false;
	if (part->kind != zm_kind(ZM_KIND_COLUMN))
		return true;
	foreach (lc, links)
	{
		const ZmObject *above = column_above(part, list_make1(lfirst(lc)));

		if (above == NULL)
			continue;
		if (first && !zm_same_text(zm_column_default(above, NIL),
								   zm_column_default(first, NIL)))
			return false;
		first = above;
	}
	return first != NULL;
}

/* May the table not say what it has of its own as well? */
static bool
is_left_unsaid(const ZmObject *part, List *links)
{
	const ZmObject *above;

	if (ZM_CHILD_SAYS_GENERATED || !zm_is_kind(part, ZM_KIND_COLUMN))
		return false;
	above = column_above(part, links);
	return above && zm_get(above, "generated");
}

/* The first parent's column of that name; NULL: none has one. */
static const ZmObject *
column_above(const ZmObject *column, List *links)
{
	ListCell *lc;

	foreach (lc, links)
	{
		const ZmObject *table = zm_link_parent(lfirst(lc));
		const ZmObject *above =
			table ? zm_table_column(table, column->name) : NULL;

		if (above)
			return above;
	}
	return NULL;
}

static char *
inherits(List *parts)
{
	List *links = parts_of_kind(parts, ZM_KIND_INHERITANCE);
	StringInfoData text;
	ListCell *lc;

	if (links == NIL)
		return "";
	initStringInfo(&text);
	foreach (lc, links)
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
						 zm_get(lfirst(lc), "parent"));
	return psprintf("\nINHERITS (%s)", text.data);
}

/* What stands behind the parentheses and the parents. */
static char *
clauses(const ZmObject *table)
{
	const char *key = zm_spelled(table, "partition key");
	const char *method = zm_get(table, "access method");
	const char *tablespace = zm_get(table, "tablespace");
	List *options = zm_storage_parameters(table);
	StringInfoData text;

	initStringInfo(&text);
	if (key)
		appendStringInfo(&text, "\nPARTITION BY %s", key);
	if (method)
		appendStringInfo(&text, "\nUSING %s", zm_identifier(method));
	if (options)
		appendStringInfo(&text, "\nWITH (%s)", zm_storage_options(options));
	if (tablespace)
		appendStringInfo(&text, "\nTABLESPACE %s", zm_identifier(tablespace));
	return text.data;
}

/* What CREATE TABLE cannot say of columns, those that it inherits above all. */
static void
settle_columns(ZmEmit *emit, const ZmObject *table, List *parts)
{
	List *links = parts_of_kind(parts, ZM_KIND_INHERITANCE);
	ListCell *lc;

	foreach (lc, parts_of_kind(parts, ZM_KIND_COLUMN))
	{
		const ZmObject *column = lfirst(lc);
		const ZmObject *above = column_above(column, links);

		if (above)
			settle_inherited(emit, column, links,
							 comes_from_above(column, parts));
		else
			zm_emit_not_null_rest(emit, column, true);
		zm_emit_column_storage(emit, above, column);
		zm_emit_column_options(emit, NULL, column);
		zm_emit_identity_rest(emit, column);
	}
}

/* unsaid: the CREATE TABLE did not mention it. */
static void
settle_inherited(ZmEmit *emit, const ZmObject *column, List *links,
				 bool unsaid)
{
	const char *alter =
		psprintf("ALTER %s %s ALTER COLUMN %s", column->parent->kind->sql,
				 column->parent->identity, zm_identifier(column->name));
	const char *have = zm_column_default(column_above(column, links), NIL);
	const char *want = zm_column_default(column, NIL);
	const ZmObject *not_null = NULL;
	ListCell *lc;

	foreach (lc, links)
	{
		const ZmObject *above = column_above(column, list_make1(lfirst(lc)));

		if (not_null == NULL && above && zm_hands_down_not_null(above))
			not_null = unsaid ? above : column;
	}
	if (have && want == NULL)
		zm_emit(emit, "alter", column, "%s DROP DEFAULT", alter);
	else if (unsaid && !zm_same_text(have, want))
		zm_emit(emit, "alter", column, "%s SET DEFAULT %s", alter, want);
	if (unsaid || not_null)
		zm_emit_not_null_below(emit, not_null, column);
}

static void
settle_constraints(ZmEmit *emit, List *parts)
{
	ListCell *lc;

	foreach (lc, parts_of_kind(parts, ZM_KIND_CONSTRAINT))
		zm_emit_constraint_rest(emit, lfirst(lc));
}

/* A partitioned table has nothing to write. */
static void
rewrites(ZmStatementOut *statement, const ZmObject *table)
{
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
	if (!zm_is_partitioned(table))
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
}

/* SET LOGGED and UNLOGGED take along the sequences that the table owns. */
static void
keep_sequences(ZmEmit *emit, const ZmObject *table)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *column = lfirst(lc);
		ListCell *dependent;

		if (column->kind != zm_kind(ZM_KIND_COLUMN))
			continue;
		foreach (dependent, column->dependents)
		{
			const ZmObject *sequence = lfirst(dependent);

			if (zm_is_kind(sequence, ZM_KIND_SEQUENCE) &&
				zm_sequence_column(sequence) == column &&
				!zm_change_comes(zm_new_change(emit->diff, sequence)))
				zm_emit_sequence_persistence(emit, sequence,
											 zm_get(table, "persistence"));
		}
	}
}

static void
emit_flags(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *identity = zm_get(new, "replica identity");
	const char *name = new->identity;
	bool secure = zm_flag(new, "row security");
	bool force = zm_flag(new, "force row security");

	/* Unset, it can be an index, which says so itself. */
	if (!zm_same_text(old ? zm_get(old, "replica identity") : NULL,
					  identity) &&
		(identity || zm_table_index(new, "replica identity") == NULL))
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER TABLE %s REPLICA IDENTITY %s", name,
							 identity == NULL				 ? "DEFAULT"
							 : strcmp(identity, "full") == 0 ? "FULL"
															 : "NOTHING"),
					 "ACCESS EXCLUSIVE", new);
	if (secure != (old && zm_flag(old, "row security")))
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER TABLE %s %s ROW LEVEL SECURITY", name,
							 secure ? "ENABLE" : "DISABLE"),
					 "ACCESS EXCLUSIVE", new);
	if (force != (old && zm_flag(old, "force row security")))
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER TABLE %s %s ROW LEVEL SECURITY", name,
							 force ? "FORCE" : "NO FORCE"),
					 "ACCESS EXCLUSIVE", new);
}
