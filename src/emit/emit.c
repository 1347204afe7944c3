/*
 * emit.c
 *
 * Writes the statements of a difference, step by step.
 */
#include "postgres.h"

#include <stdarg.h>

#include "miscadmin.h"

#include "diff/rules.h"
#include "emit/common.h"
#include "emit/emitters.h"

static void emit_step(ZmEmit *emit, const ZmStep *step);
static void emit_create(ZmEmit *emit, const ZmStep *step);
static bool common_waits(const ZmChange *change);
static void free_name(ZmEmit *emit, const ZmObject *new);
static void emit_alter(ZmEmit *emit, const ZmChange *change);
static void emit_drop(ZmEmit *emit, const ZmChange *change);
static void emit_aside(ZmEmit *emit, const ZmChange *change);
static void leave_bodies_unchecked(ZmEmit *emit);

List *
zm_emit_diff(const ZmDiff *diff)
{
	ZmEmit emit = {.diff = diff};
	ListCell *lc;

	foreach (lc, diff->steps)
	{
		CHECK_FOR_INTERRUPTS();
		emit_step(&emit, lfirst(lc));
	}
	zm_mark_commits(&emit);
	zm_join_rewrites(&emit);
	if (emit.checks_bodies)
		leave_bodies_unchecked(&emit);
	return emit.statements;
}

ZmStatementOut *
zm_emit(ZmEmit *emit, const char *change, const ZmObject *object,
		const char *format, ...)
{
	ZmStatementOut *statement = palloc0(sizeof(ZmStatementOut));
	StringInfoData text;

	initStringInfo(&text);
	for (;;)
	{
		va_list args;
		int needed;

		va_start(args, format);
		needed = appendStringInfoVA(&text, format, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&text, needed);
	}
	statement->change = change;
	statement->object = object;
	statement->statement = text.data;
	emit->statements = lappend(emit->statements, statement);
	return statement;
}

void
zm_emit_lock(ZmStatementOut *statement, const char *lock,
			 const ZmObject *table)
{
	statement->lock = lock;
	statement->locked = table;
}

void
zm_emit_hazard(ZmStatementOut *statement, int hazards)
{
	statement->hazards |= hazards;
}

void
zm_emit_note(ZmStatementOut *statement, const char *format, ...)
{
	va_list args;
	char note[1024];

	va_start(args, format);
	vsnprintf(note, sizeof(note), format, args);
	va_end(args);
	statement->notes = lappend(statement->notes, pstrdup(note));
}

const ZmObject *
zm_owner_object(const ZmObject *object)
{
	while (object->parent)
		object = object->parent;
	return object;
}

static void
emit_step(ZmEmit *emit, const ZmStep *step)
{
	const ZmEmitter *emitter;

	switch (step->phase)
	{
		case ZM_PHASE_DROP:
			emit_drop(emit, step->change);
			break;
		case ZM_PHASE_ASIDE:
			emit_aside(emit, step->change);
			break;
		case ZM_PHASE_CREATE:
			emit_create(emit, step);
			break;
		case ZM_PHASE_COMPLETE:
			emitter = zm_emitter(step->change->new->kind);
			if (emitter->complete)
				emitter->complete(emit, step->change);
			if (common_waits(step->change))
				zm_emit_common(emit, step->change);
			break;
		case ZM_PHASE_ALTER:
			emit_alter(emit, step->change);
			break;
	}
}

static void
emit_create(ZmEmit *emit, const ZmStep *step)
{
	const ZmChange *change = step->change;
	const ZmEmitter *emitter = zm_emitter(change->new->kind);
	ListCell *lc;

	free_name(emit, change->new);
	foreach (lc, step->carried)
		free_name(emit, lfirst(lc));
	if (emitter->create)
		emitter->create(emit, change, step->parts);
	if (!common_waits(change))
		zm_emit_common(emit, change);
	foreach (lc, step->parts)
		zm_emit_common(emit, zm_new_change(emit->diff, lfirst(lc)));
	foreach (lc, step->carried)
		zm_emit_common(emit, zm_new_change(emit->diff, lfirst(lc)));
}

/* Is it not yet what gets an owner and the like?  Of a routine, what it depends
 * on would be gone once it is completed. */
static bool
common_waits(const ZmChange *change)
{
	const ZmEmitter *emitter = zm_emitter(change->new->kind);

	if (change->placeholder && change->new->kind->names == ZM_NAMES_ROUTINE)
		return true;
	if (zm_links_last(change))
		return true;
	return emitter->is_shell && emitter->is_shell(change->new);
}

static void
free_name(ZmEmit *emit, const ZmObject *new)
{
	if (zm_is_kind(new, ZM_KIND_CONSTRAINT) ||
		zm_is_kind(new, ZM_KIND_FOREIGN_KEY))
	{
		zm_free_not_null_name(emit, new, new->name);
		zm_emit_free_name(emit, new, new->name);
	}
}

static void
emit_alter(ZmEmit *emit, const ZmChange *change)
{
	const ZmEmitter *emitter = zm_emitter(change->new->kind);

	if (emitter->alter && change->structural)
		emitter->alter(emit, change);
	if (!zm_links_last(change))
		zm_emit_common(emit, change);
}

static void
emit_drop(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmEmitter *emitter = zm_emitter(old->kind);
	ZmStatementOut *statement;

	if (change->detour)
		zm_emit_detour(emit, change);
	if (change->aside)
		zm_emit(emit, "drop", old, "DROP %s %s", old->kind->sql,
				zm_qualified(old->schema, zm_aside_name(emit->diff, old)));
	else if (change->overloads)
		zm_emit(emit, "drop", old, "DROP %s %s%s%s", old->kind->sql,
				zm_qualified(old->schema, zm_aside_name(emit->diff, old)),
				zm_arguments(old), change->cascade ? " CASCADE" : "");
	else if (emitter->drop)
		emitter->drop(emit, change);
	else if (old->kind->sql)
	{
		statement = zm_emit(emit, "drop", old, "DROP %s %s%s", old->kind->sql,
							old->identity, change->cascade ? " CASCADE" : "");
		if (change->new == NULL && old->kind->names == ZM_NAMES_TYPE &&
			!zm_is_kind(old, ZM_KIND_RANGE))
			zm_emit_rename_hint(emit, statement, old);
		if (zm_is_kind(old, ZM_KIND_TRIGGER) ||
			zm_is_kind(old, ZM_KIND_POLICY) || zm_is_kind(old, ZM_KIND_RULE))
			zm_emit_lock(statement, "ACCESS EXCLUSIVE", old->parent);
		if (zm_is_kind(old, ZM_KIND_STATISTICS))
			zm_emit_lock(statement, "SHARE UPDATE EXCLUSIVE", old->parent);
	}
}

/* The name is wanted, but there are columns that still use the old one. */
static void
emit_aside(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *object = change->old ? change->old : change->new;
	const ZmEmitter *emitter = zm_emitter(object->kind);

	if (emitter->aside)
		emitter->aside(emit, change);
	else
		zm_emit(emit, "alter", object, "ALTER %s %s RENAME TO %s",
				object->kind->sql, object->identity,
				zm_identifier(zm_aside_name(emit->diff, object)));
}

/* Functions may be written before what their bodies use. */
static void
leave_bodies_unchecked(ZmEmit *emit)
{
	List *written = emit->statements;

	emit->statements = NIL;
	zm_emit(emit, "set", NULL, "SET check_function_bodies = off");
	emit->statements = list_concat(emit->statements, written);
	zm_emit(emit, "set", NULL, "RESET check_function_bodies");
}
