/*
 * emit_schema.c
 *
 * Statements for schemas and extensions.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_schema(ZmEmit *emit, const ZmChange *change, List *parts);
static void create_extension(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void alter_extension(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_schema = {.create = create_schema};

const ZmEmitter zm_emitter_extension = {.create = create_extension,
										.alter = alter_extension};

static void
create_schema(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "create", change->new, "CREATE SCHEMA %s",
			change->new->identity);
}

static void
create_extension(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE EXTENSION %s SCHEMA %s VERSION %s",
			new->identity, zm_identifier(zm_get(new, "in schema")),
			zm_literal(zm_get(new, "version")));
}

static void
alter_extension(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;

	if (zm_differs(change->old, new, "in schema"))
		zm_emit(emit, "alter", new, "ALTER EXTENSION %s SET SCHEMA %s",
				new->identity, zm_identifier(zm_get(new, "in schema")));
	if (zm_differs(change->old, new, "version"))
		zm_emit(emit, "alter", new, "ALTER EXTENSION %s UPDATE TO %s",
				new->identity, zm_literal(zm_get(new, "version")));
}
