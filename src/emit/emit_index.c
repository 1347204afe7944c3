/*
 * emit_index.c
 *
 * Statements for indexes, those of constraints too once they are made, and for
 * extended statistics.
 *
 * An index of a partitioned table is made on that table only, each partition's
 * under its own name, and then attached: so every one is called what it is
 * meant to be called.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static bool has_index(const ZmObject *object);
static void create_index(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_index(ZmEmit *emit, const ZmChange *change);
static void alter_index(ZmEmit *emit, const ZmChange *change);
static void drop_index(ZmEmit *emit, const ZmChange *change);
static void give_up_name(ZmEmit *emit, const ZmObject *old,
						 const ZmObject *heir);
static bool is_name_taken(const ZmEmit *emit, const ZmObject *old,
						  const ZmObject *heir);
static void rename_index(ZmEmit *emit, const ZmObject *index, const char *from,
						 const char *to);
static void make_index(ZmEmit *emit, const ZmObject *index, const char *name);
static ZmStatementOut *remove_index(ZmEmit *emit, const ZmObject *index,
									bool cascade);
static void alter_storage(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *new);
static void alter_marks(ZmEmit *emit, const ZmObject *old,
						const ZmObject *new);
static void alter_targets(ZmEmit *emit, const ZmObject *old,
						  const ZmObject *new);
static void set_target(ZmEmit *emit, const ZmObject *index, const char *target,
					   bool set);
static void create_statistics(ZmEmit *emit, const ZmChange *change,
							  List *parts);
static void alter_statistics(ZmEmit *emit, const ZmChange *change);
static void set_statistics(ZmEmit *emit, const ZmObject *statistics);

const ZmEmitter zm_emitter_index = {.create = create_index,
									.complete = complete_index,
									.alter = alter_index,
									.drop = drop_index};

const ZmEmitter zm_emitter_statistics = {.create = create_statistics,
										 .alter = alter_statistics};

char *
zm_index_name(const ZmObject *index)
{
	return zm_qualified(index->schema, index->name);
}

char *
zm_index_options(const ZmObject *index)
{
	List *options = zm_get_list(index, "options");

	return options ? psprintf(" WITH (%s)", zm_storage_options(options)) : "";
}

const ZmObject *
zm_table_index(const ZmObject *table, const char *mark)
{
	ListCell *lc;

	foreach (lc, table->children)
	{
		const ZmObject *child = lfirst(lc);

		if ((child->kind == zm_kind(ZM_KIND_INDEX) ||
			 child->kind == zm_kind(ZM_KIND_CONSTRAINT)) &&
			zm_flag(child, mark))
			return child;
	}
	return NULL;
}

bool
zm_table_stands(const ZmDiff *diff, const ZmObject *table)
{
	return !zm_change_comes(zm_new_change(diff, table));
}

static bool
has_index(const ZmObject *object)
{
	return zm_is_kind(object, ZM_KIND_INDEX) ||
		   zm_constraint_has_index(object);
}

/*
 * It must be possible to have both for a while, and nothing that either is
 * made of may be on its way.
 */
bool
zm_index_swaps(const ZmEmit *emit, const ZmChange *change)
{
	const ZmDiff *diff = emit->diff;
	ListCell *lc;

	if (!diff->options->online || !change->replaced || change->hinders ||
		!has_index(change->old) || !has_index(change->new) ||
		!zm_table_stands(diff, change->new->parent) ||
		zm_is_partitioned(change->new->parent) ||
		zm_get(change->old, "of partitioned") ||
		zm_get(change->new, "of partitioned") ||
		zm_is_found_instead(diff, change->new))
		return false;
	foreach (lc, change->old->needs)
	{
		if (zm_old_change(diff, lfirst(lc)))
			return false;
	}
	foreach (lc, change->new->needs)
	{
		if (zm_new_change(diff, lfirst(lc)))
			return false;
	}
	/* A foreign key that comes back to something else must not find it. */
	foreach (lc, change->old->dependents)
	{
		const ZmObject *twin = zm_old_twin(diff, lfirst(lc));

		if (twin && !zm_needs(twin, change->new))
			return false;
	}
	return true;
}

void
zm_emit_index_rest(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	if (old)
		alter_storage(emit, old, new);
	alter_marks(emit, old, new);
	alter_targets(emit, old, new);
}

/* A table that is yet to be attached brings its indexes along. */
void
zm_emit_index_attach(ZmEmit *emit, const ZmObject *index)
{
	const ZmObject *parent = zm_attached_to(index);
	const ZmObject *link = zm_table_partition(index->parent);

	if (parent == NULL || link == NULL)
		return;
	/* The server does that when the table is attached, if it is valid. */
	if (zm_change_comes(zm_new_change(emit->diff, link)) &&
		!zm_flag(index, "invalid"))
		return;
	zm_emit(emit, "attach", index, "ALTER INDEX %s ATTACH PARTITION %s",
			zm_index_name(parent), zm_index_name(index));
}

/* Without an index to go by, a table would be left with no identity at all. */
void
zm_emit_index_leaves(ZmEmit *emit, const ZmObject *old)
{
	const ZmObject *table = zm_old_twin(emit->diff, old->parent);

	if (zm_flag(old, "replica identity") && table &&
		zm_get(table, "replica identity") == NULL)
		zm_emit_lock(zm_emit(emit, "alter", table,
							 "ALTER TABLE %s REPLICA IDENTITY DEFAULT",
							 table->identity),
					 "ACCESS EXCLUSIVE", table);
}

static void
create_index(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const ZmObject *former = zm_attached_heir(emit->diff, new, false);

	if (former)
	{
		if (is_name_taken(emit, former, new))
			rename_index(emit, new, zm_aside_name(emit->diff, former),
						 new->name);
		zm_emit_index_rest(emit, former, new);
		return;
	}
	if (zm_index_swaps(emit, change))
	{
		char *spare = zm_spare_name(emit->diff, new, "_new");

		make_index(emit, new, spare);
		zm_emit_index_leaves(emit, change->old);
		(void) remove_index(emit, change->old, false);
		zm_emit(emit, "alter", new, "ALTER INDEX %s RENAME TO %s",
				zm_qualified(new->schema, spare), zm_identifier(new->name));
	}
	else
		make_index(emit, new, new->name);
	zm_emit_index_rest(emit, NULL, new);
}

static void
complete_index(ZmEmit *emit, const ZmChange *change)
{
	if (zm_attached_heir(emit->diff, change->new, false) == NULL)
		zm_emit_index_attach(emit, change->new);
}

static void
alter_index(ZmEmit *emit, const ZmChange *change)
{
	if (!zm_hangs_on_same(emit->diff, change->old, change->new))
		zm_emit_index_attach(emit, change->new);
	zm_emit_index_rest(emit, change->old, change->new);
}

static void
drop_index(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *heir = zm_attached_heir(emit->diff, change->old, true);
	ZmStatementOut *statement;

	/* The server lets it go with its parent's only. */
	if (heir)
	{
		give_up_name(emit, change->old, heir);
		return;
	}
	if (zm_index_swaps(emit, change))
		return;
	zm_emit_index_leaves(emit, change->old);
	/* Constraints of partitions hold on to theirs, that go with it. */
	statement = remove_index(emit, change->old,
							 change->cascade || zm_has_key_below(change->old));
	if (change->new == NULL)
		zm_emit_rename_hint(emit, statement, change->old);
}

/* For the one that takes its place; if another one has that name still, it has
 * a third name until all have given up theirs. */
static void
give_up_name(ZmEmit *emit, const ZmObject *old, const ZmObject *heir)
{
	if (old->attributes[ZM_COMMENT] && heir->attributes[ZM_COMMENT] == NULL)
		zm_emit(emit, "comment", old, "COMMENT ON INDEX %s IS NULL",
				old->identity);
	if (strcmp(old->name, heir->name) != 0)
		rename_index(emit, old, old->name,
					 is_name_taken(emit, old, heir)
						 ? zm_aside_name(emit->diff, old)
						 : heir->name);
}

/* By another index, or the constraint of one, that changes its own name? */
static bool
is_name_taken(const ZmEmit *emit, const ZmObject *old, const ZmObject *heir)
{
	ListCell *lc;

	if (strcmp(old->name, heir->name) == 0)
		return false;
	if (zm_schema_find(emit->diff->old, heir->kind, heir->identity))
		return true;
	foreach (lc, old->parent->children)
	{
		const ZmObject *other = lfirst(lc);

		if (zm_is_index(other) && has_index(other) &&
			strcmp(other->name, heir->name) == 0)
			return true;
	}
	return false;
}

static void
rename_index(ZmEmit *emit, const ZmObject *index, const char *from,
			 const char *to)
{
	zm_emit(emit, "rename", index, "ALTER INDEX %s RENAME TO %s",
			zm_qualified(index->schema, from), zm_identifier(to));
}

static void
make_index(ZmEmit *emit, const ZmObject *index, const char *name)
{
	const ZmObject *table = index->parent;
	const char *predicate = zm_spelled(index, "predicate");
	const char *tablespace = zm_get(index, "tablespace");
	bool whole = zm_is_partitioned(table);
	bool stands = zm_table_stands(emit->diff, table);
	bool online = stands && !whole && emit->diff->options->online;
	ZmStatementOut *statement = zm_emit(
		emit, "create", index, "CREATE %sINDEX %s%s ON %s%s %s%s%s%s%s%s",
		zm_flag(index, "unique") ? "UNIQUE " : "",
		online ? "CONCURRENTLY " : "", zm_identifier(name),
		whole ? "ONLY " : "", table->identity, zm_spelled(index, "definition"),
		zm_index_options(index), tablespace ? " TABLESPACE " : "",
		tablespace ? zm_identifier(tablespace) : "",
		predicate ? " WHERE " : "", predicate ? predicate : "");

	statement->top_level = online;
	if (!stands)
		return;
	zm_emit_lock(statement, online ? "SHARE UPDATE EXCLUSIVE" : "SHARE",
				 table);
	if (whole)
		return;
	zm_emit_hazard(statement, ZM_HAZARD_INDEX_BUILD);
	if (zm_flag(index, "unique"))
		zm_emit_hazard(statement, ZM_HAZARD_MAY_FAIL);
}

static ZmStatementOut *
remove_index(ZmEmit *emit, const ZmObject *index, bool cascade)
{
	bool online = emit->diff->options->online && !cascade &&
				  !zm_is_partitioned(index->parent);
	ZmStatementOut *statement =
		zm_emit(emit, "drop", index, "DROP INDEX %s%s%s",
				online ? "CONCURRENTLY " : "", index->identity,
				cascade ? " CASCADE" : "");

	statement->top_level = online;
	zm_emit_lock(statement,
				 online ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE",
				 index->parent);
	return statement;
}

static void
alter_storage(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	List *before = zm_get_list(old, "options");
	List *after = zm_get_list(new, "options");
	char *reset = zm_options_reset(before, after);
	char *set = zm_options_set(before, after);
	const char *tablespace = zm_get(new, "tablespace");

	if (reset)
		zm_emit(emit, "alter", new, "ALTER INDEX %s RESET (%s)",
				zm_index_name(new), reset);
	if (set)
		zm_emit(emit, "alter", new, "ALTER INDEX %s SET (%s)",
				zm_index_name(new), set);
	if (zm_differs(old, new, "tablespace"))
	{
		ZmStatementOut *statement =
			zm_emit(emit, "alter", new, "ALTER INDEX %s SET TABLESPACE %s",
					zm_index_name(new),
					tablespace ? zm_identifier(tablespace) : "pg_default");

		zm_emit_note(statement, "ACCESS EXCLUSIVE lock on index %s",
					 zm_index_name(new));
		zm_emit_note(statement, "copies the index");
	}
}

/* A mark moves when another index gets it. */
static void
alter_marks(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	const ZmObject *table = new->parent;
	bool was_clustered = old && zm_flag(old, "clustered");
	bool was_identity = old && zm_flag(old, "replica identity");

	if (zm_flag(new, "clustered") && !was_clustered)
		zm_emit_lock(zm_emit(emit, "alter", new, "ALTER %s %s CLUSTER ON %s",
							 table->kind->sql, table->identity,
							 zm_identifier(new->name)),
					 "SHARE UPDATE EXCLUSIVE", table);
	else if (was_clustered && zm_table_index(table, "clustered") == NULL)
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER %s %s SET WITHOUT CLUSTER",
							 table->kind->sql, table->identity),
					 "SHARE UPDATE EXCLUSIVE", table);
	if (zm_flag(new, "replica identity") && !was_identity)
		zm_emit_lock(zm_emit(emit, "alter", new,
							 "ALTER TABLE %s REPLICA IDENTITY USING INDEX %s",
							 table->identity, zm_identifier(new->name)),
					 "ACCESS EXCLUSIVE", table);
	else if (was_identity && !zm_flag(new, "replica identity") &&
			 zm_table_index(table, "replica identity") == NULL)
		zm_emit_index_leaves(emit, old);
}

/* How much is gathered about its expressions: "number=target". */
static void
alter_targets(ZmEmit *emit, const ZmObject *old, const ZmObject *new)
{
	List *before = old ? zm_get_list(old, "statistics") : NIL;
	List *after = zm_get_list(new, "statistics");
	ListCell *lc;

	foreach (lc, before)
	{
		if (!zm_list_has(after, lfirst(lc)))
			set_target(emit, new, lfirst(lc), false);
	}
	foreach (lc, after)
	{
		if (!zm_list_has(before, lfirst(lc)))
			set_target(emit, new, lfirst(lc), true);
	}
}

static void
set_target(ZmEmit *emit, const ZmObject *index, const char *target, bool set)
{
	const char *equals = strchr(target, '=');

	zm_emit(emit, "alter", index,
			"ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %s",
			zm_index_name(index), (int) (equals - target), target,
			set ? equals + 1 : "-1");
}

static void
create_statistics(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	ZmStatementOut *statement =
		zm_emit(emit, "create", new, "CREATE STATISTICS %s %s", new->identity,
				zm_spelled(new, "definition"));

	if (zm_table_stands(emit->diff, new->parent))
		zm_emit_lock(statement, "SHARE UPDATE EXCLUSIVE", new->parent);
	if (zm_get(new, "target"))
		set_statistics(emit, new);
}

static void
alter_statistics(ZmEmit *emit, const ZmChange *change)
{
	set_statistics(emit, change->new);
}

static void
set_statistics(ZmEmit *emit, const ZmObject *statistics)
{
	const char *target = zm_get(statistics, "target");

	zm_emit(emit, "alter", statistics, "ALTER STATISTICS %s SET STATISTICS %s",
			statistics->identity, target ? target : "-1");
}
