/*
 * emit_constraint.c
 *
 * Statements for constraints of tables and for foreign keys.
 *
 * Rule: a constraint is checked against the rows that are there, unless it is
 * marked as not valid; where tables must stay in use, in a statement of its
 * own that lets others read and write.
 */
#include "postgres.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void create_constraint(ZmEmit *emit, const ZmChange *change,
							  List *parts);
static void complete_constraint(ZmEmit *emit, const ZmChange *change);
static void alter_constraint(ZmEmit *emit, const ZmChange *change);
static bool becomes_local(const ZmEmit *emit, const ZmChange *change);
static void merge(ZmEmit *emit, const ZmObject *constraint);
static void drop_constraint(ZmEmit *emit, const ZmChange *change);
static void remove_below(ZmEmit *emit, const ZmObject *old);
static void create_foreign_key(ZmEmit *emit, const ZmChange *change,
							   List *parts);
static void validate_copies(ZmEmit *emit, const ZmObject *key);
static bool is_checked_apart(const ZmEmit *emit, const ZmObject *copy);
static void alter_foreign_key(ZmEmit *emit, const ZmChange *change);
static void drop_foreign_key(ZmEmit *emit, const ZmChange *change);
static ZmStatementOut *add(ZmEmit *emit, const ZmObject *constraint,
						   bool check);
static bool comes_with_table(const ZmEmit *emit, const ZmObject *constraint);
static bool comes_unchecked(const ZmEmit *emit, const ZmObject *constraint);
static bool has_online_form(const ZmEmit *emit, const ZmObject *constraint);
static void create_checked_later(ZmEmit *emit, const ZmObject *constraint);
static void create_using_index(ZmEmit *emit, const ZmChange *change);
static char *key_columns(const ZmObject *constraint);
static const char *timing(const ZmObject *constraint);
static bool validated_by_parent(const ZmEmit *emit, const ZmChange *change);
static void comment_index(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *new);
static ZmStatementOut *remove_constraint(ZmEmit *emit, const ZmObject *old,
										 bool cascade);
static void give_up_name(ZmEmit *emit, const ZmObject *old,
						 const ZmObject *heir);
static void take_name(ZmEmit *emit, const ZmObject *former,
					  const ZmObject *new);
static bool is_name_taken(const ZmObject *old, const ZmObject *heir);
static void name_in_order(ZmEmit *emit, const ZmObject *key, bool before);
static void rename_constraint(ZmEmit *emit, const ZmObject *constraint,
							  const char *from, const char *to);

const ZmEmitter zm_emitter_constraint = {.create = create_constraint,
										 .complete = complete_constraint,
										 .alter = alter_constraint,
										 .drop = drop_constraint};

const ZmEmitter zm_emitter_foreign_key = {.create = create_foreign_key,
										  .alter = alter_foreign_key,
										  .drop = drop_foreign_key};

char *
zm_constraint_clause(const ZmObject *constraint)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "CONSTRAINT %s %s",
					 zm_identifier(constraint->name),
					 zm_spelled(constraint, "definition"));
	if (constraint->kind == zm_kind(ZM_KIND_CONSTRAINT))
	{
		const char *tablespace = zm_get(constraint, "tablespace");
		const char *predicate = zm_spelled(constraint, "predicate");

		appendStringInfoString(&text, zm_index_options(constraint));
		if (tablespace)
			appendStringInfo(&text, " USING INDEX TABLESPACE %s",
							 zm_identifier(tablespace));
		if (predicate)
			appendStringInfo(&text, " WHERE (%s)", predicate);
		if (zm_flag(constraint, "no inherit"))
			appendStringInfoString(&text, " NO INHERIT");
	}
	appendStringInfoString(&text, timing(constraint));
	if (zm_flag(constraint, "not enforced"))
		appendStringInfoString(&text, " NOT ENFORCED");
	return text.data;
}

void
zm_emit_constraint_rest(ZmEmit *emit, const ZmObject *constraint)
{
	if (!zm_constraint_has_index(constraint))
		return;
	zm_emit_index_rest(emit, NULL, constraint);
	comment_index(emit, NULL, constraint);
}

static void
create_constraint(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	bool has_index = zm_constraint_has_index(new);
	const ZmObject *former =
		has_index ? zm_attached_heir(emit->diff, new, false) : NULL;

	if (former)
	{
		take_name(emit, former, new);
		zm_emit_index_rest(emit, former, new);
		comment_index(emit, former, new);
		return;
	}
	if (comes_with_table(emit, new))
		return;
	if (comes_unchecked(emit, new))
	{
		zm_emit_validate(emit, new, new->name);
		if (zm_flag(new, "local"))
			merge(emit, new);
		return;
	}
	if (!has_online_form(emit, new))
		(void) add(emit, new, true);
	else if (has_index)
		create_using_index(emit, change);
	else
		create_checked_later(emit, new);
	zm_emit_constraint_rest(emit, new);
}

static void
complete_constraint(ZmEmit *emit, const ZmChange *change)
{
	if (zm_attached_to(change->new) &&
		zm_attached_heir(emit->diff, change->new, false) == NULL)
		zm_emit_index_attach(emit, change->new);
}

static void
alter_constraint(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;

	if (zm_constraint_has_index(new))
	{
		if (!zm_hangs_on_same(emit->diff, old, new))
			zm_emit_index_attach(emit, new);
		zm_emit_index_rest(emit, old, new);
		comment_index(emit, old, new);
	}
	else if (zm_differs(old, new, "not enforced"))
		(void) add(emit, new, true); /* to the one that it inherits */
	else
	{
		if (zm_differs(old, new, "not valid") &&
			!validated_by_parent(emit, change))
			zm_emit_validate(emit, new, new->name);
		if (becomes_local(emit, change))
			merge(emit, new);
	}
}

/* If its table is put under the parent anew, it is so by that. */
static bool
becomes_local(const ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const ZmObject *parent = zm_constraint_inherited_from(new);

	return parent && zm_get(change->old, "inherited") &&
		   !zm_flag(change->old, "local") && zm_flag(new, "local") &&
		   !zm_change_comes(zm_new_change(
			   emit->diff, zm_table_link(new->parent, parent->parent)));
}

/* The table has it by now: its rows are not read. */
static void
merge(ZmEmit *emit, const ZmObject *constraint)
{
	const ZmObject *table = constraint->parent;

	zm_emit_lock(zm_emit(emit, "alter", constraint, "ALTER %s %s ADD %s%s",
						 table->kind->sql, table->identity,
						 zm_constraint_clause(constraint),
						 zm_flag(constraint, "not valid") ? " NOT VALID" : ""),
				 "ACCESS EXCLUSIVE", table);
}

static void
drop_constraint(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	ZmStatementOut *statement;

	if (zm_constraint_has_index(old))
	{
		const ZmObject *heir = zm_attached_heir(emit->diff, old, true);

		if (heir)
		{
			give_up_name(emit, old, heir);
			return;
		}
		if (change->new != NULL && has_online_form(emit, change->new) &&
			zm_index_swaps(emit, change))
			return;
		zm_emit_index_leaves(emit, old);
	}
	statement = remove_constraint(emit, old, change->cascade);
	if (change->new == NULL && zm_get(old, "inherited") == NULL)
		zm_emit_rename_hint(emit, statement, old);
	remove_below(emit, old);
}

/* Tables that inherit a check, and have it of their own as well, lose it only
 * after this one has. */
static void
remove_below(ZmEmit *emit, const ZmObject *old)
{
	ListCell *lc;

	foreach (lc, old->dependents)
	{
		const ZmObject *other = lfirst(lc);

		if (other->kind != old->kind ||
			zm_constraint_inherited_from(other) != old ||
			!zm_change_leaves(zm_old_change(emit->diff, other)) ||
			zm_change_leaves(zm_old_change(emit->diff, other->parent)) ||
			zm_change_leaves(zm_old_change(
				emit->diff, zm_table_link(other->parent, old->parent))))
			continue;
		if (zm_flag(other, "local"))
			(void) remove_constraint(emit, other, false);
		remove_below(emit, other);
	}
}

static void
create_foreign_key(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const ZmObject *former = zm_attached_heir(emit->diff, new, false);

	if (former)
		take_name(emit, former, new);
	else if (has_online_form(emit, new))
		create_checked_later(emit, new);
	else
		(void) add(emit, new, true);
	if (former == NULL && zm_flag(new, "not valid"))
		validate_copies(emit, new);
}

/* Of a key that is not valid, those of partitions may be. */
static void
validate_copies(ZmEmit *emit, const ZmObject *key)
{
	ListCell *lc;

	foreach (lc, key->dependents)
	{
		const ZmObject *copy = lfirst(lc);

		if (copy->kind != key->kind || zm_attached_to(copy) != key ||
			is_checked_apart(emit, copy))
			continue;
		if (zm_flag(copy, "not valid"))
			validate_copies(emit, copy);
		else
			zm_emit_validate(emit, copy, copy->name);
	}
}

/* Does the partition bring it along, or make it under a name of its own? */
static bool
is_checked_apart(const ZmEmit *emit, const ZmObject *copy)
{
	return zm_change_comes(
			   zm_new_change(emit->diff, zm_table_partition(copy->parent))) ||
		   strcmp(copy->name, zm_attached_to(copy)->name) != 0;
}

static void
alter_foreign_key(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	StringInfoData text;

	if (zm_attached_to(new))
	{
		/* The parent's key passes all else on. */
		if (zm_differs(old, new, "not valid") &&
			zm_flag(zm_attached_to(new), "not valid"))
			zm_emit_validate(emit, new, new->name);
		return;
	}
	initStringInfo(&text);
	if (zm_differs(old, new, "deferrable"))
		appendStringInfoString(&text, zm_get(new, "deferrable")
										  ? timing(new)
										  : " NOT DEFERRABLE");
	if (zm_differs(old, new, "not enforced"))
		appendStringInfoString(&text, zm_flag(new, "not enforced")
										  ? " NOT ENFORCED"
										  : " ENFORCED");
	if (text.len > 0)
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER TABLE %s ALTER CONSTRAINT %s%s",
							 new->parent->identity, zm_identifier(new->name),
							 text.data),
					 "ACCESS EXCLUSIVE", new->parent);
	if (zm_flag(old, "not valid") && !zm_flag(new, "not valid") &&
		!zm_flag(new, "not enforced"))
		zm_emit_validate(emit, new, new->name);
}

static void
drop_foreign_key(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *heir = zm_attached_heir(emit->diff, change->old, true);
	ZmStatementOut *statement;

	if (heir)
	{
		give_up_name(emit, change->old, heir);
		return;
	}
	statement = remove_constraint(emit, change->old, change->cascade);
	if (change->new == NULL)
		zm_emit_rename_hint(emit, statement, change->old);
	zm_emit_note(statement, "ACCESS EXCLUSIVE lock on %s",
				 zm_get(change->old, "references"));
}

/* check: also the rows that are there, unless it is meant not to. */
static ZmStatementOut *
add(ZmEmit *emit, const ZmObject *constraint, bool check)
{
	const ZmObject *table = constraint->parent;
	bool foreign = constraint->kind == zm_kind(ZM_KIND_FOREIGN_KEY);
	bool has_index = !foreign && zm_constraint_has_index(constraint);
	bool not_valid = !check || zm_flag(constraint, "not valid");
	ZmStatementOut *statement = zm_emit(
		emit, "create", constraint, "ALTER %s %s%s ADD %s%s", table->kind->sql,
		has_index && zm_is_partitioned(table) ? "ONLY " : "", table->identity,
		zm_constraint_clause(constraint), not_valid ? " NOT VALID" : "");

	if (foreign)
		zm_emit_note(statement, "SHARE ROW EXCLUSIVE lock on %s",
					 zm_get(constraint, "references"));
	if (!zm_table_stands(emit->diff, table))
		return statement;
	zm_emit_lock(statement,
				 foreign ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE", table);
	if (has_index && !zm_is_partitioned(table))
		zm_emit_hazard(statement, ZM_HAZARD_INDEX_BUILD | ZM_HAZARD_MAY_FAIL);
	else if (!has_index && !not_valid &&
			 !zm_flag(constraint, "not enforced") &&
			 table->kind == zm_kind(ZM_KIND_TABLE))
		zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
	return statement;
}

/* INHERITS in the CREATE TABLE has brought it, and as a valid one. */
static bool
comes_with_table(const ZmEmit *emit, const ZmObject *constraint)
{
	const ZmObject *parent = zm_constraint_inherited_from(constraint);
	const ZmObject *link =
		parent ? zm_table_link(constraint->parent, parent->parent) : NULL;

	return link && link->kind == zm_kind(ZM_KIND_INHERITANCE) &&
		   !zm_flag(constraint, "local") &&
		   !zm_flag(constraint, "not valid") &&
		   !zm_table_stands(emit->diff, constraint->parent);
}

/* The one above has brought it, but does not check the rows that are there. */
static bool
comes_unchecked(const ZmEmit *emit, const ZmObject *constraint)
{
	const ZmObject *parent = zm_constraint_inherited_from(constraint);

	return zm_is_validated_below(constraint) &&
		   !zm_change_comes(zm_new_change(
			   emit->diff, zm_table_link(constraint->parent, parent->parent)));
}

static bool
has_online_form(const ZmEmit *emit, const ZmObject *constraint)
{
	const ZmObject *table = constraint->parent;

	if (!emit->diff->options->online || !zm_table_stands(emit->diff, table) ||
		zm_flag(constraint, "not valid") ||
		zm_flag(constraint, "not enforced"))
		return false;
	if (constraint->kind == zm_kind(ZM_KIND_FOREIGN_KEY))
		return ZM_HAS_NOT_VALID_KEYS_BELOW || !zm_is_partitioned(table);
	if (zm_constraint_has_index(constraint))
		return !zm_is_partitioned(table) && !zm_flag(constraint, "temporal") &&
			   !zm_is(constraint, "type", "exclude");
	return table->kind == zm_kind(ZM_KIND_TABLE);
}

static void
create_checked_later(ZmEmit *emit, const ZmObject *constraint)
{
	add(emit, constraint, false)->commit_after = true;
	zm_emit_validate(emit, constraint, constraint->name);
}

/* The index is built while the table, and an old constraint, are in use. */
static void
create_using_index(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const ZmObject *table = new->parent;
	const char *tablespace = zm_get(new, "tablespace");
	bool swaps = zm_index_swaps(emit, change);
	char *name = zm_identifier(swaps ? zm_spare_name(emit->diff, new, "_new")
									 : new->name);
	char *old_name = swaps ? zm_identifier(change->old->name) : NULL;
	ZmStatementOut *statement = zm_emit(
		emit, "create", new,
		"CREATE UNIQUE INDEX CONCURRENTLY %s ON %s USING btree %s%s%s%s", name,
		table->identity, key_columns(new), zm_index_options(new),
		tablespace ? " TABLESPACE " : "",
		tablespace ? zm_identifier(tablespace) : "");

	statement->top_level = true;
	zm_emit_lock(statement, "SHARE UPDATE EXCLUSIVE", table);
	zm_emit_hazard(statement, ZM_HAZARD_INDEX_BUILD | ZM_HAZARD_MAY_FAIL);
	if (swaps)
		zm_emit_index_leaves(emit, change->old);
	statement = zm_emit(
		emit, "create", new,
		"ALTER TABLE %s %s%s%sADD CONSTRAINT %s %s USING INDEX %s%s",
		table->identity, swaps ? "DROP CONSTRAINT " : "",
		swaps ? old_name : "", swaps ? ", " : "", zm_identifier(new->name),
		zm_is(new, "type", "primary key") ? "PRIMARY KEY" : "UNIQUE", name,
		timing(new));
	zm_emit_lock(statement, "ACCESS EXCLUSIVE", table);
}

/* What CREATE INDEX says behind the access method: the server writes the
 * definition of such a constraint with one of these beginnings. */
static char *
key_columns(const ZmObject *constraint)
{
	static const char *const beginnings[][2] = {
		{"PRIMARY KEY ", ""},
		{"UNIQUE NULLS NOT DISTINCT ", " NULLS NOT DISTINCT"},
		{"UNIQUE ", ""}};
	const char *definition = zm_get(constraint, "definition");

	for (int i = 0; i < lengthof(beginnings); i++)
	{
		Size length = strlen(beginnings[i][0]);

		if (strncmp(definition, beginnings[i][0], length) == 0)
			return psprintf("%s%s", definition + length, beginnings[i][1]);
	}
	elog(ERROR, "constraint %s has an unknown definition: %s",
		 constraint->identity, definition);
}

static const char *
timing(const ZmObject *constraint)
{
	const char *deferrable = zm_get(constraint, "deferrable");

	return deferrable ? psprintf(" %s", deferrable) : "";
}

void
zm_emit_validate(ZmEmit *emit, const ZmObject *object, const char *name)
{
	ZmStatementOut *statement =
		zm_emit(emit, "alter", object, "ALTER %s %s VALIDATE CONSTRAINT %s",
				object->parent->kind->sql, object->parent->identity,
				zm_identifier(name));

	zm_emit_lock(statement, "SHARE UPDATE EXCLUSIVE", object->parent);
	zm_emit_hazard(statement, ZM_HAZARD_FULL_SCAN | ZM_HAZARD_MAY_FAIL);
	if (object->kind == zm_kind(ZM_KIND_FOREIGN_KEY))
		zm_emit_note(statement, "ROW SHARE lock on %s",
					 zm_get(object, "references"));
}

static bool
validated_by_parent(const ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *parent = zm_constraint_inherited_from(change->new);
	const ZmObject *before = parent ? zm_new_twin(emit->diff, parent) : NULL;

	return before && zm_flag(before, "not valid") &&
		   !zm_flag(parent, "not valid");
}

/* The index of a constraint can have a comment beside the constraint's. */
static void
comment_index(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const char *comment = zm_get(new, "index comment");

	if (zm_same_text(old ? zm_get(old, "index comment") : NULL, comment))
		return;
	zm_emit(emit, "comment", new, "COMMENT ON INDEX %s IS %s",
			zm_index_name(new), comment ? zm_literal(comment) : "NULL");
}

static ZmStatementOut *
remove_constraint(ZmEmit *emit, const ZmObject *old, bool cascade)
{
	ZmStatementOut *statement =
		zm_emit(emit, "drop", old, "ALTER %s %s DROP CONSTRAINT %s%s",
				old->parent->kind->sql, old->parent->identity,
				zm_identifier(old->name), cascade ? " CASCADE" : "");

	zm_emit_lock(statement, "ACCESS EXCLUSIVE", old->parent);
	return statement;
}

/* What hangs on the parent's cannot be dropped alone: it becomes the other one
 * by its name.  If that is still another one's, it has a third name until all
 * have given up theirs. */
static void
give_up_name(ZmEmit *emit, const ZmObject *old, const ZmObject *heir)
{
	if (old->attributes[ZM_COMMENT] && heir->attributes[ZM_COMMENT] == NULL)
		zm_emit(emit, "comment", old, "COMMENT ON CONSTRAINT %s IS NULL",
				old->identity);
	if (strcmp(old->name, heir->name) == 0)
		return;
	if (is_name_taken(old, heir))
	{
		rename_constraint(emit, old, old->name,
						  zm_aside_name(emit->diff, old));
		return;
	}
	zm_emit_free_name(emit, heir, heir->name);
	rename_constraint(emit, old, old->name, heir->name);
}

static void
take_name(ZmEmit *emit, const ZmObject *former, const ZmObject *new)
{
	if (strcmp(former->name, new->name) != 0 && is_name_taken(former, new))
		rename_constraint(emit, new, zm_aside_name(emit->diff, former),
						  new->name);
}

/* By another constraint of its table that is to go, or has to change its own
 * name? */
static bool
is_name_taken(const ZmObject *old, const ZmObject *heir)
{
	ListCell *lc;

	foreach (lc, old->parent->children)
	{
		const ZmObject *other = lfirst(lc);

		if ((zm_is_kind(other, ZM_KIND_CONSTRAINT) ||
			 zm_is_kind(other, ZM_KIND_FOREIGN_KEY)) &&
			strcmp(other->name, heir->name) == 0)
			return true;
	}
	return false;
}

void
zm_emit_copies_in_order(ZmEmit *emit, const ZmObject *table, bool before)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *key = lfirst(lc);

		if (zm_is_kind(key, ZM_KIND_FOREIGN_KEY) && zm_attached_to(key) &&
			zm_crosses_copies(key))
			name_in_order(emit, key, before);
	}
}

/* By a number that tells its place among those that are like it. */
static void
name_in_order(ZmEmit *emit, const ZmObject *key, bool before)
{
	List *copies = zm_copies_alike(key);
	const ZmObject *named = linitial(copies);
	int place = 0;
	char *name;
	ListCell *lc;

	foreach (lc, copies)
	{
		if (lfirst(lc) == key)
			break;
		place++;
	}
	name = zm_spare_name(emit->diff, named, psprintf("_%04d", place));
	if (before)
		rename_constraint(emit, key, key->name, name);
	else
		rename_constraint(emit, key, name, key->name);
}

static void
rename_constraint(ZmEmit *emit, const ZmObject *constraint, const char *from,
				  const char *to)
{
	zm_emit_lock(zm_emit(emit, "rename", constraint,
						 "ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
						 constraint->parent->identity, zm_identifier(from),
						 zm_identifier(to)),
				 "ACCESS EXCLUSIVE", constraint->parent);
}
