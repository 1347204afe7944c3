/*
 * emit_trigger.c
 *
 * Statements for rules, triggers and event triggers.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "emit/emitters.h"

static void create_rule(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_rule(ZmEmit *emit, const ZmChange *change);
static void create_trigger(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_trigger(ZmEmit *emit, const ZmChange *change);
static void create_event_trigger(ZmEmit *emit, const ZmChange *change,
								 List *parts);
static void alter_event_trigger(ZmEmit *emit, const ZmChange *change);
static void create_partition_trigger(ZmEmit *emit, const ZmChange *change,
									 List *parts);
static void alter_partition_trigger(ZmEmit *emit, const ZmChange *change);
static void drop_partition_trigger(ZmEmit *emit, const ZmChange *change);
static void comment_on_copy(ZmEmit *emit, const ZmChange *change);
static const ZmObject *first_trigger(const ZmObject *copy);
static void switch_below(ZmEmit *emit, const ZmObject *copy,
						 const ZmObject *table, bool comes);
static bool has_own_state(const ZmObject *link, const ZmObject *copy);
static void switch_partition_trigger(ZmEmit *emit, const ZmObject *copy,
									 const ZmObject *table,
									 const ZmObject *state);
static char *or_replace(const char *definition);
static void emit_enabled(ZmEmit *emit, const ZmObject *old,
						 const ZmObject *new, const char *what);
static const char *enabled_words(const ZmObject *object);

const ZmEmitter zm_emitter_rule = {.create = create_rule, .alter = alter_rule};

const ZmEmitter zm_emitter_trigger = {.create = create_trigger,
									  .alter = alter_trigger};

const ZmEmitter zm_emitter_partition_trigger = {
	.create = create_partition_trigger,
	.alter = alter_partition_trigger,
	.drop = drop_partition_trigger};

const ZmEmitter zm_emitter_event_trigger = {.create = create_event_trigger,
											.alter = alter_event_trigger};

static void
create_rule(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit_lock(zm_emit(emit, "create", change->new, "%s",
						 zm_written(emit->diff, change->new, "definition")),
				 "ACCESS EXCLUSIVE", change->new->parent);
	emit_enabled(emit, NULL, change->new, "RULE");
}

static void
alter_rule(ZmEmit *emit, const ZmChange *change)
{
	if (zm_differs(change->old, change->new, "definition"))
		zm_emit_lock(zm_emit(emit, "replace", change->new, "%s",
							 or_replace(zm_written(emit->diff, change->new,
												   "definition"))),
					 "ACCESS EXCLUSIVE", change->new->parent);
	emit_enabled(emit, change->old, change->new, "RULE");
}

static void
create_trigger(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit_lock(zm_emit(emit, "create", change->new, "%s",
						 zm_spelled(change->new, "definition")),
				 "SHARE ROW EXCLUSIVE", change->new->parent);
	emit_enabled(emit, NULL, change->new, "TRIGGER");
}

/* The one that replaces it is switched on. */
static void
alter_trigger(ZmEmit *emit, const ZmChange *change)
{
	if (!zm_differs(change->old, change->new, "definition"))
	{
		emit_enabled(emit, change->old, change->new, "TRIGGER");
		return;
	}
	zm_emit_lock(zm_emit(emit, "replace", change->new, "%s",
						 or_replace(zm_spelled(change->new, "definition"))),
				 "SHARE ROW EXCLUSIVE", change->new->parent);
	emit_enabled(emit, NULL, change->new, "TRIGGER");
}

static void
create_event_trigger(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	StringInfoData tags;
	ListCell *lc;

	initStringInfo(&tags);
	foreach (lc, zm_get_list(new, "tags"))
		appendStringInfo(&tags, "%s%s", tags.len > 0 ? ", " : "",
						 zm_literal(lfirst(lc)));
	zm_emit(emit, "create", new,
			"CREATE EVENT TRIGGER %s ON %s%s%s%s EXECUTE FUNCTION %s()",
			new->identity, zm_get(new, "event"),
			tags.len > 0 ? " WHEN TAG IN (" : "", tags.data,
			tags.len > 0 ? ")" : "", zm_get(new, "function"));
	if (zm_get(new, "enabled"))
		alter_event_trigger(emit, change);
}

static void
alter_event_trigger(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->new, "ALTER EVENT TRIGGER %s %s",
			change->new->identity, enabled_words(change->new));
}

static void
create_partition_trigger(ZmEmit *emit, const ZmChange *change, List *parts)
{
	alter_partition_trigger(emit, change);
}

static void
alter_partition_trigger(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *copy = change->new;
	const ZmObject *table = copy->parent->parent;
	bool comes = zm_change_comes(zm_new_change(emit->diff, copy->parent));

	switch_partition_trigger(emit, copy, table, copy);
	switch_below(emit, copy, table, comes);
	comment_on_copy(emit, change);
}

/* It has no words of its own in SQL, but is a trigger; one that is made anew may
 * have been there before. */
static void
comment_on_copy(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *copy = change->new;
	const char *comment = copy->attributes[ZM_COMMENT];
	const char *before =
		change->old ? change->old->attributes[ZM_COMMENT] : NULL;

	if (change->replaced ? comment || before : !zm_same_text(before, comment))
		zm_emit(emit, "comment", copy, "COMMENT ON TRIGGER %s IS %s",
				copy->identity, comment ? zm_literal(comment) : "NULL");
}

/* Those that came with partitions below, as it was then, and are to be as it is
 * now. */
static void
switch_below(ZmEmit *emit, const ZmObject *copy, const ZmObject *table,
			 bool comes)
{
	ListCell *lc;

	check_stack_depth();
	foreach (lc, zm_is_partitioned(table) ? table->dependents : NIL)
	{
		const ZmObject *link = lfirst(lc);
		bool below;

		if (!zm_is_kind(link, ZM_KIND_PARTITION) || has_own_state(link, copy))
			continue;
		below = comes || zm_change_comes(zm_new_change(emit->diff, link));
		if (below)
			switch_partition_trigger(emit, copy, link->parent, copy);
		switch_below(emit, copy, link->parent, below);
	}
}

static bool
has_own_state(const ZmObject *link, const ZmObject *copy)
{
	ListCell *lc;

	foreach (lc, link->children)
	{
		const ZmObject *other = lfirst(lc);

		if (zm_is_kind(other, ZM_KIND_PARTITION_TRIGGER) &&
			strcmp(other->name, copy->name) == 0 &&
			first_trigger(other) == first_trigger(copy))
			return true;
	}
	return false;
}

/* It becomes as the first one, unless it is so, went with the partition or
 * follows what is done to that. */
static void
drop_partition_trigger(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *first = first_trigger(old);
	const ZmChange *other = first ? zm_old_change(emit->diff, first) : NULL;

	if (change->new || first == NULL)
		return;
	if (strcmp(enabled_words(old), enabled_words(first)) != 0 &&
		(other == NULL || !other->structural) &&
		!zm_change_leaves(zm_old_change(emit->diff, old->parent)))
		switch_partition_trigger(emit, old, old->parent->parent, first);
}

/* The one that it is a copy of, be it a copy's. */
static const ZmObject *
first_trigger(const ZmObject *copy)
{
	ListCell *lc;

	foreach (lc, copy->needs)
	{
		const ZmObject *above = lfirst(lc);

		if (zm_is_kind(above, ZM_KIND_TRIGGER))
			return above;
		if (zm_is_kind(above, ZM_KIND_PARTITION_TRIGGER))
			return first_trigger(above);
	}
	return NULL;
}

/* Partitions of the partition are left alone. */
static void
switch_partition_trigger(ZmEmit *emit, const ZmObject *copy,
						 const ZmObject *table, const ZmObject *state)
{
	zm_emit_lock(zm_emit(emit, "alter", copy,
						 "ALTER TABLE ONLY %s %s TRIGGER %s", table->identity,
						 enabled_words(state), zm_identifier(copy->name)),
				 "SHARE ROW EXCLUSIVE", table);
}

/* "CREATE x" to "CREATE OR REPLACE x". */
static char *
or_replace(const char *definition)
{
	return psprintf("CREATE OR REPLACE %s", definition + strlen("CREATE "));
}

static void
emit_enabled(ZmEmit *emit, const ZmObject *old, const ZmObject *new,
			 const char *what)
{
	if (!zm_same_text(old ? zm_get(old, "enabled") : NULL,
					  zm_get(new, "enabled")))
		zm_emit_lock(zm_emit(emit, "alter", new, "ALTER TABLE %s %s %s %s",
							 new->parent->identity, enabled_words(new), what,
							 zm_identifier(new->name)),
					 zm_is_kind(new, ZM_KIND_RULE) ? "ACCESS EXCLUSIVE"
												   : "SHARE ROW EXCLUSIVE",
					 new->parent);
}

static const char *
enabled_words(const ZmObject *object)
{
	const char *enabled = zm_get(object, "enabled");

	if (enabled == NULL || strcmp(enabled, "enabled") == 0)
		return "ENABLE";
	if (strcmp(enabled, "disabled") == 0)
		return "DISABLE";
	return strcmp(enabled, "replica") == 0 ? "ENABLE REPLICA"
										   : "ENABLE ALWAYS";
}
