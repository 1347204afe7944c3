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
static void drop_extension(ZmEmit *emit, const ZmChange *change);

const ZmEmitter zm_emitter_schema = {.create = create_schema};

const ZmEmitter zm_emitter_extension = {.create = create_extension,
										.alter = alter_extension,
										.drop = drop_extension};

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
	/* Its control file has given it a comment. */
	if (new->attributes[ZM_COMMENT] == NULL)
		zm_emit(emit, "comment", new, "COMMENT ON EXTENSION %s IS NULL",
				new->identity);
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

static void
drop_extension(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	ZmStatementOut *statement =
		zm_emit(emit, "drop", old, "DROP EXTENSION %s%s", old->identity,
				change->cascade ? " CASCADE" : "");
	List *tables = zm_get_list(old, "configuration");

	if (tables == NIL)
		return;
	zm_emit_hazard(statement, ZM_HAZARD_DATA_LOSS);
	zm_emit_note(statement, "its tables, %s first, may hold rows of yours",
				 (char *) linitial(tables));
}
