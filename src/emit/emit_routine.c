/*
 * emit_routine.c
 *
 * Statements for functions, procedures and aggregates.
 *
 * A body that is a string is not looked into by the server until it is called,
 * if it is asked not to: it may name what is made behind it.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_routine(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_routine(ZmEmit *emit, const ZmChange *change);
static void alter_routine(ZmEmit *emit, const ZmChange *change);
static void define_routine(ZmEmit *emit, const ZmObject *routine,
						   const char *change);
static void hold_place(ZmEmit *emit, const ZmObject *routine);
static void create_aggregate(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void alter_aggregate(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_routine = {.create = create_routine,
									  .complete = complete_routine,
									  .alter = alter_routine};

const ZmEmitter zm_emitter_aggregate = {.create = create_aggregate,
										.alter = alter_aggregate};

static void
create_routine(ZmEmit *emit, const ZmChange *change, List *parts)
{
	if (change->placeholder)
		hold_place(emit, change->new);
	else
		define_routine(emit, change->new, "create");
}

static void
complete_routine(ZmEmit *emit, const ZmChange *change)
{
	define_routine(emit, change->new, "replace");
}

static void
alter_routine(ZmEmit *emit, const ZmChange *change)
{
	define_routine(emit, change->new, "replace");
}

/* The server's definition is a CREATE OR REPLACE. */
static void
define_routine(ZmEmit *emit, const ZmObject *routine, const char *change)
{
	zm_emit(emit, change, routine, "%s", zm_get(routine, "definition"));
	if (zm_is(routine, "body form", "string") &&
		!zm_is(routine, "language", "c") &&
		!zm_is(routine, "language", "internal"))
		emit->checks_bodies = true;
}

/* Its signature, with a body that is not looked into.  Who calls it may count
 * on its defaults; those of a body that is a string are why it is in a cycle. */
static void
hold_place(ZmEmit *emit, const ZmObject *routine)
{
	const char *result = zm_get(routine, "result");
	const char *arguments = zm_get(routine, "arguments with defaults");

	if (arguments == NULL || zm_is(routine, "body form", "string"))
		arguments = zm_get(routine, "arguments");

	zm_emit(emit, "create", routine,
			"CREATE %s %s(%s)\n%s%s%s LANGUAGE %s%s\nAS ''",
			routine->kind->sql, zm_qualified(routine->schema, routine->name),
			arguments, result ? " RETURNS " : "", result ? result : "",
			result ? "\n" : "", zm_identifier(zm_get(routine, "language")),
			zm_flag(routine, "window") ? " WINDOW" : "");
	emit->checks_bodies = true;
}

static void
create_aggregate(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE AGGREGATE %s(%s) (\n    %s\n)",
			zm_qualified(new->schema, new->name), zm_get(new, "arguments"),
			zm_get(new, "definition"));
}

static void
alter_aggregate(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "replace", new,
			"CREATE OR REPLACE AGGREGATE %s(%s) (\n    %s\n)",
			zm_qualified(new->schema, new->name), zm_get(new, "arguments"),
			zm_get(new, "definition"));
}
