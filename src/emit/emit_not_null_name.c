/*
 * emit_not_null_name.c
 *
 * Names of not-null constraints (18): what they are at each statement, and
 * statements that change them.
 *
 * No other constraint of a table can have such a name.  The server renames the
 * constraints of tables below as well, and wants each of them to have one of
 * the old name.
 *
 * Rule: a constraint that is called otherwise than its own schema says is kept
 * track of, by its column.
 */
#include "postgres.h"

#include "commands/defrem.h"

#include "compat.h"
#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"
#include "util/string_hash.h"

/* The name of a constraint and who has it. */
typedef struct NameHolder
{
	char *name;			/* the key: schema and name */
	const char *holder; /* a column's identity; NULL: others, or several */
} NameHolder;

/* A column and how its constraint is called by now. */
typedef struct NameNow
{
	const char *column; /* the key: its identity */
	const char *name;	/* NULL: it has none */
	bool made;			/* the constraint is not the one of the old schema */
	bool altered;		/* it is by now as the next line says */
	bool inherit;
} NameNow;

static NameNow *find_now(const ZmEmit *emit, const ZmObject *column);
static NameNow *make_now(ZmEmit *emit, const ZmObject *column);
static NameHolder *find_holder(ZmEmit *emit, const ZmObject *table,
							   const char *name);
static void collect_names(ZmEmit *emit);
static void add_name(ZmEmit *emit, const ZmObject *object);
static void free_in_table(ZmEmit *emit, const ZmObject *table,
						  const char *name, const char *except);
static void set_aside(ZmEmit *emit, const ZmObject *old, const char *name);
static bool is_to_change(const ZmEmit *emit, const ZmObject *old,
						 const char *name);
static bool comes_from_above(const ZmEmit *emit, const ZmObject *old);
static void let_go(ZmEmit *emit, const ZmObject *old, bool begin);
static const char *final_name(ZmEmit *emit, const ZmObject *old);
static char *spare_name(ZmEmit *emit, const ZmObject *old);
static void rename_to(ZmEmit *emit, const ZmObject *old, const char *want);
static void rename_statement(ZmEmit *emit, const ZmObject *old,
							 const char *want);
static bool is_typed_throughout(const ZmEmit *emit, const ZmObject *table);
static bool is_named_below(const ZmEmit *emit, const ZmObject *old,
						   const char *name);
static bool comes_from_one(const ZmEmit *emit, const ZmObject *old);
static void rename_below(ZmEmit *emit, const ZmObject *old, const char *from,
						 const char *to);
static void renamed(ZmEmit *emit, const ZmObject *old, const char *from,
					const char *to);
static List *add_stand_ins(ZmEmit *emit, List *tables, const ZmObject *old,
						   const char *name);

const char *
zm_not_null_name_now(const ZmEmit *emit, const ZmObject *column)
{
	NameNow *entry = find_now(emit, column);

	return entry ? entry->name : zm_not_null_name(column);
}

bool
zm_not_null_is_made(const ZmEmit *emit, const ZmObject *column)
{
	NameNow *entry = find_now(emit, column);

	return entry && entry->made;
}

static NameNow *
find_now(const ZmEmit *emit, const ZmObject *column)
{
	if (emit->not_null_names == NULL)
		return NULL;
	return hash_search(emit->not_null_names, &column->identity, HASH_FIND,
					   NULL);
}

static NameNow *
make_now(ZmEmit *emit, const ZmObject *column)
{
	NameNow *entry;
	bool found;

	if (emit->not_null_names == NULL)
		emit->not_null_names =
			zm_string_hash("zishu_migrate not-null names", sizeof(NameNow));
	entry = hash_search(emit->not_null_names, &column->identity, HASH_ENTER,
						&found);
	if (!found)
	{
		entry->name = zm_not_null_name(column);
		entry->made = entry->altered = entry->inherit = false;
	}
	return entry;
}

void
zm_not_null_named(ZmEmit *emit, const ZmObject *column, const char *name)
{
	if (ZM_HAS_NOT_NULL_CONSTRAINTS)
		make_now(emit, column)->name = name;
}

void
zm_not_null_made(ZmEmit *emit, const ZmObject *column)
{
	NameNow *entry;

	if (!ZM_HAS_NOT_NULL_CONSTRAINTS)
		return;
	entry = make_now(emit, column);
	entry->name = zm_not_null_name(column);
	entry->made = entry->altered = true;
	entry->inherit = zm_hands_down_not_null(column);
}

void
zm_not_null_dropped(ZmEmit *emit, const ZmObject *old)
{
	ListCell *lc;

	zm_not_null_named(emit, old, NULL);
	foreach (lc, zm_child_columns(emit->diff, old))
	{
		const ZmObject *child = lfirst(lc);

		if (!zm_flag(child, "not null local") &&
			!comes_from_above(emit, child))
			zm_not_null_dropped(emit, child);
	}
}

bool
zm_not_null_inherits_now(const ZmEmit *emit, const ZmObject *column)
{
	const NameNow *entry = find_now(emit, column);

	if (zm_not_null_name_now(emit, column) == NULL)
		return false;
	return entry && entry->altered ? entry->inherit
								   : zm_hands_down_not_null(column);
}

void
zm_emit_not_null_inherit(ZmEmit *emit, const ZmObject *column, bool inherit)
{
	const ZmObject *table = column->parent;
	NameNow *entry = make_now(emit, column);

	zm_emit_lock(zm_emit(emit, "alter", column,
						 "ALTER TABLE %s ALTER CONSTRAINT %s %sINHERIT",
						 table->identity, zm_identifier(entry->name),
						 inherit ? "" : "NO "),
				 "ACCESS EXCLUSIVE", table);
	entry->altered = true;
	entry->inherit = inherit;
}

bool
zm_not_null_is_usual(ZmEmit *emit, const ZmObject *column)
{
	const char *name = zm_not_null_name(column);
	NameHolder *found;

	if (name == NULL)
		return true;
	if (strcmp(name, makeObjectName(column->parent->name, column->name,
									"not_null")) != 0)
		return false;
	found = find_holder(emit, column->parent, name);
	return found && found->holder &&
		   strcmp(found->holder, column->identity) == 0;
}

static NameHolder *
find_holder(ZmEmit *emit, const ZmObject *table, const char *name)
{
	const char *key = zm_qualified(table->schema, name);

	if (emit->constraint_names == NULL)
		collect_names(emit);
	return hash_search(emit->constraint_names, &key, HASH_FIND, NULL);
}

static void
collect_names(ZmEmit *emit)
{
	const ZmSchema *schemas[] = {emit->diff->old, emit->diff->new};

	emit->constraint_names =
		zm_string_hash("zishu_migrate constraint names", sizeof(NameHolder));
	for (int i = 0; i < lengthof(schemas); i++)
	{
		ListCell *lc;

		foreach (lc, schemas[i]->objects)
			add_name(emit, lfirst(lc));
	}
}

static void
add_name(ZmEmit *emit, const ZmObject *object)
{
	bool column = zm_is_kind(object, ZM_KIND_COLUMN);
	const char *name = column ? zm_not_null_name(object) : object->name;
	const char *key;
	NameHolder *entry;
	bool found;

	if (name == NULL || (!column && !zm_is_kind(object, ZM_KIND_CONSTRAINT) &&
						 !zm_is_kind(object, ZM_KIND_FOREIGN_KEY) &&
						 !zm_is_kind(object, ZM_KIND_DOMAIN_CONSTRAINT)))
		return;
	key = zm_qualified(object->parent->schema, name);
	entry = hash_search(emit->constraint_names, &key, HASH_ENTER, &found);
	if (!found)
		entry->holder = column ? object->identity : NULL;
	else if (!column ||
			 (entry->holder && strcmp(entry->holder, object->identity) != 0))
		entry->holder = NULL;
}

void
zm_free_not_null_name(ZmEmit *emit, const ZmObject *object, const char *name)
{
	ListCell *lc;

	if (!ZM_HAS_NOT_NULL_CONSTRAINTS || name == NULL ||
		!zm_table_stands(emit->diff, object->parent))
		return;
	free_in_table(emit, object->parent, name,
				  zm_is_kind(object, ZM_KIND_COLUMN) ? object->name : NULL);
	if (!zm_is_kind(object, ZM_KIND_COLUMN))
		return;
	foreach (lc, zm_child_columns(emit->diff, object))
		zm_free_not_null_name(emit, lfirst(lc), name);
}

/* except: the column that may have it. */
static void
free_in_table(ZmEmit *emit, const ZmObject *table, const char *name,
			  const char *except)
{
	const ZmObject *before = zm_new_twin(emit->diff, table);
	ListCell *lc;

	foreach (lc, before->children)
	{
		const ZmObject *column = lfirst(lc);
		const char *now;

		if (!zm_is_kind(column, ZM_KIND_COLUMN) ||
			(except && strcmp(column->name, except) == 0))
			continue;
		now = zm_not_null_name_now(emit, column);
		if (now && strcmp(now, name) == 0)
			set_aside(emit, column, name);
	}
}

/* Gives it another name, for a while or for good, where it comes from. */
static void
set_aside(ZmEmit *emit, const ZmObject *old, const char *name)
{
	ListCell *lc;

	foreach (lc, zm_parent_columns(emit->diff, old))
	{
		const ZmObject *above = lfirst(lc);

		if (zm_not_null_inherits_now(emit, above) &&
			strcmp(zm_not_null_name_now(emit, above), name) == 0 &&
			is_to_change(emit, above, name))
		{
			set_aside(emit, above, name);
			return;
		}
	}
	if (!is_to_change(emit, old, name))
		return;
	if (!comes_from_above(emit, old))
		rename_to(emit, old, spare_name(emit, old));
	else if (zm_table_partition(old->parent) == NULL)
	{
		let_go(emit, old, true);
		rename_to(emit, old, final_name(emit, old));
		let_go(emit, old, false);
	}
}

/* Is it not to have that name in the end? */
static bool
is_to_change(const ZmEmit *emit, const ZmObject *old, const char *name)
{
	const ZmObject *twin = zm_old_twin(emit->diff, old);
	const char *to = twin ? zm_not_null_name(twin) : NULL;

	return to == NULL || strcmp(to, name) != 0;
}

static bool
comes_from_above(const ZmEmit *emit, const ZmObject *old)
{
	ListCell *lc;

	foreach (lc, zm_parent_columns(emit->diff, old))
	{
		if (zm_not_null_inherits_now(emit, lfirst(lc)))
			return true;
	}
	return false;
}

/* The constraints that a column's comes from are no longer, or again, those of
 * tables below: only then can the server rename it. */
static void
let_go(ZmEmit *emit, const ZmObject *old, bool begin)
{
	ListCell *lc;

	foreach (lc, zm_parent_columns(emit->diff, old))
	{
		const ZmObject *above = lfirst(lc);

		if (zm_not_null_name_now(emit, above) == NULL ||
			zm_not_null_inherits_now(emit, above) != begin)
			continue;
		if (begin)
			let_go(emit, above, begin);
		zm_emit_not_null_inherit(emit, above, !begin);
		if (!begin)
			let_go(emit, above, begin);
	}
}

/* Of one whose name is not looked at again: the one that it is to have, if it
 * can. */
static const char *
final_name(ZmEmit *emit, const ZmObject *old)
{
	const ZmObject *twin = zm_old_twin(emit->diff, old);
	const char *name = twin ? zm_not_null_name(twin) : NULL;
	ListCell *lc;

	if (name == NULL)
		return spare_name(emit, old);
	foreach (lc, old->parent->children)
	{
		const ZmObject *other = lfirst(lc);
		const char *has = zm_is_kind(other, ZM_KIND_COLUMN)
							  ? zm_not_null_name_now(emit, other)
							  : other->name;

		if (has && strcmp(has, name) == 0)
			return spare_name(emit, old);
	}
	return name;
}

static char *
spare_name(ZmEmit *emit, const ZmObject *old)
{
	for (int i = 0;; i++)
	{
		char *name = zm_spare_name(emit->diff, old,
								   i ? psprintf("_not_null_old%d", i)
									 : "_not_null_old");

		if (find_holder(emit, old->parent, name) == NULL)
			return name;
	}
}

void
zm_rename_not_null(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	zm_free_not_null_name(emit, new, zm_not_null_name(new));
	zm_emit_free_name(emit, new, zm_not_null_name(new));
	rename_to(emit, old, zm_not_null_name(new));
}

void
zm_settle_not_null_names(ZmEmit *emit, const ZmObject *table)
{
	ListCell *lc;

	if (!ZM_HAS_NOT_NULL_CONSTRAINTS || !zm_table_stands(emit->diff, table))
		return;
	foreach (lc, table->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_COLUMN))
			zm_settle_not_null_name(emit, lfirst(lc));
	}
}

void
zm_settle_not_null_name(ZmEmit *emit, const ZmObject *column)
{
	const ZmObject *old = zm_new_twin(emit->diff, column);
	const char *want = zm_get(column, "inherited not null name");
	const char *now = old ? zm_not_null_name_now(emit, old) : NULL;

	if (want && now && strcmp(now, want) != 0 && !comes_from_above(emit, old))
		zm_rename_not_null(emit, old, column);
}

/* Tables below that call theirs otherwise: partitions get one of that name for
 * a while, others are let go meanwhile. */
static void
rename_to(ZmEmit *emit, const ZmObject *old, const char *want)
{
	const ZmObject *table = old->parent;
	const char *have = zm_not_null_name_now(emit, old);
	bool lets_go = zm_not_null_inherits_now(emit, old) &&
				   !zm_is_partitioned(table) &&
				   !is_named_below(emit, old, have);
	List *stand_ins = NIL;
	ListCell *lc;

	if (lets_go)
		zm_emit_not_null_inherit(emit, old, false);
	else if (zm_is_partitioned(table))
		stand_ins = add_stand_ins(emit, NIL, old, have);
	rename_statement(emit, old, want);
	if (lets_go)
	{
		zm_not_null_named(emit, old, want);
		rename_below(emit, old, have, want);
		zm_emit_not_null_inherit(emit, old, true);
		return;
	}
	renamed(emit, old, have, want);
	foreach (lc, stand_ins)
	{
		const ZmObject *partition = lfirst(lc);

		zm_emit_lock(zm_emit(emit, "alter", partition,
							 "ALTER %s %s DROP CONSTRAINT %s",
							 partition->kind->sql, partition->identity,
							 zm_identifier(want)),
					 "ACCESS EXCLUSIVE", partition);
	}
}

/* The server renames nothing of a typed table. */
static void
rename_statement(ZmEmit *emit, const ZmObject *old, const char *want)
{
	const ZmObject *table = old->parent;
	bool typed = is_typed_throughout(emit, table);

	if (typed)
		zm_emit_lock(zm_emit(emit, "alter", old, "ALTER TABLE %s NOT OF",
							 table->identity),
					 "ACCESS EXCLUSIVE", table);
	zm_emit_lock(zm_emit(emit, "alter", old,
						 "ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
						 table->identity,
						 zm_identifier(zm_not_null_name_now(emit, old)),
						 zm_identifier(want)),
				 "ACCESS EXCLUSIVE", table);
	if (typed)
		zm_emit_lock(zm_emit(emit, "alter", old, "ALTER TABLE %s OF %s",
							 table->identity, zm_get(table, "of type")),
					 "ACCESS EXCLUSIVE", table);
}

/* One that leaves its type has left it by now. */
static bool
is_typed_throughout(const ZmEmit *emit, const ZmObject *table)
{
	const ZmChange *change = zm_old_change(emit->diff, table);

	return zm_is_typed(table) && !(change && zm_leaves_type(change));
}

/* Have those of tables below, which come from it alone, that name as well? */
static bool
is_named_below(const ZmEmit *emit, const ZmObject *old, const char *name)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, old))
	{
		const char *now = zm_not_null_name_now(emit, lfirst(lc));

		if (now == NULL || strcmp(now, name) != 0 ||
			!comes_from_one(emit, lfirst(lc)) ||
			!is_named_below(emit, lfirst(lc), name))
			return false;
	}
	return true;
}

static bool
comes_from_one(const ZmEmit *emit, const ZmObject *old)
{
	int count = 0;
	ListCell *lc;

	foreach (lc, zm_parent_columns(emit->diff, old))
		count += zm_not_null_inherits_now(emit, lfirst(lc));
	return count == 1;
}

/* Those that have been let go, as the server would do it. */
static void
rename_below(ZmEmit *emit, const ZmObject *old, const char *from,
			 const char *to)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, old))
	{
		const char *now = zm_not_null_name_now(emit, lfirst(lc));

		if (now && strcmp(now, from) == 0 &&
			!comes_from_above(emit, lfirst(lc)))
			rename_to(emit, lfirst(lc), to);
	}
}

static void
renamed(ZmEmit *emit, const ZmObject *old, const char *from, const char *to)
{
	ListCell *lc;

	zm_not_null_named(emit, old, to);
	if (!zm_not_null_inherits_now(emit, old))
		return;
	foreach (lc, zm_child_columns(emit->diff, old))
	{
		const char *now = zm_not_null_name_now(emit, lfirst(lc));

		if (now && strcmp(now, from) == 0)
			renamed(emit, lfirst(lc), from, to);
	}
}

/* Adds the partitions that get a check of that name for a while, and pass it
 * on. */
static List *
add_stand_ins(ZmEmit *emit, List *tables, const ZmObject *old,
			  const char *name)
{
	ListCell *lc;

	foreach (lc, zm_child_columns(emit->diff, old))
	{
		const ZmObject *child = lfirst(lc);
		const char *now = zm_not_null_name_now(emit, child);
		ZmObject *table = child->parent;

		if (now && strcmp(now, name) == 0)
		{
			tables = add_stand_ins(emit, tables, child, name);
			continue;
		}
		zm_emit_lock(zm_emit(emit, "alter", child,
							 "ALTER %s %s ADD CONSTRAINT %s CHECK (true) "
							 "NOT VALID",
							 table->kind->sql, table->identity,
							 zm_identifier(name)),
					 "ACCESS EXCLUSIVE", table);
		tables = lappend(tables, table);
	}
	return tables;
}
